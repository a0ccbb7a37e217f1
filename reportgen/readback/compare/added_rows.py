"""A row that a person added to a printed table, with what the rows beside it say of its columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reportgen.ooxml.blocks import Block, Blocks, TableRow, cell_merge
from reportgen.readback.compare.align import Alignment
from reportgen.readback.compare.places import values_in


class RowBeside(NamedTuple):
    """A printed row near an added one: for each cell the values that were printed in it, blanks included."""

    marks: tuple[tuple[str, ...], ...]
    is_above: bool


class AddedRow(NamedTuple):
    """The texts of the cells, and the printed rows with as many cells: the nearest above, the nearest below."""

    cells: tuple[str, ...]
    beside: tuple[RowBeside, ...]
    is_left: bool  # the data dropped it, and it stayed in the document


def added_row(
    row: TableRow, position: int, base: Blocks, pairs: Alignment
) -> AddedRow:
    """The row at `position` of a table whose printed rows were `base`."""
    cells = tuple(cell.text for cell in row.parts)
    above = (base[n] for n in pairs.bases_before(position))
    below = (base[n] for n in pairs.bases_behind(position))
    beside = [
        RowBeside(marks, is_above)
        for rows, is_above in ((above, True), (below, False))
        for marks in _nearest(rows, len(cells), is_above=is_above)
    ]
    printed = frozenset[str]().union(*(one.marks for one in base))
    return AddedRow(cells, tuple(beside), not row.marks <= printed)


def _nearest(
    rows: Iterable[Block], columns: int, *, is_above: bool
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """What was printed in the first of `rows` that has these columns; above, with what heads its groups."""
    fitting = [
        one
        for one in rows
        if isinstance(one, TableRow) and len(one.parts) == columns
    ]
    for number, row in enumerate(fitting):
        own = [tuple(values_in(cell)) for cell in row.parts]
        if any(own):
            heads = fitting[number:] if is_above else []
            yield tuple(
                marks or _of_group(heads, column)
                for column, marks in enumerate(own)
            )
            return


def _of_group(rows: Sequence[TableRow], column: int) -> tuple[str, ...]:
    """What is printed in the cell that goes on over a column; rows: from the one it goes on in upwards."""
    for row in rows:
        cell = row.parts[column]
        merge = cell_merge(cell.element)
        if merge != "continue":
            return tuple(values_in(cell)) if merge else ()
    return ()
