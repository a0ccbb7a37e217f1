"""Paragraphs of which a person made two, or one of two: no word was changed, so none of them is a contradiction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product

from reportgen.readback.accepted import alike, read_line
from reportgen.readback.blocks import Block, Paragraph

_MOST = 3  # pieces on either side
_SHORTEST = 4  # characters of a paragraph that is known again within another


def pieces_of(base: Block, at: int, theirs: Sequence[Block], taken: Collection[int]) -> list[Paragraph]:
    """The paragraphs into which the counterpart of `base`, theirs[at], was cut; none where it was not.

    taken: the positions in theirs that are counterparts of something, and so no pieces.
    """
    if not isinstance(base, Paragraph) or theirs[at].key == base.key:
        return []
    before, behind = _free(theirs, taken, range(at - 1, -1, -1)), _free(theirs, taken, range(at + 1, len(theirs)))
    for first, last in product(range(len(before) + 1), range(len(behind) + 1)):
        found = [*reversed(before[:first]), theirs[at], *behind[:last]]
        paragraphs = [one for one in found if isinstance(one, Paragraph)]
        if len(paragraphs) > 1 and "".join(one.key for one in paragraphs) == base.key:
            return paragraphs
    return []


def _free(theirs: Sequence[Block], taken: Collection[int], positions: range) -> list[Block]:
    found: list[Block] = []
    for position in positions[:_MOST]:
        if position in taken or not isinstance(theirs[position], Paragraph):
            break
        found.append(theirs[position])
    return found


def joined_into(base: Block, theirs: Sequence[Block]) -> Paragraph | None:
    """The paragraph in which the words of `base` stand now, among others."""
    if not isinstance(base, Paragraph) or len(base.key) < _SHORTEST:
        return None
    paragraphs = (one for one in theirs if isinstance(one, Paragraph))
    return next((one for one in paragraphs if base.key in one.key and base.key != one.key), None)


def reads_now(paragraphs: Sequence[Paragraph]) -> str:
    """The text of paragraphs as it is compared, after what was changed in them."""
    return "".join(alike(read_line(one.element).text) for one in paragraphs)
