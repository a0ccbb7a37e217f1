"""Where the values of a tree stand in their text: a tree of marks beside the tree of data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reportgen.core.errors import Place

Steps = Sequence[str | int]  # keys and positions that lead to a value


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


def spots_along(root: Spot, path: Steps) -> list[Spot]:
    """The spots along the path as far as it exists, the root first."""
    trail = [root]
    for step in path:
        spot = (trail[-1].children or {}).get(step)
        if spot is None:
            break
        trail.append(spot)
    return trail
