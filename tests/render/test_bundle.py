"""--bundle: one file of the whole set, in which each part is as it was alone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reportgen.core.errors import TemplateError
from reportgen.ooxml.lint import lint_docx
from reportgen.pipeline import PackCache, prepare, render
from reportgen.render.bundle.bundle import bundle

TEMPLATES = Path(__file__).parents[2] / "templates"


def paper(
    text: str,
    *,
    wide: bool = False,
    footer: str = "",
    even: str | None = None,
    bold: bool = False,
) -> bytes:
    document = Document()
    section = document.sections[0]
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    if footer:
        section.footer.paragraphs[0].text = footer
    if even is not None:
        document.settings.odd_and_even_pages_header_footer = True
        section.even_page_footer.paragraphs[0].text = even
    if bold:
        document.styles["Normal"].font.bold = True
        document.styles["Normal"].font.size = Pt(20)
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def opened(data: bytes) -> Document:
    assert lint_docx(data) == ()
    return Document(BytesIO(data))


def test_parts_follow_in_order_each_on_its_own_paper() -> None:
    joined = opened(
        bundle([paper("甲"), paper("乙", wide=True), paper("丙")], "合订")
    )

    assert [p.text for p in joined.paragraphs if p.text] == ["甲", "乙", "丙"]
    assert [s.orientation for s in joined.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert joined.core_properties.title == "合订"


def test_each_part_begins_with_page_one_on_a_new_page() -> None:
    joined = opened(bundle([paper("甲"), paper("乙")], "合订"))

    for section in joined.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert (
            section._sectPr.find(qn("w:type")) is None
        )  # which means: on a new page


def test_a_part_without_footer_does_not_take_that_of_the_part_before() -> None:
    joined = opened(
        bundle([paper("甲", footer="甲的页脚"), paper("乙")], "合订")
    )

    assert [
        section.footer.paragraphs[0].text for section in joined.sections
    ] == [
        "甲的页脚",
        "",
    ]


def test_a_part_that_does_not_tell_odd_from_even_keeps_its_footer_on_even_pages() -> (
    None
):
    joined = opened(
        bundle(
            [
                paper("甲", footer="单页", even="双页"),
                paper("乙", footer="每页"),
            ],
            "合订",
        )
    )

    assert joined.settings.odd_and_even_pages_header_footer
    assert [s.footer.paragraphs[0].text for s in joined.sections] == [
        "单页",
        "每页",
    ]
    assert [s.even_page_footer.paragraphs[0].text for s in joined.sections] == [
        "双页",
        "每页",
    ]


def test_of_how_many_pages_counts_those_of_the_part() -> None:
    document = Document()
    run = document.sections[0].footer.paragraphs[0].add_run()._r
    for kind in ("begin", "", "end"):
        sign = run.makeelement(qn("w:fldChar" if kind else "w:instrText"), {})
        if kind:
            sign.set(qn("w:fldCharType"), kind)
        else:
            sign.text = " NUMPAGES "
        run.append(sign)
    out = BytesIO()
    document.save(out)

    joined = opened(bundle([paper("甲"), out.getvalue()], "合订"))

    footer = joined.sections[1].footer._element
    codes = [one.text for one in footer.iter(qn("w:instrText"))]
    assert codes == [" SECTIONPAGES "]


def test_a_style_that_differs_keeps_its_own_look() -> None:
    joined = opened(bundle([paper("甲"), paper("乙", bold=True)], "合订"))

    first, second = (p for p in joined.paragraphs if p.text)
    assert not first.style.font.bold
    assert second.style.font.bold
    assert second.style.font.size == Pt(20)


def test_a_style_that_is_the_same_is_shared() -> None:
    joined = opened(bundle([paper("甲"), paper("乙")], "合订"))

    first, second = (p for p in joined.paragraphs if p.text)
    assert first.style.style_id == second.style.style_id


def test_the_same_documents_give_the_same_bytes() -> None:
    assert bundle([paper("甲"), paper("乙")], "合订") == bundle(
        [paper("甲"), paper("乙")], "合订"
    )


@pytest.mark.parametrize(
    "pack", sorted(path.parent.name for path in TEMPLATES.glob("*/pack.yaml"))
)
def test_a_whole_set_is_bound_without_loss(pack: str) -> None:
    outputs = [
        one.data
        for one in render(
            prepare(
                TEMPLATES / pack / "example.yaml", PackCache((TEMPLATES,)), pack
            )
        )
    ]

    joined = opened(bundle(outputs, "合订"))

    alone = [Document(BytesIO(data)) for data in outputs]
    assert [p.text for p in joined.paragraphs if p.text] == [
        p.text for one in alone for p in one.paragraphs if p.text
    ]
    assert len(joined.tables) == sum(len(one.tables) for one in alone)
    assert len(joined.sections) == sum(len(one.sections) for one in alone)
    texts = [
        "".join(cell.text for row in table.rows for cell in row.cells)
        for table in joined.tables
    ]
    assert texts == [
        "".join(c.text for r in t.rows for c in r.cells)
        for one in alone
        for t in one.tables
    ]


def test_a_document_without_styles_is_refused_by_name() -> None:
    from reportgen.ooxml.archive import Member, read_archive
    from reportgen.ooxml.zip_writer import lay_out, write_zip

    def bare(member: Member) -> Member:
        cut = member.data.replace(
            b"relationships/styles", b"relationships/other"
        )
        return (
            member
            if cut == member.data
            else Member(member.name, 0, _crc(cut), cut, cut)
        )

    data = write_zip(
        lay_out(bare(one) for one in read_archive(paper("甲"))), {}
    )
    with pytest.raises(TemplateError, match="没有样式部件"):
        bundle([data], "合订")


def _crc(data: bytes) -> int:
    import zlib

    return zlib.crc32(data)
