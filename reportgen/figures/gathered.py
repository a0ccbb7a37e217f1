"""Indicators of a department that its subordinate units report too: completion taken together, then the score.

Absolute values are added, relative ones (a rate, a time) averaged by money, qualities in words weighted by money.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.core.numerals import ZERO, mean, plain, ratio, round_half_up
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.indicators import IndicatorFigures, compute_indicator
from reportgen.model.measure import DURATIONS, scale_and_unit
from reportgen.model.target import Target, is_named
from reportgen.model.unit import Funds, Indicator, Own, Unit
from reportgen.model.values import Reported
from reportgen.packs.scoring import Scoring

_RELATIVE = DURATIONS | {"%", "倍"}
_REACHED = (
    (True, "达到预期"),
    (False, "未达到预期"),
    (None, "部分达到或尚不能判定"),
)


class Contribution(NamedTuple):
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
        _gathered(one, rows) if one.actual is None else one
        for one in unit.indicators
    )


def same_indicator(one: Indicator, other: Indicator) -> bool:
    """Whether two units mean the same: one name, and where both give it one 二级 group."""
    if not is_named(one.name) or one.name.strip() != other.name.strip():
        return False
    return (
        not (one.category and other.category) or one.category == other.category
    )


def is_relative(target: Target) -> bool:
    """Whether values of this measure are averaged, not added: 98%, 15天, 每月2次 of each is no 4次 of two."""
    return scale_and_unit(target.measure)[1] in _RELATIVE or "每" in target.text


def _contributions(
    own: Own, below: Sequence[tuple[Unit, EvaluationFigures]], scoring: Scoring
) -> Iterator[Contribution]:
    """The rows of all units, 本级 first."""
    money = _money(own.funds)
    for position, one in enumerate(own.indicators):
        yield Contribution(
            compute_indicator(one, ("本级", "指标", position), scoring), money
        )
    for unit, figures in below:
        money = _money(unit.funds)
        yield from (Contribution(row, money) for row in figures.indicators)


def _money(funds: Funds) -> Decimal:
    """What a unit weighs beside others."""
    return funds.revised or funds.executed or ZERO


def _gathered(indicator: Indicator, rows: Sequence[Contribution]) -> Indicator:
    """An indicator with what the units reached together."""
    target = indicator.target
    given = [one for one in rows if _reports(one, indicator)]
    if not given or target is None or not target.text.strip():
        return indicator
    if not target.quantitative:
        score = _score(indicator, given)
        update = {
            "actual": Target(_in_words(given)),
            "score": score or indicator.score,
        }
        return indicator.model_copy(update=update)
    actual = gathered_value(
        target, [(one.row.indicator.actual, one.money) for one in given]
    )
    if actual is None:
        return indicator
    return indicator.model_copy(update={"actual": actual})


def _reports(one: Contribution, indicator: Indicator) -> bool:
    row = one.row.indicator
    return row.actual is not None and same_indicator(indicator, row)


def gathered_value(
    target: Target, values: Sequence[tuple[Target | None, Decimal]]
) -> Target | None:
    """The values of several units as one: added, or averaged by money; None where they cannot be compared."""
    known: list[tuple[Decimal, Decimal]] = []
    for actual, money in values:
        number = actual.value_in(target.measure) if actual else None
        if number is None:
            return None
        known.append((number, money))
    total = sum((number for number, _ in known), ZERO)
    if is_relative(target):
        average = mean(known)
        # Without money every unit weighs the same.
        total = round_half_up(
            total / len(known) if average is None else average
        )
    return Target(f"{plain(total)}{target.measure}", "", total, target.measure)


def _in_words(given: Sequence[Contribution]) -> str:
    """What the units reached, in one phrase."""
    only = given[0].row.indicator.actual
    if len(given) == 1 and only is not None:
        return only.text
    counts = Counter(one.row.reached for one in given)
    if counts[True] == len(given):
        return f"{len(given)}个单位均达到预期"
    parts = [
        f"{counts[key]}个{words}" for key, words in _REACHED if counts[key]
    ]
    return f"{len(given)}个单位中{'、'.join(parts)}"


def _score(
    indicator: Indicator, given: Sequence[Contribution]
) -> Reported | None:
    """The points by completion: what share of its points each unit earned, averaged by money."""
    if indicator.score is not None or indicator.weight is None:
        return None
    average = mean(
        (ratio(one.row.printed_score, one.row.indicator.weight), one.money)
        for one in given
    )
    if average is None:
        return None
    value = round_half_up(indicator.weight * average)
    return Reported.of(value, plain(value))
