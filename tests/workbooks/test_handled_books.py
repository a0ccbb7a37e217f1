"""Forms as clerks hand them back: nothing gets lost in silence, no value is read as another."""

from __future__ import annotations

import datetime
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from forms import leaves_of, read_back, saved_all_as, saved_as
from handled_books import (
    FUNDS,
    TEXTS,
    UNIT,
    WHOLE,
    Case,
    Handled,
    filled,
    rewritten,
    with_parts,
)
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from reportgen.core.value import FieldPath
from reportgen.model.unit import Unit

RATE = ("资金", "执行率")
SPENT = ("资金", "全年执行数")
BASE = ("资金", "按支出性质", 0)


def ind(number: int, key: str) -> FieldPath:
    return ("指标", number, key)


def put(cell: Any, value: Any, code: str = "") -> None:
    cell.value = value
    if code:
        cell.number_format = code


CASES: list[Case] = []


def case(name: str, reads: Any = None, told: Any = (), **more: Any) -> Any:
    """Registers what the function below does to the form."""

    def register(do: Any) -> Any:
        CASES.append(Case(name, do, reads or {}, tuple(told), **more))
        return do

    return register


# numbers and how they are shown


@case("百分数格式的数", {RATE: "93.54%"})
def _(book: Handled) -> None:
    put(book.funds("执行率"), 0.9354, "0.00%")


@case("百分数显示两位而存了更多位", {RATE: "93.54%"})
def _(book: Handled) -> None:
    put(book.funds("执行率"), 0.935412345678901, "0.00%")


@case("没有百分号的小数", {RATE: "93.54%"}, ["按 93.54% 读入"])
def _(book: Handled) -> None:
    put(book.funds("执行率"), 0.9354, "General")


@case("没有百分号的整数", {RATE: "93.54"})
def _(book: Handled) -> None:
    put(book.funds("执行率"), 93.54, "General")


@case("全角百分号", {RATE: "93.54％"})
def _(book: Handled) -> None:
    put(book.funds("执行率"), "93.54％")


@case("一位小数的百分数格式", {ind(1, "实际值"): "98.5%"})
def _(book: Handled) -> None:
    put(book.indicator("验收合格率", "实际值"), 0.985, "0.0%")


@case("实际值写成小数", {ind(1, "实际值"): "0.98"}, ["“0.98”"])
def _(book: Handled) -> None:
    put(book.indicator("验收合格率", "实际值"), 0.98, "General")


@case("千分位格式", {SPENT: "9354.20"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), 9354.2, "#,##0.00")


@case("货币格式", {SPENT: "93.50"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), 93.5, "¥#,##0.00")


@case("会计格式", {SPENT: "93.54"})
def _(book: Handled) -> None:
    code = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
    put(book.funds("全年执行数"), 93.54, code)


@case("格式里带元", {SPENT: "935400.00元"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), 935400, '0.00"元"')


@case("格式里带万元", {SPENT: "93.54万元"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), 93.54, '#,##0.00"万元"')


@case("以元存、以万显示", {SPENT: "93.54万"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), 935400, '0!.0000"万"')


@case("计算的尾数", {SPENT: "99.756126"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), 99.75612599999999)


@case("科学记数的数", {SPENT: "100000"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), 100000, "0.00E+00")


@case("文本的数带空格", {SPENT: "93.54"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "\u3000 93.54\xa0")


@case("全角数字", {SPENT: "９３．５４"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "９３．５４")


@case("写出千分位", {SPENT: "1,293.54"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "1,293.54")


@case("写明元", {SPENT: "935400元"})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "935400元")


@case("前导零的格式", {ind(0, "实际值"): "012"})
def _(book: Handled) -> None:
    put(book.indicator("疏浚渠道", "实际值"), 12, "000")


@case("格式里带单位", {ind(0, "实际值"): "12.5公里"})
def _(book: Handled) -> None:
    put(book.indicator("疏浚渠道", "实际值"), 12.5, '0.0"公里"')


@case("数填“—”", {SPENT: None})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "—")


@case("数填“/”和“无”", {RATE: None, SPENT: None})
def _(book: Handled) -> None:
    put(book.funds("执行率"), "/")
    put(book.funds("全年执行数"), "无")


@case("删去数", {SPENT: None})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), None)


@case("只有空格的格", {SPENT: None})
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "  \u3000")


# dates


