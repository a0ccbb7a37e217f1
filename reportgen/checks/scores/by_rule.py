"""SCO006: scores against the pack's rule for target, actual, direction and points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import row_label, same_value
from reportgen.checks.rule import ADVICE, WARNING, Problem, at, rule
from reportgen.core.numerals import percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import CommonFigures, FrameworkFigures
from reportgen.figures.indicators import IndicatorFigures
from reportgen.figures.qualities import band_of_words

_WHOLE = Decimal("0.5")  # where all scores are whole points, what rounding can make
_MISSED = "「{name}」实际 {actual}，指标值 {target}，完成{done}，得分 {stated}，按比例应得 {score} 分；请核对得分"
_WORDS = "「{name}」实际“{actual}”属于“{band}”，可得 {low}—{high} 分，得分 {stated}；请核对得分或实际值"
_COMMON = "「{name}」得分 {stated}，按数据计算为{rate}，应得 {score} 分（{formula}）；请核对得分"
_PAID = "「{name}」得分 {stated}，而全年执行数 {executed} 不少于全年预算数 {revised}，资金已全部到位，应得 {score} 分"


@rule(
    "SCO006",
    WARNING,
    "「{name}」实际 {actual} 已达到指标值 {target}，应得满分 {score}，得分 {stated}；请核对得分",
)
def score_against_rule(facts: Facts) -> Iterator[Problem]:
    """指标得分与完成情况按评分规则计算的得分不符.

    依据：达到指标值得满分；未达到的按完成比例得分；定性指标在所属档次内得分；共性指标按模板的扣分规则计算。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 15场, 分值: 90, 得分: 70, 偏差原因: 场地改造，下年补训}]
    """
    for one in facts.figures.evaluations:
        slack = _slack(one, facts.pack.scoring.tolerance)
        for row in one.indicators:
            if row.indicator.score is not None and row.indicator.weight:
                yield from (
                    _quantity(facts, row, slack)
                    if row.completion.value is not None
                    else _quality(facts, row)
                )
    for framework in facts.figures.frameworks:
        for common in framework.indicators:
            yield from _common(facts, framework, common)


def _slack(one: EvaluationFigures, least: Decimal) -> Decimal:
    """Half a point where the unit gives whole points only, else the pack's tolerance."""
    scores = [
        row.indicator.score for row in one.indicators if row.indicator.score is not None
    ]
    return (
        _WHOLE if all(score == score.to_integral_value() for score in scores) else least
    )


def _quantity(facts: Facts, row: IndicatorFigures, slack: Decimal) -> Iterator[Problem]:
    indicator, right = row.indicator, row.score.value
    stated, weight, done = indicator.score, indicator.weight, row.completion.value
    if (
        stated is None
        or weight is None
        or right is None
        or done is None
        or abs(stated - right) <= slack
    ):
        return
    said = _said(row)
    over = facts.pack.limits.over_fulfilment
    if row.reached and stated < weight:
        if (
            over is None or done <= 1 + over
        ):  # more than that may lose points for a target set too low
            yield at(*row.path, "得分", score=plain(weight), **said)
    elif (
        not row.reached and stated != weight
    ):  # all the points for a target that was missed: IND001
        severity = (
            WARNING if stated > right else ADVICE
        )  # a region may deduct more than in proportion
        score = plain(right, 2)
        yield at(
            *row.path,
            "得分",
            message=_MISSED,
            severity=severity,
            done=percent(done),
            score=score,
            **said,
        )


def _quality(facts: Facts, row: IndicatorFigures) -> Iterator[Problem]:
    """A score outside the band that the words speak of, or points lost with what was wanted word for word."""
    indicator, scoring = row.indicator, facts.pack.scoring
    target, actual, stated, weight = (
        indicator.target,
        indicator.actual,
        indicator.score,
        indicator.weight,
    )
    if (
        target is None
        or actual is None
        or stated is None
        or weight is None
        or target.value is not None
    ):
        return
    if same_value(target, actual):
        if abs(stated - weight) > scoring.tolerance:
            yield at(*row.path, "得分", score=plain(weight), **_said(row))
        return
    band = (
        None if row.reached else band_of_words(target, actual, scoring)
    )  # the best band is the one that is reached
    if band is None:
        return
    low, high = band.lower * weight, band.upper * weight
    if not low - scoring.tolerance <= stated <= high + scoring.tolerance:
        worst = band is scoring.bands[-1]
        severity = WARNING if worst and stated > high else ADVICE
        said: dict[str, Any] = {
            "band": band.name,
            "low": plain(low, 2),
            "high": plain(high, 2),
            **_said(row),
        }
        yield at(*row.path, "得分", message=_WORDS, severity=severity, **said)


def _said(row: IndicatorFigures) -> dict[str, Any]:
    indicator = row.indicator
    return {
        "name": row_label(indicator),
        "target": indicator.target.text if indicator.target else "",
        "actual": indicator.actual.text if indicator.actual else "",
        "stated": plain(indicator.score or Decimal(0)),
    }


def _common(
    facts: Facts, framework: FrameworkFigures, one: CommonFigures
) -> Iterator[Problem]:
    stated, path = one.reported.score, (*framework.path, "指标", one.name, "得分")
    if stated is None or one.reported.actual is not None:
        return
    right, rate = (
        one.score.value if one.score else None,
        one.rate.value if one.rate else None,
    )
    if right is not None and rate is not None and one.score is not None:
        if abs(stated - right) > facts.pack.scoring.tolerance:
            said: dict[str, Any] = {
                "name": one.name,
                "stated": plain(stated),
                "rate": percent(rate),
                "score": plain(right, 2),
            }
            yield at(*path, message=_COMMON, formula=one.score.formula, **said)
    elif (
        one.score is not None
        and received_in_full(facts, one)
        and one.spec.weight is not None
    ):
        funds = facts.unit.funds
        if abs(stated - one.spec.weight) > facts.pack.scoring.tolerance:
            amounts: dict[str, Any] = {
                "executed": plain(funds.executed or Decimal(0)),
                "revised": plain(funds.revised or Decimal(0)),
            }
            score = plain(one.spec.weight)
            yield at(
                *path,
                message=_PAID,
                name=one.name,
                stated=plain(stated),
                score=score,
                **amounts,
            )


def received_in_full(facts: Facts, one: CommonFigures) -> bool:
    """Whether an indicator that only lacks 到位资金 is 100 % all the same: what was spent had been received."""
    funds = facts.unit.funds
    if (
        one.rate is None
        or facts.unit.base_data.received is not None
        or not funds.revised
    ):
        return False
    lacking = [item.path for item in one.rate.inputs if item.value is None]
    return (
        lacking == [("基础数据", "到位资金")]
        and funds.executed is not None
        and funds.executed >= funds.revised
    )
