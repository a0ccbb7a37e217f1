"""What the reading of a document gives: paragraphs, and tables as grids of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from reportgen.ooxml.xml_parts import Element


@dataclass(eq=False, slots=True)
class WrittenLine:
    """A paragraph: its text, the number that Word sets before it, the level of a heading (0: none), where it stands."""

    text: str
    element: Element
    number: str = ""
    level: int = 0
    spot: str = ""

    @property
    def whole(self) -> str:
        """The text with its automatic number, as it reads."""
        return f"{self.number}{self.text}"


@dataclass(eq=False)
class GridCell:
    """A cell: its paragraphs and where it stands; `above` is the cell that is merged down over it."""

    lines: list[WrittenLine]
    row: int
    start: int
    span: int
    above: GridCell | None = None
    inner: list[WrittenLine | Grid] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.start + self.span

    @cached_property
    def text(self) -> str:
        """All of it in one line: what stands one sign a line reads as a word."""
        return joined(line.whole for line in self.lines)

    @property
    def origin(self) -> GridCell:
        """The cell itself, or the one that is merged over it."""
        return self.above or self


@dataclass(eq=False, slots=True)
class Grid:
    """A table: its rows, each with the cells that lie in it."""

    number: int
    rows: list[list[GridCell]]


Found = WrittenLine | Grid
Row = list[GridCell]


def joined(texts: Iterator[str]) -> str:
    """Texts in one; a blank stays between words in Latin letters alone."""
    whole = ""
    for text in texts:
        for part in map(str.strip, text.split("\n")):
            gap = whole[-1:].isascii() and part[:1].isascii()
            is_word = gap and whole[-1:].isalpha() and part[:1].isalpha()
            whole += f" {part}" if is_word else part
    return whole
