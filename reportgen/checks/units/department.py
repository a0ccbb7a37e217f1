"""AGG001: a department against its subordinate units."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import is_stated, row_label
from reportgen.checks.rule import ERROR, WARNING, Problems, at, first_of, rule
from reportgen.checks.units.unit_and_projects import problem_chapters
from reportgen.core.numerals import ZERO, known_of, plain
from reportgen.figures.adding import AMOUNTS, HEADS
from reportgen.figures.department import Department
from reportgen.figures.gathered import (
    gathered_value,
    is_relative,
    same_indicator,
)
from reportgen.model.target import Target
from reportgen.model.unit import Indicator, Own

_HALF = Decimal(
    "0.005"
)  # what rounding to two decimals can take from, or add to, each addend
_NAMED = 4  # units that a message lists
_COUNT = "下属单位数填报为 {stated}，下属单位列出了 {count} 个；请核对"
_SUM = "{label}填报为 {stated}，本级 {own} 与下属单位合计 {below}（{parts}）之和为 {total}，相差 {off}；请核对"
_LESS = "{label}填报为 {stated}，小于下属单位合计 {below}（{parts}）；部门的数应包括本级和下属单位，请核对"


@rule("AGG001", ERROR, _COUNT)
def department_disagrees(facts: Facts) -> Problems:
    """部门与下属单位上下不一致.

    依据：部门整体的金额、人数和工作量是本级与下属单位之和；比率在各单位之间；下属单位写有问题的，部门不应写“无”。
    反例：
        单位: {名称: 示范单位, 下属单位数: 3}
        下属单位: [甲站.yaml, 乙站.yaml]
    """
    unit = facts.unit
    stated = unit.profile.subordinates
    listed = len(unit.subordinate_files)
    if listed and stated is not None and stated != listed:
        yield at("单位", "下属单位数", stated=stated, count=listed)
    if facts.department is None:
        return
    own = unit.own or Own.model_validate({})
    yield from _years(facts, facts.department)
    yield from _sums(facts, facts.department, own)
    yield from _indicators(facts, facts.department, own)
    yield from _problems(facts, facts.department)


def _years(facts: Facts, department: Department) -> Problems:
    for one in department.units:
        if one.unit.year != facts.unit.year:
            yield at(
                "下属单位",
                one.position,
                message="下属单位「{name}」填报的是{other}年度，本单位是{year}年度，不能汇总；请换成同一年度的文件",
                name=one.unit.name,
                other=one.unit.year,
                year=facts.unit.year,
            )


class _Column(NamedTuple):
    """What a department adds up: where it stands and is called, how it is read of a unit and of 本级, its rounding."""

    path: tuple[str, ...]
    label: str
    of_unit: str
    of_own: str
    half: Decimal


_COLUMNS = (
    *(
        _Column(("资金", key), key, f"funds.{field}", f"funds.{field}", _HALF)
        for field, key in AMOUNTS
    ),
    *(
        _Column(
            ("单位", "人员", key),
            f"{key}人数",
            f"profile.staff.{field}",
            f"staff.{field}",
            ZERO,
        )
        for field, key in HEADS
    ),
)


def _sums(facts: Facts, department: Department, own: Own) -> Problems:
    for column in _COLUMNS:
        read = attrgetter(column.of_unit)
        parts = [(one.unit.name, read(one.unit)) for one in department.units]
        of_own = attrgetter(column.of_own)(own)
        yield from _compared(column, read(facts.unit), of_own, parts)


def _compared(
    column: _Column,
    stated: Decimal | None,
    own: Decimal | None,
    parts: Sequence[tuple[str, Decimal | None]],
) -> Problems:
    """A number of the whole against 本级 and the units; where 本级 is not reported, or a unit's is not, a bound."""
    counted = known_of(parts)
    if stated is None or not counted:
        return
    below = sum((number for _, number in counted), ZERO)
    slack = column.half * (len(counted) + 1)
    tell = partial(
        at,
        *column.path,
        label=column.label,
        stated=stated,
        below=below,
        parts=_parts(counted),
    )
    if own is None or len(counted) < len(parts):
        if stated < below - slack:
            yield tell(message=_LESS)
        return
    total = below + own
    off = abs(stated - total)
    if off > slack:
        yield tell(
            message=_SUM,
            own=own,
            total=total,
            off=off,
        )


