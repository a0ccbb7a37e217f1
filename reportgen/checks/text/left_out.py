"""TXT001: sections of a report that leave out what the forms have."""

from collections.abc import Sequence
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.passages import ProseSection
from reportgen.checks.facts.reported_values import (
    agrees,
    values_of,
)
from reportgen.checks.facts.spoken_names import covered, shortened
from reportgen.checks.rule import (
    ERROR,
    WARNING,
    Problem,
    Problems,
    at,
    first_of,
    rule,
)
from reportgen.core.numerals import percent
from reportgen.narrative.numbers import MONEY

_SATISFACTION = "满意"
_ALL, _ALL_WORDS = (
    ("100%", "≥100%", "=100%"),
    ("全部", "均", "按时", "及时", "全面", "如期"),
)  # say 100% without a number
_MOST_OF = 0.75
_MOST = 4  # indicators that a message names
_ONLY_MONEY = (
    "“{section}”写的是金额，没有写数量；表中的指标有{rows}；请写明实际值"
)
_REPEATED = "“{section}”与“{other}”同一句话，没有写全年执行数 {executed} 万元{rate}；请写明实际支出和执行率"


@rule(
    "TXT001", WARNING, "“{section}”没有讲到{rows}；表中有这些指标，请补上实际值"
)
def indicators_left_out(facts: Facts) -> Problems:
    """讲指标完成情况的一节没有写表中指标的实际值.

    依据：自评报告逐项说明表中各项指标的完成情况，写明实际值。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场}]
        叙述: {产出指标完成情况: 各项工作按计划开展。}
    """
    for section in facts.sections:
        rows = _rows_of_section(facts, section)
        left = [row for row in rows if not _is_covered(row, section)]
        of_unit = section.first.project is None  # it need not name every one
        of_projects = of_unit and bool(rows) and rows[0].owner is not None
        if left and (len(left) == len(rows) or not of_projects):
            yield _left_out(section, left)


def _rows_of_section(facts: Facts, section: ProseSection) -> list[IndicatorRow]:
    for word in facts.words.indicator_sections:
        if word in section.name:
            return _rows(facts, section, word)
    return []


def _rows(facts: Facts, section: ProseSection, word: str) -> list[IndicatorRow]:
    """The indicators with numbers of the kind that the section is about; of all projects where the unit has none."""
    project = section.first.project
    own = facts.reported.of_project.get(project, ())
    rows = [row for row in own if _is_about(row, word)]
    if rows or project is not None:
        return rows
    return [row for row in facts.rows if _is_about(row, word)]


def _is_about(row: IndicatorRow, word: str) -> bool:
    if word not in f"{row.dimension}{row.category}" or row.is_money:
        return False
    stated = row.actual or row.target
    return (
        stated is not None
        and stated.quantitative
        and "元" not in stated.measure
    )


def _is_covered(row: IndicatorRow, section: ProseSection) -> bool:
    """Whether the section gives the value of the indicator, or speaks of it; of satisfaction the value is wanted.

    全部, 均 say 100% without a number.
    """
    text = section.text
    stated = [one.text.strip() for one in row.stated]
    satisfaction = _SATISFACTION in f"{row.dimension}{row.category}"
    return (
        any(len(one) > 2 and one in text for one in stated)
        or (not satisfaction and _is_named(row.name, text))
        or (not {*_ALL}.isdisjoint(stated) and has_word(text, _ALL_WORDS))
        or _by_number(row, section)
    )


def _by_number(row: IndicatorRow, section: ProseSection) -> bool:
    values = [
        one for one in values_of(row) if one.column in ("指标值", "实际值")
    ]
    return any(
        one.kind == value.kind and agrees(one, value)
        for one in section.quantities
        for value in values
    )


def _is_named(name: str, text: str) -> bool:
    """Whether the text has the name, or most of it: 设备维护次数 in 会议室设备维护."""
    if any(len(one) > 2 and one in text for one in (name, shortened(name))):
        return True
    return len(name) > 4 and covered(name, text) >= _MOST_OF * len(name)


def _left_out(section: ProseSection, left: Sequence[IndicatorRow]) -> Problem:
    named = [f"「{row.indicator.name}」{_shown(row)}" for row in left]
    rows = first_of(named, _MOST, f"等 {len(left)} 项")
    kinds = {one.kind for one in section.quantities}
    only_money = kinds == {MONEY} and "数量" in section.name
    no_number = not kinds and _SATISFACTION in section.name
    return at(
        section.first,
        message=_ONLY_MONEY if only_money else "",
        severity=ERROR if only_money or no_number else WARNING,
        section=section.name,
        rows=rows,
    )


def _shown(row: IndicatorRow) -> str:
    stated = row.actual or row.target
    return stated.text.strip() if stated else ""


@rule(
    "TXT001",
    ERROR,
    "“{section}”没有写全年执行数 {executed} 万元{rate}；请写明实际支出和执行率",
)
def execution_left_out(facts: Facts) -> Problems:
    """讲资金执行情况的一节没有写执行数，写的是到位情况或别的内容.

    依据：资金执行情况应写明全年执行数和预算执行率，与自评表一致。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 90}
        叙述: {资金执行情况: 财政全额拨款100万元。}
    """
    names = facts.words.execution_sections
    for section in facts.sections:
        if section.name not in names:
            continue
        if not has_word(section.text, facts.words.execution_terms):
            yield from _without_execution(facts, section)


def _without_execution(facts: Facts, section: ProseSection) -> Problems:
    one = facts.evaluation_of(section.first.project)
    executed = one.evaluation.funds.executed
    other = _repeated(facts, section)
    if executed is not None and (other or not _has_amount(section, executed)):
        yield at(
            section.first,
            message=_REPEATED if other else "",
            section=section.name,
            other=other,
            executed=executed,
            rate=_rate(one.funds.execution_rate.value),
        )


def _repeated(facts: Facts, section: ProseSection) -> str:
    """The section that says the same, on something else than the execution."""
    others = facts.words.execution_sections
    for one in facts.sections:
        same_report = one.first.project == section.first.project
        if same_report and one.text == section.text and one.name not in others:
            return one.name
    return ""


def _has_amount(section: ProseSection, amount: Decimal) -> bool:
    return any(
        one.kind == MONEY and abs(one.value - amount) <= one.tolerance
        for one in section.quantities
    )


def _rate(rate: Decimal | None) -> str:
    if rate is None:
        return ""
    return (
        f"和执行率{percent(rate)}" if rate <= 1 else "（大于预算数，也请核对）"
    )
