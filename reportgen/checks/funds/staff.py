"""BUD006: numbers of persons."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, WARNING, Problem, added_up, at, rule
from reportgen.core.numerals import known_of, percent, plain
from reportgen.figures.adding import HEADS
from reportgen.model.fractions import half_digit, typed_decimals

_RATE = "在职人员控制率填报为{stated}，按 {serving} ÷ {established} 计算应为{rate}；请核对在职人数和编制数"
_OVER = "在职 {serving} 人，多于编制 {established} 人；请核对，确属超编的请在单位概况中说明"


@rule(
    "BUD006",
    ERROR,
    "人员合计填报为 {stated}，{parts} 相加为 {total}；请核对各项人数",
)
def staff_wrong(facts: Facts) -> Iterator[Problem]:
    """人员合计、在职人员控制率与各项人数不符，或在职人数多于编制.

    依据：在职＋离休＋退休＝合计；在职人员控制率＝在职人员数÷编制数，不高于100%。
    反例：
        单位: {名称: 示范单位, 人员: {在职: 15, 离休: 0, 退休: 12, 合计: 28}}
    """
    staff = facts.unit.profile.staff
    counts = known_of(
        (label, getattr(staff, field))
        for field, label in HEADS
        if label != "编制"
    )
    total = sum((count for _, count in counts), Decimal(0))
    if staff.total is not None and len(counts) > 1 and total != staff.total:
        yield at(
            "单位",
            "人员",
            "合计",
            stated=plain(staff.total),
            parts=added_up(counts),
            total=plain(total),
        )
    yield from _control_rate(facts)


def _control_rate(facts: Facts) -> Iterator[Problem]:
    staff = facts.unit.profile.staff
    stated = facts.unit.base_data.control_rate
    if staff.serving is None or not staff.established:
        return
    if staff.serving > staff.established:
        yield at(
            "单位",
            "人员",
            "在职",
            message=_OVER,
            severity=WARNING,
            serving=plain(staff.serving),
            established=plain(staff.established),
        )
    if stated is None:
        return
    rate = staff.serving / staff.established
    if abs(rate - stated) > half_digit(stated):
        digits = typed_decimals(stated)
        yield at(
            "基础数据",
            "在职人员控制率",
            message=_RATE,
            stated=percent(stated, digits),
            serving=plain(staff.serving),
            established=plain(staff.established),
            rate=percent(rate, max(digits, 2)),
        )