@case("日期格", {("填报日期",): "2025-03-18"})
def _(book: Handled) -> None:
    cell = book.single(FUNDS, "填报基本情况", "填报日期")
    put(cell, datetime.date(2025, 3, 18), "yyyy-mm-dd")


@case("中文日期格", {("填报日期",): "2025-03-18"})
def _(book: Handled) -> None:
    cell = book.single(FUNDS, "填报基本情况", "填报日期")
    put(cell, datetime.date(2025, 3, 18), 'yyyy"年"m"月"d"日"')


@case(
    "3-5 成了日期",
    {ind(0, "实际值"): "2025-03-05"},
    ["Excel 会把“3-5”这样的输入变成日期"],
)
def _(book: Handled) -> None:
    put(book.indicator("疏浚渠道", "实际值"), datetime.date(2025, 3, 5), "m-d")


@case("1904 年起算的日期", {("填报日期",): "2025-03-18"})
def _(book: Handled) -> None:
    book.book.epoch = CALENDAR_MAC_1904
    cell = book.single(FUNDS, "填报基本情况", "填报日期")
    put(cell, datetime.date(2025, 3, 18), "yyyy-mm-dd")


# formulas


def _stored(formula: str, value: str) -> Any:
    def change(path: Path) -> None:
        def edit(data: bytes) -> bytes:
            old = f"<f>{formula}</f><v></v>".encode()
            new = f"<f>{formula}</f><v>{value}</v>".encode()
            return data.replace(old, new).replace(
                f"<f>{formula}</f><v />".encode(), new
            )

        rewritten(path, "worksheets/", edit)

    return change


@case(
    "公式有保存的结果", {SPENT: "93.54"}, after=_stored("58.5+35.04", "93.54")
)
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "=58.5+35.04")


@case(
    "公式算出的执行率",
    {RATE: "93.54%"},
    ["按 93.54% 读入"],
    after=_stored("93.54/100", "0.9354"),
)
def _(book: Handled) -> None:
    put(book.funds("执行率"), "=93.54/100", "General")


@case("公式没有结果", {SPENT: None}, ["公式没有保存结果"])
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "=58.5+35.04")


@case("错误值", {SPENT: None}, ["公式出错（#REF!）"])
def _(book: Handled) -> None:
    put(book.funds("全年执行数"), "#REF!")
    book.funds("全年执行数").data_type = "e"


@case("自动计算的格被填了数", {}, ["这一格是自动计算的"])
def _(book: Handled) -> None:
    cell = book.funds("执行率")
    book.sheet(FUNDS).cell(cell.row, 9).value = 88.8


@case("自动计算的格被填了字", {}, ["填的“94.29%”没有读入"])
def _(book: Handled) -> None:
    cell = book.funds("执行率")
    book.sheet(FUNDS).cell(cell.row, 9).value = "94.29%"


# rows and columns


def _indicators(book: Handled) -> tuple[Any, int]:
    return book.sheet(WHOLE), book.row(WHOLE, "指标", "疏浚渠道")


def _swap(sheet: Any, one: int, other: int, columns: int = 14) -> None:
    for column in range(1, columns + 1):
        first, second = sheet.cell(one, column), sheet.cell(other, column)
        first.value, second.value = second.value, first.value
        first.number_format, second.number_format = (
            second.number_format,
            first.number_format,
        )


def _moved(order: tuple[int, ...]) -> dict[FieldPath, str]:
    rows = [UNIT["指标"][number] for number in order]  # type: ignore[index]
    found: dict[FieldPath, str] = {}
    for number, row in enumerate(rows):
        found |= {ind(number, key): value for key, value in row.items()}
    return found


@case(
    "行排了序",
    {
        ind(0, "偏差原因"): "旱情影响",
        ind(2, "偏差原因"): None,
        **_moved((2, 1, 0, 3)),
    },
)
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    _swap(sheet, row, row + 2)


@case("中间插了空行")
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.insert_rows(row + 1, 3)


@case(
    "插了一行填了内容",
    {
        ind(4, "一级"): "产出指标",
        ind(4, "三级"): "巡查水库",
        ind(4, "指标值"): "6座",
    },
)
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.insert_rows(row + 4)
    for heading, value in (
        ("一级", "产出指标"),
        ("三级", "巡查水库"),
        ("指标值", "6座"),
    ):
        sheet.cell(row + 4, book.column(WHOLE, "指标", heading)).value = value


