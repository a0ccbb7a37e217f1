"""REQ001: fields and chapters that the pack requires, and cells of a form that say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import (
    has_word,
    is_filled_in,
    is_stated,
    row_label,
)
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problem, at, rule
from reportgen.core.numerals import percent
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import CommonFigures, FrameworkFigures
from reportgen.figures.figure import FieldPath
from reportgen.model.target import Target, is_named
from reportgen.model.unit import Evaluation, Indicator

_OF_EVALUATIONS = (
    "资金",
    "年度目标",
    "自评结果",
)  # required of the whole unit and of each project
_OF_RESULTS = ("全年执行数", "完成情况", "自评结果")  # not before the year is over
_SHORTEST, _LONGEST = (
    8,
    40,
)  # characters of a text that cannot stand twice by chance; longer ones are TXT007
_MANY = 5
_ROWS = "共性指标表中有 {count} 项没有填写实际值：{names}；请补填，确实没有的填“不适用”"
_KNOWN = "「{name}」空着，按填报的数据计算为{rate}（{formula}）；请填写"
_NO_NAME = "「{name}」一行没有填三级指标名称；请补上"
_NO_VALUE = "「{name}」没有填{field}；请补上，不适用的填“不适用”"
_SAME = "「{name}」与「{other}」文字相同，没有写{name}的内容；请分别填写"
_NO_RESULT = "「{name}」没有写自评得分和等级；请写明"
_NO_NUMBER = "「{name}」没有写满意度的数（表中为 {value}）；请写明"
_NO_TARGETS = "没有填写年度目标和指标，这个项目的自评表是空的；请补填，不单独评价的请从「项目」中删去"
_NO_PROBLEM = (
    "「{name}」写的是措施或成绩，没有写存在的问题；请写明问题和原因，没有的填“无”"
)


@rule("REQ001", ERROR, "没有填写{field}；模板包「{pack}」要求填写，请补上")
def required_field_empty(facts: Facts) -> Iterator[Problem]:
    """模板要求的项没有填写.

    依据：模板包的必填项；目标、资金、自评结果各项，整体有指标的按整体填，每个有指标的项目各填一份。
    反例：
        年度目标: {完成情况: 培训三十二场}
    """
    evaluations = [
        one for one in facts.figures.evaluations if is_filled_in(one.evaluation)
    ]
    for entry in facts.pack.manifest.required:
        first, *rest = (*entry.strip().split("."),)
        if facts.declared and any(name in entry for name in _OF_RESULTS):
            continue
        if first == "项目" and rest:
            places = [
                (one.evaluation, one.path, rest) for one in evaluations if one.path
            ]
        elif first in _OF_EVALUATIONS:
            places = [(one.evaluation, one.path, [first, *rest]) for one in evaluations]
        else:
            places = [(facts.unit, (), [first, *rest])]
        for owner, path, steps in (
            places if not _told_by_indicators(facts, entry) else ()
        ):
            if not _is_filled(_reached(owner, steps)):
                yield at(*path, *steps, field=".".join(steps), pack=facts.pack.name)


@rule("REQ001", ADVICE, _NO_TARGETS)
def project_empty(facts: Facts) -> Iterator[Problem]:
    """项目只填了名称和资金，没有填目标和指标，而其他项目填了.

    依据：项目支出绩效自评表逐个项目填写年度目标和绩效指标。
    反例：
        项目:
          - {名称: 甲项目, 指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 3场, 实际值: 3场}]}
          - {名称: 乙项目, 资金: {全年预算数: 10, 全年执行数: 10}}
    """
    below = facts.figures.projects
    if not any(is_filled_in(one.evaluation) for one in below) or not _prints_projects(
        facts
    ):
        return
    for one, project in zip(below, facts.unit.projects, strict=True):
        if not is_filled_in(one.evaluation) and not project.listed_name:
            yield at(*one.path, "指标")


def _prints_projects(facts: Facts) -> bool:
    return any(spec.scope == "项目" for spec in facts.pack.manifest.documents)


def _told_by_indicators(facts: Facts, entry: str) -> bool:
    """Whether the 共性 indicators computed from that part of 基础数据 say it: 不适用, or no score without data."""
    steps = tuple(entry.strip().split("."))
    users = [
        one
        for framework in facts.figures.frameworks
        for one in framework.indicators
        if one.rate is not None
        and any(item.path[: len(steps)] == steps for item in one.rate.inputs)
    ]
    return bool(users) and all(one.reported.score is None for one in users)


def _reached(value: object, steps: Sequence[str]) -> object:
    """What stands at the Chinese names `steps` below `value`; None where nothing does."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, BaseModel):
            names = (
                name
                for name, field in type(value).model_fields.items()
                if step in (field.alias, name)
            )
            value = getattr(value, next(names, ""), None)
        else:
            return None
    return value


def _is_filled(value: object) -> bool:
    if isinstance(value, BaseModel):
        return any(
            _is_filled(getattr(value, name)) for name in type(value).model_fields
        )
    if isinstance(value, (str, Target)):
        return bool((value if isinstance(value, str) else value.text).strip())
    return value is not None and value not in ((), {})


