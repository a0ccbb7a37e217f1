"""The rows of 指标, read once for all rules: names stripped, kinds of the labels, values, and where each stands."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from reportgen.checks.facts.indicator_text import label_kind, row_label
from reportgen.core.numerals import known
from reportgen.figures.catalogue import EvaluationFigures, Figures
from reportgen.figures.figure import FieldPath
from reportgen.figures.indicators import IndicatorFigures
from reportgen.model.target import Target
from reportgen.model.unit import Indicator

SCALES = frozenset(
    {"万", "亿", "千万", "百万", "十万", "千"}
)  # of a number, and no unit of anything
_MONEY_KIND = re.compile(r"成本|经济效益")
_MONEY_NAME = re.compile(
    r"[费款额]$|经费|资金|费用|支出|成本|投资|收入|收益|金额|产值|税收"
)


class ValueCell(NamedTuple):
    """One value of an indicator that is a number: its column, what it says, where it stands."""

    column: str
    target: Target
    path: FieldPath


class IndicatorRow(NamedTuple):
    """One row of 指标 or 长期指标.

    `name` is the 三级 without blanks around it, `dimension` and `category` are the kinds of 一级 and 二级
    (产出指标（50分） -> 产出), `owner` is the position of the project, `values` are the cells that hold numbers.
    """

    figures: IndicatorFigures
    indicator: Indicator
    path: FieldPath
    owner: int | None
    name: str
    dimension: str
    category: str
    target: Target | None
    actual: Target | None
    applicable: bool
    left_blank: bool
    long_term: bool
    values: tuple[ValueCell, ...]

    @property
    def label(self) -> str:
        """How a message calls the row."""
        return row_label(self.indicator)

    @property
    def said(self) -> dict[str, Any]:
        """What messages say of it."""
        return {
            "name": self.label,
            "target": self.target.text if self.target else "",
            "actual": self.actual.text if self.actual else "",
        }

    @property
    def category_label(self) -> str:
        """The 二级 as it was typed."""
        return self.indicator.category.strip()

    @property
    def dimension_label(self) -> str:
        """The 一级 as it was typed."""
        return self.indicator.dimension.strip()

    @property
    def value_name(self) -> str:
        """The name, or the 二级 of a row without one."""
        return self.name or self.indicator.category

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money, by its kind or its name."""
        return _is_money(self.dimension, self.category, self.name)

    @property
    def is_cost(self) -> bool:
        """Whether it is one of cost, by its 一级 or its 二级."""
        return self.dimension == "成本" or "成本" in self.category

    @property
    def is_rate(self) -> bool:
        """Whether its target or its actual value is in percent."""
        return any(one.measure == "%" for one in self.stated)

    @property
    def stated(self) -> list[Target]:
        """Its target and its actual value, as far as they are there."""
        return known((self.target, self.actual))

    def is_about(self, word: str) -> bool:
        """Whether `word` stands in its 一级, 二级 or 三级."""
        one = self.indicator
        return word in one.dimension or word in one.category or word in one.name


class IndicatorTable(NamedTuple):
    """The rows of the unit as a whole or of one project; `filled` without those that were left blank."""

    figures: EvaluationFigures
    rows: tuple[IndicatorRow, ...]
    filled: tuple[IndicatorRow, ...]
    applicable: tuple[IndicatorRow, ...]


def with_actuals(
    rows: Iterable[IndicatorRow],
) -> Iterator[tuple[IndicatorRow, Target, Target]]:
    """The rows that have a target and an actual value, with the two."""
    for row in rows:
        if row.target is not None and row.actual is not None:
            yield row, row.target, row.actual


def indicator_tables(figures: Figures) -> Iterator[IndicatorTable]:
    """The table of the whole, then those of the projects."""
    for position, one in enumerate(figures.evaluations):
        rows = indicator_rows(
            one.indicators, position - 1 if position else None
        )
        filled = tuple(row for row in rows if not row.left_blank)
        applicable = tuple(row for row in filled if row.applicable)
        yield IndicatorTable(one, rows, filled, applicable)


def indicator_rows(
    rows: Iterable[IndicatorFigures],
    owner: int | None,
    *,
    long_term: bool = False,
) -> tuple[IndicatorRow, ...]:
    """`rows` of one table."""
    return tuple(_row(row, row.indicator, owner, long_term) for row in rows)


def _row(
    figures: IndicatorFigures,
    one: Indicator,
    owner: int | None,
    long_term: bool,
) -> IndicatorRow:
    return IndicatorRow(
        figures,
        one,
        figures.path,
        owner,
        one.name.strip(),
        label_kind(one.dimension),
        label_kind(one.category),
        one.target,
        one.actual,
        one.applicable,
        one.left_blank,
        long_term,
        tuple(_values(one, figures.path)),
    )


def _values(one: Indicator, path: FieldPath) -> Iterator[ValueCell]:
    stated = [("指标值", one.target, path), ("实际值", one.actual, path)]
    if "history" in one.model_fields_set:
        years = (*path, "历年")
        stated += [("上年", one.history.last, years)]
        stated += [("前年", one.history.before_last, years)]
    for column, value, place in stated:
        if value is not None and value.value is not None:
            yield ValueCell(column, value, (*place, column))


@lru_cache(maxsize=1024)
def _is_money(dimension: str, category: str, name: str) -> bool:
    kind = _MONEY_KIND.search(f"{dimension}{category}")
    return kind is not None or _MONEY_NAME.search(name) is not None
