"""BUD003, IND003: deviations that ask for a reason and have none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word, is_stated, row_label
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problem, at, rule
from reportgen.core.numerals import percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.indicators import IndicatorFigures, is_reverse
from reportgen.model.unit import Evaluation

_CENT = Decimal("0.01")  # 万元: less than that is rounding
_FEW = Decimal(10)  # of so few one more is no over-fulfilment: 1次 -> 2次
_SHORT = 12  # characters: what is shorter names a cause and hardly a measure as well
_ADJUSTED = "全年预算数 {revised} 比年初预算数 {initial} {way} {amount}（{rate}），没有说明调整原因；请补填调整原因"
_OVER = "「{name}」指标值 {target}，实际 {actual}，超出{over}，没有说明原因；请写明原因，或调整指标值"
_CAUSE_ONLY = "「{name}」的偏差原因“{reason}”没有写改进措施；请补写准备怎样做"
_LAST_YEAR = "「{name}」指标值 {target} 与上年的 {last} 相比变动{change}，没有说明依据；请写明依据，或核对指标值"


@rule("BUD003", WARNING, "预算执行率{rate}低于{floor}，没有说明原因；请补填偏差原因")
def deviation_of_funds_unexplained(facts: Facts) -> Iterator[Problem]:
    """预算执行率低于下限，或年中调整了预算，没有说明原因.

    依据：执行率未达到下限的须说明原因；年中追加、追减预算的须另作说明（下限和调整幅度见模板包的限值）。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 60}
    """
    for one in facts.figures.evaluations:
        yield from _low_rate(facts, one)
        yield from _adjusted(facts, one)


def _low_rate(facts: Facts, one: EvaluationFigures) -> Iterator[Problem]:
    rate, floor = one.funds.execution_rate.value, facts.pack.limits.execution_rate
    if (
        rate is None
        or floor is None
        or rate >= floor
        or is_stated(one.evaluation.funds.reason)
    ):
        return
    if not _told(one.evaluation, ("偏差", "原因")) and not _told_below(
        facts, one, floor
    ):
        yield at(
            *one.path, "资金", "偏差原因", rate=percent(rate), floor=percent(floor, 0)
        )


def _told(evaluation: Evaluation, words: tuple[str, ...]) -> bool:
    """Whether the unit's own text explains: a section for it, or a sentence on the rate with its cause."""
    for name, texts in evaluation.narrative.items():
        for text in texts:
            if (has_word(name, words) and is_stated(text)) or (
                "执行率" in text
                and has_word(text, ("原因", "由于", "因为", "受", "未支付", "结转"))
            ):
                return True
    return any(
        "执行率" in row.name and is_stated(row.deviation)
        for row in evaluation.indicators
    )


def _told_below(facts: Facts, one: EvaluationFigures, floor: Decimal) -> bool:
    """Whether the projects that are behind, and there are some, all say why: the whole is behind because of them."""
    if one.path:
        return False
    behind = [
        project.evaluation.funds.reason
        for project in facts.figures.projects
        if project.funds.execution_rate.value is not None
        and project.funds.execution_rate.value < floor
    ]
    return bool(behind) and all(map(is_stated, behind))


def _adjusted(facts: Facts, one: EvaluationFigures) -> Iterator[Problem]:
    funds, limit = one.evaluation.funds, facts.pack.limits.adjustment_rate
    changed, rate = one.funds.adjustment.value, one.funds.adjustment_rate.value
    if (
        changed is None
        or abs(changed) < _CENT
        or is_stated(funds.adjustment_reason)
        or limit is None
    ):
        return
    if _adjusted_below(facts, one, changed):
        return
    yield at(
        *one.path,
        "资金",
        "调整原因",
        message=_ADJUSTED,
        severity=ADVICE if rate is not None and abs(rate) <= limit else WARNING,
        initial=plain(funds.initial or Decimal(0)),
        revised=plain(funds.revised or Decimal(0)),
        way="增加" if changed > 0 else "减少",
        amount=plain(abs(changed)),
        rate="年初没有预算" if rate is None else percent(abs(rate)),
    )


