"""The indicators that are measured in numbers, with each number and where it stands; read once for several rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportgen.figures.catalogue import Figures
from reportgen.figures.figure import FieldPath
from reportgen.model.target import Target
from reportgen.model.unit import Indicator, Unit


class ValueCell(NamedTuple):
    """One value of an indicator: its column, what it says, where it stands."""

    column: str
    target: Target
    path: FieldPath


class ValueRow(NamedTuple):
    """An indicator and its values that are numbers, at least one; `long_term` for 长期指标."""

    indicator: Indicator
    name: str
    cells: tuple[ValueCell, ...]
    long_term: bool


def value_rows(unit: Unit, figures: Figures) -> Iterator[ValueRow]:
    """Every indicator with a number: of the unit, of its projects, then 长期指标."""
    for one in figures.evaluations:
        for row in one.indicators:
            yield from _row(row.indicator, row.path, long_term=False)
    for position, indicator in enumerate(unit.long_term_indicators):
        yield from _row(indicator, ("长期指标", position), long_term=True)


def _row(
    indicator: Indicator, path: FieldPath, *, long_term: bool
) -> Iterator[ValueRow]:
    cells = []
    if indicator.target is not None and indicator.target.value is not None:
        cells.append(ValueCell("指标值", indicator.target, (*path, "指标值")))
    if indicator.actual is not None and indicator.actual.value is not None:
        cells.append(ValueCell("实际值", indicator.actual, (*path, "实际值")))
    for year, one in (
        ("上年", indicator.history.last),
        ("前年", indicator.history.before_last),
    ):
        if one is not None and one.value is not None:
            cells.append(ValueCell(year, one, (*path, "历年", year)))
    if cells:
        yield ValueRow(
            indicator,
            indicator.name.strip() or indicator.category,
            tuple(cells),
            long_term,
        )


SCALES = frozenset(
    {"万", "亿", "千万", "百万", "十万", "千"}
)  # of a number, and no unit of anything


_MONEY_KIND = re.compile(r"成本|经济效益")


_MONEY_NAME = re.compile(
    r"[费款额]$|经费|资金|费用|支出|成本|投资|收入|收益|金额|产值|税收"
)


def is_money(indicator: Indicator) -> bool:
    """Whether an indicator is an amount of money, by its kind or its name."""
    return _is_money(indicator.dimension, indicator.category, indicator.name)


@lru_cache(maxsize=1024)
def _is_money(dimension: str, category: str, name: str) -> bool:
    return bool(
        _MONEY_KIND.search(f"{dimension}{category}") or _MONEY_NAME.search(name.strip())
    )
