"""A figure: a computed value that knows how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reportgen.model.target import Target

FieldPath = tuple[str | int, ...]


class Input(NamedTuple):
    """One value that a figure was computed from and where it stands in the unit."""

    label: str
    value: Decimal | Target | str | None
    path: FieldPath


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with label, unit, formula, inputs and source.

    A rate is kept as a ratio (1 is 100 %) with unit "%", money in 万元, points with unit "分". Where it cannot be
    computed `value` is None and `missing` says why in the user's words.
    """

    path: FieldPath
    label: str
    value: Decimal | None
    unit: str
    formula: str
    inputs: tuple[Input, ...] = ()
    source: str = ""
    missing: str = ""


def absent(inputs: tuple[Input, ...]) -> str:
    """Why a figure over `inputs` has no value: the fields that are empty, or "" when all are there."""
    empty = [item.label for item in inputs if item.value is None]
    return f"缺少{'、'.join(empty)}" if empty else ""
