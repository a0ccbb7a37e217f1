"""What a page of a PDF shows: its signs with their places, and the lines that are ruled on it."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

MOST_PAGES = 400
MOST_BYTES = 200_000_000  # of all streams of a file when they are unpacked
_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 4_000_000
_THIN = 2.5  # points; a filled rectangle as thin as this is a line
_SAME = 1.0  # a sign that is printed twice for bold lies as near as this


class TooMuch(Exception):
    """More pages, or more data, than a document of the field has."""


class Sign(NamedTuple):
    """One printed sign; `top` and `bottom` are counted from the upper edge of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Its height."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class RuledLine(NamedTuple):
    """A ruled line: the coordinate that stays the same, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class PageMarks:
    """A page: its signs, and its lines that run across and down."""

    width: float
    height: float
    signs: tuple[Sign, ...]
    across: tuple[RuledLine, ...]
    down: tuple[RuledLine, ...]


def read_pages(data: bytes) -> Iterator[PageMarks]:
    """The pages of a PDF; raises TooMuch, and what pdfminer raises for a broken file."""
    _refuse_bomb(data)
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data))):
        if number >= MOST_PAGES:
            raise TooMuch(f"多于 {MOST_PAGES} 页")
        interpreter.process_page(page)
        yield _marks_of(device.get_result())


def _refuse_bomb(data: bytes) -> None:
    """Streams are unpacked bit by bit and counted before anything reads them whole."""
    left = MOST_BYTES
    for found in _STREAM.finditer(data):
        packed = zlib.decompressobj()
        rest = data[found.end() : found.end() + _CHUNK]
        while rest and left > 0 and not packed.eof:
            try:
                left -= len(packed.decompress(rest, _CHUNK))
            except zlib.error:
                break
            rest = packed.unconsumed_tail
        if left <= 0:
            raise TooMuch("解压以后太大")


def _marks_of(page: Any) -> PageMarks:
    height = page.height
    items = list(_items(page))
    signs = _once(_signs(items, height))
    rules = [one for item in items for one in _rules(item, height)]
    across = tuple(rule for is_across, rule in rules if is_across)
    down = tuple(rule for is_across, rule in rules if not is_across)
    return PageMarks(page.width, height, signs, across, down)


def _items(container: Iterable[Any]) -> Iterator[Any]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def _signs(
    items: Iterable[Any],
    height: float,
) -> Iterator[Sign]:
    for item in items:
        if isinstance(item, LTChar):
            text = item.get_text()
            if text.strip() and not text.startswith("(cid:"):
                left, bottom, right, top = item.bbox
                yield Sign(text, left, right, height - top, height - bottom)


def _once(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """Bold that is made by printing a sign twice is one sign."""
    kept: dict[tuple[str, int, int], Sign] = {}
    for one in signs:
        place = (one.text, round(one.left / _SAME), round(one.top / _SAME))
        kept.setdefault(place, one)
    return tuple(kept.values())


def _rules(
    item: Any,
    height: float,
) -> Iterator[tuple[bool, RuledLine]]:
    """The lines that an item draws: itself, or the edges of a box."""
    if not isinstance(item, LTCurve):
        return
    left, bottom, right, top = item.bbox
    is_flat, is_narrow = top - bottom <= _THIN, right - left <= _THIN
    if is_flat != is_narrow:
        yield from _line(left, height - top, right, height - bottom, is_flat)
    elif isinstance(item, LTRect):
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        edges = _edges((*corners, corners[0]), height)
        yield from edges if item.stroke else ()
    elif not is_flat:
        yield from _edges(item.pts, height)


def _line(
    left: float,
    top: float,
    right: float,
    bottom: float,
    is_flat: bool,
) -> Iterator[tuple[bool, RuledLine]]:
    if is_flat:
        yield True, RuledLine((top + bottom) / 2, left, right)
    else:
        yield False, RuledLine((left + right) / 2, top, bottom)


def _edges(
    points: Iterable[tuple[float, float]],
    height: float,
) -> Iterator[tuple[bool, RuledLine]]:
    """The straight edges of a path of several points."""
    placed = [(x, height - y) for x, y in points]
    for (x1, y1), (x2, y2) in pairwise(placed):
        if abs(y1 - y2) <= _SAME < abs(x1 - x2):
            yield True, RuledLine(y1, min(x1, x2), max(x1, x2))
        elif abs(x1 - x2) <= _SAME < abs(y1 - y2):
            yield False, RuledLine(x1, min(y1, y2), max(y1, y2))
