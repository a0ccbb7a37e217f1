"""TXT009 in tables: units of measure of indicators."""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import (
    SCALES,
    IndicatorRow,
    ValueCell,
)
from reportgen.checks.rule import ERROR, WARNING, Problem, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import ZERO, plain
from reportgen.model.measure import scale_and_unit
from reportgen.model.target import Target
from reportgen.narrative.measure_words import MEASURES
from reportgen.narrative.numbers import COUNT

_SHARE_NAME = re.compile(r"(?:[^利汇税费功斜频倍曲]率|占比|比例|比重)$")
_ALIKE = (
    frozenset({"次", "场", "期", "届", "轮", "回", "批次", "批"}),
    frozenset({"人", "人次", "名", "个"}),
    frozenset({"册", "册次", "本"}),
    frozenset({"天", "工作日", "日", "小时", "分钟", "周", "月"}),
)
_EVERY = "每"
_FRACTION = Decimal("1.2")  # a share written as a fraction is hardly more
_FAR = Decimal(100)  # times another: a value so far off has another unit
_SUBJECT = 4  # characters in common that make two texts speak of one thing
_DIFFERS = "「{name}」{column}为“{stated}”，{other_column}为“{other}”，计量单位不同；请统一"
_LOST = "「{name}」{column}为“{stated}”，{other_column}为“{other}”，漏写了计量单位；请写作“{right}”"
_LOST_UNCLEAR = "「{name}」{column}为“{stated}”，{other_column}为“{other}”，漏写了计量单位；请补上，并核对数值"
_MONEY = "「{name}」{column}“{stated}”的单位应写“{right}”；请改正"
_NO_SIGN = "「{name}」是比率，{column}“{stated}”没有百分号；请写作“{right}”"
_COUNT_AS_RATE = (
    "「{name}」是比率，{column}“{stated}”是数量；请写百分数，或改指标名称"
)
_COUNTED = frozenset({"人", "人次", "名", "户", "个"})
_BARE = "「{name}」{column}“{stated}”只写了“{scale}”，没有计量单位；请补上"


@rule("TXT009", ERROR, _DIFFERS)
def units_differ(facts: Facts) -> Problems:
    """同一指标的指标值、实际值、历年值、长期指标值用了不同的计量单位，或有的漏写.

    依据：同一指标各栏的计量单位应当一致，才能比较。
    反例：
        指标: [{一级: 产出指标, 三级: 餐饮品种, 指标值: 55种, 实际值: 55家}]
    """
    annual: dict[str, ValueCell] = {}
    for row in facts.value_rows:
        cells = row.values
        if row.values[0].path[0] == "指标":
            annual.setdefault(row.value_name, cells[0])
        if row.long_term and row.value_name in annual:
            cells = (
                annual[row.value_name]._replace(column="年度指标值"),
                cells[0]._replace(column="长期指标值"),
            )
        if len({cell.target.measure for cell in cells}) > 1 or any(
            _EVERY in cell.target.text for cell in cells
        ):
            first = max(
                cells, key=lambda cell: bool(cell.target.measure)
            )  # the first that says its unit
            others = (
                _against(row.value_name, cell, first)
                for cell in cells
                if cell is not first
            )
            yield from islice(filter(None, others), 1)


def _against(name: str, cell: ValueCell, first: ValueCell) -> Problem | None:
    """What is wrong with the unit of `cell`, as it stands beside `first`."""
    one = cell.target
    other = first.target
    tell = partial(
        _told, name, cell, other_column=first.column, other=other.text
    )
    if not one.measure:
        if not one.value or _unit(other) not in MEASURES:
            return None  # 0 needs no unit
        right = _advised(one, other)
        return tell(
            message=_LOST if right else _LOST_UNCLEAR,
            severity=ERROR if other.measure == "%" else WARNING,
            right=right,
        )
    units = {_unit(one), _unit(other)}
    if not units <= MEASURES:
        return None  # 场培训: more than a unit
    if len(units) > 1:
        alike = any(units <= group for group in _ALIKE) or (
            "个" in units and "%" not in units
        )
        return tell(severity=WARNING if alike else ERROR)
    if (_EVERY in one.text) != (_EVERY in other.text):
        return tell(severity=WARNING)
    scale = _lost_scale(one, other)
    return (
        tell(
            message="「{name}」{column}为“{stated}”，{other_column}为“{other}”，相差上千倍；请核对计量单位是否漏写“{scale}”",
            scale=scale,
        )
        if scale
        else None
    )


def _told(name: str, cell: ValueCell, **values: Any) -> Problem:
    """The problem of one cell of the indicator `name`."""
    column = cell.column
    stated = cell.target.text
    return at(cell, name=name, column=column, stated=stated, **values)


def _advised(one: Target, other: Target) -> str:
    """`one` with the measure that it lacks, where it then agrees with `other` roughly; "" where it would not."""
    if other.measure != "%" and one.value and other.value:
        times = abs(one.value / other.value)
        if not 1 / _FAR < times < _FAR:
            in_yuan = (
                other.measure == "万元" and 1 / _FAR < times / 10000 < _FAR
            )
            return f"{one.text}元" if in_yuan else ""
    return _with_measure(one, other.measure, other.value)


