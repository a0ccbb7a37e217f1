"""REQ001: cells of the tables of indicators that say nothing."""

from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.rule import ERROR, WARNING, Problems, at, first_of, rule
from reportgen.core.numerals import percent
from reportgen.figures.common import CommonFigures, FrameworkFigures
from reportgen.model.target import is_named

_MOST_NAMED = 5  # rows in one message


@rule("REQ001", WARNING, "「{name}」一行没有填三级指标名称；请补上")
def name_empty(facts: Facts) -> Problems:
    """指标表中某一行没有填三级指标名称.

    依据：自评表各行的名称、指标值、实际值都应填写。
    反例：
        指标: [{一级: 产出指标, 二级: 质量指标, 指标值: ≥98%, 实际值: 98%}]
    """
    levels = facts.manifest.levels
    kinds = {name for names in levels.values() for name in names}
    for table in facts.tables:
        for row in table.applicable:
            is_stated = row.target or row.actual
            of_a_kind = row.category_label in kinds  # else IND004 says it
            if is_stated and of_a_kind and not is_named(row.name):
                yield at(row, "三级")


@rule("REQ001", WARNING, "「{name}」没有填{field}；请补上，不适用的填“不适用”")
def value_empty(facts: Facts) -> Problems:
    """指标表中某一行没有填指标值或实际值.

    依据：自评表各行的名称、指标值、实际值都应填写；确实没有的填“不适用”。
    反例：
        指标: [{一级: 产出指标, 二级: 质量指标, 三级: 合格率, 实际值: 98%}]
    """
    for table in facts.tables:
        owes_actuals = not facts.declared and any(
            row.actual for row in table.rows
        )
        for row in table.applicable:
            if not is_named(row.name) or _told_by_score(facts, row):
                continue
            unscored = not row.indicator.weight
            if row.target is None:
                yield at(row, "指标值", field="指标值")
            elif row.actual is None and owes_actuals and unscored:
                yield at(row, "实际值", field="实际值")


def _told_by_score(facts: Facts, row: IndicatorRow) -> bool:
    """Whether its score is told to have no basis (SCO007), or to be missing."""
    not_scored = bool(row.indicator.weight) and not facts.declared
    return bool(row.indicator.score) or not_scored


@rule(
    "REQ001",
    ERROR,
    "「{name}」空着，按填报的数据计算为{rate}（{formula}）；请填写",
)
def computable_rate_blank(facts: Facts) -> Problems:
    """共性指标中，由填报的数据可以算出的率空着.

    依据：共性指标表各行应填写实际值；由填报的数据可以算出的率不应空着。
    反例：
        模板: ezhou
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 3场, 实际值: 3场}]
        共性指标: {指标: {预算执行率: {实际值: ""}}}
    """
    for framework in _filled_frameworks(facts):
        for one in filter(_is_blank, framework.indicators):
            if one.rate is not None and one.rate.value is not None:
                yield at(
                    one,
                    "实际值",
                    name=one.name,
                    rate=percent(one.rate.value),
                    formula=one.rate.formula,
                )


@rule(
    "REQ001",
    ERROR,
    "共性指标表中有 {count} 项没有填写实际值：{names}；请补填，确实没有的填“不适用”",
)
def framework_rows_empty(facts: Facts) -> Problems:
    """共性指标各行没有填写实际值.

    依据：共性指标表各行应填写实际值，确实没有的填“不适用”。
    反例：
        模板: ezhou
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 3场, 实际值: 3场}]
        共性指标: {指标: {绩效目标合理性: {实际值: ""}}}
    """
    for framework in _filled_frameworks(facts):
        empty = [one.name for one in framework.indicators if _says_nothing(one)]
        if empty:
            names = first_of(empty, _MOST_NAMED, "等")
            yield at(framework, "指标", count=len(empty), names=names)


def _filled_frameworks(facts: Facts) -> Iterator[FrameworkFigures]:
    """Frameworks without points of units with indicators; rows with points are told of by their scores."""
    if facts.declared or not facts.unit.indicators:
        return
    for framework in facts.figures.frameworks:
        is_unscored = all(
            one.spec.weight is None for one in framework.indicators
        )
        if is_unscored and framework.is_handed_in:
            yield framework


def _is_blank(one: CommonFigures) -> bool:
    """Whether the row stands there with an empty cell."""
    return (
        one.reported.actual is not None and not one.reported.actual.text.strip()
    )


def _says_nothing(one: CommonFigures) -> bool:
    """Whether a row has no actual that could be printed, and no data that a message about its formula names."""
    if _is_blank(one):
        return one.rate is None or one.rate.value is None
    is_open = one.reported.actual is None and one.printed_actual is None
    return is_open and not one.has_data
