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
    """The text with what was mended, and the slips that a person has to mend."""

    text: str
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
    return Fixed(mended, tuple(slips))


def changed_lines(old: str, new: str) -> tuple[Fix, ...]:
    """The lines of a text that were mended."""
    before, after = old.split("\n"), new.split("\n")
    return tuple(
        Fix(line, _visible(was), _visible(now))
        for line, (was, now) in enumerate(zip(before, after, strict=True), 1)
        if was != now
    )


def _visible(line: str) -> str:
    """A line as it can be shown: blanks that cannot be told from others by their name."""
    return UNSEEN.sub(
        lambda blank: f"〈{blank_name(blank[0])}〉", line.rstrip(" ")
    )
