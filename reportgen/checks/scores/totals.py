"""SCO003: the total score and the grade."""

from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import row_label
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.checks.scores.addends import (
    KnownSum,
    Scored,
    addends,
)
from reportgen.core.numerals import ZERO, plain
from reportgen.figures.catalogue import EvaluationFigures

# a total as stated, the sum of the scores, and by how much that of the execution rate is above its points
_StatedTotal = tuple[EvaluationFigures, Decimal, Decimal, Decimal]


def _totals(facts: Facts) -> Iterator[_StatedTotal]:
    for one in facts.evaluations:
        stated = one.evaluation.outcome.score
        total = one.score_total.value
        if stated is not None and total is not None:
            yield one, stated, total, one.execution_excess


@rule(
    "SCO003",
    ERROR,
    "总分填报为 {stated}，各项得分相加为 {total}（{parts}）；请核对总分和各项得分",
)
def total_score_wrong(facts: Facts) -> Problems:
    """总得分不等于各项得分之和.

    依据：总分＝执行率得分＋各项指标得分。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10, 得分: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        自评结果: {总分: 98}
    """
    for one, stated, total, excess in facts.once(_totals):
        off = min(abs(stated - total), abs(stated - total + _over(one)))
        if not excess and off > facts.tolerance:
            yield at(
                one.score_total,
                stated=stated,
                total=plain(total, 2),
                parts=addends(one.score_total, named=True),
            )


def _over(one: EvaluationFigures) -> Decimal:
    """By how much scores are above their points, which is told by itself (SCO004): the total may be right."""
    rows = (row.indicator for row in one.indicators)
    over = (row.score - row.weight for row in rows if row.score and row.weight)
    return sum((points for points in over if points > 0), ZERO)


@rule(
    "SCO003",
    ERROR,
    "总分填报为 {stated}，执行率按规则得 {score} 分，与各项指标得分相加应为 {total}{guess}；"
    "请核对执行率得分和总分",
)
def total_in_wrong_cell(facts: Facts) -> Problems:
    """执行率得分超过分值，多半是把总分填在了执行率得分栏，总分也不对.

    依据：总分＝执行率得分＋各项指标得分，执行率得分不超过分值。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10, 得分: 100}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        自评结果: {总分: 90}
    """
    for one, stated, total, excess in facts.once(_totals):
        right = total - excess
        if not excess or abs(stated - right) <= facts.tolerance:
            continue
        typed = one.evaluation.funds.score or ZERO
        guess = f"，填在执行率得分栏的 {plain(typed)} 应是总分"
        yield at(
            one.score_total,
            stated=stated,
            score=one.funds.printed_score or ZERO,
            total=plain(right, 2),
            guess=guess if abs(typed - right) < 1 else "",
        )


@rule(
    "SCO003",
    ERROR,
    "总分填报为 {stated}，已知的各项得分相加为 {least}，{rows}没有得分，{reach}；"
    "请补填得分，并核对总分",
)
def total_out_of_reach(facts: Facts) -> Problems:
    """有几项还没有得分，而总分比已知得分之和还小，或者各项都得满分也达不到.

    依据：总分＝执行率得分＋各项指标得分，各项得分不小于 0，不超过该项分值。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 60}
          - {一级: 产出指标, 三级: 教材, 指标值: 编成教材, 分值: 30}
        自评结果: {总分: 66}
    """
    for one in facts.evaluations:
        stated = one.evaluation.outcome.score
        total = one.score_total.value
        if stated is None or total is not None or not one.score_total.inputs:
            continue
        known = KnownSum.of(_scores(one))
        reach = known.out_of_reach(stated, facts.tolerance)
        if reach:
            yield at(
                one.score_total,
                stated=stated,
                least=plain(known.least, 2),
                rows=known.rows or "有的指标",
                reach=reach,
            )


def _scores(one: EvaluationFigures) -> Iterator[Scored]:
    """The execution rate and the rows that apply."""
    yield Scored("执行率", one.execution_weight, one.printed_execution_score)
    for row in one.indicators:
        given = row.indicator
        if given.applicable:
            yield Scored(row_label(given), given.weight, row.printed_score)


@rule(
    "SCO003",
    ERROR,
    "等级填报为“{stated}”，{score} 分对应的等级是“{grade}”；请核对等级和总分",
)
def grade_wrong(facts: Facts) -> Problems:
    """等级与得分不符.

    依据：90（含）—100 优，80（含）—90 良，60（含）—80 中，60 以下 差（模板包的评分规则）。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        自评结果: {总分: 100, 等级: 良}
    """
    for one in facts.evaluations:
        stated = one.evaluation.outcome.grade
        if stated.strip() and one.grade and one.grade not in stated:
            score = plain(one.printed_total or ZERO, 2)
            yield at(
                one,
                "自评结果",
                "等级",
                stated=stated,
                score=score,
                grade=one.grade,
            )
