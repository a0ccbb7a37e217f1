"""A table that the end of a page cuts in two, and the row that it cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.recognition.pdf.page_marks import Sign
from reportgen.recognition.pdf.ruled_tables import (
    NEAR,
    RuledCell,
    RuledTable,
    positions,
)
from reportgen.recognition.pdf.text_lines import is_full, lines_of_signs

_PAGE = 2_000.0  # what stands on the next page lies as much lower
_PADDING = 5.4
_BRACKETS = (("(", ")"), ("（", "）"))


def joined_tables(
    first: RuledTable,
    second: RuledTable,
) -> RuledTable | None:
    """A table that goes on on the next page as one; None where its columns lie elsewhere."""
    ends = (first.xs[0] - second.xs[0], first.xs[-1] - second.xs[-1])
    if max(map(abs, ends)) > 2 * NEAR:
        return None
    first_row = _cut_row(first, second)
    for above, cell in first_row:
        above.signs += map(_lower, cell.signs)
        above.rows += cell.rows - 1
    cut = 1 if first_row else 0
    below = [one for one in second.cells if one.row >= cut]
    down = len(first.ys) - 1 - cut
    xs = positions([*first.xs, *second.xs])
    cells = [_fitted(one, first.xs, xs, 0) for one in first.cells]
    cells += [_fitted(one, second.xs, xs, down) for one in below]
    return RuledTable(xs, [*first.ys, *second.ys[1 + cut :]], cells)


Pairs = list[tuple[RuledCell, RuledCell]]


def _cut_row(
    first: RuledTable,
    second: RuledTable,
) -> Pairs:
    """The cells of the last row with those that go on in the first row of the next page; none where it is whole."""
    last = len(first.ys) - 2
    bottom = [one for one in first.cells if one.row + one.rows > last]
    pairs: Pairs = []
    for cell in filter(_is_first, second.cells):
        above = _above(bottom, cell)
        if above is None or not _may_go_on(above, cell):
            return []
        pairs.append((above, cell))
    return pairs if any(cell.signs for _, cell in pairs) else []


def _is_first(cell: RuledCell) -> bool:
    return cell.row == 0


def _above(
    bottom: Sequence[RuledCell],
    cell: RuledCell,
) -> RuledCell | None:
    return next((one for one in bottom if _is_above(one, cell)), None)


def _is_above(
    above: RuledCell,
    cell: RuledCell,
) -> bool:
    is_left = abs(above.left - cell.left) <= 2 * NEAR
    return is_left and abs(above.right - cell.right) <= 2 * NEAR


def _may_go_on(
    above: RuledCell,
    cell: RuledCell,
) -> bool:
    """Whether nothing stands below, or the text above ends with a full line, or within brackets."""
    lines = lines_of_signs(above.signs)
    if not (lines and cell.signs):
        return not cell.signs
    text = "".join(one.text for one in lines)
    is_open = any(text.count(a) > text.count(b) for a, b in _BRACKETS)
    rest = lines_of_signs(cell.signs)
    return is_open or is_full(lines[-1], rest[0], above.right - _PADDING)


def _lower(sign: Sign) -> Sign:
    return sign._replace(top=sign.top + _PAGE, bottom=sign.bottom + _PAGE)


def _fitted(
    cell: RuledCell,
    old: Sequence[float],
    xs: Sequence[float],
    down: int,
) -> RuledCell:
    """A cell counted by the columns of both pages."""

    def place(at: int) -> int:
        return min(range(len(xs)), key=lambda n: abs(xs[n] - old[at]))

    first, last = place(cell.column), place(cell.column + cell.columns)
    columns = max(last - first, 1)
    row = cell.row + down
    return replace(cell, row=row, column=first, columns=columns)