def _adjusted_below(facts: Facts, one: EvaluationFigures, changed: Decimal) -> bool:
    """Whether projects that say why make up the whole change of the unit."""
    if one.path:
        return False
    told = [
        project.funds.adjustment.value
        for project in facts.figures.projects
        if project.funds.adjustment.value
        and is_stated(project.evaluation.funds.adjustment_reason)
    ]
    return bool(told) and abs(sum(told, Decimal(0)) - changed) < _CENT


@rule(
    "IND003",
    WARNING,
    "「{name}」指标值 {target}，实际 {actual}，没有达到，也没有说明原因；请写明偏差原因和改进措施",
)
def deviation_of_indicator_unexplained(facts: Facts) -> Iterator[Problem]:
    """指标没有达到，或超出指标值较多，没有说明原因.

    依据：实际值低于指标值的一律说明原因和改进措施；超额完成超过 20% 的说明原因，超过 30% 的视为指标值明显偏低
    （界限见模板包的限值）；指标值与上年相比变动很大的须有依据。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 20场, 分值: 90}]
    """
    for one in facts.figures.evaluations:
        explained = any(
            "偏差" in name and any(map(is_stated, texts))
            for name, texts in one.evaluation.narrative.items()
        )
        for row in one.indicators:
            if row.reached is False:
                yield from _missed(facts, row, explained=explained)
            elif (
                row.reached and not explained and not is_stated(row.indicator.deviation)
            ):
                yield from _over_fulfilled(facts, row)
            yield from _against_last_year(facts, row)


def _missed(
    facts: Facts, row: IndicatorFigures, *, explained: bool
) -> Iterator[Problem]:
    indicator, reason = row.indicator, row.indicator.deviation.strip()
    if not is_stated(reason):
        if not explained:
            yield at(*row.path, "偏差原因", **_both(row))
    elif len(reason) <= _SHORT and not has_word(reason, facts.words.measure_terms):
        yield at(
            *row.path,
            "偏差原因",
            message=_CAUSE_ONLY,
            name=row_label(indicator),
            reason=reason,
        )


def _over_fulfilled(facts: Facts, row: IndicatorFigures) -> Iterator[Problem]:
    limits, done = facts.pack.limits, row.completion.value
    target, actual = row.indicator.target, row.indicator.actual
    if (
        done is None
        or limits.over_fulfilment is None
        or target is None
        or actual is None
        or target.value is None
    ):
        return
    value = actual.value_in(target.measure)
    if (
        done <= 1 + limits.over_fulfilment
        or value is None
        or is_reverse(row.indicator, target, facts.pack.scoring)
    ):
        return
    excess, grave = value - target.value, limits.over_fulfilment_error
    if (
        target.measure == "%"
    ):  # of rates the points count: 3% to 4% is no third more, 80% to 98% no target set too low
        if excess > limits.over_fulfilment * 100:
            over = f"{plain(excess)}个百分点"
            yield at(*row.path, "偏差原因", message=_OVER, over=over, **_both(row))
    elif target.value >= _FEW or excess > 1:
        severity = ERROR if grave is not None and done > 1 + grave else WARNING
        yield at(
            *row.path,
            "偏差原因",
            message=_OVER,
            severity=severity,
            over=percent(done - 1),
            **_both(row),
        )


def _against_last_year(facts: Facts, row: IndicatorFigures) -> Iterator[Problem]:
    """A target far from the value of last year; rates change for reasons of their own and are left alone."""
    last = row.indicator.history.last
    if last is None:
        return
    limit, target = facts.pack.limits.history_change, row.indicator.target
    if limit is None or target is None or target.value is None or target.measure == "%":
        return
    before = last.value_in(target.measure)
    if before is None or before < _FEW or is_stated(row.indicator.deviation):
        return
    change = target.value / before - 1
    if abs(change) > limit:
        way = "增加" if change > 0 else "减少"
        said_change = f"{way}{percent(abs(change))}"
        said_values: dict[str, Any] = {
            "target": target.text,
            "last": last.text,
            "change": said_change,
        }
        yield at(
            *row.path,
            "指标值",
            message=_LAST_YEAR,
            name=row_label(row.indicator),
            **said_values,
        )


def _both(row: IndicatorFigures) -> dict[str, Any]:
    target, actual = row.indicator.target, row.indicator.actual
    return {
        "name": row_label(row.indicator),
        "target": target.text if target else "",
        "actual": actual.text if actual else "",
    }
