"""What is compared and merged: paragraphs, tables with rows and cells, each with its text and its printed values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportgen.ooxml.names import MC, W, word_names
from reportgen.ooxml.paragraph_text import (
    FIELD_STEPS,
    Line,
    alike,
    is_gone,
    read_line,
)
from reportgen.ooxml.xml_parts import Element, unwrapped

_WRAPPERS = word_names("sdt sdtContent customXml ins moveTo smartTag")
_BOTH, _FALLBACK = f"{MC}AlternateContent", f"{MC}Fallback"
_PROPERTIES = (f"{W}pPr", f"{W}tcPr")
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]"
)
_OCCURRENCE = re.compile(r"_\d{1,3}$")
_LONGEST_HEADING = 30


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a story."""

    element: Element

    @cached_property
    def line(self) -> Line:
        """Its text and marks."""
        return read_line(self.element)

    @property
    def text(self) -> str:
        """Its text."""
        return self.line.text

    @cached_property
    def key(self) -> str:
        """Its text as it is compared."""
        return alike(self.text)

    @cached_property
    def marks(self) -> frozenset[str]:
        """The printed values in it."""
        return frozenset(self.line.marks)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading of a report: 一、 or （一）."""
        return (
            len(self.text) <= _LONGEST_HEADING
            and _HEADING.match(self.text.strip()) is not None
        )


@dataclass(frozen=True)
class Holder:
    """Something that holds blocks and is told by all that stands in it."""

    element: Element

    @cached_property
    def parts(self) -> tuple[Paragraph | Holder, ...]:
        """What it is made of: paragraphs and tables where it is no table itself."""
        return tuple(blocks_in(self.element))

    @cached_property
    def text(self) -> str:
        """The texts of all that stands in it."""
        return "\n".join(one.text for one in self.parts)

    @cached_property
    def key(self) -> str:
        """The text as it is compared, each part told from the next."""
        return "\n".join(one.key for one in self.parts)

    @cached_property
    def marks(self) -> frozenset[str]:
        """The printed values in it."""
        return frozenset().union(*(one.marks for one in self.parts))


class TableCell(Holder):
    """A cell of a table."""


class TableRow(Holder):
    """A row of a table."""

    @cached_property
    def parts(self) -> tuple[Paragraph | Holder, ...]:
        """Its cells."""
        return tuple(
            TableCell(one)
            for one in unwrapped(self.element, _WRAPPERS)
            if one.tag == f"{W}tc"
        )


class Table(Holder):
    """A table; rows that were deleted with changes tracked are left out."""

    @cached_property
    def parts(self) -> tuple[Paragraph | Holder, ...]:
        """Its rows."""
        return tuple(
            TableRow(one)
            for one in unwrapped(self.element, _WRAPPERS)
            if one.tag == f"{W}tr" and not is_gone(one)
        )


class Box(Holder):
    """A text box, a note, a header or footer: text of its own."""


Block = Paragraph | Holder
Blocks = Sequence[Block]


def blocks_in(container: Element) -> Iterator[Block]:
    """The paragraphs and tables of a body, header, footer, cell or text box, in their order.

    A table of contents is left out: Word writes it.
    """
    depth = 0
    for child in unwrapped(container, _WRAPPERS):
        if child.tag == f"{W}p":
            inside = depth
            for sign in child.iter(f"{W}fldChar"):
                kind = str(sign.get(f"{W}fldCharType"))
                depth += FIELD_STEPS.get(kind, 0)
            if inside <= 0 and depth <= 0 and not is_gone(child):
                yield Paragraph(child)
        elif child.tag == f"{W}tbl":
            yield Table(child)


def text_boxes(container: Element) -> list[Box]:
    """The text boxes in a story; of one that is written twice, for old programs too, the first."""
    return [
        Box(box)
        for box in container.iter(f"{W}txbxContent")
        if next(box.iterancestors(f"{W}txbxContent", _FALLBACK), None) is None
    ]


def twins(box: Box) -> list[Element]:
    """The same text box as it is written for old programs."""
    both = next(box.element.iterancestors(_BOTH), None)
    held = [] if both is None else both.findall(_FALLBACK)
    return [twin for one in held for twin in one.iter(f"{W}txbxContent")]


def content_of(element: Element) -> list[Element]:
    """What a paragraph or a cell holds beside its properties."""
    return [one for one in element if one.tag not in _PROPERTIES]


def cell_merge(cell: Element) -> str:
    """How a cell takes part in a vertical merge: restart, continue or ""."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else str(merge.get(f"{W}val", "continue"))


def base_name(mark: str) -> str:
    """The name of a mark without its occurrence."""
    return _OCCURRENCE.sub("", mark)
