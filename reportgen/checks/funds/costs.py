"""BUD004, IND006: indicators of cost and of economic benefit against the money of the funds table."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import (
    has_word,
    money,
    tolerance,
)
from reportgen.checks.rule import ERROR, WARNING, Problems, added_up, at, rule
from reportgen.core.numerals import ZERO, known, known_of, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.model.target import Target
from reportgen.model.unit import Funds, Project

_OTHER_COSTS = (
    "社会成本",
    "生态环境成本",
    "环境成本",
)  # 成本 of another kind than money spent
_ITEM = "「{name}」实际值 {actual}，大于全年执行数 {executed} 万元；请核对实际值和执行数"
_SPENT = "成本指标的实际值合计 {total} 万元（{parts}），大于全年执行数 {executed} 万元，多 {off}；请核对各项实际值"


class _Cost(NamedTuple):
    """A cost indicator that is money: the row, and its amounts in 万元."""

    row: IndicatorRow
    target: Decimal | None
    actual: Decimal | None


@rule(
    "BUD004",
    ERROR,
    "「{name}」实际值 {actual}，而资金表的全年执行数为 {executed} 万元；请核对实际值和执行数",
)
def costs_differ_from_funds(facts: Facts) -> Problems:
    """成本指标与资金表的预算数、执行数不符.

    依据：成本指标的指标值（合计）不大于预算数；以预算数为指标值的，实际值应等于全年执行数。单位成本、跨年度总投资不比较。
    反例：
        资金: {年初预算数: 220, 全年预算数: 220, 全年执行数: 214.64}
        指标: [{一级: 产出指标, 二级: 成本指标, 三级: 工作经费, 指标值: ≤220万元, 实际值: 220万元}]
    """
    apart = facts.words.other_costs
    for table in facts.tables:
        one = table.figures
        funds = one.funds.totals
        of_cost = (
            _Cost(row, _amount(row.target, funds), _amount(row.actual, funds))
            for row in table.rows
            if _is_cost(row, apart)
        )
        costs = [cost for cost in of_cost if known(cost[1:])]
        if costs:
            yield from _compare(one, costs)


def _is_cost(row: IndicatorRow, apart: Sequence[str]) -> bool:
    of_its_kind = row.is_cost and row.category not in _OTHER_COSTS
    return of_its_kind and not has_word(row.name, apart)


def _amount(value: Target | None, funds: Funds) -> Decimal | None:
    """The amount; a bare number is one where it is the budget or the money spent."""
    bare = value.value if value and not value.measure else None
    is_known = bare in (funds.initial, funds.revised, funds.executed)
    return bare if bare is not None and is_known else money(value)


def _budget(one: EvaluationFigures) -> Decimal | None:
    """The largest amount that a target may be set against."""
    evaluation = one.evaluation
    funds = one.funds.totals
    total = evaluation.total_budget if isinstance(evaluation, Project) else None
    amounts = known((funds.initial, funds.revised, total))
    return max(amounts, default=None)


def _compare(one: EvaluationFigures, costs: list[_Cost]) -> Problems:
    funds = one.funds.totals
    budgets = known((funds.initial, funds.revised))
    whole = [cost for cost in costs if cost.target in budgets]
    if len(whole) == 1:  # the others, if any, are parts of it
        costs = whole
    problems = list(_targets(one, costs))
    if funds.executed is not None and not problems:
        problems += _actuals(one, costs, standing_for_all=len(whole) == 1)
    yield from problems


def _targets(one: EvaluationFigures, costs: list[_Cost]) -> Problems:
    budget = _budget(one)
    total = sum(known(cost.target for cost in costs), ZERO)
    slack = _slack([cost.row.indicator.target for cost in costs])
    if budget is not None and total > budget + slack:
        yield at(
            costs[0].row,
            "指标值",
            message="成本指标的指标值合计 {total} 万元（{parts}），大于预算 {budget} 万元，多 {off}；请核对各项指标值",
            total=total,
            parts=_parts((cost.row, cost.target) for cost in costs),
            budget=budget,
            off=plain(total - budget),
        )


def _actuals(
    one: EvaluationFigures, costs: list[_Cost], *, standing_for_all: bool
) -> Problems:
    executed = one.funds.totals.executed or ZERO
    slack = _slack([cost.row.indicator.actual for cost in costs])
    total = sum(known(cost.actual for cost in costs), ZERO)
    over = (
        (row, actual - executed)
        for row, _, actual in costs
        if actual is not None
    )
    wrong = (
        row
        for row, off in over
        if (abs(off) if standing_for_all else off) > slack
    )
    row = next(wrong, None)
    if row is not None:
        yield at(
            row,
            "实际值",
            message="" if standing_for_all else _ITEM,
            executed=executed,
        )
    elif total > executed + slack:
        yield at(
            costs[0].row,
            "实际值",
            message=_SPENT,
            total=total,
            parts=_parts((cost.row, cost.actual) for cost in costs),
            executed=executed,
            off=plain(total - executed),
        )


def _parts(amounts: Iterable[tuple[IndicatorRow, Decimal | None]]) -> str:
    return added_up((row.label, value) for row, value in known_of(amounts))


def _slack(values: Sequence[Target | None]) -> Decimal:
    """What rounding of the typed digits can make: those in 元 count for nothing here."""
    typed = (
        tolerance(value) if value.measure in ("万元", "万", "") else ZERO
        for value in values
        if value
    )
    return sum(typed, Decimal("0.005"))


@rule(
    "IND006",
    WARNING,
    "「{name}」以{column} {amount} 万元作经济效益；请填写产生的经济效益，没有的填“不适用”",
)
def money_spent_as_benefit(facts: Facts) -> Problems:
    """以预算数或执行数作经济效益.

    依据：效益指标反映资金使用带来的效果，花掉的钱本身不是效益。
    反例：
        资金: {年初预算数: 400, 全年预算数: 400, 全年执行数: 400}
        指标: [{一级: 效益指标, 二级: 经济效益指标, 三级: 机关服务费, 指标值: 400万元, 实际值: 400万元}]
    """
    for table in facts.tables:
        for row in table.rows:
            if "经济效益" in row.category:
                yield from _money_of_funds(row, table.figures.funds.totals)


def _money_of_funds(row: IndicatorRow, funds: Funds) -> Problems:
    columns: dict[Decimal | None, str] = {
        funds.initial: "年初预算数",
        funds.revised: "全年预算数",
        funds.executed: "全年执行数",
    }
    for value in (row.actual, row.target):
        amount = _amount(value, funds)
        if amount and amount in columns:
            yield at(
                row,
                column=columns[amount],
                amount=amount,
            )
            return
