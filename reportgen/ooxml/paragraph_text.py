"""A paragraph as it reads once every tracked change is accepted, whatever an editor has done to its runs."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Prefix

from reportgen.core.trace import PREFIX
from reportgen.ooxml.names import MC, SIGNS, W, word_names
from reportgen.ooxml.xml_parts import Element

Span = tuple[int, int]  # where something begins and ends
_GONE = word_names("del moveFrom")

OBJECT = "\ufffc"
_BEFORE = 15  # characters quoted before the first that differs
OBJECTS = word_names(
    "drawing pict object footnoteReference endnoteReference sym"
)
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
FIELD_STEPS = {"begin": 1, "end": -1}  # of the depth of fields
_READ = frozenset((f"{W}t", f"{W}fldChar", f"{W}instrText", *_BOOKMARKS))
_SKIPPED = _GONE | {f"{W}pPr", f"{W}rPr", f"{W}txbxContent", f"{MC}Fallback"}
_LEAVES = _READ | OBJECTS | frozenset(SIGNS)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
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
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-"}
)


class Piece(NamedTuple):
    """One text element of a paragraph, and where its text stands in the whole."""

    element: Element
    start: int
    end: int


class Line(NamedTuple):
    """The text of a paragraph with the pieces it is made of, and the span of each printed value in it.

    `empty` tells where the values stand that were printed without a text: a blank to be filled in.
    """

    text: str
    pieces: tuple[Piece, ...]
    marks: dict[str, Span]
    empty: dict[str, int]

    def marked(self, name: str) -> str:
        """The text of the printed value `name`."""
        start, end = self.marks[name]
        return self.text[start:end]

    def text_of(self, name: str) -> str:
        """The same, "" where it does not stand here."""
        return self.marked(name) if name in self.marks else ""

    def innermost(self) -> list[str]:
        """The printed values that are not told from others, as a passage is."""
        spans = set(self.marks.values())
        return [
            name
            for name, span in self.marks.items()
            if not any(_holds(span, other) for other in spans)
        ]


def _holds(span: Span, other: Span) -> bool:
    return span != other and span[0] <= other[0] and other[1] <= span[1]


def read_line(paragraph: Element) -> Line:
    """The text of a paragraph as a reader will see it; a mark without its end in this paragraph is no mark."""
    reader = _LineReader()
    for element in shown_elements(paragraph):
        reader.take(element)
    return reader.line()


def shown_elements(paragraph: Element) -> Iterator[Element]:
    """What of a paragraph is read: its texts and signs, bookmarks, and fields that Word works out as one sign."""
    return filter(_OpenFields().shows, _accepted(paragraph))


class _LineReader:
    """Gathers the text of a paragraph, element by element."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._texts: list[str] = []
        self._at = 0
        self._open: dict[str, tuple[str, int]] = {}
        self._marks: dict[str, Span] = {}
        self._empty: dict[str, int] = {}

    def take(self, element: Element) -> None:
        """Reads one element: a bookmark's start or end, text, or a sign that stands for something."""
        tag = str(element.tag)
        if tag == f"{W}t":
            text = element.text or ""
            end = self._at + len(text)
            self._pieces.append(Piece(element, self._at, end))
            self._add(text)
        elif tag == f"{W}bookmarkStart":
            name = str(element.get(f"{W}name", ""))
            if name.startswith(PREFIX):
                self._open[str(element.get(f"{W}id"))] = (name, self._at)
        elif tag == f"{W}bookmarkEnd":
            self._close(str(element.get(f"{W}id")))
        else:
            self._add(SIGNS.get(tag, OBJECT))

    def _add(self, text: str) -> None:
        self._texts.append(text)
        self._at += len(text)

    def _close(self, number: str) -> None:
        if number not in self._open:
            return
        name, start = self._open.pop(number)
        if self._at > start:
            self._marks.setdefault(name, (start, self._at))
        else:
            self._empty.setdefault(name, self._at)

    def line(self) -> Line:
        """What was read."""
        blanks = {
            name: at
            for name, at in self._empty.items()
            if name not in self._marks
        }
        return Line(
            "".join(self._texts), tuple(self._pieces), self._marks, blanks
        )


