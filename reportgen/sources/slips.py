"""A slip in writing YAML: where it is, what to say, and how the text reads without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Replacement(NamedTuple):
    """A stretch of the text, and what to write in its place; never a line more or less."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip at an offset; `safe` when its edits change how values are written and not what they say."""

    at: int
    message: str
    edits: tuple[Replacement, ...] = ()
    safe: bool = False
    warning: bool = False  # YAML reads it, but hardly as it was meant


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of the keys: all of them, and those that hold further keys (or a list of such)."""

    keys: frozenset[str] = field(default=frozenset())
    blocks: frozenset[str] = field(default=frozenset())


NO_NAMES = Names()


class Slips:
    """The slips of one text, at most one for each place."""

    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.slips: dict[int, Slip] = {}

    def add(
        self, at: int, message: str, *edits: Replacement, safe: bool = False
    ) -> None:
        """Keep a slip, unless one at the same place is known."""
        self.slips.setdefault(at, Slip(at, message, edits, safe))

    def warn(self, at: int, message: str, edit: Replacement) -> None:
        """Keep what YAML reads, but hardly as it was meant."""
        self.slips.setdefault(
            at, Slip(at, message, (edit,), safe=True, warning=True)
        )


def edited(text: str, slips: Iterable[Slip]) -> str:
    """The text with the edits of the slips; of two that overlap the first counts."""
    edits = sorted(edit for slip in slips for edit in slip.edits)
    parts, done = [], 0
    for start, end, new in edits:
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
