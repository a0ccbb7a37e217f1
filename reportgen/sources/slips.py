"""A slip in writing YAML: where it is, what to say, and how the text reads without it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Span = tuple[int, int]


class Slip(NamedTuple):
    """A slip at an offset, and what to write in the place of a stretch of the text: never a line more or less.

    `safe` when that changes how values are written and not what they say.
    """

    at: int
    message: str
    span: Span
    new: str
    safe: bool = False
    warning: bool = False  # YAML reads it, but hardly as it was meant


class Names(NamedTuple):
    """What is known of the keys: all of them, those that hold further keys (or a list of such), those of numbers.

    `texts` are those of a single value, which is no list; `rows` has the keys of one row for each key that holds a
    list of rows.
    """

    keys: frozenset[str]
    blocks: frozenset[str]
    numbers: frozenset[str]
    texts: frozenset[str]
    rows: Mapping[str, tuple[str, ...]]


NO_NAMES = Names(frozenset(), frozenset(), frozenset(), frozenset(), {})


class Slips:
    """The slips of one text, at most one for each place."""

    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.slips: dict[int, Slip] = {}

    def add(
        self,
        at: int,
        message: str,
        span: Span,
        new: str,
        *,
        safe: bool = False,
    ) -> None:
        """Keep a slip, unless one at the same place is known."""
        self.slips.setdefault(at, Slip(at, message, span, new, safe))

    def warn(
        self,
        at: int,
        message: str,
        span: Span,
        new: str,
    ) -> None:
        """Keep what YAML reads, but hardly as it was meant."""
        slip = Slip(at, message, span, new, safe=True, warning=True)
        self.slips.setdefault(at, slip)


def edited(text: str, slips: Iterable[Slip]) -> str:
    """The text with the edits of the slips; of two that overlap the first counts."""
    parts, done = [], 0
    edits = sorted((slip.span, slip.new) for slip in slips)
    for (start, end), new in edits:
        if start >= done:
            parts += [text[done:start], new]
            done = end
    return "".join([*parts, text[done:]])


def in_quotes(text: str) -> str:
    """A text as a quoted scalar of YAML, on one line."""
    if '"' in text and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
