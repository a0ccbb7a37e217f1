"""What comes back in a round besides forms: Word documents filled in by hand, zips as mailed, wrecks of nobody."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import Told, completed
from docx import Document
from forms import ROOT, form_of, read_back

from reportgen.ooxml.visible_text import visible_parts

Run = Callable[..., Told]
NAMES = ("云岭县水文站", "云岭县种子站", "云岭县博物馆")


def roster(path: Path, title: str = "2024年度自评单位") -> Path:
    book = openpyxl.Workbook()
    book.active.append([title])
    book.active.append(["单位", "项目"])
    for name in NAMES:
        book.active.append([name])
    book.save(path)
    return path


def rows(path: Path, sheet: str, head_row: int = 1) -> list[dict[str, Any]]:
    lines = list(
        openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    )
    head = lines[head_row - 1]
    return [dict(zip(head, line, strict=True)) for line in lines[head_row:]]


@pytest.fixture
def back(reportgen: Run, tmp_path: Path) -> Path:
    """The folder of what came back; one unit sent the printed form with its blanks filled in."""
    roster(tmp_path / "名单.xlsx")
    text = completed(f"年度: 2024\n单位: {{名称: {NAMES[0]}}}\n")
    (tmp_path / "甲.yaml").write_text(
        text.replace("实际值: 120人次, ", ""), encoding="utf-8"
    )
    reportgen("build", "甲.yaml", "-o", "印出")
    folder = tmp_path / "收到"
    folder.mkdir()
    printed = next((tmp_path / "印出/2024" / NAMES[0]).glob("*自评表*.docx"))
    document = Document(str(printed))
    row = next(
        row
        for table in document.tables
        for row in table.rows
        if "服务人次" in [cell.text for cell in row.cells]
    )
    texts = [cell.text for cell in row.cells]
    blank = row.cells[texts.index("≥100人次") + 1]
    assert not blank.text.strip()
    blank.paragraphs[0].add_run("118人次")
    document.save(str(folder / "自评表（填好）.docx"))
    return folder


def collect(reportgen: Run) -> Told:
    return reportgen("collect", "收到", "--roster", "名单.xlsx", "-o", "结果")


def test_a_print_filled_in_by_hand_is_read_and_built(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    told = collect(reportgen)

    assert "已交 1 个" in told.out
    book = tmp_path / "结果/收齐情况/收齐情况.xlsx"
    standing = rows(book, "收齐情况")[0]
    assert standing["情况"] == "已交"
    assert "由 Word 文件读出（自评表（填好）.docx）" in standing["说明"]
    drafts = list((tmp_path / "结果/由打印稿读出").glob("*.yaml"))
    assert "118人次" in drafts[0].read_text(encoding="utf-8")
    assert list((tmp_path / "结果/2024" / NAMES[0]).glob("*.docx"))


def test_a_form_counts_more_than_a_print(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    form_of({"年度": "2024", "单位": {"名称": NAMES[0]}}, back / "采集表.xlsx")

    collect(reportgen)

    book = tmp_path / "结果/收齐情况/收齐情况.xlsx"
    standing = rows(book, "收齐情况")[0]
    assert standing["文件"] == "采集表.xlsx"


def gbk_zip(path: Path, name: str, data: bytes) -> None:
    """A zip as old Windows programs make it: names in GBK, not marked as UTF-8."""
    raw = name.encode("gbk")
    stand_in = "x" * len(raw)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(stand_in, data)
    content = path.read_bytes().replace(stand_in.encode(), raw)
    path.write_bytes(content)


def test_a_zip_with_names_in_gbk_is_read(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    form = form_of(
        {"年度": "2024", "单位": {"名称": NAMES[1]}}, tmp_path / "乙.xlsx"
    )
    gbk_zip(back / "种子站.zip", "材料/采集表（定稿）.xlsx", form.read_bytes())

    collect(reportgen)

    book = tmp_path / "结果/收齐情况/收齐情况.xlsx"
    standing = rows(book, "收齐情况")[1]
    assert standing["情况"] == "已交"
    assert standing["文件"] == "种子站.zip/材料/采集表（定稿）.xlsx"


def test_the_slip_for_a_word_file_says_where_in_it(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    paper = back / "自评表（填好）.docx"
    document = Document(str(paper))
    cells = (
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    )
    filled = next(one for one in cells if one.text == "118人次")
    filled.paragraphs[0].runs[-1].text = "60人次"
    document.save(str(paper))

    collect(reportgen)

    slip = next((tmp_path / "结果/收齐情况").glob("退回单*.docx"))
    places = [
        row.cells[2].text
        for table in Document(str(slip)).tables
        for row in table.rows[1:]
    ]
    assert "表2第6行第6格「服务人次」的「实际完成值」" in places


def test_a_wreck_of_nobody_has_a_slip(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    (back / "表打不开了.xlsx").write_bytes(b"PK\3\4 wreck")
    (back / "照片.png").write_bytes(b"\x89PNG")

    collect(reportgen)

    slips = list((tmp_path / "结果/收齐情况").glob("退回单 不明*.docx"))
    assert [one.name for one in slips] == ["退回单 不明 001 表打不开了.docx"]
    text = b"".join(visible_parts(slips[0].read_bytes()).values()).decode()
    assert "没有读入" in text


def test_a_wreck_is_known_by_the_short_name_that_only_one_unit_has(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    (back / "3 博物馆采集表.xlsx").write_bytes(b"PK\3\4 wreck")

    collect(reportgen)

    book = tmp_path / "结果/收齐情况/收齐情况.xlsx"
    assert rows(book, "收齐情况")[2]["情况"] == "打不开"


def test_every_problem_stands_on_one_sheet_of_the_summary(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    form_of({"年度": "2024", "单位": {"名称": NAMES[1]}}, back / "乙.xlsx")

    collect(reportgen)

    summary = tmp_path / "结果/汇总表.xlsx"
    found = rows(summary, "全部问题")
    assert {one["单位"] for one in found} >= {NAMES[1]}
    sheet = openpyxl.load_workbook(summary)["全部问题"]
    assert sheet.auto_filter.ref
    assert NAMES[1] in (tmp_path / "结果/汇总.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "year"), [((), "2024"), (("--year", "2025"), "2025")]
)
def test_forms_are_of_the_year_that_the_title_or_the_sender_tells(
    options: tuple[str, ...], year: str, reportgen: Run, tmp_path: Path
) -> None:
    roster(tmp_path / "名单.xlsx")

    reportgen("send", "名单.xlsx", "-o", "发出", *options)

    forms = sorted((tmp_path / "发出").glob("*.xlsx"))
    assert {read_back(one).unit.year for one in forms} == {year}


def test_last_years_values_stand_beside_the_blanks(
    reportgen: Run, tmp_path: Path
) -> None:
    reportgen("new", "采集表.xlsx", "--from", ROOT / "inputs/lukou.yaml")

    sheet = openpyxl.load_workbook(tmp_path / "采集表.xlsx")["单位和资金"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any(one.startswith("上年 2662.18") for one in texts)
    whole = openpyxl.load_workbook(tmp_path / "采集表.xlsx")["整体自评表"]
    prompts = [
        one.prompt or "" for one in whole.data_validations.dataValidation
    ]
    assert any(one.startswith("上年 31场") for one in prompts)


def test_last_years_document_begins_this_years_form(
    back: Path, reportgen: Run, tmp_path: Path
) -> None:
    reportgen("new", "今年.xlsx", "--from", back / "自评表（填好）.docx")

    unit = read_back(tmp_path / "今年.xlsx").unit
    assert (unit.name, unit.year) == (NAMES[0], "2025")
    served = next(one for one in unit.indicators if one.name == "服务人次")
    assert served.actual is None
    assert served.history.last is not None
    assert served.history.last.text == "118人次"
