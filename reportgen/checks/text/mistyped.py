"""TXT001: amounts in prose that miss a reported one by a slip: one digit, two digits changed about, 元 for 万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import ReportedValue
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import ADVICE, ERROR, Problems, at, rule
from reportgen.core.findings import Severity, dotted
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import MONEY, Quantity

_DIGITS = 5  # fewer are alike by chance
_SURE = 6  # of five, one in two thousand amounts differs from a given one in one digit
_FEW = 3  # digits enough where all are the same and only 万 is lost
_WAN = 10_000
_LISTED = 12  # amounts of one sentence that are added up
_ONE_DIGIT = "只差一位数字"
_TURNED = "只是相邻两位数字颠倒"
_SHIFTED = "数字相同、差 {times} 倍，疑为单位写错"


class _Slip(NamedTuple):
    """The reported amount that was probably meant, how the typed one differs from it, and how sure that is."""

    meant: ReportedValue
    how: str
    severity: Severity


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与表中任何金额都不相同，与{what}{shown}（{where}）{why}；请核对",
)
def amount_mistyped(facts: Facts) -> Problems:
    """文中的金额与表中某个金额只差一位数字，或数字相同而单位不同.

    依据：自评报告与自评表的金额应当一致；录入差错多为错一位、颠倒两位、万元写成元。
    反例：
        资金: {年初预算数: 2662.18, 全年预算数: 2662.18, 全年执行数: 2662.18}
        叙述: {单位概况: 本年度各项工作共用去2662.81万元。}
    """
    unknown = list(_unknown_amounts(facts))
    if not unknown:
        return
    amounts = _ReportedAmounts(facts)
    for passage, one in unknown:
        slip = amounts.shifted(one) or amounts.with_other_digits(one)
        if slip is not None and not _is_explained(passage, one):
            meant = slip.meant
            yield at(
                *passage.block.path,
                severity=slip.severity,
                quoted=one.text,
                what=meant.name,
                shown=meant.shown,
                where=dotted(meant.where),
                why=slip.how,
            )


def _unknown_amounts(facts: Facts) -> Iterator[tuple[ProseBlock, Quantity]]:
    """Plain amounts that are none of those that are reported, and not told to differ from what they are
    quoted to be."""
    for passage in facts.quantified:
        for one in passage.quantities:
            place = passage.block.path, one.start
            if _is_unknown(facts, one) and place not in facts.wrong_places:
                yield passage, one


def _is_explained(passage: ProseBlock, one: Quantity) -> bool:
    """Whether it is an amount of another year, or its sentence adds it up."""
    other_year = OTHER_TIMES.search(passage.before(one)) is not None
    return other_year or _adds_up(passage, one)


def _is_unknown(facts: Facts, one: Quantity) -> bool:
    """Whether a plain amount of three digits and more is none of those that are reported."""
    if one.kind != MONEY or one.value <= 0 or one.upper is not None:
        return False
    if one.about or one.change or len(_digits(one.value)) < _FEW:
        return False
    return facts.reported.equal(one) is None


def _adds_up(passage: ProseBlock, one: Quantity) -> bool:
    """Whether its sentence lists it among amounts that come to the one before: 采购10万元，其中货物4万元、服务6万元."""
    amounts = [each for each in passage.of_sentence(one) if each.kind == MONEY][
        :_LISTED
    ]
    for position, whole in enumerate(amounts):
        parts = amounts[position + 1 :]
        if one in parts and _is_sum(whole, parts):
            return True
    return False


def _is_sum(whole: Quantity, parts: list[Quantity]) -> bool:
    slack = sum((part.tolerance for part in parts), whole.tolerance)
    over = sum(part.value for part in parts) - whole.value
    return len(parts) > 1 and abs(over) <= slack


class _ReportedAmounts:
    """Every reported amount, by its number of digits and by its digits without point and zeros."""

    def __init__(self, facts: Facts) -> None:
        self._by_length = defaultdict[int, list[tuple[str, ReportedValue]]](
            list
        )
        self._by_digits: dict[str, ReportedValue] = {}
        for known in _reported_amounts(facts):
            text = plain(known.value)
            self._by_length[len(text)].append((text, known))
            self._by_digits.setdefault(_digits(known.value).strip("0"), known)

    def shifted(self, one: Quantity) -> _Slip | None:
        """The amount of the same digits that is some powers of ten larger or smaller."""
        digits = _digits(one.value).strip("0")
        known = self._by_digits.get(digits)
        if known is None:
            return None
        times = max(known.value, one.value) / min(known.value, one.value)
        if len(digits) < (_FEW if times == _WAN else _DIGITS):
            return None
        return _Slip(known, _SHIFTED.format(times=plain(times)), ERROR)

    def with_other_digits(self, one: Quantity) -> _Slip | None:
        """The amount that differs in one digit, or in two neighbours that changed places."""
        text = plain(one.value)
        count = len(_digits(one.value))
        if count < _DIGITS:
            return None
        for other, known in self._by_length.get(len(text), ()):
            how = _difference(text, other)
            if how:
                sure = how == _TURNED or count >= _SURE
                return _Slip(known, how, ERROR if sure else ADVICE)
        return None


def _reported_amounts(facts: Facts) -> Iterator[ReportedValue]:
    for subjects in facts.reported.of_owner.values():
        for subject in subjects:
            for values in subject.amounts.values():
                yield from (one for one in values if one.kind == MONEY)


def _difference(one: str, other: str) -> str:
    """How two numbers of the same length differ, where a slip may be the reason."""
    pairs = list(zip(one, other, strict=True))
    unlike = [n for n, pair in enumerate(pairs) if len({*pair}) > 1]
    first = unlike[0]
    last = unlike[-1]
    if first == last:
        return _ONE_DIGIT
    turned = pairs[first] == pairs[last][::-1] and "." not in pairs[first]
    beside = not one[first + 1 : last].strip(".")
    return _TURNED if turned and beside else ""


def _digits(value: Decimal) -> str:
    return plain(value).replace(".", "")