def _parts(known: Sequence[tuple[str, Decimal]]) -> str:
    """甲站50、乙站30等12个单位."""
    named = [f"{name}{plain(number)}" for name, number in known]
    return first_of(named, _NAMED, f"等{len(known)}个单位")


class _Below(NamedTuple):
    """One indicator of a unit below: whose, its actual, and the budget that weighs it."""

    unit: str
    actual: Target
    money: Decimal


def _indicators(facts: Facts, department: Department, own: Own) -> Problems:
    """An indicator that the units report too: the sum of theirs, or between them where it is a rate."""
    for position, one in enumerate(facts.unit.indicators):
        path = ("指标", position, "实际值")
        target = one.target
        actual = one.actual
        if target is None or actual is None or not target.quantitative:
            continue
        stated = actual.value_in(target.measure)
        rows = list(_rows_below(one, department))
        known = known_of(
            (row.unit, row.actual.value_in(target.measure)) for row in rows
        )
        if stated is None or not rows or len(known) < len(rows):
            continue
        ours = _own_actual(one, own)
        tell = partial(
            at,
            *path,
            name=row_label(one),
            stated=actual.text.strip(),
            parts=_parts(known),
        )
        if is_relative(target):
            if ours is None and _is_outside(stated, known):
                yield tell(
                    message="「{name}」实际值填报为 {stated}，下属单位分别为 {parts}，汇总数应在它们之间；请核对",
                    severity=WARNING,
                )
            continue
        total = _total(target, rows, ours)
        if total is None or stated == total:
            continue
        if ours is not None or stated < total:  # without 本级 a bound
            yield tell(
                message="「{name}」实际值填报为 {stated}，{whose}合计为 {total}（{parts}）；请核对",
                whose="下属单位" if ours is None else "本级与下属单位",
                total=f"{plain(total)}{target.measure}",
            )


def _rows_below(one: Indicator, department: Department) -> Iterator[_Below]:
    for below in department.units:
        for row in below.unit.indicators:
            if row.actual is not None and same_indicator(one, row):
                money = below.unit.funds.revised or ZERO
                yield _Below(below.unit.name, row.actual, money)


def _own_actual(one: Indicator, own: Own) -> Target | None:
    """What 本级 reports of the same indicator."""
    rows = (row.actual for row in own.indicators if same_indicator(one, row))
    return next((actual for actual in rows if actual is not None), None)


def _is_outside(stated: Decimal, known: Sequence[tuple[str, Decimal]]) -> bool:
    values = [number for _, number in known]
    return len(values) > 1 and not min(values) <= stated <= max(values)


def _total(
    target: Target, rows: Sequence[_Below], ours: Target | None
) -> Decimal | None:
    below = gathered_value(target, [(row.actual, row.money) for row in rows])
    if below is None or below.value is None:
        return None
    own = ours.value_in(target.measure) if ours is not None else None
    return below.value + (own or ZERO)


def _problems(facts: Facts, department: Department) -> Problems:
    """A section of problems that says 无, above units that tell of problems."""
    for name, texts in problem_chapters(facts.unit):
        if not texts or any(map(is_stated, texts)):
            continue
        below = [
            f"「{one.unit.name}」"
            for one in department.units
            if any(map(is_stated, one.unit.narrative.get(name, ())))
        ]
        if below:
            told = first_of(below, _NAMED, f"等{len(below)}个下属单位")
            text = "".join(texts).rstrip("。")
            yield at(
                "叙述",
                name,
                message="存在问题填写“{text}”，而{below}写有问题；请汇总下属单位的问题，上下一致",
                text=text,
                below=told,
            )
