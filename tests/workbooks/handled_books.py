"""A filled-in form as clerks hand it back: ways to find its cells, and the unit that stands in it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import openpyxl
from forms import pack_named
from openpyxl.worksheet.merge import MergedCellRange

from reportgen.core.value import FieldPath
from reportgen.workbooks.collection.blank.form_writer import write_form
from reportgen.workbooks.collection.blank.making import form_content
from reportgen.workbooks.collection.form_tree import chinese_tree

UNIT = {
    "年度": "2024",
    "单位": {
        "名称": "青禾县水利站",
        "主管部门": "青禾县水利局",
        "简称": "水利站",
    },
    "填报日期": "2025-03-14",
    "填报": {"填报人": "某甲"},
    "资金": {
        "年初预算数": "80",
        "全年预算数": "100",
        "全年执行数": "93.54",
        "执行率": "93.54%",
        "分值": "10",
        "得分": "9.35",
        "按支出性质": [
            {
                "名称": "基本支出",
                "年初预算数": "50",
                "全年预算数": "60",
                "全年执行数": "58.5",
                "明细": [
                    {"名称": "工资福利支出", "全年执行数": "40.25"},
                    {"名称": "商品和服务支出", "全年执行数": "18.25"},
                ],
            },
            {
                "名称": "项目支出",
                "年初预算数": "30",
                "全年预算数": "40",
                "全年执行数": "35.04",
            },
        ],
    },
    "年度目标": {
        "预期目标": ["疏浚渠道12公里。", "巡查水库6座。"],
        "完成情况": "均已完成。",
    },
    "指标": [
        {
            "一级": "产出指标",
            "二级": "数量指标",
            "三级": "疏浚渠道",
            "指标值": "≥12公里",
            "实际值": "12.5公里",
            "分值": "20",
            "得分": "20",
        },
        {
            "一级": "产出指标",
            "二级": "质量指标",
            "三级": "验收合格率",
            "指标值": "≥95%",
            "实际值": "98%",
            "分值": "20",
            "得分": "20",
        },
        {
            "一级": "效益指标",
            "二级": "社会效益指标",
            "三级": "灌溉面积",
            "指标值": "3400亩",
            "实际值": "3360亩",
            "分值": "30",
            "得分": "29.6",
            "偏差原因": "旱情影响",
        },
        {
            "一级": "满意度指标",
            "二级": "服务对象满意度",
            "三级": "农户满意度",
            "指标值": "≥90%",
            "实际值": "94%",
            "分值": "10",
            "得分": "10",
        },
    ],
    "自评结果": {"总分": "98.95", "等级": "优"},
    "叙述": {"存在问题": ["渠道管护人手不足。", "资料归档不及时。"]},
    "项目": [
        {
            "名称": "渠道清淤",
            "资金": {
                "年初预算数": "20",
                "全年预算数": "25",
                "全年执行数": "25",
            },
            "指标": [
                {
                    "一级": "产出指标",
                    "二级": "数量指标",
                    "三级": "清淤长度",
                    "指标值": "8公里",
                    "实际值": "8公里",
                    "分值": "50",
                    "得分": "50",
                }
            ],
        },
        {
            "名称": "泵站维修",
            "资金": {
                "年初预算数": "10",
                "全年预算数": "15",
                "全年执行数": "10.04",
            },
            "指标": [
                {
                    "一级": "产出指标",
                    "二级": "数量指标",
                    "三级": "维修泵站",
                    "指标值": "3座",
                    "实际值": "2座",
                    "分值": "50",
                    "得分": "33.33",
                }
            ],
        },
    ],
}
FUNDS, WHOLE, TEXTS = "单位和资金", "整体自评表", "存在问题和改进措施"


def plain(value: Any) -> str:
    """A label without the unit behind it."""
    return str(value or "").partition("（")[0]


class Case(NamedTuple):
    """What a clerk does to the form, what is read otherwise then (None: not at all), and what has to be told."""

    name: str
    do: Callable[[Handled], None]
    reads: Mapping[FieldPath, str | None]
    told: tuple[str, ...] = ()
    suffix: str = ".xlsx"
    after: Callable[[Path], None] | None = None


class Handled:
    """A form in openpyxl: its cells by what stands beside and above them."""

    def __init__(self, path: Path) -> None:
        # borders of merged cells take two thirds of the time
        with patch.object(MergedCellRange, "format"):
            self.book = openpyxl.load_workbook(path)

    def sheet(self, name: str) -> Any:
        return self.book[name]

    def title(self, sheet: str, block: str) -> int:
        """The row of a title."""
        rows = self.sheet(sheet).iter_rows(max_col=1)
        return next(
            cell.row for (cell,) in rows if cell.value == f"【{block}】"
        )

    def single(self, sheet: str, block: str, label: str) -> Any:
        """The cell beside a label."""
        one = self.sheet(sheet)
        for row in range(self.title(sheet, block) + 2, one.max_row + 1):
            if plain(one.cell(row, 1).value) == label:
                return one.cell(row, 2)
        raise AssertionError(label)

    def column(self, sheet: str, block: str, heading: str) -> int:
        head = self.title(sheet, block) + 1
        for cell in self.sheet(sheet)[head]:
            if plain(cell.value) == heading:
                return int(cell.column)
        raise AssertionError(heading)

    def row(self, sheet: str, block: str, name: str) -> int:
        one = self.sheet(sheet)
        for row in range(self.title(sheet, block) + 2, one.max_row + 1):
            if name in [cell.value for cell in one[row]]:
                return row
        raise AssertionError(name)

    def at(self, sheet: str, block: str, name: str, heading: str) -> Any:
        """The cell of a row and a column of a table."""
        return self.sheet(sheet).cell(
            self.row(sheet, block, name), self.column(sheet, block, heading)
        )

    def indicator(self, name: str, heading: str) -> Any:
        return self.at(WHOLE, "指标", name, heading)

    def funds(self, label: str) -> Any:
        return self.single(FUNDS, "资金", label)


def filled(path: Path) -> Path:
    path.write_bytes(_filled())
    return path


@cache
def _filled() -> bytes:
    """The form without the sheet that few fill in, made once: it is what takes openpyxl long."""
    content = form_content(pack_named(), chinese_tree(UNIT))
    book = openpyxl.load_workbook(BytesIO(write_form(content)))
    book.remove(book["其他内容"])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """The file with parts whose name holds `part` changed in their bytes."""
    with zipfile.ZipFile(path) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, change(data) if part in name else data)


def with_parts(path: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    """The file with parts more."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
