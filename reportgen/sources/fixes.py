"""Slips mended in the file: those that change how a value is written, and never what it says."""

from typing import NamedTuple

from reportgen.sources.marks import UNSEEN, blank_name
from reportgen.sources.outline import find_slips
from reportgen.sources.slips import Names, Slip, edited

_ROUNDS = (
    4  # of two slips at one spot the second is seen when the first is mended
)


class Fix(NamedTuple):
    """A line as it is and as it should be."""

    line: int
    old: str
    new: str


class Fixed(NamedTuple):
    """What was mended, the text with it, and the slips that a person has to mend."""

    text: str
    fixes: tuple[Fix, ...]
    left: tuple[Slip, ...]


def fix_text(text: str, names: Names) -> Fixed:
    """The text without its safe slips."""
    mended = text
    slips = find_slips(mended, names)
    for _ in range(_ROUNDS):
        safe = [slip for slip in slips if slip.safe]
        if not safe:
            break
        mended = edited(mended, safe)
        slips = find_slips(mended, names)
    before, after = text.split("\n"), mended.split("\n")
    lines = enumerate(zip(before, after, strict=True), 1)
    fixes = [
        Fix(line, _visible(old), _visible(new))
        for line, (old, new) in lines
        if old != new
    ]
    return Fixed(mended, tuple(fixes), tuple(slips))


def _visible(line: str) -> str:
    """A line as it can be shown: blanks that cannot be told from others by their name."""
    return UNSEEN.sub(
        lambda blank: f"〈{blank_name(blank[0])}〉", line.rstrip(" ")
    )