@rule("REQ001", WARNING, _NO_VALUE)
def cell_empty(facts: Facts) -> Iterator[Problem]:
    """指标表中的名称、指标值、实际值空着，或共性指标各行没有填写.

    依据：自评表各行的名称、指标值、实际值都应填写；由填报的数据可以算出的率不应空着；确实没有的填“不适用”。
    反例：
        指标: [{一级: 产出指标, 二级: 质量指标, 三级: 合格率, 实际值: 98%}]
    """
    for one in facts.figures.evaluations:
        for row in one.indicators:
            if row.indicator.applicable and not row.indicator.left_blank:
                yield from _cells(facts, one, row.indicator, row.path)
    for framework in facts.figures.frameworks:
        if framework.indicators and not facts.declared:
            yield from _rows_of_form(facts, framework)


def _cells(
    facts: Facts, one: EvaluationFigures, indicator: Indicator, path: FieldPath
) -> Iterator[Problem]:
    if not is_named(indicator.name):
        stated = indicator.target or indicator.actual
        if stated and indicator.category.strip() in _kinds(
            facts
        ):  # else the name stands in another column: IND004
            yield at(*path, "三级", message=_NO_NAME, name=row_label(indicator))
        return
    if indicator.score:
        return  # a score with nothing to stand on: SCO007
    if indicator.target is None:
        yield at(*path, "指标值", name=row_label(indicator), field="指标值")
    elif (
        indicator.actual is None
        and not facts.declared
        and _has_actuals(one.evaluation)
        and not indicator.weight
    ):
        yield at(
            *path, "实际值", name=row_label(indicator), field="实际值"
        )  # with points: the score cannot be computed


def _kinds(facts: Facts) -> set[str]:
    return {name for names in facts.pack.manifest.levels.values() for name in names}


def _has_actuals(evaluation: Evaluation) -> bool:
    return any(row.actual is not None for row in evaluation.indicators)


def _rows_of_form(facts: Facts, framework: FrameworkFigures) -> Iterator[Problem]:
    """Rows of a framework without points that say nothing; those with points are told of by their scores."""
    if (
        any(one.spec.weight is not None for one in framework.indicators)
        or not facts.unit.indicators
    ):
        return
    path = (*framework.path, "指标")
    empty = [
        one
        for one in framework.indicators
        if one.reported.actual is None and one.printed_actual is None
    ]
    blank = [
        one
        for one in framework.indicators
        if one.reported.actual is not None and not _text(one).strip()
    ]
    for one in blank:
        if one.rate is not None and one.rate.value is not None:
            shown: dict[str, Any] = {
                "rate": percent(one.rate.value),
                "formula": one.rate.formula,
            }
            yield at(
                *path,
                one.name,
                "实际值",
                message=_KNOWN,
                severity=ERROR,
                name=one.name,
                **shown,
            )
        else:
            empty.append(one)
    if empty:
        names = "、".join(one.name for one in empty[:_MANY]) + (
            "等" if len(empty) > _MANY else ""
        )
        yield at(*path, message=_ROWS, severity=ERROR, count=len(empty), names=names)


def _text(one: CommonFigures) -> str:
    return one.reported.actual.text if one.reported.actual else ""


@rule("REQ001", WARNING, _SAME)
def chapter_says_nothing(facts: Facts) -> Iterator[Problem]:
    """报告的某一节没有写应写的内容：与另一节相同、结论没有得分、满意度没有数、存在问题一节没有写问题.

    依据：各节应写本节的内容；评价结论写明得分和等级；满意度写明调查的结果；存在问题写明问题和原因。
    反例：
        叙述: {资金执行情况: 全年支出按进度执行。, 产出指标完成情况: 全年支出按进度执行。}
    """
    words = facts.words
    for one in facts.figures.evaluations:
        first: dict[str, str] = {}
        for name, texts in one.evaluation.narrative.items():
            text = "".join(texts).strip()
            if not is_stated(text):
                continue
            path = (*one.path, "叙述", name)
            other = first.setdefault(text, name)
            if other != name and _SHORTEST <= len(text) < _LONGEST:
                yield at(*path, name=name, other=other)
            yield from _content(facts, one, name, text)
            if (
                "问题" in name
                and "说明" not in name
                and _only_measures(text, words.problem_terms, words.measure_terms)
            ):
                yield at(*path, message=_NO_PROBLEM, name=name)


def _content(
    facts: Facts, one: EvaluationFigures, name: str, text: str
) -> Iterator[Problem]:
    """The result that a conclusion owes, the number that a chapter on satisfaction owes."""
    path, printed_default = (*one.path, "叙述", name), "{{" in text
    if printed_default:
        return
    if (
        name.endswith("结论")
        and _is_scored(facts, one)
        and "分" not in text.replace("部分", "").replace("充分", "")
    ):
        yield at(*path, message=_NO_RESULT, name=name)
    elif (
        "满意度" in name
        and not any(char.isdigit() for char in text)
        and "百分之" not in text
    ):
        rows = (
            row.indicator.actual
            for row in one.indicators
            if "满意" in row.indicator.category
        )
        value = next(
            (
                actual
                for actual in rows
                if actual is not None and actual.value is not None
            ),
            None,
        )
        if value is not None:
            yield at(*path, message=_NO_NUMBER, name=name, value=value.text)


def _is_scored(facts: Facts, one: EvaluationFigures) -> bool:
    """Whether there is a score that a conclusion could tell of; a report of the unit tells of its projects too."""
    below = facts.figures.projects if not one.path else ()
    return any(found.printed_total is not None for found in (one, *below))


def _only_measures(text: str, problems: Sequence[str], measures: Sequence[str]) -> bool:
    return bool(problems) and has_word(text, measures) and not has_word(text, problems)
