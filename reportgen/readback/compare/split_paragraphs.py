"""Paragraphs of which a person made two, or one of two: where a paragraph ends contradicts nothing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from rapidfuzz import fuzz

from reportgen.ooxml.blocks import Block, Blocks, Paragraph
from reportgen.ooxml.paragraph_text import Line, alike, read_line

_MOST = 6  # places on either side where pieces are looked for
BETWEEN = "\u2029"  # stands between the pieces of a paragraph that was cut
_LIKE = 75  # percent of likeness of all pieces to the whole, and of each to a part of it
_SHORTEST = 4  # characters of a paragraph that is known again within another


def paragraphs_round(
    base: Block, at: int, theirs: Blocks, taken: Collection[int]
) -> Iterator[list[Paragraph]]:
    """Each row of paragraphs that holds theirs[at] and others beside it, where that is not `base` by itself."""
    own = theirs[at]
    are_paragraphs = isinstance(base, Paragraph) and isinstance(own, Paragraph)
    if not are_paragraphs or own.key == base.key:
        return
    before = _parts(base, theirs, taken, range(at - 1, -1, -1))
    behind = _parts(base, theirs, taken, range(at + 1, len(theirs)))
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


def pieces_of(block: Block | None) -> Sequence[Paragraph]:
    """What it is made of; nothing where it is one."""
    return block.pieces if isinstance(block, Pieces) else ()


def in_pieces(
    whole: Block, at: int, others: Blocks, taken: Collection[int]
) -> Pieces | None:
    """The paragraphs that are together more like `whole` than others[at] alone: it was cut, and perhaps written anew.

    taken: the positions in others that are counterparts of something, and so no pieces.
    """
    best, found = 0.0, None
    for pieces in paragraphs_round(whole, at, others, taken):
        likeness = fuzz.ratio(whole.key, "".join(one.key for one in pieces))
        best = best or max(_LIKE, fuzz.ratio(whole.key, others[at].key))
        if likeness > best:
            best, found = likeness, Pieces(pieces[0].element, tuple(pieces))
    return found


def _parts(
    whole: Block,
    others: Blocks,
    taken: Collection[int],
    positions: range,
) -> list[Paragraph]:
    """The paragraphs near by that are no counterparts and that say a part of the whole."""
    near = [others[n] for n in positions[:_MOST] if n not in taken]
    return [
        one
        for one in near
        if isinstance(one, Paragraph)
        and fuzz.partial_ratio(one.key, whole.key) >= _LIKE
    ]


def joined_into(base: Block, theirs: Blocks) -> Paragraph | None:
    """The paragraph in which the words of `base` stand now, among others."""
    if len(base.key) < _SHORTEST:
        return None
    for one in theirs:
        is_held = base.key in one.key and base.key != one.key
        if is_held and isinstance(one, Paragraph):
            return one
    return None


def reads_now(paragraphs: Sequence[Paragraph]) -> str:
    """The text of paragraphs as it is compared, after what was changed in them."""
    return "".join(alike(read_line(one.element).text) for one in paragraphs)
