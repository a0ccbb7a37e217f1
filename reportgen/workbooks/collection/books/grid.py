"""A sheet as the reader needs it, whatever file it came from: cells as they are meant, what is merged or hidden."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

MAX_CELLS = 200_000  # of a book; a form of 30 projects has some 20 000
MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
MAX_TEXT = 100_000  # characters of a cell; Excel keeps 32 767
Spot = tuple[int, int]  # row and column from 0


class Cell(NamedTuple):
    """One cell: its text as meant; `number` where it is one; `fault` where it cannot be read; `day` for a date."""

    text: str
    number: Decimal | None = None
    code: str = ""  # the number format
    computed: bool = False
    fault: str = ""
    day: bool = False


@dataclass
class Sheet:
    """One sheet; `merged` leads from each cell of a merged range to its first one."""

    name: str
    cells: dict[Spot, Cell] = field(default_factory=dict)
    merged: dict[Spot, Spot] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    remarks: tuple[Spot, ...] = ()  # cells with a comment
    tells_formulas: bool = True  # whether cells say that they are computed

    def at(self, spot: Spot) -> str:
        """Sheet and cell as people write it: 项目1!F12."""
        return f"{self.name}!{address(spot)}"

    def merge(self, first: Spot, last: Spot) -> None:
        """Notes a merged range."""
        height = min(last[0] - first[0] + 1, MAX_ROWS)
        width = min(last[1] - first[1] + 1, MAX_COLUMNS)
        if height * width + len(self.merged) > MAX_CELLS:
            return
        for row in range(height):
            for column in range(width):
                self.merged[first[0] + row, first[1] + column] = first


@dataclass
class Book:
    """The sheets of a file in their order, and what is to be told of it: a message and the place."""

    sheets: list[Sheet]
    notes: list[tuple[str, str]] = field(default_factory=list)


def letters(column: int) -> str:
    """0 -> A, 27 -> AB."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def address(spot: Spot) -> str:
    """(11, 5) -> F12."""
    return f"{letters(spot[1])}{spot[0] + 1}"


def spot_of(reference: str) -> Spot | None:
    """F12 -> (11, 5); None for anything else."""
    reference = reference.replace("$", "")
    word = reference.rstrip("0123456789")
    digits = reference[len(word) :]
    if not (word.isascii() and word.isalpha() and digits and len(word) <= 3):
        return None
    column = 0
    for char in word.upper():
        column = column * 26 + ord(char) - ord("A") + 1
    row = int(digits) if len(digits) <= 7 else 0
    return (row - 1, column - 1) if row else None


def range_of(reference: str) -> tuple[Spot, Spot] | None:
    """A1:B2 as its first and last cell."""
    first, _, last = reference.partition(":")
    begin, end = spot_of(first), spot_of(last or first)
    return (begin, end) if begin and end else None


def rows_of(spots: Iterable[Spot]) -> dict[int, list[int]]:
    """The columns that are filled, row by row, in their order."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(spots):
        rows.setdefault(row, []).append(column)
    return rows
