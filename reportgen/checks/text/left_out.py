"""TXT001: sections of a report that leave out what the forms have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.passages import ProseSection
from reportgen.checks.facts.reported_values import (
    agrees,
    shortened,
    values_of,
)
from reportgen.checks.rule import ERROR, WARNING, Problem, at, rule
from reportgen.core.findings import Severity
from reportgen.core.numerals import percent, plain
from reportgen.narrative.numbers import MONEY

_SATISFACTION = "满意"
_ALL, _ALL_WORDS = (
    ("100%", "≥100%", "=100%"),
    ("全部", "均", "按时", "及时", "全面", "如期"),
)  # say 100% without a number
_MOST_OF = 0.75
_MOST = 4  # indicators that a message names
_ONLY_MONEY = "“{section}”写的是金额，没有写数量；表中的指标有{rows}；请写明实际值"
_REPEATED = "“{section}”与“{other}”同一句话，没有写全年执行数 {executed} 万元{rate}；请写明实际支出和执行率"


@rule("TXT001", WARNING, "“{section}”没有讲到{rows}；表中有这些指标，请补上实际值")
def indicators_left_out(facts: Facts) -> Iterator[Problem]:
    """讲指标完成情况的一节没有写表中指标的实际值.

    依据：自评报告逐项说明表中各项指标的完成情况，写明实际值。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场}]
        叙述: {产出指标完成情况: 各项工作按计划开展。}
    """
    words = facts.words.indicator_sections
    for section in facts.sections:
        word = next((word for word in words if word in section.name), "")
        rows = _rows(facts, section, word) if word else []
        left = [row for row in rows if not _told(row, section)]
        of_projects = (
            section.first.project is None and bool(rows) and rows[0].owner is not None
        )
        if left and (not of_projects or len(left) == len(rows)):
            yield _left_out(section, left)


def _rows(facts: Facts, section: ProseSection, word: str) -> list[IndicatorRow]:
    """The indicators with numbers of the kind that the section is about; of all projects where the unit has none."""
    project = section.first.project
    rows = [
        row
        for row in facts.reported.of_project.get(project, ())
        if _is_about(row, word)
    ]
    return rows or (
        [row for row in facts.reported.indicators if _is_about(row, word)]
        if project is None
        else []
    )


def _is_about(row: IndicatorRow, word: str) -> bool:
    indicator = row.indicator
    if word not in f"{indicator.dimension}{indicator.category}" or row.is_money:
        return False
    stated = indicator.actual or indicator.target
    return stated is not None and stated.quantitative and "元" not in stated.measure


def _told(row: IndicatorRow, section: ProseSection) -> bool:
    """Whether the section gives the value of the indicator, or speaks of it; of satisfaction the value is wanted."""
    indicator, text = row.indicator, section.text
    stated = [
        one.text.strip()
        for one in (indicator.target, indicator.actual)
        if one is not None
    ]
    if any(len(one) > 2 and one in text for one in stated):
        return True
    if _SATISFACTION not in f"{indicator.dimension}{indicator.category}" and _is_named(
        indicator.name.strip(), text
    ):
        return True
    if any(one in _ALL for one in stated) and any(word in text for word in _ALL_WORDS):
        return True
    values = [value for value in values_of(row) if value.column in ("指标值", "实际值")]
    return any(
        one.kind == value.kind and agrees(one, value)
        for one in section.quantities
        for value in values
    )


def _is_named(name: str, text: str) -> bool:
    """Whether the text has the name, or most of it: 设备维护次数 in 会议室设备维护."""
    if len(name) > 2 and (
        name in text or (len(shortened(name)) > 2 and shortened(name) in text)
    ):
        return True
    pairs = [name[n : n + 2] for n in range(len(name) - 1)]
    return len(pairs) > 2 and sum(pair in text for pair in pairs) >= _MOST_OF * len(
        pairs
    )


def _left_out(section: ProseSection, left: Sequence[IndicatorRow]) -> Problem:
    named = [f"「{row.indicator.name}」{_shown(row)}" for row in left[:_MOST]]
    rows = "、".join(named) + (f"等 {len(left)} 项" if len(left) > _MOST else "")
    kinds = {one.kind for one in section.quantities}
    if kinds == {MONEY} and "数量" in section.name:
        return at(
            *section.first.path,
            message=_ONLY_MONEY,
            severity=ERROR,
            section=section.name,
            rows=rows,
        )
    severity: Severity = ERROR if not kinds and "满意" in section.name else WARNING
    return at(*section.first.path, severity=severity, section=section.name, rows=rows)


def _shown(row: IndicatorRow) -> str:
    stated = row.indicator.actual or row.indicator.target
    return stated.text.strip() if stated else ""


@rule(
    "TXT001",
    ERROR,
    "“{section}”没有写全年执行数 {executed} 万元{rate}；请写明实际支出和执行率",
)
def execution_left_out(facts: Facts) -> Iterator[Problem]:
    """讲资金执行情况的一节没有写执行数，写的是到位情况或别的内容.

    依据：资金执行情况应写明全年执行数和预算执行率，与自评表一致。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 90}
        叙述: {资金执行情况: 财政全额拨款100万元。}
    """
    words, names = (
        facts.words.execution_terms,
        facts.words.execution_sections,
    )
    for section in facts.sections:
        if section.name in names and not any(word in section.text for word in words):
            same = (
                one.name
                for one in facts.sections
                if one.name not in names
                and one.first.project == section.first.project
                and one.text == section.text
            )
            yield from _without_execution(facts, section, next(same, ""))


def _without_execution(
    facts: Facts, section: ProseSection, same: str
) -> Iterator[Problem]:
    project = section.first.project
    one = facts.figures.evaluations[0 if project is None else project + 1]
    executed, rate = one.evaluation.funds.executed, one.funds.execution_rate.value
    if executed is None:
        return
    said = any(
        q.kind == MONEY and abs(q.value - executed) <= q.tolerance
        for q in section.quantities
    )
    shown = (
        ""
        if rate is None
        else f"和执行率{percent(rate)}"
        if rate <= 1
        else "（大于预算数，也请核对）"
    )
    if same or not said:
        message = _REPEATED if same else ""
        values = {"section": section.name, "other": same, "executed": plain(executed)}
        yield Problem(section.first.path, {**values, "rate": shown}, message)
