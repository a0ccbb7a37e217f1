"""The ruled lines of a page as tables: cells that no line divides are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from reportgen.recognition.pdf.page_marks import PageMarks, RuledLine, Sign

NEAR = 3.0  # points; lines as near as this meet, or are one
_HALF = 0.5  # a wall stands where a line covers as much of it


@dataclass(slots=True)
class RuledCell:
    """A cell: its first row and column, how many it covers, its edges, and the signs in it."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float
    signs: list[Sign] = field(default_factory=list)


@dataclass
class RuledTable:
    """A table: where its columns and rows begin and end, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[RuledCell]

    def take(self, sign: Sign) -> bool:
        """Puts a sign into its cell; whether it lies in the table."""
        x, y = sign.middle
        if not (self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]):
            return False
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        for cell in self.cells:
            if _covers(cell, row, column):
                cell.signs.append(sign)
                return True
        return False


def _covers(
    cell: RuledCell,
    row: int,
    column: int,
) -> bool:
    in_row = cell.row <= row < cell.row + cell.rows
    return in_row and cell.column <= column < cell.column + cell.columns


def tables_on(page: PageMarks) -> list[RuledTable]:
    """The tables of a page, the smallest first; a frame around all of it is none."""
    across, down = _merged(page.across), _merged(page.down)
    tables = [_table(*group) for group in _groups(across, down)]
    found = [one for one in tables if one and len(one.cells) > 1]
    return sorted(found, key=_area)


def _area(table: RuledTable) -> float:
    return (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0])


def _merged(rules: Iterable[RuledLine]) -> list[RuledLine]:
    """Lines on one line that touch are one."""
    made: list[RuledLine] = []
    for rule in sorted(rules):
        last = next(
            (
                at
                for at in reversed(range(max(len(made) - 40, 0), len(made)))
                if _touches(made[at], rule)
            ),
            None,
        )
        if last is None:
            made.append(rule)
        else:
            there = made[last]
            start, end = min(there.start, rule.start), max(there.end, rule.end)
            made[last] = there._replace(start=start, end=end)
    return made


def _touches(
    one: RuledLine,
    other: RuledLine,
) -> bool:
    is_near = abs(one.at - other.at) <= NEAR / 2
    return (
        is_near
        and one.start - NEAR <= other.end
        and other.start - NEAR <= one.end
    )


def _groups(
    across: Sequence[RuledLine],
    down: Sequence[RuledLine],
) -> list[tuple[list[RuledLine], list[RuledLine]]]:
    """The lines that hang together by crossing each other."""
    roots = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while roots[at] != at:
            roots[at] = roots[roots[at]]
            at = roots[at]
        return at

    for at, one in enumerate(across):
        for behind, other in enumerate(down, len(across)):
            if _crosses(one, other):
                roots[root(behind)] = root(at)
    groups: dict[int, tuple[list[RuledLine], list[RuledLine]]] = defaultdict(
        lambda: ([], [])
    )
    for at, one in enumerate((*across, *down)):
        groups[root(at)][at >= len(across)].append(one)
    return list(groups.values())


def _crosses(
    across: RuledLine,
    down: RuledLine,
) -> bool:
    in_width = across.start - NEAR <= down.at <= across.end + NEAR
    in_height = down.start - NEAR <= across.at <= down.end + NEAR
    return in_width and in_height


def _table(
    across: Sequence[RuledLine],
    down: Sequence[RuledLine],
) -> RuledTable | None:
    """The table that these lines rule."""
    xs = positions(one.at for one in down)
    ys = positions(one.at for one in across)
    if min(len(xs), len(ys)) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    is_below = _walls(across, ys, xs)
    is_right = _walls(down, xs, ys)
    regions = _regions(rows, columns, is_below, is_right)
    cells = [_cell(one, xs) for one in regions]
    return RuledTable(xs, ys, cells)


def positions(places: Iterable[float]) -> list[float]:
    """Where lines lie, those that are near each other once."""
    found: list[float] = []
    for at in sorted(places):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


Wall = Callable[[int, int], bool]


def _walls(
    rules: Sequence[RuledLine],
    at: Sequence[float],
    along: Sequence[float],
) -> Wall:
    """Whether a line runs at position `n` along the stretch `k`."""
    by_place: dict[int, list[RuledLine]] = defaultdict(list)
    for one in rules:
        nearest = min(range(len(at)), key=lambda n: abs(at[n] - one.at))
        by_place[nearest].append(one)

    def is_wall(
        n: int,
        k: int,
    ) -> bool:
        start, end = along[k], along[k + 1]
        shared = (
            min(one.end, end) - max(one.start, start) for one in by_place[n]
        )
        return any(one >= _HALF * (end - start) for one in shared)

    return is_wall


Places = list[tuple[int, int]]


def _regions(
    rows: int,
    columns: int,
    is_below: Wall,
    is_right: Wall,
) -> list[Places]:
    """The elementary cells that no line divides, together."""
    every = [*product(range(rows), range(columns))]
    region = {place: [place] for place in every}
    for row, column in every:
        below, right = (row + 1, column), (row, column + 1)
        if below in region and not is_below(row + 1, column):
            _unite(region, (row, column), below)
        if right in region and not is_right(column + 1, row):
            _unite(region, (row, column), right)
    return list({id(one): one for one in region.values()}.values())


def _unite(
    region: dict[tuple[int, int], Places],
    one: tuple[int, int],
    other: tuple[int, int],
) -> None:
    """Two elementary cells, with all that hangs on them, are one."""
    if region[one] is not region[other]:
        gone = region[other]
        region[one] += gone
        region.update(dict.fromkeys(gone, region[one]))


def _cell(
    region: Places,
    xs: Sequence[float],
) -> RuledCell:
    rows, columns = sorted({r for r, _ in region}), {c for _, c in region}
    first, last = min(columns), max(columns)
    height, width = rows[-1] - rows[0] + 1, last - first + 1
    return RuledCell(rows[0], first, height, width, xs[first], xs[last + 1])
