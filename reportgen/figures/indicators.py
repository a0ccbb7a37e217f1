"""Figures of one indicator: is the target reached, how far, and the score it earns (manual, 指标得分)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.core.numerals import ONE, ZERO, ratio, round_half_up
from reportgen.figures.deadlines import in_time
from reportgen.figures.figure import FieldPath, Figure, Input, absent
from reportgen.figures.qualities import band_of_words
from reportgen.model.measure import DURATIONS
from reportgen.model.target import Target
from reportgen.model.unit import Indicator
from reportgen.packs.scoring import Band, Scoring

_DIVIDED = "实际值 ÷ 指标值 × 100%"
_REVERSED = "指标值 ÷ 实际值 × 100%（越小越好）"
DEADLINE = "实际日期不晚于指标值的日期为达到"
_BY_SCORE = "按填报得分所在的档次"
_SAVING = (
    "节约",
    "节省",
    "压减",
    "降低",
    "下降",
)  # the more of it the better, whatever it is that is saved
_UPPER_BOUNDS = frozenset("≤<")
_LOWER_BOUNDS = frozenset("≥>")


class IndicatorFigures(NamedTuple):
    """`completion` 完成率, `reached` (None: cannot be said), `score` by the pack's rule."""

    indicator: Indicator
    path: FieldPath
    completion: Figure
    reached: bool | None
    score: Figure

    @property
    def counts_as_reached(self) -> bool | None:
        """`reached`, but not for words from which the unit itself took points."""
        one = self.indicator
        in_words = one.target is not None and one.target.value is None
        if not (self.reached and in_words) or None in (one.score, one.weight):
            return self.reached
        return one.score == one.weight

    @property
    def printed_score(self) -> Decimal | None:
        """The score as reported, or else as computed, to the two decimals that a form prints."""
        if self.indicator.score is not None or self.score.value is None:
            return self.indicator.score
        return round_half_up(self.score.value)


class _Result(NamedTuple):
    """How an actual stands to its target: completion as a ratio, or the band of a quality in words."""

    completion: Decimal | None
    reached: bool | None
    formula: str
    missing: str = ""
    band: Band | None = None
    by_score: bool = False  # the band is that of the reported score, as the words do not say it


def compute_indicator(
    indicator: Indicator, path: FieldPath, scoring: Scoring
) -> IndicatorFigures:
    """完成率, 达标 and 得分 of `indicator`, which stands at `path`."""
    inputs = (
        Input("指标值", indicator.target, (*path, "指标值")),
        Input("实际值", indicator.actual, (*path, "实际值")),
    )
    result = _compare(indicator, absent(inputs), scoring)
    label = indicator.name or indicator.category or indicator.dimension
    completion = Figure(
        (*path, "完成率"),
        f"{label}完成率",
        result.completion,
        "%",
        result.formula,
        inputs,
        "",
        result.missing,
    )
    return IndicatorFigures(
        indicator,
        path,
        completion,
        result.reached,
        _score(indicator, path, result, scoring, label),
    )


def is_reverse(indicator: Indicator, target: Target, scoring: Scoring) -> bool:
    """Whether less is better: ≤ and <; 0; without a relation a cost, a duration of 时效, or a name such as 差错率.

    What counts as a cost, as 时效 and as such a name are words of the pack.
    """
    if target.relation in _UPPER_BOUNDS or target.relation in _LOWER_BOUNDS:
        return target.relation in _UPPER_BOUNDS
    if target.value == 0:
        return True  # 事故0起: nobody aims at nothing of what is good
    if target.relation or _names_one(_SAVING, indicator.name):
        return False
    kind = f"{indicator.dimension} {indicator.category}"
    if target.measure in DURATIONS and _names_one(scoring.timely_words, kind):
        return True
    if _names_one(scoring.reverse_words, kind):
        return True
    return _names_one(scoring.reverse_names, indicator.name)


def _names_one(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)


def _compare(indicator: Indicator, missing: str, scoring: Scoring) -> _Result:
    """How the actual stands to the target: numbers, dates or words."""
    target = indicator.target
    actual = indicator.actual
    if not indicator.applicable:
        return _Result(None, None, _DIVIDED, "该指标不适用")
    if target is None or actual is None:
        return _Result(None, None, _DIVIDED, missing)
    if target.value is None:
        return _compare_words(indicator, target, actual, scoring)
    value = actual.value_in(target.measure)
    if actual.value is None:
        return _without_number(indicator, target, actual, scoring)
    if value is None:
        return _Result(
            None, None, _DIVIDED, "实际值与指标值的计量单位不同，无法比较"
        )
    if target.upper is not None:
        return _within(target.value, value, target.upper)
    return _compare_numbers(
        target, actual, value, is_reverse(indicator, target, scoring)
    )


def _compare_numbers(
    target: Target,
    actual: Target,
    value: Decimal,
    reverse: bool,
) -> _Result:
    """`value` is the actual in the measure of the target, which has a number."""
    wanted = target.value or ZERO
    if value == wanted:
        reached = not _strictly_missed(target, actual, "<" if reverse else ">")
    else:
        reached = (value < wanted) is reverse
    if reverse:
        return _Result(_share(wanted, value, reached), reached, _REVERSED)
    return _Result(_share(value, wanted, reached), reached, _DIVIDED)


