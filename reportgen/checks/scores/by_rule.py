"""SCO006, SCO007: scores against the pack's rule for target, actual, direction and points, or without ground."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.indicator_text import same_value
from reportgen.checks.rule import (
    ADVICE,
    ERROR,
    WARNING,
    Problem,
    Problems,
    at,
    rule,
)
from reportgen.core.numerals import ZERO, percent, plain
from reportgen.figures.common import CommonFigures
from reportgen.figures.qualities import band_of_words

_NO_RATE = (
    "「{name}」填报得分 {score}，但{missing}，得分没有依据；"
    "请补填基础数据，确实不适用的，实际值填“不适用”，不填得分"
)
_WHOLE = Decimal(
    "0.5"
)  # where all scores are whole points, what rounding can make


class _ScoredRow(NamedTuple):
    """A row with points and a score, both as stated, and what the scores of its table may be off."""

    row: IndicatorRow
    stated: Decimal
    weight: Decimal
    slack: Decimal

    def problem(self, **values: Any) -> Problem:
        """The problem at its score."""
        stated = plain(self.stated)
        return at(self.row, "得分", stated=stated, **self.row.said, **values)


def _scored(facts: Facts) -> Iterator[_ScoredRow]:
    for table in facts.tables:
        slack = _slack(table, facts.tolerance)
        for row in table.rows:
            score = row.indicator.score
            weight = row.indicator.weight
            if score is not None and weight:
                yield _ScoredRow(row, score, weight, slack)


def _slack(table: IndicatorTable, least: Decimal) -> Decimal:
    """Half a point where the unit gives whole points only, else the pack's tolerance."""
    scores = [row.indicator.score for row in table.rows]
    whole = all(
        score is None or score == score.to_integral_value() for score in scores
    )
    return _WHOLE if whole else least


def _off(one: _ScoredRow) -> Decimal | None:
    """The score by the rule where the stated one is not that; None for rows that words decide."""
    figures = one.row.figures
    right = figures.score.value
    if right is None or figures.completion.value is None:
        return None
    return right if abs(one.stated - right) > one.slack else None


@rule(
    "SCO006",
    WARNING,
    "「{name}」实际 {actual} 已达到指标值 {target}，应得满分 {score}，得分 {stated}；请核对得分",
)
def points_lost_though_reached(facts: Facts) -> Problems:
    """达到了指标值，没有得满分.

    依据：达到指标值得满分；超额过多的，可以因指标值偏低扣分。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 31场, 分值: 90, 得分: 70}]
    """
    over = facts.limits.over_fulfilment
    tolerance = facts.tolerance
    for one in facts.once(_scored):
        row = one.row
        done = one.row.figures.completion.value
        if done is None:
            lost = _same_words(row) and abs(one.stated - one.weight) > tolerance
        else:
            lost = _off(one) is not None and one.stated < one.weight
            lost = lost and bool(row.figures.reached)
            lost = lost and (over is None or done <= 1 + over)
        if lost:
            yield one.problem(score=one.weight)


def _same_words(row: IndicatorRow) -> bool:
    """Whether words say that what was wanted is there."""
    if row.target is None or row.actual is None or row.target.value is not None:
        return False
    return same_value(row.target, row.actual)


@rule(
    "SCO006",
    WARNING,
    "「{name}」实际 {actual}，指标值 {target}，完成{done}，得分 {stated}，按比例应得 {score} 分；请核对得分",
)
def score_not_in_proportion(facts: Facts) -> Problems:
    """没有达到指标值，得分与完成比例不符.

    依据：未达到的按完成比例得分。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 15场,
          分值: 90, 得分: 70, 偏差原因: 场地改造，下年补训}]
    """
    for one in facts.once(_scored):
        right = _off(one)
        done = one.row.figures.completion.value
        full = one.stated == one.weight  # for a target that was missed: IND001
        if right is None or done is None or one.row.figures.reached or full:
            continue
        # a region may deduct more than in proportion
        severity = WARNING if one.stated > right else ADVICE
        yield one.problem(
            severity=severity,
            done=percent(done),
            score=plain(right, 2),
        )


