"""What a person had typed and what is printed now, being the same: it came home and must not stand there twice."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.readback.merge.amounts import same_value, unnumbered
from reportgen.readback.read.blocks import Block, Paragraph, TableRow

_LEAST_CELLS = 2  # that a row must share with the printed one


def came_home(own: Sequence[Block], new: Block) -> Block | None:
    """The block among a person's own that says what `new` prints."""
    return next((one for one in own if _are_one(one, new)), None)


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
    """Whether all that was typed is printed, amounts in their printed form; the rest is filled in by the print."""
    if len(typed.parts) != len(new.parts):
        return False
    cells = zip(typed.parts, new.parts, strict=True)
    shared = [_are_one_cell(own, printed) for own, printed in cells if own.key]
    return all(shared) and len(shared) >= _LEAST_CELLS


def _are_one_cell(typed: Block, new: Block) -> bool:
    return same_value(typed.text, new.text)