def _without_number(
    indicator: Indicator,
    target: Target,
    actual: Target,
    scoring: Scoring,
) -> _Result:
    """100% against 未验收: words can say that a number was missed, that it was reached only the score can."""
    band = band_of_words(target, actual, scoring)
    if band is not None and band is scoring.bands[-1]:
        return _Result(ZERO, False, _DIVIDED)
    otherwise = _Result(None, None, _DIVIDED, "实际值不是数字，无法比较")
    return _told_by_score(indicator, scoring, "实际值不是数字", otherwise)


def _strictly_missed(target: Target, actual: Target, strict: str) -> bool:
    """A target ＜220 is missed by 220, but not by an actual that itself says 小于220."""
    bounds = _UPPER_BOUNDS if strict == "<" else _LOWER_BOUNDS
    return target.relation == strict and actual.relation not in bounds


def _share(part: Decimal, whole: Decimal, reached: bool) -> Decimal:
    """part ÷ whole; where that says nothing (a zero or a negative number), whole or nothing by `reached`."""
    if part < 0 or whole <= 0:
        return ONE if reached else ZERO
    return part / whole


def _within(low: Decimal, value: Decimal, high: Decimal) -> _Result:
    """Against a target with a lower and an upper bound."""
    formula = "在区间内为100%，低于下限为实际值 ÷ 下限，高于上限为上限 ÷ 实际值"
    if low <= value <= high:
        return _Result(ONE, True, formula)
    part, whole = (value, low) if value < low else (high, value)
    return _Result(_share(part, whole, False), False, formula)


def _compare_words(
    indicator: Indicator,
    target: Target,
    actual: Target,
    scoring: Scoring,
) -> _Result:
    """Dates and qualities in words."""
    punctual = in_time(target, actual)
    if punctual is not None:
        late = "" if punctual else "晚于指标值的日期，请按评分标准填写得分"
        return _Result(None, punctual, DEADLINE, late or "日期没有完成率")
    formula = "定性指标，按完成档次"
    missing = "定性指标，没有完成率"
    band = band_of_words(target, actual, scoring)
    if band is not None:
        is_best = band is scoring.bands[0]
        return _Result(None, is_best, formula, missing, band)
    untold = "无法从文字判断完成档次，请填写得分"
    otherwise = _Result(None, None, formula, untold)
    return _told_by_score(indicator, scoring, missing, otherwise)


def _told_by_score(
    indicator: Indicator,
    scoring: Scoring,
    missing: str,
    otherwise: _Result,
) -> _Result:
    """By the band that the reported score speaks of, where the words do not say it; `otherwise` without one."""
    share = ratio(indicator.score, indicator.weight)
    if share is None:
        return otherwise
    reached = (band for band in scoring.bands if share >= band.lower)
    band = next(reached, None)
    if band is None:
        return otherwise
    is_best = band is scoring.bands[0]
    return _Result(None, is_best, _BY_SCORE, missing, band, by_score=True)


def _score(
    indicator: Indicator,
    path: FieldPath,
    result: _Result,
    scoring: Scoring,
    label: str,
) -> Figure:
    """The points that the indicator earns."""
    weight = Input("分值", indicator.weight, (*path, "分值"))
    other = Input("完成率", result.completion, (*path, "完成率"))
    share: Decimal | None = None
    if result.by_score:
        formula = "无法从文字判断完成档次，按填报的得分"
    elif result.band is not None:
        formula = _by_band(result.band)
        share = result.band.taken
    elif result.formula == DEADLINE:
        formula = "按期完成得满分，逾期的按评分标准填写"
        share = ONE if result.reached else None
    else:
        formula = "达到指标值得满分，未达到的为分值 × 完成率"
        share = _earned(result, scoring.pass_mark)
    if result.formula == DEADLINE or (
        result.band is not None and not result.by_score
    ):
        other = Input("实际值", indicator.actual, (*path, "实际值"))
    value: Decimal | None = indicator.score if result.by_score else None
    if indicator.weight is not None and share is not None:
        value = indicator.weight * share
    return Figure(
        (*path, "得分"),
        f"{label}得分",
        value,
        "分",
        formula,
        (weight, other),
        "模板评分规则",
        "" if value is not None else (absent((weight,)) or result.missing),
    )


def _by_band(band: Band) -> str:
    bounds = f"{band.lower.text}—{band.upper.text}"
    return f"分值 × {band.taken.text}（{band.name}，可在{bounds}之间取值）"


def _earned(result: _Result, pass_mark: Decimal) -> Decimal | None:
    """The share of the points: all when reached, in proportion otherwise, nothing below the pass mark."""
    if result.reached:
        return ONE
    if result.completion is None:
        return None
    return (
        min(result.completion, ONE) if result.completion >= pass_mark else ZERO
    )
