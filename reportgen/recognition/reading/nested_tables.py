"""Tables that stand in cells of a table: their rows become rows of the whole, beside the labels of their row."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from reportgen.recognition.reading.grids import Grid, GridCell, Row

Rows = list[Row]

_WIDEST = 5_000  # columns; a table whose parts have no common measure stays


def with_inner_rows(
    rows: Rows,
) -> Rows:
    """The rows of a table, those with tables beside a label as the rows of these tables."""
    split = [row for row in rows if _is_split(row)]
    measure = _measure(split)
    if not split or measure > _WIDEST:
        return rows
    made: Rows = []
    for row in rows:
        _widen(row, measure)
        made += _inner_rows(row) if row in split else [row]
    return made


def _widen(
    row: Row,
    measure: int,
) -> None:
    for cell in row:
        cell.start *= measure
        cell.span *= measure


def _is_split(
    row: Row,
) -> bool:
    """Whether tables alone stand in some of the cells, one in each, and a label in another."""
    nested = [one for one in row if one.inner]
    labels = [one for one in row if one.lines or one.above]
    return bool(nested and labels) and all(map(_table_in, nested))


def _table_in(
    cell: GridCell,
) -> Grid | None:
    """The one table that a cell is made up of."""
    only = cell.inner[0] if len(cell.inner) == 1 else None
    return only if isinstance(only, Grid) else None


def _measure(
    rows: Rows,
) -> int:
    """Into how many parts a column is divided, so that the columns of all tables within lie on whole ones."""
    measure = 1
    for cell in (one for row in rows for one in row):
        grid = _table_in(cell)
        if grid is not None:
            measure = lcm(measure, _width(grid))
    return measure


def _width(
    grid: Grid,
) -> int:
    return max(cell.end for row in grid.rows for cell in row)


def _inner_rows(
    row: Row,
) -> Iterator[Row]:
    """The rows of the tables in a row, those of several side by side; its labels are merged down over them."""
    grids = {id(cell): _table_in(cell) for cell in row}
    high = max(len(one.rows) for one in grids.values() if one)
    for at in range(high):
        made: Row = []
        for cell in row:
            grid = grids[id(cell)]
            if grid is None:
                made.append(_label(cell, at))
            elif at < len(grid.rows):
                made += _fitted(grid, at, cell)
        yield made


def _label(
    cell: GridCell,
    at: int,
) -> GridCell:
    if at == 0:
        return cell
    return GridCell([], cell.row, cell.start, cell.span, above=cell.origin)


def _fitted(
    grid: Grid,
    at: int,
    holder: GridCell,
) -> Iterator[GridCell]:
    """The cells of a row where their holder lies."""
    wide = holder.span // _width(grid)
    for cell in grid.rows[at]:
        made = GridCell(
            cell.lines,
            holder.row,
            holder.start + cell.start * wide,
            cell.span * wide,
            cell.above,
            cell.inner,
        )
        yield made