@rule(
    "SCO006",
    ADVICE,
    "「{name}」实际“{actual}”属于“{band}”，可得 {low}—{high} 分，得分 {stated}；请核对得分或实际值",
)
def score_outside_band(facts: Facts) -> Problems:
    """定性指标的得分不在实际值所属的档次内.

    依据：定性指标在所属档次内得分（模板包的评分规则）。
    反例：
        指标:
          - {一级: 产出指标, 三级: 制度建设, 指标值: 建立健全, 实际值: 部分完成, 分值: 90, 得分: 89,
            偏差原因: 起草偏晚，今后加强督办}
    """
    scoring = facts.scoring
    for one in facts.once(_scored):
        row = one.row
        target = one.row.target
        actual = one.row.actual
        if row.figures.completion.value is not None or _same_words(row):
            continue
        if target is None or actual is None or target.value is not None:
            continue
        band = (
            None
            if row.figures.reached
            else band_of_words(target, actual, scoring)
        )
        if band is None:  # the best band is the one that is reached
            continue
        low = band.lower * one.weight
        high = band.upper * one.weight
        above = one.stated - high
        below = low - one.stated
        if max(above, below) > scoring.tolerance:
            worst = band is scoring.bands[-1] and above > 0
            yield one.problem(
                severity=WARNING if worst else ADVICE,
                band=band.name,
                low=plain(low, 2),
                high=plain(high, 2),
            )


def _commons(facts: Facts) -> Iterator[tuple[CommonFigures, Decimal]]:
    """The rows of the frameworks whose score was stated and whose actual was not."""
    for one in facts.commons:
        stated = one.reported.score
        if stated is not None and one.reported.actual is None:
            yield one, stated


@rule(
    "SCO006",
    WARNING,
    "「{name}」得分 {stated}，按数据计算为{rate}，应得 {score} 分（{formula}）；请核对得分",
)
def common_score_against_rate(facts: Facts) -> Problems:
    """共性指标的得分与按数据计算的得分不符.

    依据：共性指标按模板的扣分规则计算。
    反例：
        模板: hecheng
        共性指标: {指标: {三公经费控制率: {得分: 1}}}
    """
    for one, stated in facts.once(_commons):
        right = one.score.value if one.score else None
        rate = one.rate.value if one.rate else None
        if one.score is None or right is None or rate is None:
            continue
        if abs(stated - right) > facts.tolerance:
            yield at(
                one,
                "得分",
                name=one.name,
                stated=stated,
                rate=percent(rate),
                score=plain(right, 2),
                formula=one.score.formula,
            )


@rule(
    "SCO006",
    WARNING,
    "「{name}」得分 {stated}，而全年执行数 {executed} 不少于全年预算数 {revised}，资金已全部到位，应得 {score} 分",
)
def score_of_money_received(facts: Facts) -> Problems:
    """资金已全部到位，到位率没有得满分.

    依据：全年执行数不少于全年预算数的，资金已全部到位，到位率为 100%。
    反例：
        模板: hecheng
        项目共性指标: {指标: {资金到位率: {得分: 1}}}
    """
    funds = facts.unit.funds
    for one, stated in facts.once(_commons):
        weight = one.spec.weight
        if weight is None or one.score is None:
            continue
        if one.score.value is not None:
            continue
        off = abs(stated - weight) > facts.tolerance
        if off and received_in_full(facts, one):
            yield at(
                one,
                "得分",
                name=one.name,
                stated=stated,
                score=weight,
                executed=funds.executed or ZERO,
                revised=funds.revised or ZERO,
            )


def received_in_full(facts: Facts, one: CommonFigures) -> bool:
    """Whether an indicator that only lacks 到位资金 is 100 % all the same: what was spent had been received."""
    funds = facts.unit.funds
    if one.rate is None or not funds.revised or funds.executed is None:
        return False
    lacking = [item.path for item in one.rate.inputs if item.value is None]
    only_received = lacking == [("基础数据", "到位资金")]
    return only_received and funds.executed >= funds.revised


@rule(
    "SCO007",
    ERROR,
    "「{name}」填报得分 {score}，但没有填{missing}，得分没有依据；请补上{missing}",
)
def score_without_basis(facts: Facts) -> Problems:
    """填报了得分，却没有指标值或实际值；按公式计算的共性指标没有基础数据.

    依据：得分由实际完成值与指标值比较得出；共性指标按公式计算，分母为零或没有数据的为不适用，不得按满分计。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 分值: 90, 得分: 90}]
    """
    for row in facts.rows:
        values = {"指标值": row.target, "实际值": row.actual}
        missing = [name for name, value in values.items() if value is None]
        if row.indicator.score and missing:
            yield at(
                row,
                "得分",
                score=row.indicator.score,
                missing="和".join(missing),
            )
    for common in facts.commons:
        if not received_in_full(facts, common):
            yield from _common(common)


def _common(one: CommonFigures) -> Problems:
    """A score by a formula that the data do not allow; a stated actual, or points by others, are a basis."""
    score = one.reported.score
    if (
        score
        and one.score is not None
        and one.rate
        and one.rate.value is None
        and one.reported.actual is None
    ):
        yield at(
            one,
            "得分",
            message=_NO_RATE,
            name=one.name,
            score=score,
            missing=one.rate.missing,
        )