@case(
    "删了一行",
    {
        **{
            ind(3, key): None
            for key in (
                "一级",
                "二级",
                "三级",
                "指标值",
                "实际值",
                "分值",
                "得分",
            )
        },
        **_moved((0, 2, 3)),
        ind(2, "偏差原因"): None,
    },
)
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.delete_rows(row + 1)


@case("行之间空一行")
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    _swap(sheet, row + 3, row + 5)


@case("隐藏的行", {}, ["行是隐藏"])
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.row_dimensions[row + 1].hidden = True


@case("筛选", {}, ["行是隐藏"])
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.auto_filter.ref = f"A{row - 1}:N{row + 4}"
    sheet.auto_filter.add_filter_column(0, ["产出指标"])
    for hidden in (row + 2, row + 3):
        sheet.row_dimensions[hidden].hidden = True


@case("隐藏的列")
def _(book: Handled) -> None:
    column = book.column(WHOLE, "指标", "实际值")
    book.sheet(WHOLE).column_dimensions[get_column_letter(column)].hidden = True


@case("列换了位置")
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    one = book.column(WHOLE, "指标", "指标值")
    other = book.column(WHOLE, "指标", "分值")
    for number in range(row - 1, row + 6):
        first, second = sheet.cell(number, one), sheet.cell(number, other)
        first.value, second.value = second.value, first.value


@case("加了序号一列")
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    for number in range(row - 1, row + 12):
        for column in range(14, 0, -1):
            sheet.cell(number, column + 1).value = sheet.cell(
                number, column
            ).value
        sheet.cell(number, 1).value = (
            number - row + 1 if row <= number < row + 4 else None
        )
    sheet.cell(row - 1, 1).value = "序号"


@case("加了一列自己的内容", {}, ["“责任科室”", "“水政科”"])
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    free = next(
        column
        for column in range(14, 40)
        if not sheet.cell(row - 1, column).value
    )
    sheet.cell(row - 1, free).value = "责任科室"
    sheet.cell(row, free).value = "水政科"


@case("表头换了说法")
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    for heading, other in (
        ("指标值", "年度指标值"),
        ("实际值", "实际完成值"),
        ("分值", "权重"),
        ("得分", "自评得分"),
        ("三级", "三级指标"),
    ):
        sheet.cell(row - 1, book.column(WHOLE, "指标", heading)).value = other


@case(
    "表头认不出的一列",
    {ind(n, "实际值"): None for n in range(4)},
    ["“情况”", "“12.5公里”"],
)
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.cell(row - 1, book.column(WHOLE, "指标", "实际值")).value = "情况"


@case("表头有换行和空格")
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.cell(
        row - 1, book.column(WHOLE, "指标", "实际值")
    ).value = "实 际\n值 "
    put(
        book.sheet(FUNDS).cell(book.funds("全年执行数").row, 1),
        "全年执行数 （万元） ：",
    )


@case(
    "表头改成元",
    {
        (*BASE, "年初预算数"): "500000元",
        ("资金", "按支出性质", 1, "年初预算数"): "30元",
    },
)
def _(book: Handled) -> None:
    sheet = book.sheet(FUNDS)
    cell = book.at(FUNDS, "资金：按支出性质", "基本支出", "年初预算数")
    cell.value = 500000
    head = sheet.cell(book.title(FUNDS, "资金：按支出性质") + 1, cell.column)
    head.value = "年初预算数（元）"


@case("单格的栏目改成元", {SPENT: "935400元"})
def _(book: Handled) -> None:
    cell = book.funds("全年执行数")
    put(cell, 935400)
    book.sheet(FUNDS).cell(cell.row, 1).value = "全年执行数（元）"


@case("表头重复了一次")
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.insert_rows(row + 2)
    for column in range(1, 15):
        sheet.cell(row + 2, column).value = sheet.cell(row - 1, column).value


@case(
    "下面又接了一张表",
    {
        ind(4, "一级"): "产出指标",
        ind(4, "三级"): "巡查水库",
        ind(4, "实际值"): "6座",
    },
)
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.cell(row + 5, 1).value = "续表"
    columns = [
        book.column(WHOLE, "指标", one) for one in ("一级", "三级", "实际值")
    ]
    for column, head, value in zip(
        (1, 2, 3),
        ("一级指标", "三级指标", "实际完成值"),
        ("产出指标", "巡查水库", "6座"),
        strict=True,
    ):
        sheet.cell(row + 6, column).value = head
        sheet.cell(row + 7, column).value = value
    assert columns[2] != 3