def _with_measure(
    one: Target, measure: str, beside: Decimal | None = None
) -> str:
    """`one` with the measure that it lacks; 0.973 beside ≥95% is the share as a fraction, and means 97.3%."""
    value = one.value
    small = beside is not None and beside <= _FRACTION
    as_typed = value is not None and one.text.strip() == str(value)
    if value is None or measure != "%" or small or not as_typed:
        return f"{one.text}{measure}"
    return f"{plain(value.scaleb(2))}%" if value <= _FRACTION else f"{value}%"


def _unit(target: Target) -> str:
    """The bare unit: 场 of 场次, 平方米 of 万平方米, 元 of 元/人."""
    return scale_and_unit(target.measure.partition("/")[0])[1]


def _lost_scale(one: Target, other: Target) -> str:
    """The 万 of 16.19平方米 beside 15.2万平方米; "" where none is missing."""
    if not one.value or not other.value:
        return ""
    scale, unit = scale_and_unit(one.measure)
    other_scale, _ = scale_and_unit(other.measure)
    ratio = abs(one.value * scale / (other.value * other_scale))
    if scale == other_scale or Decimal("0.001") < ratio < 1000 or not unit:
        return ""
    larger = other.measure if scale < other_scale else one.measure
    return larger.removesuffix(unit) or larger


@rule("TXT009", ERROR, _BARE)
def unit_lost(facts: Facts) -> Problems:
    """指标值、实际值只有数字，或只写“万”，没有计量单位.

    依据：金额写“万元”，面积写“平方米”“万平方米”，比率写百分号。
    反例：
        指标: [{一级: 产出指标, 二级: 成本指标, 三级: 物业管理费, 指标值: 52.12万, 实际值: 52.12万}]
    """
    annual = [row for row in facts.value_rows if not row.long_term]
    marked = {row.value_name for row in annual if _has_measure(row)}
    for row in facts.value_rows:
        if row.long_term and row.value_name in marked:
            continue  # said beside its annual indicator
        bare = [cell for cell in row.values if cell.target.measure in SCALES]
        if bare:
            yield _bare_scale(row, bare)
        elif _SHARE_NAME.search(row.value_name):
            yield from _without_sign(row)
    yield from _scale_lost(facts)


def _has_measure(row: IndicatorRow) -> bool:
    return any(cell.target.measure for cell in row.values)


def _bare_scale(row: IndicatorRow, bare: Sequence[ValueCell]) -> Problem:
    target = bare[0].target
    columns = "、".join(one.column for one in bare)
    return _told(
        row.value_name,
        bare[0]._replace(column=columns),
        message=_MONEY if row.is_money else "",
        right=f"{target.text}元",
        scale=target.measure,
    )


def _measure(cell: ValueCell) -> str:
    return cell.target.measure


def _without_sign(row: IndicatorRow) -> Problems:
    counted = _has_measure(row)
    if counted and not _COUNTED.issuperset(map(_measure, row.values)):
        return
    cell = next((cell for cell in row.values if cell.target.value), None)
    if cell is not None:
        right = _with_measure(cell.target, "%")
        yield _told(
            row.value_name,
            cell,
            message=_COUNT_AS_RATE if counted else _NO_SIGN,
            severity=WARNING,
            right=right,
        )


def _scale_lost(facts: Facts) -> Problems:
    """16.19平方米, where everything else of that kind is 万平方米: a fraction of a unit that others have by the 万."""
    small = [row for row in facts.value_rows if _is_parted(row)]
    large = _by_ten_thousand(facts) if small else {}
    for row in small:
        name = row.value_name
        cell = row.values[0]
        one = cell.target
        for text, value, shown, where in large.get(_unit(one), ()):
            near = Decimal("0.2") <= (one.value or ZERO) / value <= 5
            if near and text != name and _same_subject(name, text):
                yield _told(
                    name,
                    cell,
                    message="「{name}」{column}为“{stated}”，{where}写“{shown}”；请核对计量单位是否漏写“万”",
                    shown=shown,
                    where=where,
                )
                break


def _is_parted(row: IndicatorRow) -> bool:
    """Whether its first value is a fraction of a unit: 16.19平方米."""
    one = row.values[0].target
    measured = "." in one.text and one.measure not in {"", "%"}
    return measured and scale_and_unit(one.measure)[0] == 1


_Large = tuple[str, Decimal, str, str]  # of what, the number of 万, text, place


def _by_ten_thousand(facts: Facts) -> dict[str, list[_Large]]:
    """Everything that is counted by the 万 in prose and tables, by its bare unit."""
    found = defaultdict[str, list[_Large]](list)
    for passage in facts.prose:
        for one in passage.quantities:
            if one.kind == COUNT and one.scale == 10000 and one.measure:
                unit = scale_and_unit(one.measure)[1]
                before = passage.before(one)
                where = dotted(passage.path)
                found[unit].append((before, one.value / 10000, one.text, where))
    for row in facts.value_rows:
        for cell in row.values:
            value = cell.target.value
            scale, unit = scale_and_unit(cell.target.measure)
            if scale == 10000 and unit and value:
                name = row.value_name
                where = dotted(cell.path)
                found[unit].append((name, value, cell.target.text, where))
    return found


def _same_subject(name: str, text: str) -> bool:
    """Whether `text` speaks of what the indicator is called: 办公用房 in both."""
    return any(
        name[start : start + _SUBJECT] in text
        for start in range(len(name) - _SUBJECT + 1)
    )
