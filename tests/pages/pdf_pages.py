"""A PDF as a reader sees it: its pages, the lines of each, and the signs for which a font had nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTPage, LTTextLine
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

_SAME_LINE = 4.0  # points between the feet of what stands in one line
_PAGE_NUMBER = re.compile(r"[—\-－]\s*\d+\s*[—\-－]")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands at one height, from left to right."""

    foot: float
    pieces: tuple[str, ...]  # of a table one for each cell, or for some

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The lines of a page from top to bottom, without the number of the page; `unknown` are signs without a glyph."""

    lines: tuple[Line, ...]
    unknown: int

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]


class _Seen(PDFPageAggregator):
    """Notes how often the first glyph of a font is drawn, which stands for all that it has not."""

    unknown = 0

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        *more: Any,
    ) -> float:
        self.unknown += cid == 0
        return super().render_char(
            matrix, font, fontsize, scaling, rise, cid, *more
        )


def read_pages(pdf: Path) -> list[PrintedPage]:
    """Every page of the PDF."""
    resources = PDFResourceManager()
    device = _Seen(resources, laparams=LAParams(boxes_flow=None))
    interpreter = PDFPageInterpreter(resources, device)
    pages = []
    with pdf.open("rb") as file:
        for page in PDFPage.get_pages(file):
            device.unknown = 0
            interpreter.process_page(page)
            lines = tuple(_lines(device.get_result()))
            pages.append(PrintedPage(lines, device.unknown))
    return pages


def _lines(page: LTPage) -> Iterator[Line]:
    found: list[tuple[float, float, str]] = []
    for line in _text_lines(page):
        text = "".join(line.get_text().split())
        if text and not _PAGE_NUMBER.fullmatch(text):
            found.append((line.y0, line.x0, text))
    found.sort(key=lambda one: -one[0])
    while found:
        foot = found[0][0]
        same = [one for one in found if foot - one[0] < _SAME_LINE]
        found = found[len(same) :]
        same.sort(key=lambda one: one[1])
        yield Line(foot, tuple(text for _, _, text in same))


def _text_lines(holder: Any) -> Iterator[LTTextLine]:
    for one in holder:
        if isinstance(one, LTTextLine):
            yield one
        elif hasattr(one, "__iter__"):
            yield from _text_lines(one)
