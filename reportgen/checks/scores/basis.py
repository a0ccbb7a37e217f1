"""SCO007: scores with nothing to stand on."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.checks.scores.by_rule import received_in_full
from reportgen.core.numerals import plain
from reportgen.figures.common import CommonFigures

_NO_RATE = (
    "「{name}」填报得分 {score}，但{missing}，得分没有依据；"
    "请补填基础数据，确实不适用的，实际值填“不适用”，不填得分"
)


@rule(
    "SCO007",
    ERROR,
    "「{name}」填报得分 {score}，但没有填{missing}，得分没有依据；请补上{missing}",
)
def score_without_basis(facts: Facts) -> Iterator[Problem]:
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
                *row.path,
                "得分",
                name=row.label,
                score=plain(row.indicator.score),
                missing="和".join(missing),
            )
    for common in facts.commons:
        if not received_in_full(facts, common):
            yield from _common(common)


def _common(one: CommonFigures) -> Iterator[Problem]:
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
            *one.path,
            "得分",
            message=_NO_RATE,
            name=one.name,
            score=plain(score),
            missing=one.rate.missing,
        )
