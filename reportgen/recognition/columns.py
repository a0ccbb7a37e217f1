"""The columns of a table as its head names them, and which cell of a row belongs to which of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.recognition.words import Meaning, in_yuan, meaning, plain
from reportgen.recognition.written import GridCell

_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field that it holds, where it lies, what its head says."""

    role: str
    start: int
    end: int
    head: GridCell
    at: int  # which cell of its row the head is
    sure: bool = True

    @property
    def yuan(self) -> bool:
        """Whether its amounts are in 元."""
        return in_yuan(self.head.text)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, from the left; `width` is how many cells the head has, 0 for one of several rows."""

    all: tuple[Column, ...]
    width: int

    @property
    def roles(self) -> frozenset[str]:
        """The fields that there is a column for."""
        return frozenset(one.role for one in self.all)

    def first(self, *roles: str) -> int:
        """Where the first of the columns of these fields begins."""
        starts = [one.start for one in self.all if one.role in roles]
        return min(starts, default=0)

    def of(self, cell: GridCell, at: int, width: int) -> Column | None:
        """The column of a cell: by its position in a row of as many cells as the head has, else by where it lies."""
        if width == self.width:
            return next((one for one in self.all if one.at == at), None)
        best = max(self.all, key=lambda one: _shared(one, cell), default=None)
        return best if best and _shared(best, cell) > 0 else None

    def cells(self, row: Sequence[GridCell]) -> dict[str, list[GridCell]]:
        """The cells of a row by the field of their column; "" are those of none."""
        found: dict[str, list[GridCell]] = {}
        for at, cell in enumerate(row):
            column = self.of(cell, at, len(row))
            found.setdefault(column.role if column else "", []).append(cell)
        return found

    def head_of(self, role: str) -> str:
        """What the head of a column says."""
        found = (one.head.text for one in self.all if one.role == role)
        return next(found, role)

    def unit_of(self, role: str) -> str:
        """元 where the head of the column says so."""
        return (
            "元"
            if any(one.yuan for one in self.all if one.role == role)
            else ""
        )


def _shared(column: Column, cell: GridCell) -> int:
    return min(column.end, cell.end) - max(column.start, cell.start)


def own(row: Sequence[GridCell]) -> list[GridCell]:
    """The cells that begin in a row."""
    return [one for one in row if one.above is None]


def written(row: Sequence[GridCell]) -> list[GridCell]:
    """Those in which something stands."""
    return [one for one in own(row) if one.lines]


def heads(group: str, row: Sequence[GridCell]) -> dict[str, Meaning]:
    """The fields that the cells of a row name, as far as they name one."""
    found: dict[str, Meaning] = {}
    for cell in written(row):
        told = meaning(group, cell.text)
        if told:
            found[told.key] = told
    return found


def columns_of(group: str, rows: Sequence[Sequence[GridCell]]) -> Columns:
    """The columns that a head of one or several rows names; what stands lower counts first."""
    made: list[Column] = []
    for row in reversed(rows):
        for at, cell in enumerate(row):
            told = meaning(group, cell.text) if cell.above is None else None
            taken = any(_shared(one, cell) > 0 for one in made)
            if told and not taken:
                made.append(
                    Column(told.key, cell.start, cell.end, cell, at, told.sure)
                )
    last: dict[str, Column] = {}
    for one in sorted(made, key=lambda one: one.start):
        last[one.role] = one  # what stands to the left is the name of a block
    columns = sorted(last.values(), key=lambda one: one.start)
    return Columns(tuple(columns), len(rows[0]) if len(rows) == 1 else 0)


def years_of(rows: Sequence[Sequence[GridCell]], columns: Columns) -> Columns:
    """The columns with those that a year heads: the latest is last year's, the one before it that before."""
    found = [
        (match[1], cell, at)
        for row in rows
        for at, cell in enumerate(row)
        if cell.above is None and (match := _YEAR.fullmatch(plain(cell.text)))
    ]
    names = ["历年.上年", "历年.前年"]
    ranked = sorted(found, key=lambda one: one[0], reverse=True)[:2]
    made = [
        Column(role, cell.start, cell.end, cell, at)
        for role, (_, cell, at) in zip(names, ranked, strict=False)
    ]
    kept = [
        one
        for one in columns.all
        if not any(_shared(one, other.head) > 0 for other in made)
    ]
    every = sorted((*kept, *made), key=lambda one: one.start)
    return Columns(tuple(every), columns.width)
