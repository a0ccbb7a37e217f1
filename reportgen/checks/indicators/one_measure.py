"""AGG002: one measure, printed in more than one place."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from rapidfuzz import fuzz

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, with_actuals
from reportgen.checks.facts.indicator_text import (
    label_kind,
    same_value,
    tolerance,
)
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.core.numerals import known, percent
from reportgen.figures.common import (
    CommonFigures,
    framework_name,
)
from reportgen.figures.indicators import is_reverse
from reportgen.model.measure import DURATIONS
from reportgen.model.target import Target, is_named

_ALIKE = 75  # of 100: more alike than that are two spellings of one name
_TIMES = ("天", "日", "小时", "分钟", "工作日", "月", "周")
_LOWER = "「{name}」长期指标值 {long} 低于年度指标值 {value}；长期目标不应低于年度目标，请核对"
_SIGN = "「{name}」长期指标值 {long} 与年度指标值 {value} 方向不一致；请核对，或说明依据"
_FULL = "「{name}」得满分 {score}，而{below}；请核对得分"
_LOST = "「{name}」得分 {score}（分值 {weight}），而各项目的满意度都是 100%；请核对得分"


@rule(
    "AGG002",
    ERROR,
    "「{name}」部门填 {stated}，项目「{project}」填 {other}，指标值相同而实际值不同；请核对",
)
def one_measure_many_values(facts: Facts) -> Problems:
    """同一指标在不同的地方填得不同.

    依据：同一指标在整体表、项目表、长期指标和共性指标中的名称、数值、得分应当一致。
    反例：
        指标: [{一级: 产出指标, 三级: 流动服务点, 指标值: ≥40个, 实际值: 43个}]
        项目:
          - 名称: 流动服务
            指标: [{一级: 产出指标, 三级: 流动服务点, 指标值: ≥40个, 实际值: 40个}]
    """
    yield from _whole_and_projects(facts)
    yield from _long_and_annual(facts)
    yield from _list_and_summary(facts)
    for one in facts.commons:
        yield from _computed(one)
        yield from _against_projects(facts, one)


def _whole_and_projects(facts: Facts) -> Problems:
    """A row of the whole unit and the one project that has the same row: one name, one target, two actuals."""
    whole, *projects = facts.tables
    below = defaultdict[str, list[IndicatorRow]](list)
    for row in chain.from_iterable(table.rows for table in projects):
        below[row.name].append(row)
    for row, target, actual in with_actuals(whole.rows):
        found = below.get(row.name, ())
        if len(found) != 1 or not is_named(row.name):
            continue
        for other, aim, reached in with_actuals(found):
            same = _same_target(row.name, target, aim)
            if same and not _agree(actual, reached):
                yield at(
                    row,
                    "实际值",
                    name=row.name,
                    stated=actual.text,
                    other=reached.text,
                    project=facts.projects[other.owner or 0].name,
                )


def _same_target(name: str, one: Target, two: Target) -> bool:
    """Whether both count the same things towards the same number; rates and averages differ from place to place."""
    relative = one.measure == "%" or "均" in name
    if one.value is None or relative or not same_value(one, two):
        return False
    return one.measure.removeprefix("个") not in DURATIONS


def _agree(one: Target, other: Target) -> bool:
    """Whether both are the same number to the coarser of the typed digits; 21.4万人次 and 214000人次 are."""
    value = other.value_in(one.measure)
    if one.value is None or value is None or not other.value:
        return one.value == value
    return abs(one.value - value) <= max(
        tolerance(one), tolerance(other) * abs(value / other.value)
    )


def _long_and_annual(facts: Facts) -> Problems:
    """Long-term and annual targets of one indicator: its name, the lower one, the sign."""
    annual: dict[str, IndicatorRow] = {}
    numbered: dict[str, list[IndicatorRow]] = {}
    for row in facts.tables[0].rows if facts.long_term else ():
        annual.setdefault(row.name, row)
        numbered.setdefault(_place(row), []).append(row)
    for row in facts.long_term:
        same = numbered.get(_place(row), ())
        if row.name in annual:
            yield from _values(facts, row, annual[row.name])
        elif is_named(row.name) and len(same) == 1:
            yield from _names(row, same[0])


def _place(row: IndicatorRow) -> str:
    return f"{row.dimension}/{row.category_label}"


def _values(facts: Facts, long: IndicatorRow, row: IndicatorRow) -> Problems:
    one = long.target
    other = row.target
    value = one.value_in(other.measure) if one and other else None
    if one is None or other is None or value is None or other.value is None:
        return
    other_sign = (value < 0) != (other.value < 0)
    falls = is_reverse(row.indicator, other, facts.scoring)
    if other_sign or (value < other.value and not falls):
        yield at(
            long,
            "指标值",
            message=_SIGN if other_sign else _LOWER,
            severity=WARNING,
            name=row.label,
            long=one.text,
            value=other.text,
        )


def _names(long: IndicatorRow, row: IndicatorRow) -> Problems:
    """The only row of a place in both lists: a numbered place has one indicator, elsewhere names may just be alike."""
    category = long.category_label
    one = long.target
    other = row.target
    alike = fuzz.ratio(long.name, row.name) >= _ALIKE
    if not alike and not category[-1:].isdigit():
        return
    same = one is not None and other is not None and same_value(one, other)
    yield at(
        row,
        "三级",
        message="「{category}」长期指标为「{long}」（{long_value}），年度指标为「{name}」（{value}），名称不同；请统一",
        severity=WARNING if same else ERROR,
        category=category,
        long=long.name,
        name=row.name,
        long_value=one.text if one else "未填",
        value=other.text if other else "未填",
    )


def _list_and_summary(facts: Facts) -> Problems:
    """A text that repeats some items of 长期目标 and leaves one out."""
    goals = [
        goal.strip().rstrip("。；;") for goal in facts.unit.long_term_goals
    ]
    for name, texts in facts.unit.supplement.items():
        told = [goal for goal in goals if any(goal in text for text in texts)]
        if 1 < len(told) < len(goals):
            left = "、".join(goal for goal in goals if goal not in told)
            yield at(
                "补充",
                name,
                message="{place}只写了长期目标中的 {some} 条，没有写“{left}”；请写全，或删去多余的一条",
                severity=WARNING,
                place=name,
                some=len(told),
                left=left,
            )


def _computed(one: CommonFigures) -> Problems:
    """A stated rate against the rate by its formula."""
    stated = one.reported.actual
    rate = one.rate.value if one.rate else None
    if stated is None or one.rate is None or rate is None:
        return
    if stated.value is None or stated.measure != "%":
        return
    if abs(rate * 100 - stated.value) > tolerance(stated):
        yield at(
            one,
            "实际值",
            message="「{name}」实际值填报为 {stated}，按填报的数据计算应为{rate}（{formula}）；请核对",
            name=one.name,
            stated=stated.text,
            rate=percent(rate),
            formula=one.rate.formula,
        )


def _against_projects(facts: Facts, one: CommonFigures) -> Problems:
    """A score of the framework against what the forms of the projects say of the same thing."""
    score = one.reported.score
    weight = one.spec.weight
    of_projects = one in facts.figures.project_framework.indicators
    if score is None or weight is None or one.reported.actual is not None:
        return
    message = ""
    below = ""
    if "满意" in one.name:
        if score < weight and _all_satisfied(facts):
            message = _LOST
    elif score >= weight and of_projects:
        below = "、".join(_missed(facts, one))
        message = _FULL if below else ""
    if message:
        yield at(
            one,
            "得分",
            message=message,
            name=one.name,
            score=score,
            weight=weight,
            below=below,
        )


def _all_satisfied(facts: Facts) -> bool:
    """Whether every project asked and nobody could be more satisfied."""
    rows = chain.from_iterable(table.filled for table in facts.tables[1:])
    asked = [row for row in rows if "满意" in row.category + row.name]
    actuals = known(row.actual for row in asked)
    full = [one for one in actuals if one.measure == "%" and one.value == 100]
    return 0 < len(facts.projects) <= len(asked) == len(full)


def _missed(facts: Facts, one: CommonFigures) -> Iterator[str]:
    """Rows of projects of the same kind (产出质量: 质量指标), or named alike (完成率), that were missed."""
    category = label_kind(one.spec.category)
    if not category.startswith("产出"):
        return
    sort = category.removeprefix("产出")
    ending = framework_name(one.name)[-3:]
    for row in facts.rows:
        alike = row.category == sort or row.name.endswith(ending)
        if row.owner is not None and row.figures.reached is False and alike:
            actual = row.said["actual"]
            name = facts.projects[row.owner].name
            yield f"项目「{name}」的「{row.label}」实际为 {actual}"
