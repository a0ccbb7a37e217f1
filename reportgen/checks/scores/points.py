"""SCO001, SCO002: the points that rows, groups and the execution rate are given."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import is_execution_rate, row_label
from reportgen.checks.rule import ERROR, WARNING, Problem, Problems, at, rule
from reportgen.checks.scores.addends import (
    HALF_A_CENT,
    addends,
    rows_named,
)
from reportgen.core.numerals import ZERO
from reportgen.figures.catalogue import EvaluationFigures


@rule(
    "SCO001",
    ERROR,
    "分值合计填报为 {stated}，执行率与各项指标分值相加为 {total}（{parts}）{blank}；请核对各项分值",
)
def points_do_not_add(facts: Facts) -> Problems:
    """分值合计与各项分值之和不符.

    依据：预算执行率与各项指标分值之和应等于表中总分（一般为100分）。
    反例：
        资金: {分值: 10, 年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 80}]
        自评结果: {分值合计: 100}
    """
    for one, total, stated in facts.once(_sums):
        if stated is not None and not _agree(facts, one, total, stated):
            yield _wrong(one, total, stated=stated)


@rule(
    "SCO001",
    ERROR,
    "执行率与各项指标分值相加为 {total}（{parts}），应为 {expected}{blank}；请调整各项分值",
)
def points_not_in_full(facts: Facts) -> Problems:
    """没有填分值合计，各项分值相加不是规定的总分.

    依据：预算执行率与各项指标分值之和应等于模板包规定的总分（一般为100分）。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 80}]
    """
    expected = facts.scoring.total
    for one, total, stated in facts.once(_sums):
        is_told = stated is not None and not _agree(facts, one, total, stated)
        if not is_told and not _agree(facts, one, total, expected):
            yield _wrong(one, total, expected=expected)


def _sums(
    facts: Facts,
) -> Iterator[tuple[EvaluationFigures, Decimal, Decimal | None]]:
    """Each table with points, their sum, and the sum as it is stated."""
    for one in facts.evaluations:
        total = one.weight_total.value
        if one.groups and total is not None:
            yield one, total, one.evaluation.outcome.weight


def _wrong(one: EvaluationFigures, total: Decimal, **values: Any) -> Problem:
    return at(
        one.weight_total,
        total=total,
        parts=addends(one.weight_total, named=True),
        blank=_without_points(one),
        **values,
    )


def _without_points(one: EvaluationFigures) -> str:
    """The rows that were filled in and count as nothing, as their points were left blank."""
    rows = (row.indicator for row in one.indicators if row.indicator.applicable)
    names = [row_label(row) for row in rows if row.weight is None]
    return f"，{rows_named(names)}没有填分值" if names else ""


def _agree(
    facts: Facts,
    one: EvaluationFigures,
    total: Decimal,
    expected: Decimal,
) -> bool:
    """Whether the sum is as expected, by itself or with the points that the pack gives to the execution rate."""
    slack = HALF_A_CENT * (len(one.indicators) + 1)
    sums = (total, total - _excess_of_execution(facts, one))
    return any(abs(each - expected) <= slack for each in sums)


@rule(
    "SCO001",
    WARNING,
    "资金的分值填报为 {stated}，模板包「{pack}」规定预算执行率为 {weight} 分；"
    "请改为 {weight}，或核对所用的模板包",
)
def execution_points_not_of_pack(facts: Facts) -> Problems:
    """资金填报的分值与模板包规定的预算执行率分值不同.

    依据：预算执行率的分值由评分规则（scoring.yaml）规定，执行率得分按它计算。
    反例：
        资金: {分值: 20, 年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
    """
    for one in facts.evaluations:
        if _excess_of_execution(facts, one):
            yield at(
                one,
                "资金",
                "分值",
                stated=one.evaluation.funds.weight or ZERO,
                weight=facts.scoring.execution.weight,
                pack=facts.pack.name,
            )


def _excess_of_execution(facts: Facts, one: EvaluationFigures) -> Decimal:
    """By how much the points that the unit gives to the execution rate exceed those of the pack."""
    if one.evaluation.funds.weight is None:
        return ZERO
    return one.execution_weight - facts.scoring.execution.weight


@rule(
    "SCO001",
    ERROR,
    "「{name}」行另填了分值或得分，而资金总额行已有，执行率会重复计分；请删去该行的分值和得分",
)
def execution_points_twice(facts: Facts) -> Problems:
    """资金来源各行另设了分值或得分.

    依据：预算执行率只在资金总额一行计分；资金来源各行不另设分值，否则重复计算。
    反例：
        资金:
          年初预算数: 100
          全年预算数: 100
          全年执行数: 100
          分值: 10
          资金来源: [{名称: 当年财政拨款, 年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10}]
    """
    for one in facts.evaluations:
        funds = one.evaluation.funds
        scored = funds.weight is not None or funds.score is not None
        for row in one.funds.by_source if scored else ():
            if row.row.weight or row.row.score:
                column = "分值" if row.row.weight else "得分"
                yield at(row, column, name=row.row.name)


@rule(
    "SCO001",
    WARNING,
    "「{name}」作为指标得 {weight} 分，资金一栏的执行率另有 {execution} 分，同一件事计了两次分；请只留一处",
)
def execution_scored_as_indicator(facts: Facts) -> Problems:
    """预算执行率在资金一栏计了分，又作为指标计分.

    依据：预算执行率只计一次分；已在资金一栏计分的，指标中不再设。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10, 得分: 10}
        指标: [{一级: 产出指标, 二级: 时效指标, 三级: 预算执行率, 指标值: 100%, 实际值: 100%, 分值: 90, 得分: 90}]
    """
    for table in facts.tables:
        execution = table.figures.evaluation.funds.weight
        if not execution:
            continue
        for row in table.applicable:
            weight = row.indicator.weight
            if weight and is_execution_rate(row.name, facts.words):
                yield at(
                    row,
                    "分值",
                    weight=weight,
                    execution=execution,
                )


@rule(
    "SCO002",
    ERROR,
    "{group}标明 {stated} 分，所属各项分值之和为 {total}（{parts}）；请核对各项分值",
)
def group_points_do_not_add(facts: Facts) -> Problems:
    """一级指标标明的分值与所属各项之和不符.

    依据：一级指标的分值等于所属三级指标分值之和。
    反例：
        一级分值: {产出指标: 50}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90}]
    """
    for one in facts.evaluations:
        stated_points = one.evaluation.dimension_weights
        for group in one.groups:
            stated = stated_points.get(group.dimension)
            total = group.weight.value
            if stated is None or total is None:
                continue
            if abs(stated - total) > HALF_A_CENT * len(group.weight.inputs):
                yield at(
                    group.weight,
                    group=group.dimension,
                    stated=stated,
                    total=total,
                    parts=addends(group.weight, named=False),
                )


@rule(
    "SCO002",
    ERROR,
    "{group}标明 {stated} 分，但指标中没有一级为「{group}」的；请核对名称（现有：{names}）",
)
def group_without_rows(facts: Facts) -> Problems:
    """标明了分值的一级指标，表中没有.

    依据：一级分值各项的名称与指标表的一级指标一致。
    反例：
        一级分值: {产出指标: 90, 效果指标: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90}]
    """
    for one in facts.evaluations:
        groups = [group.dimension for group in one.groups]
        for name, stated in one.evaluation.dimension_weights.items():
            if groups and stated and name not in groups:
                yield at(
                    one,
                    "一级分值",
                    name,
                    group=name,
                    stated=stated,
                    names="、".join(filter(None, groups)),
                )
