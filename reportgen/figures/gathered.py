"""Indicators of a department that its subordinate units report too: completion taken together, then the score.

Absolute values are added, relative ones (a rate, a time) averaged by money, qualities in words weighted by money.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.core.numerals import plain, ratio, round_half_up
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.indicators import IndicatorFigures, compute_indicator
from reportgen.model.measure import scale_and_unit
from reportgen.model.target import Target, is_named
from reportgen.model.unit import Indicator, Own, Unit
from reportgen.model.values import Reported
from reportgen.packs.scoring import Scoring

_RELATIVE = frozenset(("%", "天", "工作日", "小时", "分钟", "月", "年", "分", "倍"))


@dataclass(frozen=True, slots=True)
class Contribution:
    """One unit's row of the indicator, and the money that it weighs."""

    row: IndicatorFigures
    money: Decimal


def gather_indicators(
    unit: Unit,
    own: Own,
    below: Sequence[tuple[Unit, EvaluationFigures]],
    scoring: Scoring,
) -> tuple[Indicator, ...]:
    """The department's indicators; those without 实际值 have that of the units which report one of the same name."""
    if all(one.actual is not None for one in unit.indicators):
        return unit.indicators
    rows = list(_contributions(own, below, scoring))
    return tuple(
        _gathered(one, rows) if one.actual is None else one for one in unit.indicators
    )


def same_indicator(one: Indicator, other: Indicator) -> bool:
    """Whether two units mean the same: one name, and where both give it one 二级 group."""
    if not is_named(one.name) or one.name.strip() != other.name.strip():
        return False
    return not (one.category and other.category) or one.category == other.category


def is_relative(target: Target) -> bool:
    """Whether values of this measure are averaged, not added: 98%, 15天, 每月2次 of each is no 4次 of two."""
    return scale_and_unit(target.measure)[1] in _RELATIVE or "每" in target.text


def _contributions(
    own: Own, below: Sequence[tuple[Unit, EvaluationFigures]], scoring: Scoring
) -> Iterator[Contribution]:
    money = own.funds.revised or own.funds.executed or Decimal(0)
    for position, one in enumerate(own.indicators):
        yield Contribution(
            compute_indicator(one, ("本级", "指标", position), scoring), money
        )
    for unit, figures in below:
        money = unit.funds.revised or unit.funds.executed or Decimal(0)
        yield from (Contribution(row, money) for row in figures.indicators)


def _gathered(indicator: Indicator, rows: Sequence[Contribution]) -> Indicator:
    given = [
        one
        for one in rows
        if one.row.indicator.actual is not None
        and same_indicator(indicator, one.row.indicator)
    ]
    if not given or indicator.target is None or not indicator.target.text.strip():
        return indicator
    if indicator.target.quantitative:
        actual = gathered_value(
            indicator.target, [(one.row.indicator.actual, one.money) for one in given]
        )
        return (
            indicator
            if actual is None
            else indicator.model_copy(update={"actual": actual})
        )
    update = {"actual": Target(_in_words(given)), "score": _score(indicator, given)}
    return indicator.model_copy(
        update={key: value for key, value in update.items() if value is not None}
    )


def gathered_value(
    target: Target, values: Sequence[tuple[Target | None, Decimal]]
) -> Target | None:
    """The values of several units as one: added, or averaged by money; None where they cannot be compared."""
    numbers = [
        (actual.value_in(target.measure) if actual else None, money)
        for actual, money in values
    ]
    known = [(number, money) for number, money in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    if is_relative(target):
        total = sum((money for _, money in known), Decimal(0))
        value = ratio(
            sum((number * money for number, money in known), Decimal(0)), total
        )
        if value is None:  # without money every unit weighs the same
            value = sum((number for number, _ in known), Decimal(0)) / len(known)
        value = round_half_up(value)
    else:
        value = sum((number for number, _ in known), Decimal(0))
    return Target(f"{plain(value)}{target.measure}", "", value, target.measure)


def _in_words(given: Sequence[Contribution]) -> str:
    """What the units reached, in one phrase."""
    reached = sum(one.row.reached is True for one in given)
    missed = sum(one.row.reached is False for one in given)
    if len(given) == 1 and given[0].row.indicator.actual is not None:
        return given[0].row.indicator.actual.text
    if reached == len(given):
        return f"{len(given)}个单位均达到预期"
    parts = [f"{reached}个达到预期"] if reached else []
    parts += [f"{missed}个未达到预期"] if missed else []
    others = len(given) - reached - missed
    parts += [f"{others}个部分达到或尚不能判定"] if others else []
    return f"{len(given)}个单位中{'、'.join(parts)}"


def _score(indicator: Indicator, given: Sequence[Contribution]) -> Reported | None:
    """The points by completion: what share of its points each unit earned, averaged by money."""
    if indicator.score is not None or indicator.weight is None:
        return None
    shares = [
        (ratio(one.row.printed_score, one.row.indicator.weight), one.money)
        for one in given
    ]
    known = [(share, money) for share, money in shares if share is not None]
    total = sum((money for _, money in known), Decimal(0))
    share = ratio(sum((one * money for one, money in known), Decimal(0)), total)
    if share is None:
        return None
    value = round_half_up(indicator.weight * share)
    return Reported.of(value, plain(value))
