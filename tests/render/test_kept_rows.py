"""Which rows of a table stay on one page: the last two, the head with the first, a small table below its title."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.table import Table, _Row
from engine_support import save

from reportgen.ooxml.lint import lint_docx
from reportgen.render.template.compile import compile_template

ROW = ("{{ 行.名称 }}", "{{ 行.数 }}")
LOOP = ("{%tr for 行 in 各行 %}", ROW, "{%tr endfor %}")


def template(
    folder: Path, *rows: str | tuple[str, str], title: str = "", head: bool
) -> Path:
    """A table of two columns; a row that is one text carries a tag."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(0, 2)
    for row in rows:
        cells = table.add_row().cells
        texts = (row, "") if isinstance(row, str) else row
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
        if isinstance(row, str):
            cells[0].merge(cells[1])
    if head:
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
    return save(document, folder)


def kept(path: Path, count: int, **more: object) -> list[bool]:
    """Of each printed row, whether it stays with the next one."""
    rows = [{"名称": f"项{n}", "数": str(n), **more} for n in range(count)]
    data = compile_template(path).render({"各行": rows})
    assert lint_docx(data) == ()
    table: Table = docx.Document(io.BytesIO(data)).tables[0]
    return [_is_kept(row) for row in table.rows]


def _is_kept(row: _Row) -> bool:
    said = {
        paragraph.paragraph_format.keep_with_next
        for cell in row.cells
        for paragraph in cell.paragraphs
    }
    assert len(said) == 1, "every cell of a row says the same"
    return said == {True}


def test_the_total_never_begins_a_page_alone(tmp_path: Path) -> None:
    path = template(tmp_path, *LOOP, ("总分", "100"), head=False)
    assert kept(path, 4) == [True, False, False, True, False]


def test_two_rows_below_a_loop_stay_with_it(tmp_path: Path) -> None:
    path = template(
        tmp_path, *LOOP, ("预算执行率", "10"), ("总分", "100"), head=False
    )
    assert kept(path, 3) == [True, False, True, True, False]


def test_the_first_and_the_last_two_rows_of_a_loop_stay_together(
    tmp_path: Path,
) -> None:
    path = template(tmp_path, *LOOP, head=False)
    assert kept(path, 5) == [True, False, False, True, False]
    assert kept(path, 2) == [True, False]
    assert kept(path, 1) == [False]


def test_a_head_stays_with_what_it_heads(tmp_path: Path) -> None:
    path = template(tmp_path, ("名称", "数"), *LOOP, head=True)
    assert kept(path, 9)[:3] == [True, True, False]


@pytest.mark.parametrize(
    ("count", "whole"), [(1, True), (6, True), (7, False), (40, False)]
)
def test_a_small_table_below_its_title_stays_whole(
    tmp_path: Path, count: int, whole: bool
) -> None:
    path = template(
        tmp_path, ("名称", "数"), *LOOP, title="表1 各项目情况", head=True
    )
    assert all(kept(path, count)[:-1]) == whole


@pytest.mark.parametrize(("rows", "whole"), [(11, True), (30, False)])
def test_a_long_form_below_its_title_goes_over_pages(
    tmp_path: Path, rows: int, whole: bool
) -> None:
    lines = [(f"第{number}项", "{{ 各行|length }}") for number in range(rows)]
    path = template(
        tmp_path, ("名称", "数"), *lines, title="共性指标框架", head=True
    )
    assert all(kept(path, 0)[:-2]) == whole
    assert kept(path, 0)[-2:] == [True, False]


def test_a_form_without_a_title_right_above_may_go_over_pages(
    tmp_path: Path,
) -> None:
    path = template(tmp_path, ("名称", "数"), *LOOP, ("总分", "100"), head=True)
    assert kept(path, 4) == [True, True, False, False, True, False]


def test_rows_of_a_row_go_with_it(tmp_path: Path) -> None:
    inner = (
        "{%tr for 分 in 行.其中 %}",
        ("{{ 分.名称 }}", ""),
        "{%tr endfor %}",
    )
    rows = (*LOOP[:2], *inner, LOOP[2], ("总分", "100"))
    path = template(tmp_path, *rows, head=False)
    parts = [{"名称": "其中一"}, {"名称": "其中二"}]
    assert kept(path, 2, 其中=parts)[-4:] == [True, True, True, False]


def test_a_cell_with_paragraphs_of_its_own_loop_keeps_its_names(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    table = document.add_table(4, 1)
    texts = ("{%tr for 行 in 各行 %}", "", "{%tr endfor %}", "合计")
    for row, text in zip(table.rows, texts, strict=True):
        row.cells[0].text = text
    cell = table.rows[1].cells[0]
    cell.text = "{%p for 段 in 行.段 %}"
    cell.add_paragraph("{{ loop.index }}.{{ 段 }}")
    cell.add_paragraph("{%p endfor %}")
    path = save(document, tmp_path)
    data = compile_template(path).render({"各行": [{"段": ["甲", "乙"]}]})
    printed = docx.Document(io.BytesIO(data)).tables[0].rows[0].cells[0]
    assert printed.text == "1.甲\n2.乙"
