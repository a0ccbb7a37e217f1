"""What a person had typed and what is printed now, being the same: it came home and must not stand there twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.ooxml.blocks import (
    Block,
    Blocks,
    Paragraph,
    TableRow,
    cell_merge,
)
from reportgen.readback.merge.amounts import same_value, unnumbered

_LEAST_CELLS = 2  # that a row must share with the printed one


def came_home(own: OwnBlocks, new: Block) -> Block | None:
    """The block among a person's own that says what `new` prints; it is taken from them."""
    places = own.places_of(new)
    found = next((n for n in places if _are_one(own.blocks[n], new)), None)
    return None if found is None else own.blocks.pop(found)


class OwnBlocks:
    """What a person put into a container, found by what it says."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.blocks = dict(enumerate(blocks))
        self._by_sign: dict[str, list[int]] = {}
        for n, one in self.blocks.items():
            for sign in _signs(one):
                self._by_sign.setdefault(sign, []).append(n)

    def places_of(self, new: Block) -> list[int]:
        """Where those stand that may be `new`: of rows any, as these are compared cell by cell."""
        found = {n for one in _signs(new) for n in self._by_sign.get(one, ())}
        return sorted(found & self.blocks.keys())


def _signs(block: Block) -> set[str]:
    if isinstance(block, TableRow):
        return {"row"}
    return {block.key, unnumbered(block.text)}


def _are_one(typed: Block, new: Block) -> bool:
    if type(typed) is not type(new):
        return False
    if typed.key == new.key:
        return True
    if isinstance(typed, TableRow) and isinstance(new, TableRow):
        return _are_one_row(typed, new)
    if not isinstance(new, Paragraph) or not new.key:
        return False
    return unnumbered(typed.text) == unnumbered(new.text)


def _are_one_row(typed: TableRow, new: TableRow) -> bool:
    """Whether the first cell that was typed, which is a name, and one more are printed so; the rest is filled in."""
    if len(typed.parts) != len(new.parts):
        return False
    cells = _typed_cells(typed, new)
    shared = [same_value(own.text, printed.text) for _, own, printed in cells]
    return sum(shared) >= _LEAST_CELLS and shared[0]


def cells_typed_otherwise(typed: TableRow, new: TableRow) -> dict[int, Block]:
    """The cells, by column, in which a person typed something else than is printed."""
    return {
        column: own
        for column, own, printed in _typed_cells(typed, new)
        if not same_value(own.text, printed.text)
    }


def _typed_cells(
    typed: TableRow, new: TableRow
) -> list[tuple[int, Block, Block]]:
    """The columns in which a person typed something; what heads a group, or goes on, is the group's."""
    cells = enumerate(zip(typed.parts, new.parts, strict=True))
    return [
        (column, own, printed)
        for column, (own, printed) in cells
        if own.key and not cell_merge(printed.element)
    ]


def has_labels_of_its_group(typed: TableRow, above: Blocks) -> bool:
    """Whether what a person typed in the columns of groups is in the labels there; above: the printed
    row and those above."""
    printed = [one for one in above if isinstance(one, TableRow)]
    rows = [one for one in printed if len(one.parts) == len(typed.parts)]
    return all(
        own.key in _label(rows, column)
        for column, own in enumerate(typed.parts)
        if own.key and cell_merge(rows[-1].parts[column].element)
    )


def _label(rows: Sequence[TableRow], column: int) -> str:
    """The text in a column of the last of `rows` in which a merged cell begins there."""
    for row in reversed(rows):
        if cell_merge(row.parts[column].element) != "continue":
            return row.parts[column].key
    return ""
