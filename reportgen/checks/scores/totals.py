"""SCO: points and scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.core.numerals import percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import FrameworkFigures
from reportgen.figures.figure import FieldPath, Figure

_HALF = Decimal(
    "0.005"
)  # what rounding to two decimals can take from, or add to, each addend
_TOTAL_IN_WRONG_CELL = "总分填报为 {stated}，执行率按规则得 {score} 分，与各项指标得分相加应为 {total}{guess}；请核对执行率得分和总分"
_FRAMEWORK_TOTAL = "{framework}总分填报为 {stated}，各项得分相加为 {total}（{parts}）；请核对各项得分和总分"


@rule(
    "SCO001",
    ERROR,
    "分值合计填报为 {stated}，执行率与各项指标分值相加为 {total}（{parts}）；请核对各项分值",
)
def points_do_not_add(facts: Facts) -> Iterator[Problem]:
    """分值合计与各项分值之和不符.

    依据：预算执行率与各项指标分值之和应等于表中总分（一般为100分）；资金来源各行不另设分值，否则重复计算。
    反例：
        资金: {分值: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 80}]
        自评结果: {分值合计: 100}
    """
    for one in facts.figures.evaluations:
        yield from _points(one, facts.pack.scoring.total)
        yield from _points_of_sources(one)


def _points(one: EvaluationFigures, expected: Decimal) -> Iterator[Problem]:
    total, reported = one.weight_total.value, one.evaluation.outcome.weight
    if total is None or not one.groups:
        return
    tolerance = _HALF * (len(one.indicators) + 1)
    said: dict[str, Any] = {
        "total": plain(total),
        "parts": _addends(one.weight_total, named=True),
    }
    if reported is not None and abs(total - reported) > tolerance:
        yield at(*one.weight_total.path, stated=plain(reported), **said)
    elif abs(total - expected) > tolerance:
        message = "执行率与各项指标分值相加为 {total}（{parts}），应为 {expected}；请调整各项分值"
        yield at(
            *one.weight_total.path, message=message, expected=plain(expected), **said
        )


def _points_of_sources(one: EvaluationFigures) -> Iterator[Problem]:
    if one.evaluation.funds.weight is None and one.evaluation.funds.score is None:
        return
    for row in one.funds.by_source:
        if row.row.weight or row.row.score:
            yield at(
                *row.path,
                "分值" if row.row.weight else "得分",
                message="「{name}」行另填了分值或得分，而资金总额行已有，执行率会重复计分；请删去该行的分值和得分",
                name=row.row.name,
            )


@rule(
    "SCO002",
    ERROR,
    "{group}标明 {stated} 分，所属各项分值之和为 {total}（{parts}）；请核对各项分值",
)
def group_points_do_not_add(facts: Facts) -> Iterator[Problem]:
    """一级指标标明的分值与所属各项之和不符.

    依据：一级指标的分值等于所属三级指标分值之和。
    反例：
        一级分值: {产出指标: 50}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90}]
    """
    for one in facts.figures.evaluations:
        groups = {group.dimension: group for group in one.groups}
        for name, stated in one.evaluation.dimension_weights.items():
            if name in groups:
                yield from _group_points(name, stated, groups[name].weight)
            elif groups and stated:
                message = "{group}标明 {stated} 分，但指标中没有一级为「{group}」的；请核对名称（现有：{names}）"
                path = (*one.path, "一级分值", name)
                yield at(
                    *path,
                    message=message,
                    group=name,
                    stated=plain(stated),
                    names="、".join(filter(None, groups)),
                )


def _group_points(name: str, stated: Decimal, weight: Figure) -> Iterator[Problem]:
    total = weight.value
    if total is not None and abs(stated - total) > _HALF * len(weight.inputs):
        parts = _addends(weight, named=False)
        yield at(
            *weight.path,
            group=name,
            stated=plain(stated),
            total=plain(total),
            parts=parts,
        )


@rule(
    "SCO003",
    ERROR,
    "总分填报为 {stated}，各项得分相加为 {total}（{parts}）；请核对总分和各项得分",
)
def total_score_wrong(facts: Facts) -> Iterator[Problem]:
    """总得分不等于各项得分之和，或等级与得分不符.

    依据：总分＝执行率得分＋各项指标得分；90（含）—100 优，80（含）—90 良，60（含）—80 中，60 以下 差。
    反例：
        资金: {分值: 10, 得分: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        自评结果: {总分: 98}
    """
    tolerance = facts.pack.scoring.tolerance
    for one in facts.figures.evaluations:
        outcome, total = one.evaluation.outcome, one.score_total.value
        excess = _excess(one, facts.pack.scoring.execution.weight)
        if excess is not None and outcome.score is not None and total is not None:
            yield from _total_in_wrong_cell(
                one, outcome.score, total - excess, tolerance
            )
        elif (
            outcome.score is not None
            and total is not None
            and abs(outcome.score - total) > tolerance
        ):
            parts = _addends(one.score_total, named=True)
            yield at(
                *one.score_total.path,
                stated=plain(outcome.score),
                total=plain(total, 2),
                parts=parts,
            )
        if outcome.grade.strip() and one.grade and one.grade not in outcome.grade:
            yield at(
                *one.path,
                "自评结果",
                "等级",
                message="等级填报为“{stated}”，{score} 分对应的等级是“{grade}”；请核对等级和总分",
                stated=outcome.grade,
                score=plain(one.printed_total or Decimal(0), 2),
                grade=one.grade,
            )
    for framework in facts.figures.frameworks:
        yield from _framework_total(framework, tolerance)


def _excess(one: EvaluationFigures, weight: Decimal) -> Decimal | None:
    """By how much the reported score of the execution rate, being above its points, exceeds what it should be."""
    funds, right = one.evaluation.funds, one.funds.printed_score
    most = funds.weight if funds.weight is not None else weight
    return (
        None
        if funds.score is None or right is None or funds.score <= most
        else funds.score - right
    )


def _total_in_wrong_cell(
    one: EvaluationFigures, stated: Decimal, right: Decimal, tolerance: Decimal
) -> Iterator[Problem]:
    """The total with a right score of the execution rate; that of the form is often the total in the wrong cell."""
    typed = one.evaluation.funds.score or Decimal(0)
    if abs(stated - right) > tolerance:
        guess = (
            f"，填在执行率得分栏的 {plain(typed)} 应是总分"
            if abs(typed - right) < 1
            else ""
        )
        yield at(
            *one.score_total.path,
            message=_TOTAL_IN_WRONG_CELL,
            stated=plain(stated),
            score=plain(one.funds.printed_score or Decimal(0)),
            total=plain(right, 2),
            guess=guess,
        )


def _framework_total(
    framework: FrameworkFigures, tolerance: Decimal
) -> Iterator[Problem]:
    stated, total = framework.framework.outcome.score, framework.score_total
    if stated is None or total is None or abs(stated - total) <= tolerance:
        return
    groups: dict[str, Decimal] = {}
    for one in framework.indicators:
        if one.counted and one.printed_score is not None:
            groups[one.spec.dimension] = (
                groups.get(one.spec.dimension, Decimal(0)) + one.printed_score
            )
    parts = " ＋ ".join(f"{name}{plain(score, 2)}" for name, score in groups.items())
    yield at(
        *framework.path,
        "自评结果",
        "总分",
        message=_FRAMEWORK_TOTAL,
        framework=framework.path[0],
        stated=plain(stated),
        total=plain(total, 2),
        parts=parts,
    )


@rule("SCO004", ERROR, "「{name}」得分 {score} 大于分值 {weight}；请核对得分")
def score_out_of_bounds(facts: Facts) -> Iterator[Problem]:
    """得分小于 0 或大于该项分值.

    依据：各项得分最低为 0，最高不超过该项分值。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 92}]
    """
    for one in facts.figures.evaluations:
        funds = one.evaluation.funds
        weight = (
            funds.weight
            if funds.weight is not None
            else facts.pack.scoring.execution.weight
        )
        yield from _bounds("执行率", weight, funds.score, (*one.path, "资金"))
        for row in one.indicators:
            indicator = row.indicator
            yield from _bounds(
                indicator.name or indicator.category,
                indicator.weight,
                indicator.score,
                row.path,
            )
    for framework in facts.figures.frameworks:
        for common in framework.indicators:
            path = (*framework.path, "指标", common.name)
            yield from _bounds(
                common.name, common.spec.weight, common.reported.score, path
            )


def _bounds(
    name: str, weight: Decimal | None, score: Decimal | None, path: FieldPath
) -> Iterator[Problem]:
    if weight is not None and weight < 0:
        yield at(
            *path,
            "分值",
            message="「{name}」分值 {weight} 小于 0；请核对分值",
            name=name,
            weight=plain(weight),
        )
    elif score is not None and score < 0:
        yield at(
            *path,
            "得分",
            message="「{name}」得分 {score} 小于 0；最低得 0 分",
            name=name,
            score=plain(score),
        )
    elif score is not None and weight is not None and score > weight:
        yield at(*path, "得分", name=name, score=plain(score), weight=plain(weight))


@rule(
    "SCO005",
    ERROR,
    "执行率得分填报为 {stated}，执行率{rate}按规则应得 {score} 分（{formula}）",
)
def execution_score_wrong(facts: Facts) -> Iterator[Problem]:
    """执行率得分与模板规定的算法不符.

    依据：模板评分规则中的执行率计分方法（线性、分档或扣分），用未四舍五入的执行率计算。
    反例：
        资金: {年初预算数: 220, 全年预算数: 220, 全年执行数: 200, 分值: 10, 得分: 10}
    """
    tolerance = facts.pack.scoring.tolerance
    for one in facts.figures.evaluations:
        stated, figure, rate = (
            one.evaluation.funds.score,
            one.funds.score,
            one.funds.execution_rate.value,
        )
        if stated is None or figure.value is None or rate is None:
            continue
        if abs(stated - figure.value) > tolerance:
            yield at(
                *figure.path,
                stated=plain(stated),
                rate=percent(rate),
                score=plain(figure.value, 2),
                formula=figure.formula,
            )


def _addends(figure: Figure, *, named: bool) -> str:
    values = ((item.label if named else "", item.value) for item in figure.inputs)
    return " ＋ ".join(
        f"{label}{plain(value, 2)}"
        for label, value in values
        if isinstance(value, Decimal)
    )
