"""--bundle: lists begin anew in each part; a cover and a table of contents stand before the parts."""

from __future__ import annotations

import re
import shutil
import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from test_bundle import opened, paper

from reportgen.outputs.pdf import bundle_pages
from reportgen.outputs.pdf.bundle_pages import with_page_numbers
from reportgen.render.bundle.bundle import bundle

sys.path.append(str(Path(__file__).parents[1] / "office"))

NAMES = ("附件1 自评报告", "附件2-1 自评表（水电维修费）")


def numbered(*texts: str, style: str = "List Number") -> bytes:
    document = Document()
    for text in texts:
        document.add_paragraph(text, style=style)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def list_of(document: Document, text: str) -> tuple[str, str]:
    """The number of the list of a paragraph, by its style, and of what it is an instance."""
    (found,) = (one for one in document.paragraphs if one.text == text)
    number = found.style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    (num,) = (
        one
        for one in numbering.findall(qn("w:num"))
        if one.get(qn("w:numId")) == number
    )
    return number, num.find(qn("w:abstractNumId")).get(qn("w:val"))


def test_a_list_that_a_style_carries_begins_anew_in_each_part() -> None:
    joined = opened(
        bundle([numbered("甲"), numbered("乙"), numbered("丙")], "合订")
    )

    lists = {list_of(joined, text) for text in "甲乙丙"}
    assert len({number for number, _ in lists}) == 3
    assert len({kind for _, kind in lists}) == 3


def test_lists_of_the_parts_share_no_mark_by_which_word_would_join_them() -> (
    None
):
    joined = opened(bundle([numbered("甲"), numbered("乙")], "合订"))

    marks = [
        one.get(qn("w:val"))
        for one in joined.part.numbering_part.element.iter(qn("w:nsid"))
    ]
    assert len(marks) == len(set(marks))


def test_a_style_on_one_that_numbers_has_the_list_of_its_part() -> None:
    def on_list(text: str) -> bytes:
        document = Document()
        made = document.styles.add_style("逐条", 1)
        made.base_style = document.styles["List Number"]
        document.add_paragraph(text, style="逐条")
        out = BytesIO()
        document.save(out)
        return out.getvalue()

    joined = opened(bundle([on_list("甲"), on_list("乙")], "合订"))

    first, second = (one.style for one in joined.paragraphs if one.text)
    assert first.base_style.style_id != second.base_style.style_id


def test_a_style_that_only_a_later_part_has_keeps_its_own_list() -> None:
    document = Document()
    document.styles["List Number"].delete()
    document.add_paragraph("甲", style="List Bullet")
    out = BytesIO()
    document.save(out)

    joined = opened(bundle([out.getvalue(), numbered("乙")], "合订"))

    assert list_of(joined, "甲") != list_of(joined, "乙")


def test_the_cover_names_unit_and_year_and_the_contents_every_part() -> None:
    joined = opened(
        bundle(
            [paper("甲"), paper("乙", wide=True)],
            "青禾县图书馆2024年度绩效自评材料",
            NAMES,
        )
    )

    texts = [one.text for one in joined.paragraphs if one.text]
    assert texts[:3] == ["青禾县图书馆", "2024年度绩效自评材料", "目　录"]
    assert [text.partition("\t")[0] for text in texts[3:5]] == list(NAMES)
    assert texts[-2:] == ["甲", "乙"]
    assert len(joined.sections) == 3
    assert joined.sections[0].footer.paragraphs[0].text == ""


def test_without_libreoffice_word_counts_the_pages_when_it_opens_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundle_pages, "find_office", lambda seconds: None)
    data = bundle([paper("甲"), paper("乙")], "合订", NAMES)

    assert with_page_numbers(data, 2) == data

    document = opened(data)
    links = document.element.body.findall(f".//{qn('w:hyperlink')}")
    codes = [
        "".join(one.text for one in link.iter(qn("w:instrText")))
        for link in links
    ]
    assert [" ".join(code.split()) for code in codes] == [
        "= 1 + PAGEREF _FrontEnd",
        "= 1 + PAGEREF _FrontEnd + PAGEREF _PartEnd1",
    ]
    (first, *_) = links[0].iter(qn("w:fldChar"))
    assert first.get(qn("w:dirty")) == "true"
    named = {
        one.get(qn("w:name"))
        for one in document.element.iter(qn("w:bookmarkStart"))
    }
    assert {one.get(qn("w:anchor")) for one in links} <= named
    assert {"_FrontEnd", "_PartEnd1"} <= named


def test_a_bundle_that_libreoffice_makes_nothing_of_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundle_pages, "_converted", lambda data, office: b"")
    data = bundle([paper("甲"), paper("乙")], "合订", NAMES)

    assert with_page_numbers(data, 2) == data


@pytest.mark.office
def test_libreoffice_counts_pages_and_every_list_begins_with_one(
    tmp_path: Path,
) -> None:
    from office_programs import convert, need
    from pypdf import PdfReader

    need("office", shutil.which("soffice"))
    parts = [
        numbered(*(f"第{number}条" for number in range(80))),
        numbered("唯一的一条"),
        paper("末份"),
    ]
    names = (*NAMES, "附件3")
    data = with_page_numbers(bundle(parts, "合订", names), 3)
    file = tmp_path / "合订.docx"
    file.write_bytes(data)
    (made,) = convert([file], tmp_path, "pdf", tmp_path / "profile")
    pages = [page.extract_text() for page in PdfReader(made).pages]

    told = re.findall(r"[.…]{3,}\s*(\d+)", pages[1])
    begins = [
        1
        + next(
            n for n, text in enumerate(pages) if sign in "".join(text.split())
        )
        for sign in ("第0条", "唯一的一条", "末份")
    ]
    assert list(map(int, told)) == begins
    assert begins[1] > begins[0] + 1
    assert re.search(r"^1\.\s*唯一的一条", pages[begins[1] - 1], re.MULTILINE)


@pytest.mark.validator
def test_cover_and_contents_are_valid(tmp_path: Path) -> None:
    from office_programs import validation_errors

    file = tmp_path / "合订.docx"
    parts = [numbered("甲"), paper("乙", wide=True, footer="页脚")]
    file.write_bytes(bundle(parts, "某单位2024年度绩效自评材料", NAMES))
    assert validation_errors(file) == []
