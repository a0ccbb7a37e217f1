"""The heading row of a block: which column holds what; a table may say it again further down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.workbooks.collection.books.grid import Sheet, Spot
from reportgen.workbooks.collection.form import LISTED, FormBlock
from reportgen.workbooks.collection.labels import (
    Meaning,
    headings_of,
    meaning_of,
    unit_in,
)

_SEARCHED = 3  # filled rows in which the heading is looked for


@dataclass
class HeadingRow:
    """The columns of a block with what they mean, and the units of money that they say; `used` gains its cells."""

    sheet: Sheet
    block: FormBlock
    used: set[Spot]
    filled: Mapping[int, Sequence[int]]  # columns with anything, row by row
    columns: dict[int, Meaning] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)

    def find(self, rows: Sequence[int]) -> int | None:
        """The row with the headings: that of the first few which has most of them."""
        best: dict[int, Meaning] = {}
        head = None
        for row in rows[:_SEARCHED]:
            found = self._meanings(row)
            if len(found) > len(best):
                best, head = found, row
        needed = min(2, len(headings_of(self.block)))
        if head is None or len(best) < needed:
            return None
        self._begin_below(head, best)
        return head

    def comes_again(self, row: int) -> bool:
        """Whether a row of a list says nothing but headings: once more, or of a table that goes on with others."""
        if self.block.rows != LISTED:
            return False
        found = self._meanings(row)
        is_head = 1 < len(found) == len(self.filled[row])
        if is_head:
            self._begin_below(row, found)
        return is_head

    def column(self, wanted: Meaning) -> int | None:
        """The column of that meaning."""
        return next((c for c, m in self.columns.items() if m == wanted), None)

    def _meanings(self, row: int) -> dict[int, Meaning]:
        """The headings in a row, as far as they are known."""
        known = headings_of(self.block)
        found: dict[int, Meaning] = {}
        for column in self.filled[row]:
            meaning = meaning_of(self.sheet.cells[row, column].text, known)
            if meaning is not None:
                found[column] = meaning
        return found

    def _begin_below(self, head: int, columns: dict[int, Meaning]) -> None:
        """Takes the headings of a row for those of the rows below it."""
        self.columns = columns
        for column in columns:
            self.units[column] = unit_in(self.sheet.cells[head, column].text)
            self.used.add((head, column))
