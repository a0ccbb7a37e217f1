"""Where the values of a tree stand in their text: a tree of marks beside the tree of data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reportgen.core.errors import Place


class Mark(Protocol):
    """A position as the YAML parser gives it, everything counted from 0."""

    @property
    def index(self) -> int:
        """Characters from the start of the text."""

    @property
    def line(self) -> int:
        """Line."""

    @property
    def column(self) -> int:
        """Column."""


@dataclass(frozen=True, slots=True)
class Position:
    """A mark of our own."""

    index: int
    line: int
    column: int


def position_at(text: str, index: int) -> Position:
    """The mark at an offset."""
    return Position(
        index,
        text.count("\n", 0, index),
        index - text.rfind("\n", 0, index) - 1,
    )


@dataclass(slots=True)
class Spot:
    """Where one value stands: its key if it has one, its start and end, and the spots of what it contains."""

    start: Mark
    end: Mark
    key: Mark | None = None
    children: Spots | None = None
    anchored: bool = False  # `start` is before the `&name`
    alias: bool = False  # written elsewhere; `start` is where `*name` stands


Spots = dict[str | int, Spot]


def place_at(file: str, mark: Mark) -> Place:
    """A mark as a place."""
    return Place(file, mark.line + 1, mark.column + 1)


def exact_place(
    file: str, root: Spot, path: Sequence[str | int]
) -> Place | None:
    """Where the value at the path starts, None where the path does not exist."""
    spot = root
    for step in path:
        below = spot.children.get(step) if spot.children else None
        if below is None:
            return None
        spot = below
    return place_at(file, spot.start)


def value_place(file: str, root: Spot, path: Sequence[str | int]) -> Place:
    """Where the value at the path starts; if the path does not exist, the key of its deepest part that does."""
    trail = spots_along(root, path)
    spot = trail[-1]
    missing = len(trail) <= len(path)
    return place_at(
        file, spot.key if missing and spot.key is not None else spot.start
    )


def key_place(file: str, root: Spot, path: Sequence[str | int]) -> Place:
    """Where the key at the path stands; an item of a list has none, so where the item starts."""
    spot = spots_along(root, path)[-1]
    return place_at(file, spot.start if spot.key is None else spot.key)


def scalar_span(
    text: str, root: Spot, path: Sequence[str | int]
) -> tuple[int, int] | None:
    """Start and end of the scalar at the path, quotes included, as offsets in the text.

    None if there is no scalar of its own: a missing path, a list or mapping, or text that an alias
    brings from elsewhere (whoever wrote there would change the other place too).
    """
    trail = spots_along(root, path)
    spot = trail[-1]
    if (
        len(trail) <= len(path)
        or spot.children is not None
        or any(above.alias for above in trail)
    ):
        return None
    start, end = spot.start.index, spot.end.index
    if spot.anchored and (
        anchor := re.compile(r"&\S+\s*").match(text, start, end)
    ):
        start = anchor.end()
    return start, end


def spots_along(root: Spot, path: Sequence[str | int]) -> list[Spot]:
    """The spots along the path as far as it exists, the root first."""
    trail = [root]
    for step in path:
        spot = (trail[-1].children or {}).get(step)
        if spot is None:
            break
        trail.append(spot)
    return trail
