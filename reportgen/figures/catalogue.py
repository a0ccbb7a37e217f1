"""All figures of a unit: of the whole, of each project, and as one catalogue to look things up in."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportgen.core.numerals import ZERO, given, percent, round_half_up
from reportgen.figures.common import FrameworkFigures, compute_framework
from reportgen.figures.figure import FieldPath, Figure, Input
from reportgen.figures.funds import (
    FundsFigures,
    compute_execution_score,
    compute_funds,
    execution_weight,
)
from reportgen.figures.indicators import IndicatorFigures, compute_indicator
from reportgen.model.target import read_target
from reportgen.model.unit import Evaluation, Indicator, Unit
from reportgen.packs.scoring import Grade, Scoring


class GroupFigures(NamedTuple):
    """Points and scores of one 一级 group, in the order of the form."""

    dimension: str
    weight: Figure
    score: Figure


class EvaluationFigures(NamedTuple):
    """Figures of the unit as a whole or of one project, which stands at `path`."""

    evaluation: Evaluation
    path: FieldPath
    funds: FundsFigures
    indicators: tuple[IndicatorFigures, ...]
    groups: tuple[GroupFigures, ...]
    execution_weight: Decimal  # as stated, 0 where the rate is an indicator, else as the pack has it
    weight_total: Figure
    score_total: Figure
    grade: str  # from the printed total; "" where there is none

    @property
    def printed_execution_score(self) -> Decimal | None:
        """The score of the execution rate as reported, or else as computed; of an indicator it is the score of that."""
        stated = self.evaluation.funds.score
        if self.evaluation.rate_is_indicator:
            return stated
        return given(stated, self.funds.printed_score)

    @property
    def execution_excess(self) -> Decimal:
        """By how much the score of the execution rate is above what it should be, where it is above its points."""
        stated, right = self.evaluation.funds.score, self.funds.printed_score
        if stated is None or right is None or stated <= self.execution_weight:
            return ZERO
        return stated - right

    @property
    def printed_total(self) -> Decimal | None:
        """The total score as reported, or else as computed."""
        return given(self.evaluation.outcome.score, self.score_total.value)

    @property
    def printed_grade(self) -> str:
        """The grade as reported, or else as computed."""
        return self.evaluation.outcome.grade or self.grade

    def listed(self) -> Iterator[Figure]:
        """Every figure, in the order of the form."""
        yield from self.funds.listed
        funds = self.funds
        for row in (*funds.by_income, *funds.by_nature):
            for part in (row, *row.details):
                yield from filter(_is_there, (part.execution_rate, part.share))
        for row in funds.by_source:
            rates = (part.execution_rate for part in (row, *row.details))
            yield from filter(_is_there, rates)
        for one in self.indicators:
            yield one.completion
            yield one.score
        for group in self.groups:
            yield group.weight
            yield group.score
        yield self.weight_total
        yield self.score_total


class Figures(NamedTuple):
    """Everything that is computed for one unit."""

    whole: EvaluationFigures
    projects: tuple[EvaluationFigures, ...]
    framework: FrameworkFigures
    project_framework: FrameworkFigures
    of_projects: tuple[FrameworkFigures, ...] = ()
    long_term: tuple[IndicatorFigures, ...] = ()

    @property
    def evaluations(self) -> tuple[EvaluationFigures, ...]:
        """The whole first, then the projects."""
        return (self.whole, *self.projects)

    @property
    def frameworks(self) -> tuple[FrameworkFigures, ...]:
        """共性指标 of the unit, of its projects together, then those that a project reports alone."""
        alone = (one for one in self.of_projects if one.has_data)
        return (self.framework, self.project_framework, *alone)

    def catalogue(self) -> Iterator[Figure]:
        """Every figure of the unit."""
        for one in self.evaluations:
            yield from one.listed()
        for framework in self.frameworks:
            yield from framework.listed()


def compute_figures(unit: Unit, scoring: Scoring) -> Figures:
    """All figures of `unit` by the pack's `scoring`."""
    projects = tuple(
        compute_evaluation(one, ("项目", i), scoring)
        for i, one in enumerate(unit.projects)
    )
    return Figures(
        compute_evaluation(unit, (), scoring),
        projects,
        compute_framework(
            unit, unit.framework, ("共性指标",), scoring.framework
        ),
        compute_framework(
            unit,
            unit.project_framework,
            ("项目共性指标",),
            scoring.project_framework,
        ),
        tuple(
            compute_framework(
                None,
                one.framework,
                ("项目", i, "共性指标"),
                scoring.project_framework,
            )
            for i, one in enumerate(unit.projects)
        ),
        tuple(
            compute_indicator(one, ("长期指标", i), scoring)
            for i, one in enumerate(unit.long_term_indicators)
        ),
    )


