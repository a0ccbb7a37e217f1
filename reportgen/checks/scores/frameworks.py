"""SCO001, SCO002, SCO003 over 共性 frameworks: what a form states of its groups, and where a total came apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, WARNING, Problem, at, rule
from reportgen.core.numerals import plain
from reportgen.figures.common import CommonFigures


@rule(
    "SCO001",
    ERROR,
    "{framework}各项分值相加为 {total}（{parts}），{stated}；请核对各级分值",
)
def framework_points_do_not_add(facts: Facts) -> Iterator[Problem]:
    """共性指标框架的分值合计与各项分值之和不符.

    依据：框架标明的各级分值与所属各项分值之和一致，合计一般为 100 分。
    反例：
        模板: hecheng
        项目共性指标:
          指标: {实施效益: {得分: 20}}
          自评结果: {分值合计: 100}
    """
    for framework in facts.figures.frameworks:
        total, parts = _points(framework.indicators)
        groups = dict.fromkeys(one.spec.dimension for one in framework.indicators)
        labels, own = (
            framework.framework.stated_weights,
            framework.framework.outcome.weight,
        )
        shown = " ＋ ".join(
            f"{group}{plain(weight)}" for group, weight in parts.items()
        )
        said: dict[str, Any] = {
            "framework": framework.path[0],
            "total": plain(total),
            "parts": shown,
        }
        if own is not None and own != total:
            yield at(
                *framework.path,
                "自评结果",
                "分值合计",
                stated=f"填报的分值合计为 {plain(own)}",
                **said,
            )
        elif groups and all(group in labels for group in groups):
            stated = sum((labels[group] for group in groups), Decimal(0))
            if stated != total:
                yield at(
                    *framework.path,
                    "标明分值",
                    stated=f"标明的一级分值合计为 {plain(stated)}",
                    **said,
                )


@rule(
    "SCO002",
    ERROR,
    "{framework}「{group}」标明 {stated} 分，所属各项分值之和为 {total}（{parts}）；请核对各级分值",
)
def framework_group_points_do_not_add(facts: Facts) -> Iterator[Problem]:
    """共性指标框架中某一级标明的分值与所属各项之和不符.

    依据：一级、二级指标标明的分值等于所属三级指标分值之和。
    反例：
        模板: hecheng
        项目共性指标:
          标明分值: {资金管理: 10}
          指标: {实施效益: {得分: 20}}
    """
    for framework in facts.figures.frameworks:
        for name, stated in framework.framework.stated_weights.items():
            members = [
                one
                for one in framework.indicators
                if name in (one.spec.dimension, one.spec.category)
            ]
            weights = [
                one.spec.weight for one in members if one.spec.weight is not None
            ]
            total = sum(weights, Decimal(0))
            if members and total != stated:
                yield at(
                    *framework.path,
                    "标明分值",
                    name,
                    framework=framework.path[0],
                    group=name,
                    stated=plain(stated),
                    total=plain(total),
                    parts=" ＋ ".join(map(plain, weights)),
                )


@rule(
    "SCO003",
    WARNING,
    "总分 {stated} 比各项得分之和多 {off} 分，正好是「{name}」扣的分（{score}/{weight}）；请核对",
)
def framework_score_in_doubt(facts: Facts) -> Iterator[Problem]:
    """共性指标的总分与各项之和的差，正好是某一项所扣的分.

    依据：总分等于各项得分之和；差额正好是唯一一项的扣分时，多半是该项得分填错。
    反例：
        模板: hecheng
        项目共性指标:
          指标:
            {决策依据充分性: {得分: 0}, 决策程序规范性: {得分: 2}, 绩效目标合理性: {得分: 2}, 绩效指标明确性: {得分: 1},
            预算编制科学性: {得分: 2}, 资金分配合理性: {得分: 1}, 资金到位率: {得分: 3}, 项目预算执行率: {得分: 3},
            资金使用合规性: {得分: 1}, 管理制度健全性: {得分: 5}, 制度执行有效性: {得分: 5}, 项目实际完成率: {实际值: 100%, 得分: 10},
            项目质量达标率: {实际值: 100%, 得分: 10}, 完成及时性: {得分: 10}, 成本节约率: {实际值: 2%, 得分: 10}, 实施效益: {得分: 20},
            社会公众或服务对象满意度: {得分: 10}}
          自评结果: {总分: 97}
    """
    for framework in facts.figures.frameworks:
        stated, total = framework.framework.outcome.score, framework.score_total
        if (
            stated is None
            or total is None
            or stated - total <= facts.pack.scoring.tolerance
        ):
            continue
        lost = [one for one in framework.indicators if _lost(one) == stated - total]
        if len(lost) == 1:
            (one,) = lost
            yield at(
                *framework.path,
                "指标",
                one.name,
                "得分",
                stated=plain(stated),
                off=plain(stated - total, 2),
                name=one.name,
                score=plain(one.printed_score or Decimal(0)),
                weight=plain(one.spec.weight or Decimal(0)),
            )


def _lost(one: CommonFigures) -> Decimal | None:
    return (
        None
        if one.spec.weight is None or one.printed_score is None
        else one.spec.weight - one.printed_score
    )


def _points(
    indicators: tuple[CommonFigures, ...],
) -> tuple[Decimal, dict[str, Decimal]]:
    groups: dict[str, Decimal] = {}
    for one in indicators:
        if one.spec.weight is not None:
            groups[one.spec.dimension] = (
                groups.get(one.spec.dimension, Decimal(0)) + one.spec.weight
            )
    return sum(groups.values(), Decimal(0)), groups
