"""A chart drawn in the template shows the data given under the name in its alternative text."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from engine_support import part, rewritten, save

from reportgen.core.errors import TemplateError
from reportgen.ooxml.lint import lint_docx
from reportgen.pipeline import PackCache, prepare, render
from reportgen.render.charts.chart import ChartData
from reportgen.render.template.compile import compile_template

PACK = Path(__file__).parents[2] / "templates" / "standard"
REPORT = next(PACK.glob("*报告.docx"))
DATA = ChartData(
    ("甲项目", "乙&项目"),
    (("预算数", (Decimal("1.5"), Decimal(2))), ("执行数", (Decimal(1), None))),
)


@pytest.fixture
def charted(tmp_path: Path) -> Path:
    """One chart of the pack in a template of its own, printed only when 有."""
    document = docx.Document()
    for line in ("{%p if 有 %}", "CHART", "{%p endif %}", "{{ 尾 }}"):
        document.add_paragraph(line)
    path = save(document, tmp_path)
    with zipfile.ZipFile(REPORT) as archive:
        chart = archive.read("word/charts/chart1.xml")
        rels = archive.read("word/charts/_rels/chart1.xml.rels")
        book = archive.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")
        xml = archive.read("word/document.xml").decode()
    drawing = re.search(r"<w:drawing>.*?</w:drawing>", xml, re.DOTALL)
    assert drawing
    namespaces = " ".join(set(re.findall(r'xmlns:(?:a|c|r|wp)="[^"]*"', xml)))
    inline = drawing.group().replace("<w:drawing>", f"<w:drawing {namespaces}>")
    inline = re.sub(r'descr="[^"]*"', 'descr="图表：预算执行"', inline)
    inline = re.sub(r'r:id="[^"]*"', 'r:id="rId20"', inline)

    def add_chart(parts: dict[str, bytes]) -> None:
        (
            parts["word/charts/chart1.xml"],
            parts["word/charts/_rels/chart1.xml.rels"],
        ) = (
            chart,
            rels,
        )
        parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"] = book
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
        kind = (
            "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
        )
        sheet = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        for name, old, new in (
            ("word/document.xml", "<w:t>CHART</w:t>", inline),
            (
                "word/_rels/document.xml.rels",
                "</Relationships>",
                f'<Relationship Id="rId20" Type="{relation}" Target="charts/chart1.xml"/></Relationships>',
            ),
            (
                "[Content_Types].xml",
                "</Types>",
                f'<Default Extension="xlsx" ContentType="{sheet}"/>'
                f'<Override PartName="/word/charts/chart1.xml" ContentType="{kind}"/></Types>',
            ),
        ):
            parts[name] = parts[name].decode().replace(old, new).encode()

    return rewritten(path, add_chart)


def printed(
    path: Path, charts: dict[str, ChartData], *, drawn: bool = True
) -> bytes:
    data = compile_template(path).render(
        {"有": drawn, "尾": "尾"}, charts=charts
    )
    assert lint_docx(data) == ()
    return data


def test_chart_and_workbook_are_filled(charted: Path) -> None:
    data = printed(charted, {"预算执行": DATA})
    assert "乙&amp;项目" in part(data, "word/charts/chart1.xml").decode()
    book = openpyxl.load_workbook(
        io.BytesIO(part(data, "word/embeddings/Microsoft_Excel_Sheet1.xlsx"))
    )
    assert [row[0] for row in book.active.values][1:] == ["甲项目", "乙&项目"]


def test_a_drawn_chart_without_data_is_refused(charted: Path) -> None:
    with pytest.raises(TemplateError, match="正文的图表“预算执行”没有数据"):
        printed(charted, {"别的": DATA})


def test_a_chart_that_is_not_drawn_needs_no_data(charted: Path) -> None:
    assert printed(charted, {}, drawn=False)


def test_a_chart_that_is_not_drawn_is_not_carried_along(charted: Path) -> None:
    data = printed(charted, {"预算执行": DATA}, drawn=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [
            name
            for name in archive.namelist()
            if "chart" in name or "embeddings" in name
        ]
    assert b"chart1" not in part(data, "[Content_Types].xml")
    assert b"chart1" not in part(data, "word/_rels/document.xml.rels")


def test_of_two_charts_the_one_that_is_drawn_is_carried_along() -> None:
    """The report of the pack has one for few projects and one for many."""
    draft = prepare(PACK / "example.yaml", PackCache((PACK.parent,)), None)
    report = next(iter(render(draft)))
    assert lint_docx(report.data) == ()
    with zipfile.ZipFile(io.BytesIO(report.data)) as archive:
        charts = [
            name
            for name in archive.namelist()
            if re.fullmatch(r"word/charts/[^/]+|word/embeddings/.*", name)
        ]
    assert charts == [
        "word/charts/chart1.xml",
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
    ]
    shown = [name for name in report.seen or () if "charts/" in name]
    assert shown == [
        "word/charts/_rels/chart1.xml.rels",
        "word/charts/chart1.xml",
    ]


def test_a_comment_names_a_chart_whose_alternative_text_was_lost(
    charted: Path,
) -> None:
    def rename(parts: dict[str, bytes]) -> None:
        xml = re.sub(r' descr="[^"]*"', "", parts["word/document.xml"].decode())
        xml = xml.replace(
            "<w:drawing", "<w:t>{# 图表：新名 #}</w:t></w:r><w:r><w:drawing", 1
        )
        parts["word/document.xml"] = xml.replace(
            "<w:t>{# 图表：预算执行 #}</w:t>", ""
        ).encode()

    data = printed(rewritten(charted, rename), {"新名": DATA})
    assert "甲项目" in part(data, "word/charts/chart1.xml").decode()


def test_a_chart_saved_without_workbook_gets_one(charted: Path) -> None:
    def forget(parts: dict[str, bytes]) -> None:
        del (
            parts["word/charts/_rels/chart1.xml.rels"],
            parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"],
        )
        chart = parts["word/charts/chart1.xml"].decode()
        parts["word/charts/chart1.xml"] = re.sub(
            r"<c:externalData.*?</c:externalData>", "", chart, flags=re.DOTALL
        ).encode()

    path = rewritten(charted, forget)
    book = part(
        printed(path, {"预算执行": DATA}),
        "word/embeddings/reportgen_chart1.xlsx",
    )
    assert [
        row[0] for row in openpyxl.load_workbook(io.BytesIO(book)).active.values
    ][1:] == ["甲项目", "乙&项目"]
    assert printed(path, {}, drawn=False)


def test_an_alternative_text_without_chart_is_refused(charted: Path) -> None:
    def strip(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = re.sub(
            rb"<c:chart [^>]*/>", b"", parts["word/document.xml"]
        )

    with pytest.raises(TemplateError, match="没有图表"):
        compile_template(rewritten(charted, strip))


def test_a_tag_inside_a_chart_is_refused(charted: Path) -> None:
    def add_tag(parts: dict[str, bytes]) -> None:
        name = "word/charts/chart1.xml"
        parts[name] = parts[name].replace(
            b"</c:chartSpace>", "<!-- {{ 年度 }} --></c:chartSpace>".encode()
        )

    with pytest.raises(TemplateError, match="图表"):
        compile_template(rewritten(charted, add_tag))
