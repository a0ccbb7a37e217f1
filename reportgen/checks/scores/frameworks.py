"""SCO001, SCO002, SCO003 over 共性 frameworks: what a form states of its groups, and where a total came apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, WARNING, Problems, added_up, at, rule
from reportgen.checks.scores.addends import KnownSum, Scored
from reportgen.core.numerals import ZERO, known, plain
from reportgen.figures.common import CommonFigures, FrameworkFigures
from reportgen.figures.figure import FieldPath


def _by_dimension(
    amounts: Iterable[tuple[CommonFigures, Decimal | None]],
) -> dict[str, Decimal]:
    """The sums of what is given, by 一级."""
    sums = defaultdict[str, Decimal](Decimal)
    for one, amount in amounts:
        if amount is not None:
            sums[one.spec.dimension] += amount
    return sums


def _stated(
    facts: Facts,
) -> Iterator[tuple[FrameworkFigures, Decimal, Decimal | None]]:
    """The frameworks whose total score was stated, with it and the sum of the scores."""
    for one in facts.figures.frameworks:
        if one.framework.outcome.score is not None:
            yield one, one.framework.outcome.score, one.score_total


@rule(
    "SCO001",
    ERROR,
    "{framework}各项分值相加为 {total}（{parts}），{told}合计为 {stated}；请核对各级分值",
)
def framework_points_do_not_add(facts: Facts) -> Problems:
    """共性指标框架填报的分值合计，或标明的一级分值合计，与各项分值之和不符.

    依据：框架的分值合计、标明的各级分值合计等于各项分值之和，一般为 100 分。
    反例：
        模板: hecheng
        项目共性指标:
          指标: {实施效益: {得分: 20}}
          自评结果: {分值合计: 100}
    """
    for framework in facts.figures.frameworks:
        parts = _by_dimension(
            (one, one.spec.weight) for one in framework.indicators
        )
        labels = framework.framework.stated_weights
        stated: Decimal | None = framework.framework.outcome.weight
        place: FieldPath = ("自评结果", "分值合计")
        told = "填报的分值"
        groups = {one.spec.dimension for one in framework.indicators}
        if stated is None and groups and groups <= labels.keys():
            stated = sum((labels[group] for group in groups), ZERO)
            place = ("标明分值",)
            told = "标明的一级分值"
        total = sum(parts.values(), ZERO)
        if stated is not None and stated != total:
            yield at(
                framework,
                *place,
                framework=framework.path[0],
                total=total,
                parts=added_up(parts.items(), 2),
                told=told,
                stated=stated,
            )


@rule(
    "SCO002",
    ERROR,
    "{framework}「{group}」标明 {stated} 分，所属各项分值之和为 {total}（{parts}）；请核对各级分值",
)
def framework_group_points_do_not_add(facts: Facts) -> Problems:
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
            specs = [one.spec for one in framework.indicators]
            members = [
                one for one in specs if name in (one.dimension, one.category)
            ]
            weights = known(one.weight for one in members)
            total = sum(weights, ZERO)
            if members and total != stated:
                yield at(
                    framework,
                    "标明分值",
                    name,
                    framework=framework.path[0],
                    group=name,
                    stated=stated,
                    total=total,
                    parts=" ＋ ".join(map(plain, weights)),
                )


@rule(
    "SCO003",
    ERROR,
    "{framework}总分填报为 {stated}，各项得分相加为 {total}（{parts}）；请核对各项得分和总分",
)
def framework_score_wrong(facts: Facts) -> Problems:
    """共性指标的总分与各项得分之和不符.

    依据：总分等于各项得分之和。
    反例：
        模板: hecheng
        项目共性指标: {指标: {实施效益: {得分: 18}}, 自评结果: {总分: 30}}
    """
    for framework, stated, total in facts.once(_stated):
        if total is None:
            continue
        if abs(stated - total) > facts.tolerance:
            parts = _by_dimension(
                (one, one.printed_score)
                for one in framework.indicators
                if one.counted
            )
            yield at(
                framework,
                "自评结果",
                "总分",
                framework=framework.path[0],
                stated=stated,
                total=plain(total, 2),
                parts=added_up(parts.items(), 2),
            )


@rule(
    "SCO003",
    ERROR,
    "{framework}总分填报为 {stated}，已知的各项得分相加为 {least}，{rows}没有得分，{reach}；"
    "请补填得分，并核对总分",
)
def framework_score_out_of_reach(facts: Facts) -> Problems:
    """共性指标有几项还没有得分，而总分比已知得分之和还小，或者各项都得满分也达不到.

    依据：总分等于各项得分之和，各项得分不小于 0，不超过该项分值。
    反例：
        模板: hecheng
        项目共性指标: {指标: {实施效益: {得分: 18}, 完成及时性: {}}, 自评结果: {总分: 30}}
    """
    for framework, stated, total in facts.once(_stated):
        if total is not None:
            continue
        known = KnownSum.of(
            Scored(one.name, one.spec.weight, one.printed_score)
            for one in framework.indicators
            if one.counted
        )
        reach = known.out_of_reach(stated, facts.tolerance)
        if reach and known.rows:
            yield at(
                framework,
                "自评结果",
                "总分",
                framework=framework.path[0],
                stated=stated,
                least=plain(known.least, 2),
                rows=known.rows,
                reach=reach,
            )


@rule(
    "SCO003",
    WARNING,
    "总分 {stated} 比各项得分之和多 {off} 分，正好是「{name}」扣的分（{score}/{weight}）；请核对",
)
def framework_score_in_doubt(facts: Facts) -> Problems:
    """共性指标的总分与各项之和的差，正好是某一项所扣的分.

    依据：总分等于各项得分之和；差额正好是唯一一项的扣分时，多半是该项得分填错。
    反例：
        模板: hecheng
        项目共性指标: {指标: {决策依据充分性: {得分: 0}, 实施效益: {得分: 20}}, 自评结果: {总分: 22}}
    """
    for framework, stated, total in facts.once(_stated):
        missing = ZERO if total is None else stated - total
        lost = [one for one in framework.indicators if _lost(one) == missing]
        if missing > facts.tolerance and len(lost) == 1:
            (one,) = lost
            yield at(
                one,
                "得分",
                stated=stated,
                off=plain(missing, 2),
                name=one.name,
                score=one.printed_score or ZERO,
                weight=one.spec.weight or ZERO,
            )


def _lost(one: CommonFigures) -> Decimal | None:
    if one.spec.weight is None or one.printed_score is None:
        return None
    return one.spec.weight - one.printed_score
