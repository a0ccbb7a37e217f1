"""Every page of every pack's example as LibreOffice prints it: nothing alone, nothing cut, nothing without a glyph."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import normalize

import docx
import pytest
from docx.table import Table
from office_programs import convert, need
from pdf_pages import PrintedPage, read_pages

from reportgen.outputs.pdf.pdf_reading import PdfFacts, read_pdf
from reportgen.pipeline import PackCache, prepare, render

pytestmark = pytest.mark.office
TEMPLATES = Path(__file__).parents[2] / "templates"
PACKS = sorted(path.parent for path in TEMPLATES.glob("*/example.yaml"))
LEAST_LINES = 3
HEADS = re.compile(
    r"(?:绩效|[一二三]级)?指标|年度|实际|完成值.*|分值|得分|偏差原因.*"
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")
TAIL = 8  # characters by which the end of a text is known


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of all examples and their PDFs, by one LibreOffice."""
    need("office", shutil.which("soffice"))
    folder = tmp_path_factory.mktemp("pages")
    cache = PackCache((TEMPLATES,))
    for pack in PACKS:
        draft = prepare(pack / "example.yaml", cache, pack.name)
        for output in render(draft):
            name = f"{pack.name} {output.name}"
            (folder / name).write_bytes(output.data)
    convert(sorted(folder.glob("*.docx")), folder, "pdf", folder / "profile")
    return folder


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, list[PrintedPage]]:
    """The pages of each document by its name."""
    return {pdf.stem: read_pages(pdf) for pdf in sorted(folder.glob("*.pdf"))}


@pytest.fixture(scope="module")
def facts(folder: Path) -> dict[str, PdfFacts]:
    """The same as the program reads it when it has made a PDF."""
    return {
        pdf.stem: read_pdf(pdf.read_bytes())
        for pdf in sorted(folder.glob("*.pdf"))
    }


Pages = Mapping[str, list[PrintedPage]]
Facts = Mapping[str, PdfFacts]


def test_every_page_has_some_lines(pages: Pages) -> None:
    """A sign-off is two lines, and the last paragraph goes with it: three at least."""
    few = [
        f"{name} 第{number}页：{page.texts}"
        for name, number, page in _each(pages)
        if len(page.lines) < LEAST_LINES
    ]
    assert not few


def test_no_total_begins_a_page(pages: Pages) -> None:
    alone = []
    for name, number, page in _each(pages):
        rows = [text for text in page.texts if not _is_head(text)]
        if rows and rows[0].startswith(("总分", "合计")):
            alone.append(f"{name} 第{number}页：{rows[0]}")
    assert not alone


def test_the_end_of_every_cell_is_printed(folder: Path, facts: Facts) -> None:
    missing = []
    for file in sorted(folder.glob("*.docx")):
        shown = "".join(facts[file.stem].texts)
        ends = ((text, _bare(text)[-TAIL:]) for text in _cell_texts(file))
        missing += [
            f"{file.stem}：{text}" for text, end in ends if end not in shown
        ]
    assert not missing


def test_no_number_goes_over_two_lines(folder: Path, pages: Pages) -> None:
    broken = []
    for file in sorted(folder.glob("*.docx")):
        lines = [
            piece
            for page in pages[file.stem]
            for line in page.lines
            for piece in line.pieces
        ]
        numbers = filter(NUMBER.fullmatch, sorted(set(_cell_texts(file))))
        broken += [
            f"{file.stem}：{number}"
            for number in numbers
            if not any(number in line for line in lines)
        ]
    assert not broken


def test_every_sign_has_a_glyph(pages: Pages) -> None:
    unknown = [
        f"{name} 第{number}页"
        for name, number, page in _each(pages)
        if page.unknown
    ]
    assert not unknown


def test_every_font_is_embedded_and_nothing_hangs_over_the_edge(
    facts: Facts,
) -> None:
    for name, one in facts.items():
        assert not one.loose_fonts, name
        assert not one.over_edge, name
        assert not one.blank, name


def _each(pages: Pages) -> Iterator[tuple[str, int, PrintedPage]]:
    for name, found in pages.items():
        for number, page in enumerate(found, start=1):
            yield name, number, page


def _is_head(text: str) -> bool:
    """Whether a line holds nothing but what stands in the head of a table."""
    return not re.sub(HEADS, "", text)


def _cell_texts(file: Path) -> Iterator[str]:
    for table in docx.Document(str(file)).tables:
        yield from _texts_of(table)


def _texts_of(table: Table) -> Iterator[str]:
    for paragraph in table._tbl.iter(docx.oxml.ns.qn("w:p")):
        text = "".join(
            one.text or "" for one in paragraph.iter(docx.oxml.ns.qn("w:t"))
        )
        if text.strip():
            yield text.strip()


def _bare(text: str) -> str:
    """As the text of a PDF is read."""
    return "".join(normalize("NFKC", text).split())
