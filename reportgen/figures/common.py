"""共性指标: the indicators that a form itself names, computed from 基础数据 where they have a formula
(formulas.py), with points by the pack's deduction.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportgen.core.numerals import ZERO, given, total
from reportgen.figures.figure import FieldPath, Figure, Input, absent
from reportgen.figures.formulas import FORMULAS, Formula
from reportgen.model.unit import Common, Framework, Indicator, Unit
from reportgen.packs.scoring import CommonSpec

NOT_APPLICABLE = "不适用"
_SOURCE = "预算绩效评价共性指标体系框架"
_NOTHING, _BLANK = Framework(), Common()


class CommonFigures(NamedTuple):
    """One indicator of a framework: what was reported, the rate by its formula, the score by its deduction.

    `path` is where it was reported, or would be.
    """

    name: str
    path: FieldPath
    spec: CommonSpec
    reported: Common
    rate: Figure | None
    score: Figure | None

    @property
    def has_data(self) -> bool:
        """Whether anything was given of what its formula needs."""
        return self.rate is not None and any(
            item.value is not None for item in self.rate.inputs
        )

    @property
    def applicable(self) -> bool:
        """False where the unit says 不适用, or gives data, but nothing, or zero, to divide by."""
        if self.reported.actual is not None:
            return self.reported.actual.text.strip() != NOT_APPLICABLE
        return (
            self.rate is None
            or not self.has_data
            or bool(self.rate.inputs[1].value)
        )

    @property
    def printed_actual(self) -> Decimal | str | None:
        """The actual as reported, else the computed rate, else 不适用 where there is nothing to divide by."""
        if self.reported.actual is not None:
            return self.reported.actual.text
        if not self.applicable:
            return NOT_APPLICABLE
        return self.rate.value if self.rate else None

    @property
    def counted(self) -> bool:
        """Whether its points are part of the total: not where it has none, nor where it prints 不适用 for a score."""
        return self.spec.weight is not None and (
            self.printed_score is not None or self.applicable
        )

    @property
    def printed_score(self) -> Decimal | None:
        """The score as reported, else as computed."""
        return given(
            self.reported.score, self.score.value if self.score else None
        )


class FrameworkFigures(NamedTuple):
    """A whole framework; totals over the indicators that have points, those that do not apply taken out."""

    path: FieldPath
    framework: Framework
    indicators: tuple[CommonFigures, ...]
    weight_total: Decimal | None
    score_total: Decimal | None

    @property
    def has_data(self) -> bool:
        """Whether the unit reports anything of this framework."""
        return self.framework != _NOTHING

    @property
    def is_handed_in(self) -> bool:
        """Whether the unit fills it in at all, here or by rows of that name among its own indicators."""
        return self.has_data or any(
            one.reported != _BLANK for one in self.indicators
        )

    @property
    def printed_total(self) -> Decimal | None:
        """The total score as reported, else as computed."""
        return given(self.framework.outcome.score, self.score_total)

    def listed(self) -> Iterator[Figure]:
        """What the catalogue shows: only what there is data for."""
        for one in self.indicators:
            if one.rate is not None and one.has_data:
                yield one.rate
                if one.score is not None:
                    yield one.score


def compute_framework(
    unit: Unit | None,
    framework: Framework,
    path: FieldPath,
    specs: dict[str, CommonSpec],
) -> FrameworkFigures:
    """The figures of one framework of the pack (`specs`) for `unit`; without one nothing is computed by formulas."""
    given = {name: (_BLANK, (*path, "指标", name)) for name in specs}
    if unit and framework is unit.framework:
        given |= _listed(unit, specs)
    for name, one in framework.indicators.items():
        given[name] = one, (*path, "指标", name)
    indicators = tuple(
        _indicator(unit, name, spec, *given[name], path)
        for name, spec in specs.items()
    )
    counted = [one for one in indicators if one.counted]
    return FrameworkFigures(
        path=path,
        framework=framework,
        indicators=indicators,
        weight_total=_total([one.spec.weight for one in counted]),
        score_total=_total([one.printed_score for one in counted]),
    )


def _total(points: Sequence[Decimal | None]) -> Decimal | None:
    """Their sum; None where there are none, or one is missing."""
    return None if None in points else total(points)


@lru_cache(maxsize=1024)
def framework_name(text: str) -> str:
    """The name of an indicator as 共性指标 is keyed: without “”, 、 and other marks."""
    return re.sub(r"\W", "", text)


def _listed(
    unit: Unit, specs: dict[str, CommonSpec]
) -> dict[str, tuple[Common, FieldPath]]:
    """What the unit reports for these among its own 指标: a form for targets lists both kinds in one table."""
    rows: dict[str, tuple[Common, FieldPath]] = {}
    for position, one in enumerate(unit.indicators):
        if (name := framework_name(one.name)) in specs:
            rows.setdefault(name, (_as_common(one), ("指标", position)))
    return rows


def _as_common(row: Indicator) -> Common:
    return Common(
        classification=row.classification,
        target=row.target,
        actual=row.actual,
        score=row.score,
        deviation=row.deviation,
    )


def _indicator(
    unit: Unit | None,
    name: str,
    spec: CommonSpec,
    reported: Common,
    source: FieldPath,
    path: FieldPath,
) -> CommonFigures:
    """One indicator of a framework; without a formula only what was reported."""
    formula = FORMULAS.get(spec.formula or name)
    if unit is None or formula is None:
        return CommonFigures(name, source, spec, reported, None, None)
    rate = _rate(name, formula, unit, (*path, "指标", name, "实际值"))
    score = _score(name, spec, rate, (*path, "指标", name, "得分"))
    return CommonFigures(name, source, spec, reported, rate, score)


def _rate(
    name: str,
    formula: Formula,
    unit: Unit,
    path: FieldPath,
) -> Figure:
    """The rate by the formula, with what it lacks."""
    part = formula.part.read(unit)
    whole = formula.whole.read(unit)
    missing = absent((part, whole))
    if not missing and whole.value == 0:
        missing = f"{whole.label}为0，不适用"
    value: Decimal | None = None
    if not missing and isinstance(part.value, Decimal):
        assert isinstance(whole.value, Decimal)
        value = formula.value(part.value, whole.value)
    return Figure(
        path, name, value, "%", formula.text, (part, whole), _SOURCE, missing
    )


def _score(
    name: str,
    spec: CommonSpec,
    rate: Figure,
    path: FieldPath,
) -> Figure | None:
    """The points less what is deducted for each full step off the standard, never below 0."""
    weight = spec.weight
    standard = spec.standard
    every = spec.every
    points = spec.points
    if weight is None or standard is None or every is None or points is None:
        return None
    formula = (
        f"{weight.text}分，每{spec.direction}{standard.text}达{every.text}"
        f"扣{points.text}分，扣完为止"
    )
    value = None
    if rate.value is not None:
        steps = int(
            max(_off(spec.direction, rate.value - standard), ZERO) / every
        )
        value = max(ZERO, weight - steps * points)
    return Figure(
        path,
        f"{name}得分",
        value,
        "分",
        formula,
        (Input(name, rate.value, rate.path),),
        "模板评分规则",
        rate.missing,
    )


def _off(direction: str, difference: Decimal) -> Decimal:
    """How far a rate is on the bad side of its standard."""
    return {"高于": difference, "低于": -difference}.get(
        direction, abs(difference)
    )