def compute_evaluation(
    evaluation: Evaluation, path: FieldPath, scoring: Scoring
) -> EvaluationFigures:
    """The figures of the whole (`path` empty) or of one project."""
    funds = compute_funds(evaluation.funds, (*path, "资金"), scoring.execution)
    indicators = tuple(
        _indicator(one, (*path, "指标", i), funds, scoring)
        for i, one in enumerate(evaluation.indicators)
    )
    groups = _groups(indicators, path)
    weight = execution_weight(evaluation, scoring.execution)
    weights, scores = _total_inputs(evaluation, funds, groups, path, weight)
    weight_total = _sum(
        (*path, "自评结果", "分值合计"),
        "分值合计",
        weights,
        "执行率分值 ＋ 各项指标分值",
    )
    score_total = _sum(
        (*path, "自评结果", "总分"),
        "总分",
        scores,
        "执行率得分 ＋ 各项指标得分",
    )
    printed = given(evaluation.outcome.score, score_total.value)
    grade = grade_of(printed, scoring.grades)
    return EvaluationFigures(
        evaluation,
        path,
        funds,
        indicators,
        groups,
        weight,
        weight_total,
        score_total,
        grade,
    )


def _indicator(
    one: Indicator, path: FieldPath, funds: FundsFigures, scoring: Scoring
) -> IndicatorFigures:
    """One row; the execution rate of 资金 where it is taken from there."""
    if not one.taken_from:
        return compute_indicator(one, path, scoring)
    rate = funds.execution_rate
    if one.actual is None and rate.value is not None:
        actual = read_target(percent(rate.value))
        one = one.model_copy(update={"actual": actual})
    score = compute_execution_score(rate, one.weight, path, scoring.execution)
    return compute_indicator(one, path, scoring)._replace(score=score)


def _is_there(figure: Figure) -> bool:
    return figure.value is not None


def grade_of(score: Decimal | None, grades: tuple[Grade, ...]) -> str:
    """The word of the first band that `score`, as it prints, reaches; "" without a score or a band."""
    if score is None:
        return ""
    printed = round_half_up(score)
    return next((band.name for band in grades if printed >= band.floor), "")


def _groups(
    indicators: tuple[IndicatorFigures, ...], path: FieldPath
) -> tuple[GroupFigures, ...]:
    """The indicators that apply, group by group."""
    members: dict[str, list[IndicatorFigures]] = {}
    for one in indicators:
        if one.indicator.applicable:
            members.setdefault(one.indicator.dimension, []).append(one)
    return tuple(_group(name, rows, path) for name, rows in members.items())


def _group(
    name: str, rows: list[IndicatorFigures], path: FieldPath
) -> GroupFigures:
    """Points and scores of one group."""
    weights = tuple(
        Input(row.indicator.name, row.indicator.weight, (*row.path, "分值"))
        for row in rows
    )
    scores = tuple(
        Input(row.indicator.name, row.printed_score, row.score.path)
        for row in rows
        if row.printed_score is not None or row.indicator.weight
    )
    return GroupFigures(
        dimension=name,
        weight=_sum(
            (*path, "一级分值", name),
            f"{name}分值",
            _filled(weights),
            f"{name}各项分值之和",
        ),
        score=_sum(
            (*path, "一级得分", name),
            f"{name}得分",
            scores,
            f"{name}各项得分之和",
        ),
    )


def _total_inputs(
    evaluation: Evaluation,
    funds: FundsFigures,
    groups: tuple[GroupFigures, ...],
    path: FieldPath,
    weight: Decimal,
) -> tuple[tuple[Input, ...], tuple[Input, ...]]:
    if (
        not evaluation.indicators
    ):  # the score of the execution rate alone is no total
        return (), ()
    score = given(evaluation.funds.score, funds.printed_score)
    weights = _filled(tuple(_group_input(one, one.weight) for one in groups))
    scores = tuple(
        _group_input(one, one.score) for one in groups if one.score.inputs
    )
    # where no row has points or a score, that of the rate is no total
    scores = scores or tuple(_group_input(one, one.score) for one in groups)
    if evaluation.rate_is_indicator:
        return weights, scores
    return (
        (Input("执行率", weight, (*path, "资金", "分值")), *weights),
        (Input("执行率", score, funds.score.path), *scores),
    )


def _group_input(group: GroupFigures, figure: Figure) -> Input:
    return Input(group.dimension or "指标", figure.value, figure.path)


def _filled(inputs: tuple[Input, ...]) -> tuple[Input, ...]:
    """Those with a value: a blank counts as nothing. All where none has, so that the sum says what it lacks."""
    return tuple(one for one in inputs if one.value is not None) or inputs


def _sum(
    path: FieldPath,
    label: str,
    inputs: tuple[Input, ...],
    formula: str,
) -> Figure:
    """The sum of `inputs`; None as soon as one of them is missing: a part is not a total.

    A row with points and without a score is missing, one with neither is left out before.
    """
    empty = [item.label for item in inputs if item.value is None]
    values = [item.value for item in inputs if isinstance(item.value, Decimal)]
    if empty:
        more = "等" if len(empty) > 3 else ""
        missing = f"{'、'.join(empty[:3])}{more}尚无数值"
    else:
        missing = "" if inputs else "没有数据"
    value = None if missing else sum(values, ZERO)
    return Figure(path, label, value, "分", formula, inputs, "", missing)
