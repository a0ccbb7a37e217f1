"""REQ: what had to be filled in and was not."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.checks.registry import WARNING, Facts, Problem, at, rule
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.indicators import IndicatorFigures


@rule("REQ001", WARNING, "{label}无法计算：{missing}；不补填的，表中此处留空")
def figure_not_computable(facts: Facts) -> Iterator[Problem]:
    """应有的数值没有填报，也无法计算.

    依据：自评表的执行率、分值、得分应当填写完整；缺少基础数据的无法代为计算。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100}
    """
    for one in facts.figures.evaluations:
        rate = one.funds.execution_rate
        if _has_money(one) and one.evaluation.funds.execution_rate is None and rate.value is None:
            yield at(*rate.path, label=rate.label, missing=rate.missing)
        if any(row.indicator.weight is not None for row in one.indicators):  # some regions' forms give no points
            for row in one.indicators:
                yield from _scored(row)


def _has_money(one: EvaluationFigures) -> bool:
    funds = one.evaluation.funds
    return any(value is not None for value in (funds.initial, funds.revised, funds.executed)) or bool(one.path)


def _scored(row: IndicatorFigures) -> Iterator[Problem]:
    """What a row of a form with points lacks: its points, or else its score."""
    indicator = row.indicator
    if not indicator.applicable:
        return
    if indicator.weight is None:
        message = "「{name}」没有填分值；请补上，不适用的在指标值中写“不适用”"
        yield at(*row.path, "分值", message=message, name=indicator.name or indicator.category or indicator.dimension)
    elif row.printed_score is None:
        yield at(*row.score.path, label=row.score.label, missing=row.score.missing)
