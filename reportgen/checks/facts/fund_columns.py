"""The lines of the forms as columns of values: amounts, rates, and what follows from them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.reported_value import (
    HISTORY,
    OTHER,
    RATE,
    Columns,
    ColumnValues,
    Owner,
    ReportedValue,
)
from reportgen.core.numerals import ZERO, given, known, less, ratio
from reportgen.figures.adding import AMOUNTS
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import FieldPath, Figure
from reportgen.figures.funds import RowFigures
from reportgen.model.unit import Funds, FundsRow, Project, Unit
from reportgen.model.values import Reported
from reportgen.model.walker import Leaf
from reportgen.narrative.numbers import MONEY, PERCENT


def every_row(one: EvaluationFigures) -> Iterator[RowFigures]:
    """The rows of the funds, each followed by its 明细."""
    for row in (
        *one.funds.by_income,
        *one.funds.by_nature,
        *one.funds.by_source,
    ):
        yield row
        yield from row.details


class _Line(NamedTuple):
    """One line of a form: its name, where it stands, and of which project."""

    name: str
    path: FieldPath
    owner: Owner

    def reported(self, column: str, amount: Reported | None) -> ColumnValues:
        """An amount as typed, nothing where there is none."""
        if amount is None:
            return ()
        return self._value(MONEY, column, amount, amount.text)

    def computed(self, column: str, amount: Decimal) -> ColumnValues:
        """An amount that stands in no cell."""
        return self._value(MONEY, column, amount)

    def rate(self, column: str, share: Decimal | None) -> ColumnValues:
        """A rate, nothing where there is none."""
        return (
            () if share is None else self._value(PERCENT, column, share * 100)
        )

    def _value(
        self,
        kind: str,
        column: str,
        value: Decimal,
        typed: str = "",
    ) -> ColumnValues:
        name, path, owner = self
        return (
            ReportedValue(
                kind,
                value,
                "",
                name,
                column,
                typed,
                path,
                owner,
            ),
        )


def columns_of_whole(one: EvaluationFigures, owner: Owner) -> Columns:
    """The columns of the unit or project itself."""
    evaluation = one.evaluation
    line = _Line("", (*one.path, "资金"), owner)
    columns = _columns(line, evaluation.funds, one.funds.execution_rate)
    if isinstance(evaluation, Project):
        whole = _Line("", one.path, owner)
        columns[OTHER] += whole.reported("项目总预算", evaluation.total_budget)
    return columns


def columns_of_row(row: RowFigures, owner: Owner) -> Columns:
    """The columns of one row of the funds, with its shares."""
    line = _Line(row.row.name, row.path, owner)
    columns = _columns(line, row.row, row.execution_rate)
    columns[OTHER] += (
        *line.rate("占比", row.share.value),
        *line.rate("预算占比", row.budget_share.value),
        *line.rate("占比", row.row.share),
    )
    return columns


def _columns(line: _Line, funds: Funds | FundsRow, rate: Figure) -> Columns:
    """The amounts by column, the rate (as reported where it cannot be computed), and what follows from them."""
    history = funds.history
    return {
        **{
            column: line.reported(column, getattr(funds, field))
            for field, column in AMOUNTS
        },
        RATE: line.rate(RATE, given(rate.value, funds.execution_rate)),
        HISTORY: line.reported("上年", history.last)
        + line.reported("前年", history.before_last),
        OTHER: (*_adjustment(line, funds), *_surplus(line, funds)),
    }


def _adjustment(
    line: _Line, funds: Funds | FundsRow
) -> Iterator[ReportedValue]:
    """What was added during the year, and which part that is."""
    change = less(funds.revised, funds.initial)
    if change:
        yield from line.computed("预算调整额", abs(change))
        yield from line.rate("预算调整率", ratio(abs(change), funds.initial))


def _surplus(line: _Line, funds: Funds | FundsRow) -> ColumnValues:
    """What was left."""
    left = less(funds.revised, funds.executed)
    return line.computed("结余", abs(left)) if left else ()


def values_of_base_data(amounts: Iterable[Leaf]) -> Iterator[ReportedValue]:
    """The amounts of 基础数据."""
    for leaf in amounts:
        if leaf.path[0] == "基础数据":
            *row, column = leaf.path
            name = str(row[-1]) if len(row) > 1 else ""
            yield from _Line(name, tuple(row), None).reported(
                str(column), leaf.value
            )


def sums_of_projects(unit: Unit) -> Iterator[ReportedValue]:
    """All projects together, column by column."""
    line = _Line("各项目合计", ("项目",), None)
    for field, column in AMOUNTS:
        amounts = known(getattr(one.funds, field) for one in unit.projects)
        if len(amounts) > 1:
            yield from line.computed(column, sum(amounts, ZERO))
