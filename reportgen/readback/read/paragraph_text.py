"""A paragraph as it reads once every tracked change is accepted, whatever an editor has done to its runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from reportgen.core.trace import PREFIX
from reportgen.ooxml.package import W

_GONE = frozenset((f"{W}del", f"{W}moveFrom"))
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NO_TEXT = frozenset((f"{W}pPr", f"{W}rPr", f"{W}txbxContent", _ALTERNATIVE))
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}
OBJECT = "\ufffc"
_OBJECT_SHOWN = "〔图、注等〕"
_OBJECTS = frozenset(
    (
        f"{W}drawing",
        f"{W}pict",
        f"{W}object",
        f"{W}footnoteReference",
        f"{W}endnoteReference",
        f"{W}sym",
    )
)
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_FIELDS = (f"{W}fldChar", f"{W}fldSimple")
_READ = frozenset((f"{W}t", f"{W}fldChar", f"{W}instrText", *_BOOKMARKS))
_WORKED_OUT = frozenset(
    [
        "=",
        "AUTHOR",
        "DATE",
        "DOCPROPERTY",
        "FILENAME",
        "NOTEREF",
        "NUMPAGES",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "REF",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "STYLEREF",
        "TIME",
        "TITLE",
        "TOC",
    ]
)
_UNSEEN = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One text element of a paragraph, and where its text stands in the whole."""

    element: etree._Element
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """The text of a paragraph with the pieces it is made of, and the span of each printed value in it.

    `empty` tells where the values stand that were printed without a text: a blank to be filled in.
    """

    text: str
    pieces: tuple[Piece, ...]
    marks: dict[str, tuple[int, int]]
    empty: dict[str, int]

    def marked(self, name: str) -> str:
        """The text of the printed value `name`."""
        start, end = self.marks[name]
        return self.text[start:end]

    def text_of(self, name: str) -> str | None:
        """The same, None where it does not stand here."""
        return self.marked(name) if name in self.marks else None


def read_line(paragraph: etree._Element) -> Line:
    """The text of a paragraph as a reader will see it; a mark without its end in this paragraph is no mark."""
    pieces: list[Piece] = []
    texts: list[str] = []
    opened: dict[str, tuple[str, int]] = {}
    marks: dict[str, tuple[int, int]] = {}
    empty: dict[str, int] = {}
    at = 0
    for element in _told(paragraph):
        tag = element.tag
        if tag == f"{W}bookmarkStart":
            name = str(element.get(f"{W}name", ""))
            if name.startswith(PREFIX):
                opened[str(element.get(f"{W}id"))] = (name, at)
            continue
        if tag == f"{W}bookmarkEnd":
            name, start = opened.pop(str(element.get(f"{W}id")), ("", 0))
            if name and at > start:
                marks.setdefault(name, (start, at))
            elif name:
                empty.setdefault(name, at)
            continue
        text = (element.text or "") if tag == f"{W}t" else _SIGNS.get(str(tag), OBJECT)
        if tag == f"{W}t":
            pieces.append(Piece(element, at, at + len(text)))
        texts.append(text)
        at += len(text)
    return Line(
        "".join(texts),
        tuple(pieces),
        marks,
        {name: at for name, at in empty.items() if name not in marks},
    )


def _told(paragraph: etree._Element) -> Iterator[etree._Element]:
    """What is read of a paragraph; of a field that Word works out itself, only that it is there (its fldChar)."""
    if next(paragraph.iter(*_FIELDS), None) is None:
        yield from (
            element
            for element in _accepted(paragraph)
            if element.tag != f"{W}instrText"
        )
        return
    depth, hidden = (
        0,
        0,
    )  # how many fields are open, and the outermost of them whose result is Word's own
    instruction = ""
    for element in _accepted(paragraph):
        if element.tag == f"{W}instrText":
            instruction += element.text or ""
        elif element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            if kind != "begin" and not hidden and is_worked_out(instruction):
                hidden = depth if kind == "separate" else 0
                yield element
            elif kind == "end" and depth < hidden:
                hidden = 0
            instruction = ""
        elif not hidden or element.tag in _BOOKMARKS:
            yield element


def is_worked_out(instruction: str) -> bool:
    """Whether Word works out what a field shows: a page number, a date, a table of contents."""
    return (
        instruction.split(maxsplit=1)[:1] != []
        and instruction.split(maxsplit=1)[0].upper() in _WORKED_OUT
    )


def _accepted(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        tag = child.tag
        if tag in _GONE or tag in _NO_TEXT or not isinstance(tag, str):
            continue
        if tag == f"{W}fldSimple" and is_worked_out(str(child.get(f"{W}instr", ""))):
            yield child
            continue
        if tag in _SIGNS or tag in _OBJECTS or tag in _READ:
            if tag != f"{W}br" or child.get(f"{W}type") in {None, "textWrapping"}:
                yield child
        else:
            yield from _accepted(child)


def filled(base: Line, other: Line) -> dict[int, tuple[int, int]]:
    """Place of each blank in `base` -> start and end of what stands there in `other`; {} where other words changed."""
    places = sorted(set(base.empty.values()))
    ends = zip([0, *places], [*places, len(base.text)], strict=True)
    found = re.fullmatch(
        "(.*?)".join(re.escape(base.text[start:end]) for start, end in ends),
        other.text,
        re.DOTALL,
    )
    return (
        {at: found.span(number) for number, at in enumerate(places, start=1)}
        if found
        else {}
    )


def quoted(text: str, most: int) -> str:
    """`text` as a message quotes it: in one line, of at most `most` characters, notes and pictures by a word."""
    text = " ".join(text.replace(OBJECT, _OBJECT_SHOWN).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def is_gone(element: etree._Element) -> bool:
    """Whether a paragraph or row was deleted with changes tracked."""
    if element.tag == f"{W}tr":
        return element.find(f"{W}trPr/{W}del") is not None
    mark = element.find(f"{W}pPr/{W}rPr")
    if mark is None or (
        mark.find(f"{W}del") is None and mark.find(f"{W}moveFrom") is None
    ):
        return False
    return not read_line(element).text


@lru_cache(maxsize=20_000)
def alike(text: str) -> str:
    """`text` as it is compared: without blanks, full-width and half-width the same, quotes of one kind."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_QUOTES)


def replace_text(line: Line, start: int, end: int, text: str) -> None:
    """Puts `text` in the place of line.text[start:end]; it takes the look of what stood there first.

    The line is stale afterwards. An empty span is filled at the piece that begins there, or else ends there.
    """
    held = [one for one in line.pieces if one.start < end and one.end > start]
    if not held:
        held = [one for one in line.pieces if one.start == start][-1:] or [
            one for one in line.pieces if one.end == start
        ][-1:]
    for number, piece in enumerate(held):
        old = piece.element.text or ""
        before, after = (
            old[: max(0, start - piece.start)],
            old[max(0, end - piece.start) :],
        )
        piece.element.text = before + (text if number == 0 else "") + after
        piece.element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