class _OpenFields:
    """How many fields are open where a paragraph is read, and whether their result is Word's own."""

    def __init__(self) -> None:
        self._depth = 0
        self._hidden_at = (
            0  # the depth of the outermost field that Word works out
        )
        self._instruction = ""

    def shows(self, element: Element) -> bool:
        """Whether an element is read; of a field that Word works out itself, only that it is there (its fldChar)."""
        if element.tag == f"{W}fldChar":
            return self._passes(str(element.get(f"{W}fldCharType")))
        if element.tag == f"{W}instrText":
            self._instruction += element.text or ""
            return False
        return not self._hidden_at or element.tag in _BOOKMARKS

    def _passes(self, kind: str) -> bool:
        """Goes past the begin, the middle or the end of a field; whether that stands for Word's own result."""
        self._depth += FIELD_STEPS.get(kind, 0)
        instruction, self._instruction = self._instruction, ""
        if kind == "begin":
            return False
        if not self._hidden_at and is_worked_out(instruction):
            self._hidden_at = self._depth if kind == "separate" else 0
            return True
        if kind == "end" and self._depth < self._hidden_at:
            self._hidden_at = 0
        return False


def is_worked_out(instruction: str) -> bool:
    """Whether Word works out what a field shows: a page number, a date, a table of contents."""
    name = next(iter(instruction.split(maxsplit=1)), "")
    return name.upper() in _WORKED_OUT


def _accepted(element: Element) -> Iterator[Element]:
    """The elements below one that are read once every tracked change is accepted."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag in _LEAVES or _is_simple_field(child):
            if not _is_page_break(child):
                yield child
        else:
            yield from _accepted(child)


def _is_simple_field(element: Element) -> bool:
    """Whether an element is a whole field of which Word works out the text."""
    if element.tag != f"{W}fldSimple":
        return False
    return is_worked_out(str(element.get(f"{W}instr", "")))


def _is_page_break(element: Element) -> bool:
    is_line_break = element.get(f"{W}type") in {None, "textWrapping"}
    return element.tag == f"{W}br" and not is_line_break


def with_values_of(base: Line, other: Line, names: Iterable[str]) -> Line:
    """`base` with some of its values as they read in `other`: the words around the blanks are the same then."""
    text, empty = base.text, dict(base.empty)
    single = {base.marks[name]: name for name in names if name in other.marks}
    for start, end in sorted(single, reverse=True):
        value = other.marked(single[start, end])
        text = f"{text[:start]}{value}{text[end:]}"
        longer = len(value) - (end - start)
        empty = {one: at + longer * (at >= end) for one, at in empty.items()}
    return Line(text, base.pieces, {}, empty)


def filled(base: Line, other: Line) -> dict[int, Span]:
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
    text = " ".join(text.replace(OBJECT, "〔图、注等〕").split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def quoted_from_difference(texts: Sequence[str], most: int) -> list[str]:
    """Texts as a message quotes them; two long ones that begin alike from shortly before the first difference."""
    lines = [quoted(text, len(text) * 6) for text in texts]
    same = len(lines) > 1 and Prefix.similarity(*lines) - _BEFORE
    if same < 2 or max(map(len, lines)) <= most:
        return [quoted(one, most) for one in lines]
    return [f"…{quoted(one[same:], most - 1)}" for one in lines]


def is_gone(element: Element) -> bool:
    """Whether a paragraph or row was deleted with changes tracked."""
    if element.tag == f"{W}tr":
        return element.find(f"{W}trPr/{W}del") is not None
    mark = element.find(f"{W}pPr/{W}rPr")
    if mark is None or not any(one.tag in _GONE for one in mark):
        return False
    return not read_line(element).text


@lru_cache(maxsize=20_000)
def alike(text: str) -> str:
    """`text` as it is compared: without blanks, full-width and half-width the same, quotes of one kind."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(
        _QUOTES
    )


def replace_text(line: Line, start: int, end: int, text: str) -> None:
    """Puts `text` in the place of line.text[start:end]; it takes the look of what stood there first.

    The line is stale afterwards. An empty span is filled at the piece that begins there, or else ends there.
    """
    for piece in _pieces_at(line, start, end):
        old = piece.element.text or ""
        before = old[: max(0, start - piece.start)]
        behind = old[max(0, end - piece.start) :]
        piece.element.text = before + text + behind
        piece.element.set(_SPACE, "preserve")
        text = ""  # the first piece has taken it


def _pieces_at(line: Line, start: int, end: int) -> list[Piece]:
    held = [one for one in line.pieces if one.start < end and one.end > start]
    beginning = [one for one in line.pieces if one.start == start]
    ending = [one for one in line.pieces if one.end == start]
    return held or beginning[-1:] or ending
