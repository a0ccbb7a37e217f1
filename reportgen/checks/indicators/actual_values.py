"""IND001, IND002, IND008: targets and actual values as they are written."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import (
    has_word,
    is_stated,
    label_kind,
    row_label,
    same_value,
)
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problem, at, rule
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import framework_name
from reportgen.figures.indicators import DEADLINE, IndicatorFigures
from reportgen.model.target import Target
from reportgen.model.unit import Indicator

_OPEN = frozenset("≥≤><")
_NEAR = Decimal("0.9")  # of 约3200次 this much is about as many
_FEWEST = 5  # rows: fewer may all be equal by chance
_ALL = Decimal("0.9")  # of the rows
_A_STATE = 6  # characters: shorter words (提升, 达标) can hardly be said otherwise
_SHORT = 10  # characters of a target: a vague word in a longer one may be about something else
_SHARE = "「{name}」是占比，不会超过 100%，{column} {value} 不合理；{cure}"
_EVERY = "{count} 项指标中有 {equal} 项的实际值与指标值完全相同{full}；请填写统计、测量得到的实际值"
_WORDS = "「{name}」实际值照抄了指标值“{target}”；请写实际做到的程度"
_NO_NUMBER = "「{name}」是{kind}，指标值“{target}”没有可以衡量的数；请填写数量"
_RATE_OF_COST = "「{name}」是成本指标，指标值 {target} 不是金额；请填写金额，或在名称中写明是什么比率"


@rule(
    "IND001",
    ERROR,
    "「{name}」实际 {actual}，没有达到指标值 {target}，却得满分 {score}；请核对实际值和得分",
)
def target_missed_at_full_score(facts: Facts) -> Iterator[Problem]:
    """实际值不满足指标值却没有扣分，或指标值的符号不合情理.

    依据：指标值为“＜220”时，220 不算达到；没有达到的按规则扣分。占比类指标不会超过 100%，指标值写“100%”，不写“≥100%”。
    反例：
        指标: [{一级: 产出指标, 三级: 设备采购周期, 指标值: ＜30天, 实际值: 30天, 分值: 90, 偏差原因: 供货晚一天，今后加强催办}]
    """
    shares = facts.words.share_names
    for one in facts.figures.evaluations:
        for row in one.indicators:
            yield from _missed(row)
            yield from _share(row, shares)
    for row in facts.figures.long_term:
        yield from _share(row, shares)


def _missed(row: IndicatorFigures) -> Iterator[Problem]:
    if row.reached is not False:
        return
    indicator = row.indicator
    target, actual, weight, score = (
        indicator.target,
        indicator.actual,
        indicator.weight,
        row.printed_score,
    )
    if (
        target is None
        or actual is None
        or (target.value is None and row.completion.formula != DEADLINE)
    ):
        return
    if not weight or score is None or score < weight:
        return
    if (
        target.relation == "≈"
        and row.completion.value is not None
        and row.completion.value >= _NEAR
    ):
        return
    severity = (
        ERROR if target.relation or row.completion.formula == DEADLINE else WARNING
    )
    shown: dict[str, Any] = {
        "actual": actual.text,
        "target": target.text,
        "score": indicator.weight.text if indicator.weight else "",
    }
    yield at(*row.path, "实际值", severity=severity, name=row_label(indicator), **shown)


def _share(row: IndicatorFigures, shares: tuple[str, ...]) -> Iterator[Problem]:
    name = row.indicator.name.strip()
    if not name.endswith(shares):
        return
    target, actual = row.indicator.target, row.indicator.actual
    if (
        target
        and target.measure == "%"
        and target.value is not None
        and _beyond(target)
    ):
        shown: dict[str, Any] = {
            "column": "指标值",
            "value": target.text,
            "cure": "请写成 100% 或低于它的数",
        }
        yield at(
            *row.path, "指标值", message=_SHARE, severity=WARNING, name=name, **shown
        )
    if (
        actual
        and actual.measure == "%"
        and actual.value is not None
        and actual.value > 100
    ):
        shown = {"column": "实际值", "value": actual.text, "cure": "请核对分子和分母"}
        yield at(
            *row.path, "实际值", message=_SHARE, severity=WARNING, name=name, **shown
        )


def _beyond(target: Target) -> bool:
    value = target.value or Decimal(0)
    return value > 100 or (value == 100 and target.relation in (">", "≥"))


@rule(
    "IND002",
    WARNING,
    "「{name}」实际值“{actual}”照抄了指标值，不是测量结果；请填写统计、测量得到的数",
)
def target_repeated_as_actual(facts: Facts) -> Iterator[Problem]:
    """实际值照抄指标值.

    依据：实际完成值应为统计、测量的结果；“大于14000次”是目标的写法，不是结果。各项实际值与指标值全部相同的，一般没有实际测量。
    反例：
        指标: [{一级: 产出指标, 三级: 出车次数, 指标值: 大于14000次, 实际值: 大于14000次}]
    """
    fixed = facts.pack.scoring.framework
    for one in facts.figures.evaluations:
        all_equal = list(_all_equal(one))
        yield from all_equal
        for row in one.indicators:
            target, actual = row.indicator.target, row.indicator.actual
            if target is None or actual is None or not row.indicator.applicable:
                continue
            if (
                actual.relation in _OPEN
                and actual.value is not None
                and same_value(target, actual)
            ):
                yield at(
                    *row.path,
                    "实际值",
                    name=row_label(row.indicator),
                    actual=actual.text,
                )
            elif (
                not all_equal
                and target.value is None
                and _is_copied(row.indicator, target, actual, fixed)
            ):
                name = row_label(row.indicator)
                yield at(
                    *row.path,
                    "实际值",
                    message=_WORDS,
                    severity=ADVICE,
                    name=name,
                    target=target.text.strip(),
                )


def _all_equal(one: EvaluationFigures) -> Iterator[Problem]:
    rows = [row.indicator for row in one.indicators if row.indicator.applicable]
    filled = [
        (row, row.target, row.actual)
        for row in rows
        if row.target and row.actual and is_stated(row.target.text)
    ]
    equal = [
        row
        for row, target, actual in filled
        if target and actual and same_value(target, actual)
    ]
    full = all(
        row.score is None or row.weight is None or row.score >= row.weight
        for row in equal
    )
    if len(filled) >= _FEWEST and full and len(equal) >= _ALL * len(filled):
        scored = "，且全部满分" if any(row.score is not None for row in equal) else ""
        yield at(
            *one.path,
            "指标",
            message=_EVERY,
            count=len(filled),
            equal=len(equal),
            full=scored,
        )


def _is_copied(
    indicator: Indicator, target: Target, actual: Target, fixed: Container[str]
) -> bool:
    """A state told word for word; for the indicators that the form itself names (`fixed`) the words are given."""
    text = target.text.strip()
    return (
        len(text) >= _A_STATE
        and text == actual.text.strip()
        and framework_name(indicator.name) not in fixed
    )


@rule(
    "IND008",
    WARNING,
    "「{name}」指标值“{target}”含糊，没有可以衡量的标准；请填写确切的数",
)
def target_vague(facts: Facts) -> Iterator[Problem]:
    """指标值含糊，或没有可以衡量的数.

    依据：指标值应当清晰、可衡量；“约”“一批”“若干”无法判断是否完成，数量指标应为数量，成本指标应为金额。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 设备采购数, 指标值: 一批, 实际值: 一批}]
    """
    vague = facts.words.vague_terms
    for one in facts.figures.evaluations:
        for row in one.indicators:
            if row.indicator.target is not None and row.indicator.applicable:
                yield from _vague(row, row.indicator, row.indicator.target, vague)


def _vague(
    row: IndicatorFigures, indicator: Indicator, target: Target, vague: Sequence[str]
) -> Iterator[Problem]:
    text, category = target.text.strip(), label_kind(indicator.category)
    if target.value is not None and target.relation != "≈" and category != "成本":
        return
    if not is_stated(text):
        return
    name = row_label(indicator)
    if target.relation == "≈" or (
        target.value is None and len(text) <= _SHORT and has_word(text, vague)
    ):
        yield at(*row.path, "指标值", name=name, target=text)
    elif (
        category == "数量"
        and target.value is None
        and not any(char.isdigit() for char in text)
    ):
        yield at(
            *row.path,
            "指标值",
            message=_NO_NUMBER,
            name=name,
            kind=indicator.category.strip(),
            target=text,
        )
    elif (
        category == "成本"
        and target.measure == "%"
        and "率" not in name
        and "比" not in name
    ):
        yield at(*row.path, "指标值", message=_RATE_OF_COST, name=name, target=text)
