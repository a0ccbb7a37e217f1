"""What was edited in Word comes home into the workbook: the cells it belongs to, and not a byte of anything else."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import Told
from docx import Document
from forms import (
    ROOT,
    chinese_tree,
    form_content,
    form_of,
    pack_named,
    read_back,
    saved_as,
    write_form,
)

from reportgen.model.loading import load_unit
from reportgen.sources.write_back import Insert
from reportgen.workbooks.collection.filled.reading import read_form_data
from reportgen.workbooks.collection.write_back.form_changes import form_with

Run = Callable[..., Told]
FORM = "采集表.xlsx"
SHEET = "项目1"


@pytest.fixture
def printed(reportgen: Run, tmp_path: Path) -> Path:
    """The folder of what was built from a form."""
    loaded = load_unit(ROOT / "inputs" / "lukou.yaml")
    form_of(loaded.document.data, tmp_path / FORM)
    reportgen("build", FORM)
    return next((tmp_path / "outputs/2022").iterdir())


def cells_of(document: Any) -> Iterator[Any]:
    for table in document.tables:
        for row in table.rows:
            yield from row.cells


def retype(path: Path, row: str, old: str, new: str) -> None:
    """Types over the first cell with `old` in the row that names `row`."""
    document = Document(str(path))
    for table in document.tables:
        for one in table.rows:
            cells = one.cells
            if row not in [cell.text for cell in cells]:
                continue
            order = cells if old else tuple(reversed(cells))
            cell = next(cell for cell in order if cell.text == old)
            runs = cell.paragraphs[0].runs
            if runs:
                runs[0].text = new
                for rest in runs[1:]:
                    rest.text = ""
            else:
                cell.paragraphs[0].add_run(new)
            document.save(str(path))
            return
    raise AssertionError(row)


def project_form(printed: Path) -> Path:
    return next(printed.glob("3-1 *.docx"))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def cell_texts(path: Path) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_a_value_changes_its_cell_and_no_other_byte(
    printed: Path, reportgen: Run
) -> None:
    retype(project_form(printed), "维修类别", "7类", "8类")
    before, texts = parts(Path(FORM)), cell_texts(Path(FORM))

    told = reportgen("pull", project_form(printed), "--apply")

    assert "已写回 采集表.xlsx" in told.out
    assert "“7类” → “8类”" in told.out
    after = parts(Path(FORM))
    changed = [name for name in before if after[name] != before[name]]
    assert changed == ["xl/worksheets/sheet4.xml"]
    old, new = before[changed[0]], after[changed[0]]
    assert abs(len(old) - len(new)) < 80
    now = cell_texts(Path(FORM))
    differ = [key for key in texts if texts[key] != now[key]]
    assert [(key[0], now[key][0]) for key in differ] == [(SHEET, "8类")]


def test_the_next_print_is_what_was_typed(
    printed: Path, reportgen: Run
) -> None:
    retype(project_form(printed), "维修类别", "7类", "8类")
    reportgen("pull", project_form(printed), "--apply")

    told = reportgen("build", FORM)

    assert told.code == 0
    texts = [
        cell.text for cell in cells_of(Document(str(project_form(printed))))
    ]
    assert "8类" in texts
    assert "没有改动" in reportgen("pull", project_form(printed)).out


def test_an_amount_stays_a_number_with_its_look(
    printed: Path, reportgen: Run
) -> None:
    retype(project_form(printed), "年度资金总额", "400.00", "420.5")

    told = reportgen("pull", project_form(printed), "--apply")

    assert "年初预算数" in told.out
    funds = read_back(Path(FORM)).unit.projects[0].funds
    assert funds.initial is not None
    assert funds.initial.text == "420.5"
    values = [value for value, _ in cell_texts(Path(FORM)).values()]
    assert 420.5 in values


def test_a_blank_cell_is_filled(printed: Path, reportgen: Run) -> None:
    retype(project_form(printed), "维修类别", "", "设备老化，已安排更换")

    reportgen("pull", project_form(printed), "--apply")

    row = read_back(Path(FORM)).unit.projects[0].indicators[0]
    assert (row.name, row.deviation) == ("维修类别", "设备老化，已安排更换")


def add_row(path: Path, behind: str, name: str) -> None:
    """Copies the row of an indicator and types another name, as people do in Word."""
    document = Document(str(path))
    for table in document.tables:
        for row in table.rows:
            if behind not in [cell.text for cell in row.cells]:
                continue
            twin = copy.deepcopy(row._tr)
            row._tr.addnext(twin)
            added = next(one for one in table.rows if one._tr is twin)
            cell = next(one for one in added.cells if one.text == behind)
            cell.paragraphs[0].runs[0].text = name
            document.save(str(path))
            return
    raise AssertionError(behind)


@pytest.mark.parametrize(
    ("behind", "position"),
    [("维修类别", 1), ("承担全区机关大院及各单位维修质量及服务满意度", 10)],
)
def test_a_new_row_stands_where_it_was_added(
    behind: str, position: int, printed: Path, reportgen: Run
) -> None:
    before = [
        one.name for one in read_back(Path(FORM)).unit.projects[0].indicators
    ]
    add_row(project_form(printed), behind, "更换阀门数")

    told = reportgen("pull", project_form(printed), "--apply")

    assert "已写回" in told.out
    rows = read_back(Path(FORM)).unit.projects[0].indicators
    names = [one.name for one in rows]
    assert names == [*before[:position], "更换阀门数", *before[position:]]
    assert rows[position].dimension == rows[position - 1].dimension


def test_a_sentence_that_was_reworded_has_an_entry_of_its_own(
    printed: Path, reportgen: Run
) -> None:
    report = next(printed.glob("1 *.docx"))
    document = Document(str(report))
    old = "机关大院报修次数较多"
    paragraph = next(one for one in document.paragraphs if old in one.text)
    run = next(one for one in paragraph.runs if old in one.text)
    run.text = run.text.replace(old, "机关大院报修次数仍然较多")
    document.save(str(report))

    told = reportgen("pull", report, "--apply")

    assert "已写回" in told.out
    texts = read_back(Path(FORM)).unit.reworded
    assert "仍然较多" in "".join(map("".join, texts.values()))
    reportgen("build", FORM)
    assert "没有改动" in reportgen("pull", report).out


def test_undo_puts_the_workbook_back(printed: Path, reportgen: Run) -> None:
    retype(project_form(printed), "维修类别", "7类", "8类")
    before = Path(FORM).read_bytes()
    reportgen("pull", project_form(printed), "--apply")
    assert Path(FORM).read_bytes() != before

    told = reportgen("undo", FORM)

    assert told.code == 0
    assert "“8类” → “7类”" in told.out
    assert Path(FORM).read_bytes() == before
    kept = list(Path(".reportgen/history").glob("采集表*.xlsx"))
    assert len(kept) == 1


def test_what_changed_in_the_form_since_is_not_written_over(
    printed: Path, reportgen: Run
) -> None:
    retype(project_form(printed), "维修类别", "7类", "8类")
    book = openpyxl.load_workbook(FORM)
    cell = next(
        cell
        for row in book[SHEET].iter_rows()
        for cell in row
        if cell.value == "7类"
    )
    cell.value = "9类"
    book.save(FORM)

    told = reportgen("pull", project_form(printed), "--apply")

    assert "RBK003" in told.out
    now = [value for value, _ in cell_texts(Path(FORM)).values()]
    assert "8类" not in now


def type_formula(label: str, formula: str) -> str:
    """Puts a formula with its stored result into the first cell beside a label, as Excel saves it; the cell."""
    data = parts(Path(FORM))
    name = "xl/worksheets/sheet4.xml"
    sheet = openpyxl.load_workbook(FORM)[SHEET]
    row = next(
        number
        for number in range(1, sheet.max_row)
        if sheet.cell(number, 1).value == label
    )
    xml = data[name].decode()
    start = xml.index(f'<c r="B{row}"')
    new = f"><f>{formula}</f><v>400"
    data[name] = (xml[:start] + xml[start:].replace("><v>400", new, 1)).encode()
    main = "xl/workbook.xml"
    data[main] = data[main].replace(b' fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(FORM, "w") as archive:
        for one, content in data.items():
            archive.writestr(one, content)
    return f"B{row}"


def test_a_formula_is_not_written_over(printed: Path, reportgen: Run) -> None:
    cell = type_formula("年初预算数（万元）", "200*2")
    retype(project_form(printed), "年度资金总额", "400.00", "420.5")
    before = Path(FORM).read_bytes()

    told = reportgen("pull", project_form(printed), "--apply")

    assert f"{cell} 是公式" in told.out
    assert Path(FORM).read_bytes() == before


def test_formulas_are_computed_when_the_workbook_is_opened_next(
    printed: Path, reportgen: Run
) -> None:
    cell = type_formula("全年执行数（万元）", "B34")
    retype(project_form(printed), "维修类别", "7类", "8类")

    told = reportgen("pull", project_form(printed), "--apply")

    assert f"{SHEET}!{cell} 是公式；写回以后" in told.out
    assert b'fullCalcOnLoad="1"' in parts(Path(FORM))["xl/workbook.xml"]


def test_a_row_of_a_table_with_computed_columns_finds_a_free_one() -> None:
    unit = {
        "年度": "2024",
        "单位": {"名称": "甲站"},
        "资金": {"按支出性质": [{"名称": "基本支出", "全年预算数": "5"}]},
    }
    content = form_content(pack_named(), chinese_tree(unit))
    form = read_form_data(Path(FORM), write_form(content))
    row = (("名称", "项目支出"), ("全年预算数", "3.5"))

    new = form_with(form, Insert(("资金", "按支出性质"), 1, row))

    assert new.data["资金"]["按支出性质"][1] == dict(row)


@pytest.mark.office
def test_an_old_format_says_what_to_do(printed: Path, reportgen: Run) -> None:
    retype(project_form(printed), "维修类别", "7类", "8类")
    saved_as(Path(FORM), "xls")
    saved_as(Path(FORM), "ods")

    for old in ("采集表.xls", "采集表.ods"):
        told = reportgen(
            "pull", project_form(printed), "--unit", old, "--apply"
        )
        assert "另存为 .xlsx" in told.out