@case("下面写了合计一行", {}, ["“合计”"])
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.cell(row + 4, 1).value = "合计"
    sheet.cell(row + 4, book.column(WHOLE, "指标", "分值")).value = 80


@case("旁边写了说明", {}, ["“这里填到村”"])
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.cell(row, 30).value = "这里填到村"


@case("表下写了说明", {}, ["“以上数据已核对”"])
def _(book: Handled) -> None:
    sheet = book.sheet(WHOLE)
    sheet.cell(sheet.max_row + 3, 2).value = "以上数据已核对"


@case("向下填充出来的一级", {ind(4, "一级"): "产出指标"})
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    sheet.cell(row + 4, book.column(WHOLE, "指标", "一级")).value = "产出指标"


# merged cells


@case("一级合并两行", {ind(1, "一级"): "产出指标"})
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    column = get_column_letter(book.column(WHOLE, "指标", "一级"))
    sheet.cell(row + 1, book.column(WHOLE, "指标", "一级")).value = None
    sheet.merge_cells(f"{column}{row}:{column}{row + 1}")


@case("数写在合并的格", {ind(1, "分值"): None}, ["这一格合并了几行"])
def _(book: Handled) -> None:
    sheet, row = _indicators(book)
    number = book.column(WHOLE, "指标", "分值")
    column = get_column_letter(number)
    sheet.cell(row + 1, number).value = None
    sheet.merge_cells(f"{column}{row}:{column}{row + 1}")


@case("标题的字改了样")
def _(book: Handled) -> None:
    sheet = book.sheet(WHOLE)
    sheet.cell(book.title(WHOLE, "指标"), 1).value = "【 指 标 】（续）"


@case("标题合并并且居中")
def _(book: Handled) -> None:
    row = book.title(WHOLE, "指标")
    book.sheet(WHOLE).merge_cells(f"A{row}:N{row}")


# sheets


@case("表改了名")
def _(book: Handled) -> None:
    book.sheet("项目1").title = "渠道清淤项目"
    book.sheet(FUNDS).title = "基本情况"


@case("表换了次序")
def _(book: Handled) -> None:
    book.book.move_sheet(TEXTS, -4)
    book.book.move_sheet(FUNDS, 3)


@case(
    "复制项目表并改名",
    {
        **{
            ("项目", 2, *path): text
            for path, text in (
                (("名称",), "闸门更新"),
                (("资金", "年初预算数"), "20"),
                (("资金", "全年预算数"), "25"),
                (("资金", "全年执行数"), "25"),
                *(
                    (("指标", 0, key), value)
                    for key, value in UNIT["项目"][0]["指标"][0].items()
                ),  # type: ignore[index]
            )
        },
    },
)
def _(book: Handled) -> None:
    copied = book.book.copy_worksheet(book.sheet("项目1"))
    copied.title = "闸门更新"
    book.single("闸门更新", "本项目基本情况", "名称").value = "闸门更新"


@case(
    "复制了项目表没有改",
    {
        ("项目", 2, *path[2:]): text
        for path, text in (
            (("项目", 0, "名称"), "渠道清淤"),
            (("项目", 0, "资金", "年初预算数"), "20"),
            (("项目", 0, "资金", "全年预算数"), "25"),
            (("项目", 0, "资金", "全年执行数"), "25"),
            *(
                (("项目", 0, "指标", 0, key), value)
                for key, value in UNIT["项目"][0]["指标"][0].items()
            ),  # type: ignore[index]
        )
    },
    ["“渠道清淤”在“项目1”里已经有了"],
)
def _(book: Handled) -> None:
    book.book.copy_worksheet(book.sheet("项目1"))


@case("删了一张项目表")
def _(book: Handled) -> None:
    book.book.remove(book.sheet("项目2"))


@case("隐藏的表", {}, ["这张表是隐藏的"])
def _(book: Handled) -> None:
    book.sheet("项目2").sheet_state = "hidden"


@case("空白的项目表")
def _(book: Handled) -> None:
    book.book.create_sheet("Sheet1")


@case("别的工作簿的表", {}, ["“设备台账”"])
def _(book: Handled) -> None:
    sheet = book.book.create_sheet("台账")
    sheet.append(["设备台账", "数量"])


