"""SCO004, SCO005: scores outside their bounds, and the score of the execution rate."""

from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.core.numerals import percent, plain
from reportgen.figures.figure import FieldPath

# what is given points and a score: its name, both, and where it stands
_WithPoints = tuple[str, Decimal | None, Decimal | None, FieldPath]


def _scored(facts: Facts) -> Iterator[_WithPoints]:
    """The execution rates, the rows of the tables, then those of the frameworks."""
    for one in facts.evaluations:
        funds = one.evaluation.funds
        weight = one.execution_weight
        yield "执行率", weight, funds.score, (*one.path, "资金")
    for row in facts.rows:
        each = row.indicator
        yield row.label, each.weight, each.score, row.path
    for framework in facts.figures.frameworks:
        for common in framework.indicators:
            path = (*framework.path, "指标", common.name)
            score = common.reported.score
            yield common.name, common.spec.weight, score, path


@rule("SCO004", ERROR, "「{name}」分值 {weight} 小于 0；请核对分值")
def points_negative(facts: Facts) -> Problems:
    """分值小于 0.

    依据：各项分值不小于 0。
    反例：
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 95}
          - {一级: 产出指标, 三级: 培训人次, 指标值: 90人次, 实际值: 90人次, 分值: -5}
    """
    for name, weight, _, path in facts.once(_scored):
        if weight is not None and weight < 0:
            yield at(*path, "分值", name=name, weight=weight)


@rule("SCO004", ERROR, "「{name}」得分 {score} 小于 0；最低得 0 分")
def score_negative(facts: Facts) -> Problems:
    """得分小于 0.

    依据：各项得分最低为 0。
    反例：
        指标:
          - 一级: 产出指标
            三级: 制度建设
            指标值: 建立健全制度
            实际值: 未建立
            分值: 90
            得分: -1
            偏差原因: 起草偏晚，今后加强督办
    """
    for name, weight, score, path in facts.once(_scored):
        if score is None or score >= 0:
            continue
        if weight is None or weight >= 0:
            yield at(*path, "得分", name=name, score=score)


@rule("SCO004", ERROR, "「{name}」得分 {score} 大于分值 {weight}；请核对得分")
def score_above_points(facts: Facts) -> Problems:
    """得分大于该项分值.

    依据：各项得分最高不超过该项分值。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 92}]
    """
    for name, weight, score, path in facts.once(_scored):
        if weight is None or weight < 0 or score is None:
            continue
        if score > weight:
            yield at(
                *path,
                "得分",
                name=name,
                score=score,
                weight=weight,
            )


@rule(
    "SCO005",
    ERROR,
    "执行率得分填报为 {stated}，执行率{rate}按规则应得 {score} 分（{formula}）",
)
def execution_score_wrong(facts: Facts) -> Problems:
    """执行率得分与模板规定的算法不符.

    依据：模板评分规则中的执行率计分方法（线性、分档或扣分），用未四舍五入的执行率计算。
    反例：
        资金: {年初预算数: 220, 全年预算数: 220, 全年执行数: 200, 分值: 10, 得分: 10}
    """
    for one in facts.evaluations:
        stated = one.evaluation.funds.score
        right = one.funds.score
        rate = one.funds.execution_rate.value
        if stated is None or right.value is None or rate is None:
            continue
        if abs(stated - right.value) > facts.tolerance:
            yield at(
                right,
                stated=stated,
                rate=percent(rate),
                score=plain(right.value, 2),
                formula=right.formula,
            )
