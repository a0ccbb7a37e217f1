"""TXT001: a number of an indicator set against its target in prose: 完成目标的95%, 比目标快4天."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.figures.figure import FieldPath
from reportgen.narrative.numbers import PERCENT, POINTS, Quantity

_OF_TARGET = re.compile(
    r"[，,、（(]?(?:占|为|达到?|完成)?(?:了)?(?:年度|全年|年初)?(?:目标|计划|任务|指标)(?:值|数|任务)?的\s*"
)
_FROM_TARGET = re.compile(
    r"[，,、（(]?(?:比|较)(?:年度|全年|年初)?(?:目标|计划|任务|指标|要求|规定)(?:值|数|任务|时限|时间)?"
    r"(?:快|慢|早|晚|提前|推迟|延长|缩短|多|少|增加|减少|高|低|高出|超出?|超过)(?:了|出)?\s*"
)


class _Against(NamedTuple):
    """A number of an indicator, and what is told of it and the target right behind."""

    row: IndicatorRow
    number: Quantity
    told: Quantity


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与表不一致：「{name}」的指标值为{target}，按{actual}计算为{right}；请核对",
)
def against_target_wrong(facts: Facts) -> Problems:
    """文中写的完成目标的百分之几、比目标多少，与该项指标的指标值不符.

    依据：完成目标的比例＝实际值÷指标值；比目标多少＝实际值与指标值之差。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 社会培训, 指标值: ≥200人次, 实际值: 210人次, 分值: 90, 得分: 90}]
        叙述: {产出指标完成情况: 社会培训210人次，完成目标的108%。}
    """
    for passage, found in _found(facts):
        target = found.row.target
        if target is None or not target.value:
            continue
        right, slack = _right(found, target.value)
        if abs(right - found.told.value) > slack:
            text = passage.text[found.number.start : found.told.end]
            yield at(
                passage,
                quoted=text,
                name=found.row.label,
                target=target.text,
                actual=found.number.text,
                right=_shown(found, right),
            )


def _right(found: _Against, target: Decimal) -> tuple[Decimal, Decimal]:
    """What should be told, and by how much rounding may put it off."""
    number, told = found.number, found.told
    if told.kind == PERCENT and number.kind != PERCENT:
        return number.value / target * 100, told.tolerance
    return abs(number.value - target), max(number.tolerance, told.tolerance)


def _shown(found: _Against, right: Decimal) -> str:
    told = found.told
    if told.kind == PERCENT and found.number.kind != PERCENT:
        return f"{plain(right, 2)}%"
    unit = told.text.lstrip("0123456789.,")
    return f"相差{plain(right / told.scale)}{unit}"


def _found(facts: Facts) -> Iterator[tuple[ProseBlock, _Against]]:
    """The numbers that are said to be the actual of one indicator, with what is told of its target right behind."""
    told_of = _told_of_rows(facts)
    for passage in facts.quantified if told_of else ():
        for number, told in pairwise(passage.quantities):
            row = told_of.get((passage.path, number.start))
            if row is not None and told.is_exact:
                found = _Against(row, number, told)
                if _is_against(passage, found):
                    yield passage, found


def _told_of_rows(
    facts: Facts,
) -> dict[tuple[FieldPath, int], IndicatorRow]:
    """The indicators whose actual is told, by where its number stands; the unit and its project may have the same."""
    found = {}
    for one in facts.statements:
        values = {_values(row) for row in one.rows}
        if len(values) == 1 and _is_actual(one.rows[0], one.quantity):
            found[one.passage.path, one.quantity.start] = one.rows[0]
    return found


def _values(row: IndicatorRow) -> tuple[Decimal | None, ...]:
    cells = (row.target, row.actual)
    return tuple(cell.value if cell else None for cell in cells)


def _is_actual(row: IndicatorRow, number: Quantity) -> bool:
    """Whether it is what the form has, and in the same measure."""
    actual = row.actual
    return (
        actual is not None and number.is_exact and actual.value == number.value
    )


def _is_against(passage: ProseBlock, found: _Against) -> bool:
    number, told = found.number, found.told
    between = passage.text[number.end : told.start]
    if told.kind == PERCENT and _OF_TARGET.fullmatch(between):
        return number.kind != PERCENT
    same = (number.kind, number.measure) == (told.kind, told.measure)
    of_rates = number.kind == PERCENT and told.kind in {PERCENT, POINTS}
    return (same or of_rates) and bool(_FROM_TARGET.fullmatch(between))
