"""What a finished PDF shows: its pages, what hangs over their edges, what of a document's cells is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from unicodedata import normalize

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from reportgen.ooxml.locations import paragraph_locations
from reportgen.ooxml.names import MC, W
from reportgen.ooxml.package import Package
from reportgen.ooxml.paragraph_text import OBJECT, read_line
from reportgen.ooxml.xml_parts import Element

_TAIL = 8  # characters at the end of a cell by which it is known
_EMS = 0.9  # of a width that is only estimated, what is sure
_SLACK = 1.0  # points by which text may stand over the edge of a page
_MAKER = "LibreOffice"


@dataclass(frozen=True)
class PdfFacts:
    """The pages of a PDF: their texts without blanks, the numbers of those with text outside, of those with nothing."""

    texts: tuple[str, ...]
    over_edge: tuple[int, ...]
    blank: tuple[int, ...]
    loose_fonts: tuple[str, ...]  # that are not embedded

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.texts)


def read_pdf(data: bytes) -> PdfFacts:
    """What the PDF in `data` shows."""
    texts, over_edge, blank = [], [], []
    fonts: dict[str, bool] = {}
    for number, page in enumerate(PdfReader(BytesIO(data)).pages, start=1):
        text, is_over = _text_of(page)
        texts.append(text)
        if is_over:
            over_edge.append(number)
        if not text and not list(page.images):
            blank.append(number)
        fonts.update(_fonts_of(page))
    loose = sorted(name for name, embedded in fonts.items() if not embedded)
    return PdfFacts(tuple(texts), tuple(over_edge), tuple(blank), tuple(loose))


def _text_of(page: PageObject) -> tuple[str, bool]:
    """The text of a page without blanks, and whether some of it stands outside the page."""
    left, bottom, right, top = map(float, page.mediabox)
    pieces: list[str] = []
    outside: list[str] = []

    def visit(
        text: str,
        matrix: list[float],
        place: list[float],
        _font: Any,
        size: float,
    ) -> None:
        pieces.append(text)
        x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        end = x + _EMS * _em_widths(text) * size * place[0] * matrix[0]
        is_beside = x < left - _SLACK or end > right + _SLACK
        is_above = not bottom - _SLACK <= y <= top + _SLACK
        if text.strip() and (is_beside or is_above):
            outside.append(text)

    page.extract_text(visitor_text=visit)
    return _unspaced("".join(pieces)), bool(outside)


def _em_widths(text: str) -> float:
    """About how wide a line is, in sizes of its font: Chinese signs are square, others half as wide."""
    line = text.strip().partition("\n")[0]
    return sum(0.5 if sign.isascii() else 1.0 for sign in line)


def _fonts_of(page: PageObject) -> Iterator[tuple[str, bool]]:
    """The fonts of a page, each with whether it is embedded."""
    fonts = _entry(_entry(page, "/Resources"), "/Font")
    for name in fonts:
        font = fonts[name]
        for below in font.get("/DescendantFonts", [font]):
            held = _entry(below.get_object(), "/FontDescriptor")
            is_embedded = any(one.startswith("/FontFile") for one in held)
            yield str(font.get("/BaseFont", "")).lstrip("/"), is_embedded


def _entry(holder: Any, name: str) -> Any:
    """What a dictionary of the PDF holds under a name, followed to where it stands."""
    return holder[name] if name in holder else {}  # noqa: SIM401  get() does not follow


def is_replaceable(data: bytes) -> bool:
    """Whether a PDF is one that LibreOffice made and nobody has signed: a scan with a signature is none."""
    try:
        reader = PdfReader(BytesIO(data))
        told = reader.metadata
        maker = str(told.producer) if told else ""
        fields = _entry(reader.root_object, "/AcroForm")
        return _MAKER in maker and not int(fields.get("/SigFlags", 0))
    except (PyPdfError, ValueError, KeyError, AttributeError):
        return False


def cut_cells(package: Package, facts: PdfFacts) -> list[str]:
    """Where the last words of a table cell are not in the PDF: in a row of fixed height they are not printed."""
    root = package.tree(package.main)
    texts = {
        paragraph: _unspaced(read_line(paragraph).text.replace(OBJECT, ""))
        for paragraph in root.iter(f"{W}p")
        if next(paragraph.iterancestors(f"{MC}Fallback"), None) is None
    }
    every, shown = "\n".join(texts.values()), "".join(facts.texts)
    found = []
    for paragraph, where in paragraph_locations(root, package.main):
        if _is_in_fixed_row(paragraph):
            tail = texts.get(paragraph, "")[-_TAIL:]
            if shown.count(tail) < every.count(tail):
                found.append(where)
    return found


def _is_in_fixed_row(paragraph: Element) -> bool:
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    height = None if row is None else row.find(f"{W}trPr/{W}trHeight")
    return height is not None and height.get(f"{W}hRule") == "exact"


def _unspaced(text: str) -> str:
    return "".join(normalize("NFKC", text).split())
