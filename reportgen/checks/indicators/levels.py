"""IND004: levels of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.indicator_text import (
    is_stated,
    label_kind,
    money,
)
from reportgen.checks.indicators.kind_system import KindSystem, kind_system
from reportgen.checks.rule import ERROR, WARNING, Problem, at, rule
from reportgen.figures.common import framework_name
from reportgen.model.target import is_named, read_target

_LEVEL = "「{category}」不属于「{dimension}」，应在「{right}」之下；请核对一级、二级指标是否错位"
_TOP = "一级指标填的是「{dimension}」，它是「{right}」的二级指标；请核对一级、二级指标是否错位"
_COLUMN = "指标名称「{category}」填在了二级指标一栏，三级指标空着；请把名称移到三级指标，二级指标填所属类别"
_FIXED = "二级指标填的是「{category}」，它是「{right}」下面的三级指标；请核对二级、三级指标是否错位"
_QUANTITY = "三级指标填的是“{name}”，不是指标名称；请填写指标名称"
_BASIS = "「{name}」的指标值依据“{text}”照抄了指标值；请填写依据，如计划标准、历史标准、行业标准"
_TWICE = "「{dimension}」下有两个「{name}」；请删去一个，或改正名称"
_UNGROUPED = (
    "「{name}」一行没有填一级指标，不属于任何一组；像 Excel 那样合并的，也请每一行都填"
)
_MIXED = "成本指标既作一级指标，又作产出指标的二级指标；请统一放在一处"
_KIND = "「{name}」是质量（比率）指标，填在了「{category}」下；请移到质量指标"


@rule("IND004", ERROR, _LEVEL)
def levels_shifted(facts: Facts) -> Iterator[Problem]:
    """指标的一级、二级、三级错位，或三级指标重复.

    依据：二级指标属于表中的一级指标（模板包的指标体系）；三级指标是名称，不是金额；同一类下名称不重复；每一行都填一级指标；成本指标只放在一处。
    反例：
        指标: [{一级: 质量指标, 二级: 时效指标, 三级: 按节点完成计划, 指标值: ≥95%, 实际值: 97%}]
    """
    levels = kind_system(facts)
    for table in facts.tables:
        yield from _ungrouped(table.filled)
        yield from _cost_in_two_places(table)
        yield from _rows(facts, table.filled, levels)
    yield from _rows(facts, facts.long_term, levels)


def _rows(
    facts: Facts, rows: Sequence[IndicatorRow], levels: KindSystem
) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], IndicatorRow] = {}
    for row in rows:
        if not levels.usual(row):
            yield from _own_level(row, levels)
        if facts.pack.scoring.framework:
            yield from _of_the_form(facts, row)
        yield from _name(facts, row)
        if row.indicator.basis:
            yield from _copied_basis(row)
        key = (row.indicator.goal, row.dimension, row.name)
        other = seen.setdefault(key, row)
        if other is not row and is_named(row.name):
            yield _twice(row, other)


def _copied_basis(row: IndicatorRow) -> Iterator[Problem]:
    basis = row.indicator.basis
    if not row.target or not is_stated(basis):
        return
    if basis.strip() == row.target.text.strip():
        said: dict[str, Any] = {"name": row.label, "text": basis.strip()}
        yield at(*row.path, "指标值依据", message=_BASIS, **said)


def _twice(row: IndicatorRow, other: IndicatorRow) -> Problem:
    """The same name under another 二级 with another target may be meant."""
    alike = row.category == other.category or row.target == other.target
    named: dict[str, Any] = {
        "dimension": row.indicator.dimension.strip(),
        "name": row.name,
    }
    return at(
        *row.path, "三级", message=_TWICE, severity=ERROR if alike else WARNING, **named
    )


def _own_level(row: IndicatorRow, levels: KindSystem) -> Iterator[Problem]:
    top, below = row.dimension, row.category
    labels: dict[str, Any] = {
        "dimension": row.indicator.dimension.strip(),
        "category": row.indicator.category.strip(),
    }
    if top not in levels.below:
        if top in levels.above:
            right = levels.right(top)
            yield at(*row.path, "一级", message=_TOP, right=right, **labels)
    elif below in levels.above:
        if top not in levels.above[below]:
            yield at(*row.path, "二级", right=levels.right(below), **labels)
    elif is_named(below) and _has_no_name(row):
        yield at(*row.path, "二级", message=_COLUMN, **labels)


def _has_no_name(row: IndicatorRow) -> bool:
    """Whether there are values and no 三级: the name then stands in another column."""
    return not is_named(row.name) and bool(row.target or row.actual)


def _of_the_form(facts: Facts, row: IndicatorRow) -> Iterator[Problem]:
    """A 三级 that the form itself names, typed as 二级."""
    spec = facts.pack.scoring.framework.get(framework_name(row.indicator.category))
    if spec is None or not spec.category:
        return
    if label_kind(spec.category) != row.category:
        category = row.indicator.category.strip()
        said: dict[str, Any] = {"category": category, "right": spec.category}
        yield at(*row.path, "二级", message=_FIXED, **said)


def _name(facts: Facts, row: IndicatorRow) -> Iterator[Problem]:
    if row.name and _is_value(row):
        yield at(*row.path, "三级", message=_QUANTITY, name=row.name)
        return
    is_rate = row.category == "数量" and row.is_rate
    if is_rate and row.name.endswith(facts.words.quality_rates):
        category = row.indicator.category.strip()
        said: dict[str, Any] = {"name": row.name, "category": category}
        yield at(*row.path, "二级", message=_KIND, severity=WARNING, **said)


def _is_value(row: IndicatorRow) -> bool:
    """Whether a sum of money, a percentage or the target itself stands where the name should; 12345热线 is a name."""
    if not (row.name[0].isdigit() or row.name[0] in "≥≤＜＞<>￥¥"):
        return False
    read = read_target(row.name)
    if read.value is None:
        return False
    stated = [one.text.strip() for one in (row.target, row.actual) if one]
    return row.name in stated or read.measure == "%" or money(read) is not None


def _ungrouped(rows: Sequence[IndicatorRow]) -> Iterator[Problem]:
    """Rows without a 一级 among rows that have one."""
    blank = [row for row in rows if not row.indicator.dimension.strip()]
    for row in blank if len(blank) < len(rows) else ():
        yield at(*row.path, "一级", message=_UNGROUPED, name=row.label)


def _cost_in_two_places(table: IndicatorTable) -> Iterator[Problem]:
    top = [row for row in table.filled if row.dimension == "成本"]
    below = [
        row
        for row in table.filled
        if row.dimension == "产出" and "成本" in row.category
    ]
    if top and below:
        yield at(*below[0].path, "二级", message=_MIXED)
