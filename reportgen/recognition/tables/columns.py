"""The columns of a table as its head names them, and which cell of a row belongs to which of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportgen.recognition.reading.grids import GridCell, Row
from reportgen.recognition.reading.words import (
    Meaning,
    meaning,
    money_unit,
    plain,
    squeezed,
)

POINTS, TURNED = "分值／得分", "得分／分值"  # both in one column
BOTH = "一级／二级"  # the first and the second level in one column
REACHED = "指标值／实际值"  # what was to be and what came of it in one column
_LEVELS = ("一级", "二级")
_TWO = re.compile("[／/、-]")
YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_PARTS = 2
_HISTORY = ("历年.上年", "历年.前年")


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: the field that it holds, where it lies, what its head says."""

    role: str
    start: int
    end: int
    head: GridCell
    at: int  # which cell of its row the head is
    sure: bool = True

    @property
    def unit(self) -> str:
        """In what its amounts are, where its head says so."""
        return money_unit(self.head.text)


@dataclass(frozen=True)
class Columns:
    """The columns of a table, from the left; `width` is how many cells the head has, 0 for one of several rows."""

    all: tuple[GridColumn, ...]
    width: int

    @property
    def roles(self) -> frozenset[str]:
        """The fields that there is a column for."""
        return frozenset(one.role for one in self.all)

    def first(self, *roles: str) -> int:
        """Where the first of the columns of these fields begins."""
        starts = [one.start for one in self.all if one.role in roles]
        return min(starts, default=0)

    def of(
        self,
        cell: GridCell,
        at: int,
        width: int,
    ) -> GridColumn | None:
        """The column of a cell: by its position in a row of as many cells as the head has, else by where it lies."""
        if width == self.width:
            return next((one for one in self.all if one.at == at), None)
        best = max(self.all, key=lambda one: _shared(one, cell), default=None)
        return best if best and _shared(best, cell) > 0 else None

    def cells(self, row: Row) -> RowCells:
        """The cells that begin in a row and say something, by the field of their column; "" are those of none."""
        found: dict[str, list[GridCell]] = {}
        for at, cell in enumerate(row):
            if cell.above is None and cell.lines:
                column = self.of(cell, at, len(row))
                role = column.role if column else ""
                found.setdefault(role, []).append(cell)
        return RowCells(found)

    def head_of(self, role: str) -> str:
        """What the head of a column says."""
        found = (one.head.text for one in self.all if one.role == role)
        return next(found, role)

    def marked(
        self,
        cell: GridCell,
        row: str,
        role: str,
    ) -> GridCell:
        """The cell, which says now in words where it stands."""
        locate(cell, f"「{row[:20]}」的「{plain(self.head_of(role))}」")
        return cell

    def unit_of(self, role: str) -> str:
        """元 or 亿元 where the head of the column says so."""
        units = (one.unit for one in self.all if one.role == role)
        return next(filter(None, units), "")


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of a row by the field of their column."""

    by_role: dict[str, list[GridCell]]

    def cell(self, role: str) -> GridCell | None:
        """The first of a field."""
        return next(iter(self.by_role.get(role, ())), None)

    def text(self, role: str) -> str:
        """What it says."""
        found = self.cell(role)
        return found.text if found else ""

    def of(self, *roles: str) -> Iterator[tuple[str, GridCell]]:
        """Each cell of some fields, with its field."""
        for role in roles:
            yield from ((role, cell) for cell in self.by_role.get(role, ()))

    @property
    def all(self) -> Row:
        """All of them."""
        return [cell for _, cell in self.of(*self.by_role)]


def _shared(
    column: GridColumn,
    cell: GridCell,
) -> int:
    return min(column.end, cell.end) - max(column.start, cell.start)


def locate(
    cell: GridCell,
    words: str,
) -> None:
    """Says of the paragraphs of a cell in words where they stand."""
    for line in cell.lines:
        line.spot = f"{line.spot.split('「')[0]}{words}"


def own(row: Row) -> Row:
    """The cells that begin in a row."""
    return [one for one in row if one.above is None]


def written(row: Row) -> Row:
    """Those in which something stands."""
    return [one for one in own(row) if one.lines]


def heads(
    group: str,
    row: Row,
) -> dict[str, Meaning]:
    """The fields that the cells of a row name, as far as they name one."""
    found: dict[str, Meaning] = {}
    for cell in written(row):
        told = _meaning(group, cell.text)
        if told:
            found[told.key] = told
    return found


def _meaning(
    group: str,
    head: str,
) -> Meaning | None:
    """What a head names; of one that names two the first, or both levels."""
    told = meaning(group, head)
    if told and told.sure:
        return told
    both = [meaning(group, one) for one in _TWO.split(squeezed(head))]
    keys = [one.key for one in both if one and one.sure]
    if len(both) != _PARTS or len(keys) != _PARTS:
        return told
    if "／".join(keys) in (BOTH, POINTS, TURNED, REACHED):
        return Meaning("／".join(keys))
    return Meaning(keys[0]) if keys[1] == "分值" else told


def columns_of(
    group: str,
    rows: Sequence[Row],
) -> Columns:
    """The columns that a head of one or several rows names; what stands lower counts first.

    Of two of one name the left one is the name of a block.
    """
    made: list[GridColumn] = []
    for row in reversed(rows):
        for column in _named(group, row):
            if not _overlaps(column, made):
                made.append(column)
    placed = [*_of_levels(sorted(made, key=_start))]
    last = {one.role: one for one in placed}
    columns = sorted(last.values(), key=_start)
    return Columns(tuple(columns), len(rows[0]) if len(rows) == 1 else 0)


def _of_levels(columns: Sequence[GridColumn]) -> Iterator[GridColumn]:
    """The columns; of several of points those right behind a level are the points of its groups."""
    points = [one for one in columns if one.role == "分值"]
    before = ""
    for one in columns:
        is_of_level = before in _LEVELS and one in points[:-1]
        role = f"{before}分值" if is_of_level else one.role
        yield replace(one, role=role)
        before = one.role


def _named(
    group: str,
    row: Row,
) -> Iterator[GridColumn]:
    for at, cell in enumerate(row):
        told = _meaning(group, cell.text)
        if told and cell.above is None:
            yield GridColumn(
                told.key, cell.start, cell.end, cell, at, told.sure
            )


def _start(column: GridColumn) -> int:
    return column.start


def _overlaps(
    column: GridColumn,
    others: Iterable[GridColumn],
) -> bool:
    return any(_shared(one, column.head) > 0 for one in others)


def years_of(
    rows: Sequence[Row],
    columns: Columns,
) -> Columns:
    """The columns with those that a year heads: the latest is last year's, the one before it that before."""
    found = sorted(_years(rows), key=lambda one: one[0], reverse=True)
    made = [
        replace(column, role=role)
        for role, (_, column) in zip(_HISTORY, found, strict=False)
    ]
    kept = [one for one in columns.all if not _overlaps(one, made)]
    every = sorted((*kept, *made), key=_start)
    return Columns(tuple(every), columns.width)


def year_after(rows: Sequence[Row]) -> str:
    """The year behind the two that the columns of a head are of; "" where it is not two."""
    found = sorted({int(year) for year, _ in _years(rows)})
    is_two = len(found) == _PARTS and found[1] - found[0] == 1
    return str(found[1] + 1) if is_two else ""


def _years(
    rows: Sequence[Row],
) -> Iterator[tuple[str, GridColumn]]:
    for at, cell in (pair for row in rows for pair in enumerate(row)):
        match = YEAR.fullmatch(plain(cell.text))
        if match and cell.above is None:
            yield match[1], GridColumn("", cell.start, cell.end, cell, at)