@case("同一张表两份，数不同", {}, ["前面已经填过"])
def _(book: Handled) -> None:
    copied = book.book.copy_worksheet(book.sheet(FUNDS))
    copied.cell(book.funds("全年执行数").row, 2).value = 77


@case("冻结窗格、加保护")
def _(book: Handled) -> None:
    sheet = book.sheet(WHOLE)
    sheet.freeze_panes = "C8"
    sheet.protection.set_password("1234")


@case("一块搬到了别的表")
def _(book: Handled) -> None:
    sheet = book.sheet(TEXTS)
    title = book.title(TEXTS, "叙述")
    last = book.title(TEXTS, "补充") - 1
    other = book.book.create_sheet("文字", 0)
    for target, source in enumerate(range(title, last + 1), start=3):
        for column in (1, 2):
            cell = sheet.cell(source, column)
            other.cell(target, column + 1).value = cell.value
            if cell.value:
                cell.value = None


# what stands in cells


@case("一格几行", {("年度目标", "完成情况"): "疏浚完成。\n巡查完成。"})
def _(book: Handled) -> None:
    put(
        book.single(WHOLE, "年度目标", "完成情况"), "疏浚完成。\r\n巡查完成。\n"
    )


@case(
    "一节文字分写在几行",
    {("叙述", "存在问题"): "渠道管护人手不足。\n资料归档不及时。\n设备老化。"},
)
def _(book: Handled) -> None:
    sheet = book.sheet(TEXTS)
    row = book.row(TEXTS, "叙述", "存在问题")
    sheet.insert_rows(row + 1)
    sheet.cell(row + 1, 1).value = "存在问题"
    sheet.cell(row + 1, 2).value = "设备老化。"


@case("富文本", {ind(0, "三级"): "疏浚主干渠道"})
def _(book: Handled) -> None:
    red = InlineFont(color="FF0000")
    book.indicator("疏浚渠道", "三级").value = CellRichText(
        "疏浚", TextBlock(red, "主干"), "渠道"
    )


@case("超链接", {("叙述", "存在问题"): "见附件"})
def _(book: Handled) -> None:
    cell = book.at(TEXTS, "叙述", "存在问题", "内容")
    cell.hyperlink = "https://example.org/a.docx"
    cell.value = "见附件"


@case("批注", {}, ["这一格有批注"])
def _(book: Handled) -> None:
    book.funds("全年执行数").comment = Comment("决算口径", "某乙")


@case("条件格式、下拉列表")
def _(book: Handled) -> None:
    sheet = book.sheet(WHOLE)
    fill = PatternFill(bgColor="FFC7CE")
    sheet.conditional_formatting.add(
        "A1:N99", CellIsRule(operator="lessThan", formula=["0"], fill=fill)
    )


@case("是、否选成了 TRUE", {("项目", 0, "列入报告"): "是"})
def _(book: Handled) -> None:
    book.single("项目1", "本项目基本情况", "列入报告").value = True


@case("粘贴来的样式", {ind(0, "实际值"): "13公里"})
def _(book: Handled) -> None:
    cell = book.indicator("疏浚渠道", "实际值")
    cell.value = "13公里\u200b"
    cell.font = copy(book.sheet(WHOLE)["A1"].font)
    cell.alignment = copy(book.sheet(WHOLE)["A1"].alignment)


@case("同一栏写了两遍", {}, ["前面已经填过"])
def _(book: Handled) -> None:
    sheet = book.sheet(FUNDS)
    row = book.funds("全年执行数").row
    sheet.insert_rows(row + 1)
    sheet.cell(row + 1, 1).value = "全年执行数（万元）"
    sheet.cell(row + 1, 2).value = 90


_APART = (*BASE[:2], 1), (*BASE[:2], 2)


@case(
    "上一级写错了",
    {
        (*BASE, "明细", 1, "名称"): None,
        (*BASE, "明细", 1, "全年执行数"): None,
        (*_APART[0], "名称"): "商品和服务支出",
        (*_APART[0], "年初预算数"): None,
        (*_APART[0], "全年预算数"): None,
        (*_APART[0], "全年执行数"): "18.25",
        (*_APART[1], "名称"): "项目支出",
        (*_APART[1], "年初预算数"): "30",
        (*_APART[1], "全年预算数"): "40",
        (*_APART[1], "全年执行数"): "35.04",
    },
    ["上面没有“基本支出费”这一行"],
)
def _(book: Handled) -> None:
    cell = book.at(FUNDS, "资金：按支出性质", "商品和服务支出", "上一级")
    cell.value = "基本支出费"


