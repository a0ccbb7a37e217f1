"""How much speaks for two blocks of two documents being one."""

from rapidfuzz import fuzz

from reportgen.core.trace import without_place
from reportgen.ooxml.blocks import Block, Paragraph, base_name

LEAST = 0.5  # of likeness below which two texts are not the same one rewritten
_VERY = 0.8
_LONG = 6  # characters of a text that is hardly there twice by chance
_EQUAL, _MARKED = 3.0, 2.0
_BOTH_EMPTY = 0.4


def is_same(one: Block, other: Block) -> bool:
    """Whether two blocks have the same words and the same values."""
    is_alike = type(one) is type(other) and one.key == other.key
    return is_alike and one.marks == other.marks


def likeness(one: Block, other: Block) -> float:
    """0 nothing, 3 the same words, up to 2 more for the same values."""
    if type(one) is not type(other):
        return 0
    shared = _shared(one, other) * _MARKED
    if one.key == other.key:
        return (_EQUAL if one.key else _BOTH_EMPTY) + shared
    if not one.key or not other.key:
        return shared
    ratio = fuzz.ratio(one.key, other.key, score_cutoff=LEAST * 100) / 100
    if shared or not (one.marks and other.marks):
        return shared + ratio
    # texts with other values in them, however alike they are told
    return ratio / 2 if ratio >= _VERY else 0


def _shared(one: Block, other: Block) -> float:
    """Which part of the values in them they share."""
    return _part(set(map(_name_of, one.marks)), set(map(_name_of, other.marks)))


def _part(own: set[str], there: set[str]) -> float:
    return len(own & there) / max(len(own), len(there), 1)


def _name_of(mark: str) -> str:
    """What a mark says of a block: of a unit's own paragraph its section, since its number is but its place there."""
    return without_place(base_name(mark))


def likeness_elsewhere(one: Block, other: Block) -> float:
    """The same of blocks that stand in other places: only long words or the same values count."""
    if type(one) is not type(other):
        return 0
    if one.key == other.key:
        return 1 if len(one.key) >= _LONG else 0
    return _part(first_marks(one), first_marks(other))


def first_marks(block: Block) -> set[str]:
    """The values that are printed in a block and nowhere before it."""
    return {name for name in block.marks if base_name(name) == name}


def may_be_rewritten(one: Block, other: Block) -> bool:
    """Whether `other` can be `one` with other words: both say something, or a blank was filled in."""
    if type(one) is not type(other) or not other.key:
        return False
    is_blank = isinstance(one, Paragraph) and bool(one.line.empty)
    return bool(one.key) or is_blank
