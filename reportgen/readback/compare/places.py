"""Where a block stands, in words that a person can follow: the heading above it; in a table its row and column."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from reportgen.ooxml.blocks import (
    Block,
    Blocks,
    Holder,
    Paragraph,
    TableRow,
    cell_merge,
)
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import quoted
from reportgen.ooxml.xml_parts import value_of

_SHOWN = 20
_FIGURES = re.compile("[数值额率分]")  # in what heads a column of them
_Said = tuple[str, str]  # what a cell says, and of that what is no value


class Places:
    """The places of the blocks of one container, of which `where` is the place."""

    def __init__(self, blocks: Blocks, where: str) -> None:
        self._blocks = blocks
        self._headings = list(accumulate(blocks, _heading, initial=where))

    def above(self, position: int) -> str:
        """The heading above a block, whatever it is itself; above the first the place of the container."""
        return self._headings[position]

    def of(self, position: int, column: int = -1) -> str:
        """The heading above a block, or itself where it is one; of a row also its name, of a cell that and its head."""
        where = self._headings[position + 1]
        if not isinstance(self._blocks[position], TableRow):
            return where
        label = self._labels[position][column]
        if not label or where == "正文":
            return label or where
        return f"{where}「{label}」"

    @cached_property
    def _labels(self) -> list[list[str]]:
        return list(_labels(self._blocks))


def placed(blocks: Blocks, where: str) -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph in `blocks`, those of tables too, with its place."""
    places = Places(blocks, where)
    for position, block in enumerate(blocks):
        if isinstance(block, TableRow):
            for column, cell in enumerate(block.parts):
                place = places.of(position, column)
                yield from placed(cell.parts, place)  # type: ignore[union-attr]
        elif isinstance(block, Holder):
            yield from placed(block.parts, places.of(position))
        else:
            yield places.of(position), block


def values_in(block: Block) -> Iterator[str]:
    """The names of the values that are printed in a block, blanks included."""
    if isinstance(block, Paragraph):
        yield from block.line.marks
        yield from block.line.empty
    else:
        for part in block.parts:
            yield from values_in(part)


def _heading(above: str, block: Block) -> str:
    """The heading that counts from a block on."""
    is_heading = isinstance(block, Paragraph) and block.is_heading
    return block.text.strip() if is_heading else above


def _labels(rows: Blocks) -> Iterator[list[str]]:
    """For each row the label of each of its cells, 物业管理费·得分, and its own."""
    heads: list[str] = []  # by columns of the grid, of the last row of heads
    going_on: dict[int, _Said] = {}  # what a cell says that goes on below
    for row in rows:
        grid, starts = _grid(row, going_on)
        figures = (n for n, one in enumerate(heads) if _FIGURES.search(one))
        names = next(figures, 0)  # the columns that name a row
        yield [
            "·".join(filter(None, (_name(grid, names, at), *heads[at:][:1])))
            for at in (*starts, len(grid))
        ]
        fixed = [one for _, one in grid if one]
        if len(fixed) * 2 > len(grid) and len(set(fixed)) > 1:
            heads = [text for text, _ in grid]


def _grid(
    row: Block, going_on: dict[int, _Said]
) -> tuple[list[_Said], list[int]]:
    """What stands in each column of the grid, and in which each cell of a row begins."""
    grid: list[_Said] = []
    starts = []
    for cell in row.parts if isinstance(row, Holder) else ():
        starts.append(len(grid))
        if cell_merge(cell.element) != "continue":
            text = quoted("".join(cell.text.split()), _SHOWN)
            going_on[len(grid)] = text, "" if any(values_in(cell)) else text
        span = value_of(cell.element, f"{W}tcPr/{W}gridSpan")[:2]
        said = going_on.get(len(grid), ("", ""))
        grid += [said] * (int(span) if span.isdecimal() else 1)
    return grid, starts


def _name(grid: Sequence[_Said], names: int, at: int) -> str:
    """What a row is called for a cell at some column, or else the fixed words that are next before it."""
    is_named = 0 < names <= at
    before = grid[:names] if is_named else grid[:at]
    said = (one[not is_named] for one in reversed(before))
    return next(filter(None, said), "")
