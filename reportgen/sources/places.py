"""Where the values of a tree stand in their text: a tree of marks beside the tree of data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reportgen.core.errors import Place
from reportgen.core.findings import Finding
from reportgen.sources.text import SourceText


class PlacedTree(Protocol):
    """A unit as a tree of text with the place of each part of it, whatever file it was read from."""

    @property
    def source(self) -> SourceText:
        """The file."""

    @property
    def data(self) -> Any:
        """Nested dict, list, str and None."""

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What was found in reading it."""

    def exact_place(self, path: Sequence[str | int]) -> Place | None:
        """Where the value at the path is, None where there is none."""

    def place(self, path: Sequence[str | int]) -> Place:
        """The same, or the nearest place above it."""

    def key_place(self, path: Sequence[str | int]) -> Place:
        """Where the key at the path stands."""


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


def spots_along(root: Spot, path: Sequence[str | int]) -> list[Spot]:
    """The spots along the path as far as it exists, the root first."""
    trail = [root]
    for step in path:
        spot = (trail[-1].children or {}).get(step)
        if spot is None:
            break
        trail.append(spot)
    return trail
