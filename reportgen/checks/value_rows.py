"""The indicators that are measured in numbers, with each number and where it stands; read once for several rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportgen.figures.catalogue import Figures
from reportgen.figures.figure import FieldPath
from reportgen.model.target import Target
from reportgen.model.unit import Indicator, Unit


class Cell(NamedTuple):
    """One value of an indicator: its column, what it says, where it stands."""

    column: str
    target: Target
    path: FieldPath


class ValueRow(NamedTuple):
    """An indicator and its values that are numbers, at least one; `long_term` for 长期指标."""

    indicator: Indicator
    name: str
    cells: tuple[Cell, ...]
    long_term: bool


def value_rows(unit: Unit, figures: Figures) -> Iterator[ValueRow]:
    """Every indicator with a number: of the unit, of its projects, then 长期指标."""
    for one in figures.evaluations:
        for row in one.indicators:
            yield from _row(row.indicator, row.path, long_term=False)
    for position, indicator in enumerate(unit.long_term_indicators):
        yield from _row(indicator, ("长期指标", position), long_term=True)


def _row(indicator: Indicator, path: FieldPath, *, long_term: bool) -> Iterator[ValueRow]:
    history = indicator.history
    given = (
        ("指标值", indicator.target, ("指标值",)),
        ("实际值", indicator.actual, ("实际值",)),
        ("上年", history.last, ("历年", "上年")),
        ("前年", history.before_last, ("历年", "前年")),
    )
    cells = tuple(
        Cell(name, one, (*path, *field)) for name, one, field in given if one is not None and one.value is not None
    )
    if cells:
        yield ValueRow(indicator, indicator.name.strip() or indicator.category, cells, long_term)
