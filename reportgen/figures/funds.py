"""Figures of the funds: 执行率, 调整率, 结转, shares, and the score of the execution rate."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from reportgen.core.numerals import (
    ONE,
    ZERO,
    less,
    plain,
    ratio,
    round_half_up,
    total,
)
from reportgen.figures.adding import AMOUNTS
from reportgen.figures.figure import FieldPath, Figure, Input, absent
from reportgen.model.fractions import BudgetLine
from reportgen.model.unit import Evaluation, Funds, FundsRow
from reportgen.model.values import Reported
from reportgen.packs.scoring import ExecutionRule

_EXECUTION_SOURCE = "预算执行率按调整后的全年预算数计算"


class RowFigures(NamedTuple):
    """One row of 按收入性质, 按支出性质 or 资金来源; `share` is of the total executed, `budget_share` of 年初预算数."""

    row: FundsRow
    path: FieldPath
    execution_rate: Figure
    share: Figure
    budget_share: Figure
    details: tuple[RowFigures, ...]


RowsOfFunds = tuple[RowFigures, ...]


class FundsFigures(NamedTuple):
    """Figures over one 资金 block; `score` follows the rate that is computed, not the one reported.

    `totals` has the amounts that they are computed from: those reported, or else see counted_totals.
    """

    totals: Funds
    execution_rate: Figure
    adjustment: Figure
    adjustment_rate: Figure
    carry_over: Figure
    score: Figure
    by_income: RowsOfFunds
    by_nature: RowsOfFunds
    by_source: RowsOfFunds

    @property
    def printed_score(self) -> Decimal | None:
        """The score of the execution rate as computed, to the two decimals that a form prints."""
        score = self.score.value
        return None if score is None else round_half_up(score)

    @property
    def listed(self) -> tuple[Figure, ...]:
        """What the catalogue shows."""
        return (
            self.execution_rate,
            self.adjustment,
            self.adjustment_rate,
            self.carry_over,
            self.score,
        )


def compute_funds(
    funds: Funds, path: FieldPath, rule: ExecutionRule
) -> FundsFigures:
    """All figures of `funds`, which stands at `path`."""
    funds = counted_totals(funds)
    initial, revised, executed = _amounts(funds, path)
    rate = _quotient(
        (*path, "执行率"), "执行率", executed, revised, _EXECUTION_SOURCE
    )
    adjustment = _difference((*path, "调整额"), "预算调整额", revised, initial)
    changed = Input("调整额", adjustment.value, (*path, "调整额"))
    return FundsFigures(
        totals=funds,
        execution_rate=rate,
        adjustment=adjustment,
        adjustment_rate=_quotient(
            (*path, "调整率"), "预算调整率", changed, initial
        ),
        carry_over=_difference((*path, "结转"), "结转结余", revised, executed),
        score=compute_execution_score(rate, funds.weight, path, rule),
        by_income=_rows(funds.by_income, (*path, "按收入性质"), funds),
        by_nature=_rows(funds.by_nature, (*path, "按支出性质"), funds),
        by_source=_rows(funds.by_source, (*path, "资金来源"), funds),
    )


def _amounts(line: BudgetLine, path: FieldPath, name: str = "") -> list[Input]:
    """年初预算数, 全年预算数 and 全年执行数 of a line."""
    return [
        Input(f"{name}{key}", getattr(line, field), (*path, key))
        for field, key in AMOUNTS
    ]


def execution_weight(evaluation: Evaluation, rule: ExecutionRule) -> Decimal:
    """The points of the execution rate in 资金: as stated, 0 where it is an indicator, else as the pack has them."""
    stated = evaluation.funds.weight
    usual = ZERO if evaluation.rate_is_indicator else rule.weight
    return usual if stated is None else stated


def counted_totals(funds: Funds) -> Funds:
    """`funds` with the sums of its rows where all its totals are 0: a total row that was not filled in.

    A rate of 0 in such a row says nothing either.
    """
    stated = [
        column for column, _ in AMOUNTS if getattr(funds, column) is not None
    ]
    if any(getattr(funds, column) for column in stated):
        return funds
    rows = funds.by_source or funds.by_income or funds.by_nature
    totals = {
        column: total(getattr(row, column) for row in rows) for column in stated
    }
    sums: dict[str, Reported | None] = {
        column: Reported.of(added, plain(added))
        for column, added in totals.items()
        if added
    }
    if sums and funds.execution_rate == 0:
        sums["execution_rate"] = None
    return funds.model_copy(update=sums)


def compute_execution_score(
    rate: Figure,
    weight: Decimal | None,
    path: FieldPath,
    rule: ExecutionRule,
) -> Figure:
    """The points of the execution rate: 线性 weight × rate, 分档, or 扣分; never over the weight."""
    if weight is None:
        weight = rule.weight
    inputs = (
        Input("执行率", rate.value, rate.path),
        Input("分值", weight, (*path, "分值")),
    )
    formula, value = _EXECUTION_METHODS[rule.method](rate.value, weight, rule)
    return Figure(
        (*path, "得分"),
        "执行率得分",
        value,
        "分",
        formula,
        inputs,
        "模板评分规则",
        rate.missing,
    )


def _linear(
    rate: Decimal | None, weight: Decimal, rule: ExecutionRule
) -> tuple[str, Decimal | None]:
    """In proportion to the rate."""
    return "分值 × 执行率，最高为分值", None if rate is None else weight * min(
        rate, ONE
    )


def _stepped(
    rate: Decimal | None, weight: Decimal, rule: ExecutionRule
) -> tuple[str, Decimal | None]:
    """By the highest step that the rate reaches."""
    steps = sorted(rule.steps, key=lambda step: step.floor, reverse=True)
    formula = "按执行率分档：" + "，".join(
        f"不低于{step.floor.text}得{step.points.text}分" for step in steps
    )
    if rate is None:
        return formula, None
    reached = next((step.points for step in steps if rate >= step.floor), ZERO)
    return formula, reached / rule.weight * weight if rule.weight else reached


def _deducted(
    rate: Decimal | None, weight: Decimal, rule: ExecutionRule
) -> tuple[str, Decimal | None]:
    """So much off for each step below 100 %."""
    deduction = rule.deduction
    if deduction is None:
        return _linear(rate, weight, rule)
    formula = f"分值 － 执行率低于100%的部分每{deduction.every.text}扣{deduction.points.text}分，扣完为止"
    if rate is None:
        return formula, None
    steps = max(ZERO, (1 - rate) / deduction.every)
    if deduction.proportional == "否":
        steps = Decimal(int(steps))
    return formula, max(ZERO, weight - steps * deduction.points)


_EXECUTION_METHODS = {"线性": _linear, "分档": _stepped, "扣分": _deducted}


def _rows(
    rows: tuple[FundsRow, ...], path: FieldPath, funds: Funds
) -> RowsOfFunds:
    """The figures of each row of a table."""
    initial, _, executed = _amounts(funds, path[:-1])
    executed = executed._replace(label="全年执行数合计")
    initial = initial._replace(label="年初预算数合计")
    return tuple(
        _row(row, (*path, position), executed, initial)
        for position, row in enumerate(rows)
    )


def empty_row(name: str) -> RowFigures:
    """A row of the form of which the unit reports nothing."""
    nothing = Input("", None, ())
    return _row(FundsRow.model_construct(name=name), (), nothing, nothing)


def _row(
    row: FundsRow,
    path: FieldPath,
    executed_total: Input,
    initial_total: Input,
) -> RowFigures:
    """The figures of one row and of its details."""
    initial, revised, executed = _amounts(row, path, row.name)
    details = (
        (one, (*path, "明细", position))
        for position, one in enumerate(row.details)
    )
    return RowFigures(
        row=row,
        path=path,
        execution_rate=_quotient(
            (*path, "执行率"), f"{row.name}执行率", executed, revised
        ),
        share=_quotient(
            (*path, "占比"), f"{row.name}占比", executed, executed_total
        ),
        budget_share=_quotient(
            (*path, "预算占比"), f"{row.name}预算占比", initial, initial_total
        ),
        details=tuple(
            _row(one, below, executed_total, initial_total)
            for one, below in details
        ),
    )


def _quotient(
    path: FieldPath,
    label: str,
    part: Input,
    whole: Input,
    source: str = "",
) -> Figure:
    """A rate, with what it lacks where it cannot be computed."""
    inputs = (part, whole)
    missing = absent(inputs) or (
        f"{whole.label}为0，不适用" if whole.value == 0 else ""
    )
    value = None if missing else ratio(_decimal(part), _decimal(whole))
    return Figure(
        path,
        label,
        value,
        "%",
        f"{part.label} ÷ {whole.label} × 100%",
        inputs,
        source,
        missing,
    )


def _difference(
    path: FieldPath,
    label: str,
    first: Input,
    second: Input,
) -> Figure:
    """An amount less another."""
    inputs = (first, second)
    value = less(_decimal(first), _decimal(second))
    return Figure(
        path,
        label,
        value,
        "万元",
        f"{first.label} － {second.label}",
        inputs,
        "",
        absent(inputs),
    )


def _decimal(item: Input) -> Decimal | None:
    return item.value if isinstance(item.value, Decimal) else None
