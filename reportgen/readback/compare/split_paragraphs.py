"""Paragraphs of which a person made two, or one of two: where a paragraph ends contradicts nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from rapidfuzz import fuzz

from reportgen.readback.read.blocks import Block, Paragraph
from reportgen.readback.read.paragraph_text import Line, alike, read_line

_MOST = 3  # pieces on either side
BETWEEN = "\u2029"  # stands between the pieces of a paragraph that was cut
_LIKE, _GAIN = (
    75,
    10,
)  # percent of likeness of all pieces to the whole, and what they gain over one of them
_SHORTEST = 4  # characters of a paragraph that is known again within another


def pieces_of(
    base: Block, at: int, theirs: Sequence[Block], taken: Collection[int]
) -> list[Paragraph]:
    """The paragraphs into which the counterpart of `base`, theirs[at], was cut; none where it was not.

    taken: the positions in theirs that are counterparts of something, and so no pieces.
    """
    for paragraphs in paragraphs_round(base, at, theirs, taken):
        if "".join(one.key for one in paragraphs) == base.key:
            return paragraphs
    return []


def paragraphs_round(
    base: Block, at: int, theirs: Sequence[Block], taken: Collection[int]
) -> Iterator[list[Paragraph]]:
    """Each row of paragraphs that holds theirs[at] and others beside it, where that is not `base` by itself."""
    own = theirs[at]
    are_paragraphs = isinstance(base, Paragraph) and isinstance(own, Paragraph)
    if not are_paragraphs or own.key == base.key:
        return
    before = _free(theirs, taken, range(at - 1, -1, -1))
    behind = _free(theirs, taken, range(at + 1, len(theirs)))
    for first, last in product(range(len(before) + 1), range(len(behind) + 1)):
        if (first or last) and isinstance(own, Paragraph):
            yield [*reversed(before[:first]), own, *behind[:last]]


@dataclass(frozen=True)
class Pieces(Paragraph):
    """A paragraph that a person cut, read as one."""

    pieces: tuple[Paragraph, ...] = ()

    @cached_property
    def line(self) -> Line:
        """The texts of the pieces, and their marks where they stand in it."""
        marks: dict[str, tuple[int, int]] = {}
        at = 0
        for one in self.pieces:
            marks |= {
                name: (start + at, end + at)
                for name, (start, end) in one.line.marks.items()
            }
            at += len(one.text) + len(BETWEEN)
        return Line(
            BETWEEN.join(one.text for one in self.pieces), (), marks, {}
        )


def reworded_pieces(
    base: Block, at: int, theirs: Sequence[Block], taken: Collection[int]
) -> Pieces | None:
    """The paragraphs that are together far more like `base` than theirs[at] alone: cut in two and written anew."""
    best, found = 0.0, None
    for pieces in paragraphs_round(base, at, theirs, taken):
        likeness = fuzz.ratio(base.key, "".join(one.key for one in pieces))
        best = best or max(_LIKE, fuzz.ratio(base.key, theirs[at].key) + _GAIN)
        if likeness > best:
            best, found = likeness, Pieces(pieces[0].element, tuple(pieces))
    return found


def _free(
    theirs: Sequence[Block], taken: Collection[int], positions: range
) -> list[Paragraph]:
    """A person's own paragraphs that follow on one another."""
    found: list[Paragraph] = []
    for position in positions[:_MOST]:
        block = theirs[position]
        if position in taken or not isinstance(block, Paragraph):
            break
        found.append(block)
    return found


def joined_into(base: Block, theirs: Sequence[Block]) -> Paragraph | None:
    """The paragraph in which the words of `base` stand now, among others."""
    if not isinstance(base, Paragraph) or len(base.key) < _SHORTEST:
        return None
    paragraphs = (one for one in theirs if isinstance(one, Paragraph))
    holding = (one for one in paragraphs if base.key in one.key)
    return next((one for one in holding if one.key != base.key), None)


def reads_now(paragraphs: Sequence[Paragraph]) -> str:
    """The text of paragraphs as it is compared, after what was changed in them."""
    return "".join(alike(read_line(one.element).text) for one in paragraphs)
