"""LibreOffice makes the PDFs: PDF/A-2b, tagged, complete; one that hangs it does not stop the others."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from office_programs import need
from pypdf import PdfReader

from reportgen.application.publish.pdf import (
    PdfRequest,
    PdfResult,
    make_pdfs,
    plan_pdf,
)

pytestmark = pytest.mark.office
LONG = (
    "因场地改造推迟到次年一季度举办，已经与承办单位重新签订协议，资金结转使用"
)
DEEP = 150  # tables within tables; LibreOffice lays them out for minutes


def made(
    folder: Path, *, seconds: float = 90, at_once: int = 2
) -> dict[str, PdfResult]:
    need("office", shutil.which("soffice"))
    plan = plan_pdf(PdfRequest((folder,), None, at_once, seconds))
    return {one.source.name: one for one in make_pdfs(plan)}


def hanging() -> docx.document.Document:
    document = docx.Document()
    table = document.add_table(1, 2)
    for _ in range(DEEP):
        table.cell(0, 1).text = "文字" * 30
        table = table.cell(0, 0).add_table(1, 2)
    return document


def plain(text: str) -> docx.document.Document:
    document = docx.Document()
    document.add_heading("一、概况")
    run = document.add_paragraph().add_run(text)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(
        qn("w:eastAsia"), "仿宋_GB2312"
    )
    return document


def test_one_of_six_hangs_it_and_five_are_made(tmp_path: Path) -> None:
    for number in range(5):
        plain(f"第{number}份").save(str(tmp_path / f"{number}.docx"))
    hanging().save(str(tmp_path / "2a.docx"))

    found = made(tmp_path, seconds=8)

    assert "超过 8 秒" in found.pop("2a.docx").failure
    assert {name: one.pages for name, one in found.items()} == {
        f"{number}.docx": 1 for number in range(5)
    }
    assert not (tmp_path / "2a.pdf").exists()


def test_the_pdf_is_archived_tagged_and_complete(tmp_path: Path) -> None:
    plain("全年完成培训三十场").save(str(tmp_path / "a.docx"))

    found = made(tmp_path)

    assert found["a.docx"].notes == ()
    reader = PdfReader(BytesIO((tmp_path / "a.pdf").read_bytes()))
    said = reader.root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in said
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in said
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object
    (intent,) = reader.root_object["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in intent.get_object()
    assert "全年完成培训三十场" in reader.pages[0].extract_text()


def test_what_is_cut_and_what_hangs_over_the_edge_is_read_back(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    table = document.add_table(2, 1)
    for row, text in zip(table.rows, ("已完成", LONG * 3), strict=True):
        row.height, row.height_rule = Pt(18), WD_ROW_HEIGHT_RULE.EXACTLY
        row.cells[0].text = text
    document.save(str(tmp_path / "cut.docx"))
    wide = docx.Document()
    table = wide.add_table(1, 2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for column, text in zip(table.columns, ("左", "右"), strict=True):
        column.width, column.cells[0].text = Cm(15), text * 12
        column.cells[0].width = Cm(15)
    wide.save(str(tmp_path / "wide.docx"))

    found = made(tmp_path)

    assert [one[:18] for one in found["cut.docx"].notes] == [
        "正文第1个表格第2行第1列的字没有印"
    ]
    assert [one[:9] for one in found["wide.docx"].notes] == [
        "第1页有文字伸出纸"
    ]
