"""What is read back from a PDF: pages, text over the edge, empty pages, whose it is, cells that are cut off."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Pt
from stub_office import a_pdf

from reportgen.ooxml.package import Package, read_package
from reportgen.outputs.pdf.pdf_reading import (
    PdfFacts,
    cut_cells,
    is_replaceable,
    read_pdf,
)

HELLO = b"BT /F1 12 Tf 100 700 Td (Hello) Tj ET"


def test_pages_are_counted_and_read() -> None:
    facts = read_pdf(a_pdf(HELLO, HELLO))

    assert facts.pages == 2
    assert facts.texts[0] == "Hello"
    assert facts.over_edge == ()
    assert facts.loose_fonts == ("Helvetica",)


def test_text_over_the_edge_is_seen() -> None:
    beside = b"BT /F1 12 Tf 700 700 Td (out) Tj ET"
    moved = b"q 1 0 0 1 0 -800 cm BT /F1 12 Tf 100 700 Td (low) Tj ET Q"

    assert read_pdf(a_pdf(HELLO, beside, moved)).over_edge == (2, 3)


def test_an_empty_page_is_seen() -> None:
    assert read_pdf(a_pdf(HELLO, b"")).blank == (2,)


def test_only_our_own_pdf_is_replaced() -> None:
    assert is_replaceable(a_pdf(HELLO))
    assert not is_replaceable(a_pdf(HELLO, maker="Scanner 3000"))
    assert not is_replaceable(b"no pdf at all")
    signed = a_pdf(HELLO).replace(
        b"/Type /Catalog", b"/Type /Catalog\n/AcroForm << /SigFlags 3 >>"
    )
    assert not is_replaceable(signed)


def with_rows(exact: bool, *texts: str) -> Package:
    document = docx.Document()
    table = document.add_table(len(texts), 1)
    for row, text in zip(table.rows, texts, strict=True):
        row.height = Pt(20)
        if exact:
            row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY
        row.cells[0].text = text
    saved = BytesIO()
    document.save(saved)
    return read_package(saved.getvalue(), "a.docx")


def shown(*texts: str) -> PdfFacts:
    return PdfFacts(texts, (), (), ())


def test_a_cell_whose_end_is_not_printed_is_named() -> None:
    package = with_rows(
        True, "全年完成培训三十场", "因场地改造推迟到次年一季度举办"
    )

    found = cut_cells(package, shown("全年完成培训三十场因场地改造"))

    assert found == ["正文第1个表格第2行第1列"]


def test_a_row_that_grows_is_never_cut() -> None:
    package = with_rows(False, "因场地改造推迟到次年一季度举办")

    assert cut_cells(package, shown("因场地改造")) == []


def test_words_that_stand_twice_are_counted() -> None:
    package = with_rows(True, "已按计划全部完成", "已按计划全部完成")

    assert cut_cells(package, shown("已按计划全部完成")) != []
    assert cut_cells(package, shown("已按计划全部完成" * 2)) == []


def test_where_lines_and_pages_break_does_not_matter() -> None:
    package = with_rows(True, "已按计划 全部完成（100%）")

    assert cut_cells(package, shown("已按计划全部完", "成(100%)")) == []
