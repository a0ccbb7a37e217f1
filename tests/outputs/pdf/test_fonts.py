"""The fonts that a document is set in, those that are missing, and what comes nearest."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from reportgen.ooxml.package import Package, read_package
from reportgen.outputs.pdf.font_families import is_installed, nearest
from reportgen.outputs.pdf.fonts import fonts_of, missing_fonts


def package(document: Document) -> Package:
    saved = BytesIO()
    document.save(saved)
    return read_package(saved.getvalue(), "a.docx")


def set_font(holder: object, name: str, slot: str = "w:eastAsia") -> None:
    fonts = holder.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn(slot), name)
    fonts.attrib.pop(qn(f"{slot}Theme"), None)  # which would go before it


def test_a_font_is_named_with_the_styles_that_ask_for_it() -> None:
    document = docx.Document()
    heading = document.styles["Heading 1"]
    set_font(heading, "黑体")
    document.add_paragraph("一、概况", style="Heading 1")
    set_font(document.add_paragraph().add_run("手写"), "楷体")
    document.add_paragraph("abc", style="Heading 1")

    found = fonts_of(package(document))

    assert found["黑体"] == ["标题 1"]
    assert found["楷体"] == ["手工设的字体"]


def test_the_font_of_a_style_comes_from_the_one_it_is_based_on() -> None:
    document = docx.Document()
    base = document.styles.add_style("公文正文", 1)
    set_font(base, "仿宋_GB2312")
    below = document.styles.add_style("公文附注", 1)
    below.base_style = base
    document.add_paragraph("附注", style="公文附注")

    assert fonts_of(package(document))["仿宋_GB2312"] == ["公文正文"]


def test_what_no_text_is_set_in_is_not_asked_for() -> None:
    document = docx.Document()
    set_font(document.add_paragraph().add_run("123"), "华文行楷")
    set_font(document.styles["Heading 2"], "方正舒体")

    found = fonts_of(package(document))

    assert "华文行楷" not in found
    assert "方正舒体" not in found


def test_a_header_counts() -> None:
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    set_font(header.add_run("内部资料"), "隶书")

    assert "隶书" in fonts_of(package(document))


def test_a_font_of_the_theme_is_found() -> None:
    document = docx.Document()
    document.add_paragraph("letters")  # its default template names the theme

    assert "Cambria" in fonts_of(package(document))


def test_missing_fonts_are_counted_over_the_documents() -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("正文")
    set_font(run, "仿宋_GB2312")
    both = [package(document), package(document)]

    found = missing_fonts(both, frozenset({"FangSong", "Cambria"}))

    assert [(one.name, one.documents, one.instead) for one in found] == [
        ("仿宋_GB2312", 2, "FangSong")
    ]
    assert missing_fonts(both, frozenset()) == []  # nobody can tell


@pytest.mark.parametrize(
    ("font", "installed", "expected"),
    [
        ("仿宋_GB2312", {"SimSun", "FangSong"}, "FangSong"),
        ("FangSong_GB2312", {"SimSun", "仿宋"}, "仿宋"),
        ("方正小标宋简体", {"SimHei", "SimSun"}, "SimSun"),
        ("楷体_GB2312", {"AR PL UKai CN", "SimSun"}, "AR PL UKai CN"),
        ("黑体", {"Noto Sans CJK SC", "SimSun"}, "Noto Sans CJK SC"),
        ("Times New Roman", {"Liberation Serif", "Arial"}, "Liberation Serif"),
        ("方正舒体", {"SimSun"}, "SimSun"),
        ("Wingdings", {"SimSun"}, ""),
    ],
)
def test_the_nearest_font_is_of_its_kind(
    font: str, installed: set[str], expected: str
) -> None:
    assert nearest(font, installed) == expected


def test_a_font_has_several_names() -> None:
    assert is_installed("宋体", {"simsun"})
    assert is_installed("FangSong_GB2312", {"仿宋_GB2312"})
    assert not is_installed("仿宋_GB2312", {"仿宋"})