# kinds of files


def with_macro(path: Path) -> None:
    with_parts(path, [("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")])
    rewritten(
        path,
        "[Content_Types].xml",
        lambda data: data.replace(
            b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        ),
    )


@case("带宏的工作簿", suffix=".xlsm", after=with_macro)
def _(book: Handled) -> None:
    book.book.properties.title = "带宏"


def strict(path: Path) -> None:
    """The namespaces of the strict kind of OOXML."""
    pairs = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    def change(data: bytes) -> bytes:
        for old, new in pairs:
            data = data.replace(old, new)
        return data

    rewritten(path, "xl/", change)
    rewritten(path, "_rels/.rels", change)


@case("严格的 OOXML", after=strict)
def _(book: Handled) -> None:
    book.book.properties.title = "strict"


def utf16(path: Path) -> None:
    def change(data: bytes) -> bytes:
        text = (
            data.decode().replace("UTF-8", "UTF-16").replace("utf-8", "UTF-16")
        )
        if not text.startswith("<?xml"):
            text = f'<?xml version="1.0" encoding="UTF-16"?>{text}'
        return text.encode("utf-16")

    rewritten(path, "xl/worksheets/sheet", change)


@case("UTF-16 的工作表", after=utf16)
def _(book: Handled) -> None:
    book.book.properties.title = "utf-16"


def expected(one: Case) -> dict[FieldPath, str]:
    """The leaves of the unit as they shall be read."""
    found = leaves_of(Unit.model_validate(UNIT))
    for path, text in one.reads.items():
        lines = [
            path in found,
            (*path, 0) in found,
            text is not None and "\n" in text,
        ]
        if any(lines[1:]):
            for known in [each for each in found if each[:-1] == path]:
                del found[known]
            for number, line in enumerate((text or "").split("\n")):
                found[(*path, number)] = line
        elif text is None:
            found.pop(path)
        else:
            found[path] = text
    return found


_GONE = {"删了一张项目表": ("项目", 1)}


def wanted(one: Case) -> dict[FieldPath, str]:
    found = expected(one)
    gone = _GONE.get(one.name)
    if gone:
        found = {p: t for p, t in found.items() if p[: len(gone)] != gone}
    return found


def handled(one: Case, folder: Path) -> Path:
    path = filled(folder / "采集表.xlsx")
    book = Handled(path)
    one.do(book)
    target = folder / f"交回{one.suffix}"
    book.book.save(target)
    if one.after:
        one.after(target)
    return target


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_nothing_is_lost_and_nothing_is_read_otherwise(
    one: Case, tmp_path: Path
) -> None:
    found = read_back(handled(one, tmp_path))

    messages = [each.message for each in found.document.warnings]
    for text in one.told:
        assert any(text in message for message in messages), messages
    if not one.told:
        assert messages == []
    assert leaves_of(found.unit) == wanted(one)


@pytest.mark.office
def test_libreoffice_saves_the_same_unit(tmp_path: Path) -> None:
    path, changed = filled(tmp_path / "原稿.xlsx"), filled(tmp_path / "改.xlsx")
    book = Handled(changed)
    put(book.funds("全年执行数"), "=58.5+35.04")
    put(book.funds("执行率"), 0.9354, "0.00%")
    put(book.indicator("疏浚渠道", "实际值"), 12.5, '0.0"公里"')
    book.book.save(changed)
    same, worked_out = saved_all_as([path, changed], "ods", tmp_path)
    for saved in (same, saved_as(path, "xls")):
        found = read_back(saved)

        assert leaves_of(found.unit) == leaves_of(Unit.model_validate(UNIT))
        told = [one.path for one in found.document.warnings]
        assert told == (["资金.执行率"] if saved.suffix == ".xls" else [])

    found = read_back(saved_as(worked_out, "xlsx"))

    assert leaves_of(found.unit) == leaves_of(Unit.model_validate(UNIT))
    assert found.document.warnings == ()


def test_there_are_kinds_enough() -> None:
    assert len(CASES) >= 40
    assert len({one.name for one in CASES}) == len(CASES)
