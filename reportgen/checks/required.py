"""REQ: what had to be filled in and was not."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.checks.registry import WARNING, Facts, Problem, at, rule
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import Figure


@rule("REQ001", WARNING, "{label}无法计算：{missing}；表中此处留空")
def figure_not_computable(facts: Facts) -> Iterator[Problem]:
    """应有的数值没有填报，也无法计算.

    依据：自评表的执行率、分值、得分应当填写完整；缺少基础数据的无法代为计算。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100}
    """
    for one in facts.figures.evaluations:
        funds = one.evaluation.funds
        rate = one.funds.execution_rate
        if _has_money(one) and funds.execution_rate is None and rate.value is None:
            yield _missing(rate)
        for row in one.indicators:
            indicator = row.indicator
            if indicator.applicable and row.printed_score is None and _is_scored(one):
                yield _missing(row.score)


def _missing(figure: Figure) -> Problem:
    return at(*figure.path, label=figure.label, missing=figure.missing)


def _has_money(one: EvaluationFigures) -> bool:
    funds = one.evaluation.funds
    return any(value is not None for value in (funds.initial, funds.revised, funds.executed)) or bool(one.path)


def _is_scored(one: EvaluationFigures) -> bool:
    """Whether this form gives points at all; some regions' forms do not."""
    return any(row.indicator.weight is not None for row in one.indicators)
