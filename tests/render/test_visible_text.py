"""What a reader sees of a document: every place that can hold text, and nothing that cannot be seen."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document

from reportgen.ooxml.visible_text import (
    Seen,
    seen_in,
    visible_parts,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:p><a:r><a:t>预算{title}</a:t></a:r></a:p>"
    "<c:strCache><c:pt><c:v>一季度</c:v></c:pt></c:strCache></c:chartSpace>"
)


def archive(**parts: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, xml in parts.items():
            made.writestr(f"word/{name.replace('__', '/')}.xml", xml)
    return buffer.getvalue()


def body(xml: str) -> str:
    return f"<w:document {W}><w:body>{xml}</w:body></w:document>"


def test_body_table_header_and_footer_of_a_real_document() -> None:
    document = Document()
    document.add_paragraph("第一段")
    document.add_table(1, 1).cell(0, 0).text = "格子"
    document.sections[0].header.paragraphs[0].text = "眉"
    document.sections[0].footer.paragraphs[0].text = "脚"
    buffer = BytesIO()
    document.save(buffer)

    assert set(seen_in(visible_parts(buffer.getvalue()))) == {
        Seen("正文", "第一段"),
        Seen("表格", "格子"),
        Seen("页眉", "眉"),
        Seen("页脚", "脚"),
    }


def test_text_that_is_split_over_runs_reads_as_one() -> None:
    xml = body(
        "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ 年度 }}</w:t><w:tab/><w:t>末</w:t></w:r></w:p>"
    )

    assert list(seen_in(visible_parts(archive(document=xml)))) == [
        Seen("正文", "{{ 年度 }}\t末")
    ]


def test_a_text_box_is_a_place_of_its_own_and_not_part_of_its_paragraph() -> (
    None
):
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    xml = body(f"<w:p><w:r><w:t>框外</w:t></w:r><w:r>{box}</w:r></w:p>")

    assert set(seen_in(visible_parts(archive(document=xml)))) == {
        Seen("正文", "框外"),
        Seen("文本框", "框内"),
    }


@pytest.mark.parametrize(
    ("part", "root", "place"),
    [
        ("comments", "comments", "批注"),
        ("footnotes", "footnotes", "脚注"),
        ("endnotes", "endnotes", "尾注"),
        ("header2", "hdr", "页眉"),
    ],
)
def test_comments_and_notes_are_seen(part: str, root: str, place: str) -> None:
    xml = f"<w:{root} {W}><w:p><w:r><w:t>写在这里</w:t></w:r></w:p></w:{root}>"

    assert list(seen_in(visible_parts(archive(**{part: xml})))) == [
        Seen(place, "写在这里")
    ]


def test_titles_and_categories_of_charts_are_seen() -> None:
    assert list(seen_in(visible_parts(archive(charts__chart1=CHART)))) == [
        Seen("图表", "预算{title}"),
        Seen("图表", "一季度"),
    ]


def test_deleted_text_codes_of_fields_and_names_of_bookmarks_are_not_seen() -> (
    None
):
    xml = body(
        '<w:p><w:bookmarkStart w:id="1" w:name="_rg_年度"/><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>'
        "<w:r><w:instrText> MERGEFIELD 年度 </w:instrText></w:r><w:r><w:t>留下</w:t></w:r></w:p><w:p/>"
    )

    assert list(seen_in(visible_parts(archive(document=xml)))) == [
        Seen("正文", "留下")
    ]


def test_parts_without_any_of_the_signs_are_not_read() -> None:
    parts = {
        "document": body("<w:p><w:r><w:t>全部填好</w:t></w:r></w:p>"),
        "header1": f"<w:hdr {W}><w:p><w:r><w:t>{{{{ 单位.名称 }}}}</w:t></w:r></w:p></w:hdr>",
    }

    assert list(seen_in(visible_parts(archive(**parts)), only_if=("{",))) == [
        Seen("页眉", "{{ 单位.名称 }}")
    ]
