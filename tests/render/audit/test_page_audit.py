"""Margins, styles, page numbers, formats by hand of an official paper: GB/T 9704, or the pack's own standard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from reportgen.packs.pack import load_pack
from reportgen.render.audit.pages.template_audit import template_findings

TEMPLATES = Path(__file__).parents[3] / "templates"
REPORT = TEMPLATES / "standard" / "自评报告.docx"
FORM = TEMPLATES / "standard" / "项目支出绩效自评表.docx"
Change = Callable[[Document], object]

OWN = """名称: 临江
版本: 1
继承: standard
版面:
  页边距: [30, 30, 27, 27]
  页码: 第X页，共Y页
  样式:
    公文标题: {字体: 方正小标宋, 字号: 二号, 加粗: 是}
    公文正文: {字体: 仿宋, 字号: 三号, 行距: [30], 首行缩进: 2}
"""


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[str]]:
    """What is said of the report after a change, by code; `own` is a pack.yaml over standard."""

    def tell(
        change: Change,
        code: str = "TPL003",
        *,
        source: Path = REPORT,
        own: str = "",
    ) -> list[str]:
        document = Document(str(source))
        change(document)
        path = tmp_path / source.name
        document.save(str(path))
        folder = TEMPLATES / "standard"
        if own:
            folder = tmp_path / "临江"
            folder.mkdir()
            (folder / "pack.yaml").write_text(own, encoding="utf-8")
        page = load_pack(folder, (TEMPLATES,)).manifest.page
        found = template_findings(path, page, official=source is REPORT)
        return [one.message for one in found if one.code == code]

    return tell


Tell = Callable[..., list[str]]


def style(document: Document, name: str) -> object:
    return document.styles[name]


def test_the_report_of_the_box_is_set_as_it_should_be(told: Tell) -> None:
    assert told(lambda document: None) == []
    assert told(lambda document: None, "TPL011") == []


def test_margins_that_are_off_are_told_in_millimetres(told: Tell) -> None:
    def change(document: Document) -> None:
        document.sections[0].left_margin = Mm(32)

    (message,) = told(change)
    assert (
        message
        == "第1节的页边距（上、下、左、右）是 37、35、32、26 毫米，应为 37、35、28、26 毫米"
    )


def test_margins_within_a_millimetre_pass(told: Tell) -> None:
    def change(document: Document) -> None:
        document.sections[0].left_margin = Mm(27.2)
        document.sections[0].top_margin = Mm(38)

    assert told(change) == []


def test_font_size_pitch_and_indent_of_the_body_are_told(told: Tell) -> None:
    def change(document: Document) -> None:
        body = style(document, "公文正文")
        body.font.size = Pt(14)
        body.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
        body.paragraph_format.line_spacing = 1.5
        body.element.pPr.ind.attrib.clear()

    (message,) = (one for one in told(change) if "「公文正文」" in one)
    assert "字体是宋体，应为仿宋" in message
    assert "字号是四号，应为三号" in message
    assert "行距不是固定值，应为固定值28—30磅" in message
    assert "首行缩进0字，应为2字" in message
    assert "写进 pack.yaml 的「版面」" in message


def test_a_style_that_builds_on_the_changed_one_is_told_too(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        pitch = style(document, "公文正文").paragraph_format
        pitch.line_spacing = Pt(24)

    names = {one.partition("：")[0] for one in told(change)}
    assert names == {"样式「公文正文」", "样式「公文末段」"}


def test_a_heading_is_known_by_its_level_whatever_its_name(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        heading = style(document, "Heading 2")
        heading.element.find(qn("w:name")).set(qn("w:val"), "二级题")
        heading.element.rPr.rFonts.set(qn("w:eastAsia"), "黑体")

    (message,) = told(change)
    assert message.startswith("样式「二级题」：字体是黑体，应为楷体")


def test_the_style_of_most_paragraphs_is_the_body_whatever_its_name(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        body = style(document, "公文正文")
        body.element.find(qn("w:name")).set(qn("w:val"), "正文缩进")
        body.font.size = Pt(15)

    assert any(
        one.startswith("样式「正文缩进」：字号是小三，应为三号")
        for one in told(change)
    )


def test_a_style_of_tables_in_an_odd_font_or_too_small_is_told(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        cells = style(document, "表格居中")
        cells.element.rPr.rFonts.set(qn("w:eastAsia"), "华文彩云")
        cells.font.size = Pt(6)

    for source in (REPORT, FORM):
        (message,) = told(change, source=source)
        assert message.startswith("样式「表格居中」：字体是华文彩云")
        assert "字号是6磅，小于六号" in message


def test_a_style_that_no_text_uses_is_not_looked_at(told: Tell) -> None:
    def change(document: Document) -> None:
        made = document.styles.add_style("旧样式", 1)
        made.font.size = Pt(5)

    assert told(change) == []


def test_a_font_of_the_theme_is_the_one_that_the_theme_names(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        fonts = style(document, "公文标题").element.rPr.rFonts
        fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")

    (message,) = told(change)
    assert message.startswith("样式「公文标题」：字体是仿宋")


def test_a_page_number_in_another_form_is_told(told: Tell) -> None:
    def change(document: Document) -> None:
        footer = document.sections[0].footer.paragraphs[0]
        footer.runs[0].text = "第"
        footer.runs[-1].text = "页"

    (message,) = told(change)
    assert "的页码写作“第X页”，应为“— X —”" in message


def test_a_paper_without_page_numbers_is_told(told: Tell) -> None:
    def change(document: Document) -> None:
        section = document.sections[0]
        for footer in (section.footer, section.even_page_footer):
            for paragraph in footer.paragraphs:
                paragraph.clear()

    assert told(change) == ["页脚没有页码，应为“— X —”"]


def as_own(document: Document) -> None:
    """The report as the region of OWN wants it."""
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(30)
    section.left_margin = section.right_margin = Mm(27)
    style(document, "公文标题").font.bold = True
    for name in ("公文正文", "公文末段"):
        style(document, name).paragraph_format.line_spacing = Pt(30)
    for footer in (section.footer, section.even_page_footer):
        footer.paragraphs[0].clear()
        for xml in ("第", "PAGE", "页，共", "NUMPAGES", "页"):
            run = f"<w:r {nsdecls('w')}><w:t>{xml}</w:t></w:r>"
            if xml.isupper():
                run = f'<w:fldSimple {nsdecls("w")} w:instr=" {xml} ">{run}</w:fldSimple>'
            footer.paragraphs[0]._p.append(parse_xml(run))


def test_a_pack_may_have_a_standard_of_its_own(told: Tell) -> None:
    assert told(as_own, own=OWN) == []


def test_what_the_own_standard_does_not_say_is_that_of_the_pack_below(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        as_own(document)
        style(document, "Heading 1").font.size = Pt(22)

    (message,) = told(change, own=OWN)
    assert message.startswith("样式「标题 1」：字号是二号，应为三号")


def test_the_report_of_the_box_is_not_what_that_region_wants(
    told: Tell,
) -> None:
    messages = " ".join(told(lambda document: None, own=OWN))
    assert "应为 30、30、27、27 毫米" in messages
    assert "样式「公文标题」：应加粗" in messages
    assert "行距是28磅，应为固定值30磅" in messages
    assert "应为“第X页，共Y页”" in messages


def test_a_size_that_nobody_knows_is_told(told: Tell) -> None:
    own = OWN.replace("字号: 三号", "字号: 3号")
    assert any(
        "「版面」里的字号“3号”不认识" in one for one in told(as_own, own=own)
    )


def body_of(document: Document) -> object:
    return next(
        one
        for one in document.paragraphs
        if one.style.name == "公文正文" and one.text.strip()
    )


def test_a_paragraph_formatted_by_hand_is_told_with_its_place(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        paragraph = body_of(document)
        paragraph.paragraph_format.first_line_indent = Mm(0)
        paragraph._p.pPr.ind.attrib.pop(qn("w:firstLineChars"), None)
        for run in paragraph.runs:
            run.font.size = Pt(12)

    # the indent of the style in characters stays unless that is set to 0 too
    size = [one for one in told(change, "TPL011") if "字号" in one]
    assert len(size) == 1
    assert size[0].startswith("正文第")
    assert "不用样式「公文正文」的字号（三号），改成了小四" in size[0]


def test_alignment_and_pitch_by_hand_are_told_in_an_official_paper(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        paragraph = body_of(document)
        paragraph.alignment = 1
        paragraph.paragraph_format.line_spacing = Pt(20)

    messages = " ".join(told(change, "TPL011"))
    assert "对齐，改成了居中" in messages
    assert "行距，改成了20磅" in messages


def test_cells_that_are_aligned_by_hand_are_the_rule_in_forms(
    told: Tell,
) -> None:
    def change(document: Document) -> None:
        for cell in document.tables[0]._cells:
            cell.paragraphs[0].alignment = 1

    assert told(change, "TPL011", source=FORM) == []


def test_words_within_a_paragraph_may_be_set_otherwise(told: Tell) -> None:
    def change(document: Document) -> None:
        paragraph = body_of(document)
        added = paragraph.add_run("重点工作")
        added.font.bold = True
        added.font.size = Pt(18)

    assert told(change, "TPL011") == []
