"""REQ: what had to be filled in and was not."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problem, at, rule
from reportgen.core.numerals import plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import CommonFigures, FrameworkFigures
from reportgen.figures.indicators import IndicatorFigures

_NOT_APPLICABLE = "「{name}」无法计算：{missing}；表中打印“不适用”{points}"
_NOT_SCORED = (
    "「{name}」没有填报得分，也无法计算{missing}；不补填的，表中此处留空，总分不能计算"
)


@rule("REQ001", WARNING, "{label}无法计算：{missing}；不补填的，表中此处留空")
def figure_not_computable(facts: Facts) -> Iterator[Problem]:
    """应有的数值没有填报，也无法计算.

    依据：自评表的执行率、分值、得分应当填写完整；缺少基础数据的无法代为计算。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100}
    """
    if facts.declared:
        return
    for one in facts.figures.evaluations:
        rate = one.funds.execution_rate
        if (
            _has_money(one)
            and one.evaluation.funds.execution_rate is None
            and rate.value is None
        ):
            yield at(*rate.path, label=rate.label, missing=rate.missing)
        if _gives_points(one):
            for row in one.indicators:
                yield from _scored(row)
    for framework in facts.figures.frameworks:
        for common in framework.indicators:
            yield from _common(framework, common)


def _has_money(one: EvaluationFigures) -> bool:
    funds = one.evaluation.funds
    return any(
        value is not None for value in (funds.initial, funds.revised, funds.executed)
    ) or bool(one.path)


def _gives_points(one: EvaluationFigures) -> bool:
    """Whether points are meant; some regions' forms give none."""
    stated = (
        bool(one.evaluation.dimension_weights)
        or one.evaluation.outcome.weight is not None
    )
    return stated or any(row.indicator.weight is not None for row in one.indicators)


def _scored(row: IndicatorFigures) -> Iterator[Problem]:
    """What a row of a form with points lacks: its points, or else its score."""
    indicator = row.indicator
    if not indicator.applicable:
        return
    name = indicator.name or indicator.category or indicator.dimension
    if (
        not indicator.name.strip()
        and indicator.target is None
        and indicator.actual is None
    ):
        yield at(
            *row.path,
            message="「{name}」一行没有填写；请补上，不需要的请删去这一行",
            name=name,
        )
    elif indicator.weight is None:
        message = "「{name}」没有填分值；请补上，不适用的在指标值中写“不适用”"
        yield at(*row.path, "分值", message=message, name=name)
    elif row.printed_score is None:
        yield at(*row.score.path, label=row.score.label, missing=row.score.missing)


def _common(framework: FrameworkFigures, one: CommonFigures) -> Iterator[Problem]:
    """A 共性 indicator with neither a report nor data that allow its formula."""
    path = (*framework.path, "指标", one.name)
    rate, weight = one.rate, one.spec.weight
    missing = rate.missing if rate is not None else ""
    if (
        rate is not None
        and one.reported.score is None
        and one.reported.actual is None
        and not one.applicable
    ):
        points = f"，该项 {plain(weight)} 分不计入总分" if weight is not None else ""
        yield at(
            *path,
            message=_NOT_APPLICABLE,
            name=one.name,
            missing=missing,
            points=points,
        )
    elif (
        weight is not None
        and one.counted
        and one.printed_score is None
        and (framework.has_data or one.has_data)
    ):
        yield at(
            *path,
            message=_NOT_SCORED,
            name=one.name,
            missing=f"：{missing}" if missing else "",
        )
    elif (
        rate is not None
        and weight is None
        and one.printed_actual is None
        and one.has_data
    ):
        yield at(*path, label=one.name, missing=missing)
