"""A round of a bureau: forms go out by a roster, come back in every shape, and nothing of it is lost."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import Told

from reportgen.core.findings import Rejected
from reportgen.ooxml.visible_text import visible_parts
from reportgen.workbooks.collection.filled.reading import read_form
from reportgen.workbooks.collection.round.roster import read_roster

Run = Callable[..., Told]
NAMES = ("青禾县水利站", "青禾县林业站", "青禾县档案馆", "青禾县气象站")


def roster(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2024年度绩效自评单位名单"])
    sheet.append(["序号", "联系人", "预算单位", "主管单位", "项目名称"])
    for number, name in enumerate(NAMES, start=1):
        sheet.append(
            [number, f"经办{number}", name, "青禾县农业局", "渠道清淤"]
        )
        sheet.append([None, None, None, None, "设备更新"])
    book.save(path)
    return path


def fill(source: Path, target: Path, year: str, spent: Any) -> None:
    """What a clerk types, in Excel's way."""
    book = openpyxl.load_workbook(source)
    sheet = book["单位和资金"]
    values = {
        "年度": year,
        "年初预算数": 80,
        "全年预算数": 80,
        "全年执行数": spent,
    }
    seen = set()
    for row in range(1, sheet.max_row + 1):
        label = str(sheet.cell(row, 1).value).partition("（")[0]
        if label in values and label not in seen:
            sheet.cell(row, 2).value = values[label]
            seen.add(label)
    book.save(target)


@pytest.fixture
def round_folder(reportgen: Run, tmp_path: Path) -> Path:
    """Four units were asked; two answered, one twice, one in a zip; one sent last year's, one a wreck."""
    roster(tmp_path / "名单.xlsx")
    assert reportgen("send", "名单.xlsx", "-o", "发出").code == 0
    forms = sorted((tmp_path / "发出").glob("0*.xlsx"))
    back = tmp_path / "收到"
    (back / "邮件").mkdir(parents=True)
    fill(forms[0], back / "甲.xlsx", "2024", 70)
    fill(forms[0], back / "甲改.xlsx", "2024", 100)
    os.utime(back / "甲改.xlsx", (2_000_000_000, 2_000_000_000))
    fill(forms[1], tmp_path / "乙.xlsx", "2024", 60)
    with zipfile.ZipFile(back / "邮件" / "乙.zip", "w") as packed:
        packed.write(tmp_path / "乙.xlsx", "材料/乙.xlsx")
    fill(forms[2], back / "丙.xlsx", "2023", 60)
    (back / f"{NAMES[3]}.xlsx").write_bytes(b"PK\3\4 broken")
    (back / "说明.txt").write_text("不是采集表", encoding="utf-8")
    return tmp_path


def table(folder: Path, sheet: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(folder / "结果/收齐情况/收齐情况.xlsx")
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def collect(reportgen: Run) -> Told:
    return reportgen("collect", "收到", "--roster", "名单.xlsx", "-o", "结果")


def test_forms_go_out_with_what_is_known(round_folder: Path) -> None:
    forms = sorted((round_folder / "发出").glob("0*.xlsx"))

    found = read_form(forms[1])

    assert [one.name[:3] for one in forms] == ["001", "002", "003", "004"]
    assert found.data["单位"]["名称"] == NAMES[1]
    assert found.data["单位"]["主管部门"] == "青禾县农业局"
    names = [one["名称"] for one in found.data["项目"]]
    assert names == ["渠道清淤", "设备更新"]
    assert (round_folder / "发出" / "000 填报通知.txt").is_file()


def test_every_unit_stands_somewhere(
    reportgen: Run, round_folder: Path
) -> None:
    before = sorted(
        one.stat().st_mtime for one in (round_folder / "收到").rglob("*")
    )

    told = collect(reportgen)

    assert told.code == 0
    assert "已交 2 个" in told.out
    standing = table(round_folder, "收齐情况")
    assert [one["情况"] for one in standing] == [
        "已交",
        "已交",
        "未交",
        "打不开",
    ]
    assert "用 甲改.xlsx" in standing[0]["说明"]
    assert "资金·全年执行数" in standing[0]["说明"]
    assert "2023 年度" in standing[2]["说明"]
    assert standing[1]["文件"] == "邮件/乙.zip/材料/乙.xlsx"
    others = {
        one["文件"]: one["情况"] for one in table(round_folder, "其他文件")
    }
    assert others == {"丙.xlsx": "年度不符", "说明.txt": "打不开"}
    after = sorted(
        one.stat().st_mtime for one in (round_folder / "收到").rglob("*")
    )
    assert before == after


def test_problems_name_sheet_and_cell(
    reportgen: Run, round_folder: Path
) -> None:
    collect(reportgen)

    found = [
        one
        for one in table(round_folder, "全部问题")
        if one["单位"] == NAMES[0] and one["代码"] == "BUD001"
    ]

    assert (found[0]["表"], found[0]["填的是"]) == ("单位和资金", "100")
    assert found[0]["格"].startswith("B")
    slips = sorted((round_folder / "结果/收齐情况").glob("退回单*.docx"))
    assert [NAMES[0] in slips[0].name, len(slips)] == [True, 3]
    text = b"".join(visible_parts(slips[0].read_bytes()).values()).decode()
    assert "大于全年预算数" in text
    unread = visible_parts(slips[2].read_bytes())
    assert "没有读入" in b"".join(unread.values()).decode()


def test_a_second_round_shows_what_was_mended(
    reportgen: Run, round_folder: Path
) -> None:
    collect(reportgen)
    form = next((round_folder / "发出").glob("001*"))
    fill(form, round_folder / "收到" / "甲再改.xlsx", "2024", 78)
    os.utime(round_folder / "收到/甲再改.xlsx", (2_100_000_000, 2_100_000_000))

    collect(reportgen)

    mended = table(round_folder, "已改正")
    assert {one["单位"] for one in mended} == {NAMES[0]}
    assert any("BUD001" in one["代码和栏目"] for one in mended)


def test_a_table_that_is_no_roster_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "年龄"])
    book.save(tmp_path / "名单.xlsx")

    with pytest.raises(Rejected, match="没有“单位”一栏"):
        read_roster(tmp_path / "名单.xlsx")


def test_a_form_that_came_back_unfilled_says_which_cell_is_blank(
    reportgen: Run, round_folder: Path
) -> None:
    forms = sorted((round_folder / "发出").glob("0*.xlsx"))
    fill(forms[2], round_folder / "收到" / "没填年度.xlsx", "", 60)

    told = collect(reportgen)

    assert "填写有误 1 个" in told.out
    standing = {one["文件"]: one for one in table(round_folder, "收齐情况")}
    assert standing["没填年度.xlsx"]["情况"] == "填写有误"
    (problem,) = (
        one for one in table(round_folder, "全部问题") if one["栏目"] == "年度"
    )
    assert (problem["表"], problem["格"]) == ("单位和资金", "B6")
    assert problem["问题和处理"] == "必填项「年度」是空的；请填写"
