"""SCO: points and scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.registry import ERROR, Facts, Problem, at, rule
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import FieldPath, Figure
from reportgen.numerals import percent, plain

_EXACT = Decimal("0.005")


@rule("SCO001", ERROR, "分值合计填报为 {stated}，执行率与各项指标分值相加为 {total}（{parts}）")
def points_do_not_add(facts: Facts) -> Iterator[Problem]:
    """分值合计与各项分值之和不符.

    依据：预算执行率与各项指标分值之和应等于表中总分（一般为100分）；资金来源各行不另设分值，否则重复计算。
    反例：
        资金: {分值: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 分值: 80}]
        自评结果: {分值合计: 100}
    """
    for one in facts.figures.evaluations:
        total = one.weight_total.value
        reported = one.evaluation.outcome.weight
        expected = facts.pack.scoring.total
        if total is not None and one.indicators:
            for stated in {reported if reported is not None else expected, expected}:
                if abs(total - stated) > _EXACT:
                    yield _points(one, stated, reported is not None and stated == reported, total)
                    break
        yield from _points_of_sources(one)


def _points(one: EvaluationFigures, stated: Decimal, is_reported: bool, total: Decimal) -> Problem:
    message = "" if is_reported else "执行率与各项指标分值相加为 {total}（{parts}），应为 {stated}"
    parts = _addends(one.weight_total, named=True)
    return at(*one.weight_total.path, message=message, stated=plain(stated), total=plain(total), parts=parts)


def _points_of_sources(one: EvaluationFigures) -> Iterator[Problem]:
    if one.evaluation.funds.weight is None:
        return
    for row in one.funds.by_source:
        if row.row.weight:
            yield at(
                *row.path,
                "分值",
                message="「{name}」行填了分值 {weight}，而资金总额行已有分值，执行率被重复计算；该行应填“—”",
                name=row.row.name,
                weight=plain(row.row.weight),
            )


@rule("SCO002", ERROR, "{group}标明 {stated} 分，所属各项分值之和为 {total}（{parts}）")
def group_points_do_not_add(facts: Facts) -> Iterator[Problem]:
    """一级指标标明的分值与所属各项之和不符.

    依据：一级指标的分值等于所属三级指标分值之和。
    反例：
        一级分值: {产出指标: 50}
        指标: [{一级: 产出指标, 三级: 培训场次, 分值: 40}]
    """
    for one in facts.figures.evaluations:
        for group in one.groups:
            stated = one.evaluation.dimension_weights.get(group.dimension)
            total = group.weight.value
            if stated is not None and total is not None and abs(stated - total) > _EXACT:
                parts = _addends(group.weight, named=False)
                yield at(
                    *group.weight.path,
                    group=group.dimension,
                    stated=plain(stated),
                    total=plain(total),
                    parts=parts,
                )


@rule("SCO003", ERROR, "总分填报为 {stated}，各项得分相加为 {total}（{parts}）")
def total_score_wrong(facts: Facts) -> Iterator[Problem]:
    """总得分不等于各项得分之和，或等级与得分不符.

    依据：总分＝执行率得分＋各项指标得分；90（含）—100 优，80（含）—90 良，60（含）—80 中，60 以下 差。
    反例：
        资金: {分值: 10, 得分: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 分值: 90, 得分: 80}]
        自评结果: {总分: 98}
    """
    tolerance = facts.pack.scoring.tolerance
    for one in facts.figures.evaluations:
        outcome, total = one.evaluation.outcome, one.score_total.value
        if outcome.score is not None and total is not None and abs(outcome.score - total) > tolerance:
            parts = _addends(one.score_total, named=True)
            yield at(*one.score_total.path, stated=plain(outcome.score), total=plain(total, 2), parts=parts)
        if outcome.grade and one.grade and not _same_grade(outcome.grade, one.grade):
            yield at(
                *one.path,
                "自评结果",
                "等级",
                message="等级填报为“{stated}”，{score} 分对应的等级是“{grade}”",
                stated=outcome.grade,
                score=plain(one.printed_total or Decimal(0), 2),
                grade=one.grade,
            )


@rule("SCO004", ERROR, "得分 {score} 大于分值 {weight}")
def score_out_of_bounds(facts: Facts) -> Iterator[Problem]:
    """得分小于 0 或大于该项分值.

    依据：各项得分最低为 0，最高不超过该项分值。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 分值: 10, 得分: 12}]
    """
    for one in facts.figures.evaluations:
        funds = one.evaluation.funds
        weight = funds.weight if funds.weight is not None else facts.pack.scoring.execution.weight
        yield from _bounds(funds.score, weight, (*one.path, "资金", "得分"), "执行率")
        for row in one.indicators:
            indicator = row.indicator
            yield from _bounds(indicator.score, indicator.weight, (*row.path, "得分"), indicator.name)


def _bounds(score: Decimal | None, weight: Decimal | None, path: FieldPath, name: str) -> Iterator[Problem]:
    if score is not None and score < 0:
        yield at(*path, message="「{name}」得分 {score} 小于 0", name=name, score=plain(score))
    elif score is not None and weight is not None and score > weight:
        yield at(
            *path,
            message="「{name}」得分 {score} 大于分值 {weight}",
            name=name,
            score=plain(score),
            weight=plain(weight),
        )


@rule("SCO005", ERROR, "执行率得分填报为 {stated}，执行率{rate}按规则应得 {score}（{formula}）")
def execution_score_wrong(facts: Facts) -> Iterator[Problem]:
    """执行率得分与模板规定的算法不符.

    依据：模板评分规则中的执行率计分方法（线性、分档或扣分），用未四舍五入的执行率计算。
    反例：
        资金: {年初预算数: 220, 全年预算数: 220, 全年执行数: 134.64, 分值: 10, 得分: 9}
    """
    tolerance = facts.pack.scoring.tolerance
    for one in facts.figures.evaluations:
        stated, figure, rate = one.evaluation.funds.score, one.funds.score, one.funds.execution_rate.value
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


def _same_grade(stated: str, grade: str) -> bool:
    """优秀 is 优, 良好 is 良."""
    return stated.strip().startswith(grade) or grade.startswith(stated.strip())


def _addends(figure: Figure, *, named: bool) -> str:
    values = ((item.label if named else "", item.value) for item in figure.inputs)
    return " ＋ ".join(f"{label}{plain(value, 2)}" for label, value in values if isinstance(value, Decimal))
