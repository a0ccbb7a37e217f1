"""TXT001: amounts in prose that miss a reported one by a slip: one digit, two digits changed about, 元 for 万元."""

from collections.abc import Iterable
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import ReportedValue
from reportgen.checks.facts.reported_values import is_plain
from reportgen.checks.facts.spoken_names import covered
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problems, at, rule
from reportgen.checks.text.lists import divided
from reportgen.checks.text.turned_digits import digits_of, unreported
from reportgen.core.findings import Severity, dotted
from reportgen.core.numerals import LONGEST, plain
from reportgen.narrative.numbers import COUNT, MONEY, Quantity

_DIGITS = 5  # fewer are alike by chance
_TURNED_DIGITS = 4  # but hardly with two of them changed about
_SURE = 6  # of five, one in two thousand amounts differs from a given one in one digit
_FEW = 3  # digits enough where all are the same and only 万 is lost
_WAN = 10_000
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
    "文中“{quoted}”与表中各数都不相同，与{what}{shown}（{where}）{why}；请核对",
)
def amount_mistyped(facts: Facts) -> Problems:
    """文中的金额与表中某个金额只差一位数字，或数字相同而单位不同.

    依据：自评报告与自评表的金额应当一致；录入差错多为错一位、颠倒两位、万元写成元。
    反例：
        资金: {年初预算数: 2662.18, 全年预算数: 2662.18, 全年执行数: 2662.18}
        叙述: {单位概况: 本年度各项工作共用去2662.81万元。}
    """
    for passage, one in unreported(facts, _is_long):
        others = list(facts.reported.comparable(one))
        slip = _shifted(one, others) or _with_other_digits(one, others)
        if slip is not None and not _is_explained(passage, one, slip.meant):
            meant = slip.meant
            yield at(
                passage,
                severity=slip.severity,
                quoted=one.text,
                what=meant.name,
                shown=meant.shown,
                where=dotted(meant.where),
                why=slip.how,
            )


def _is_explained(
    passage: ProseBlock, one: Quantity, meant: ReportedValue
) -> bool:
    """Whether it is of another year, or a number of something else, or its sentence adds it up."""
    other_year = OTHER_TIMES.search(passage.before(one)) is not None
    if one.kind == COUNT:
        return other_year or not covered(meant.what, passage.clause(one))
    return other_year or _adds_up(passage, one)


def _is_long(one: Quantity) -> bool:
    """Whether it is a plain amount of three digits and more, or a number of four."""
    few = {MONEY: _FEW, COUNT: _TURNED_DIGITS}.get(one.kind, LONGEST)
    return is_plain(one) and len(digits_of(one.value)) >= few


def _adds_up(passage: ProseBlock, one: Quantity) -> bool:
    """Whether it is among amounts that come to the one before: 采购10万元，其中货物4万元、服务6万元."""
    lists = (each for each in divided(passage) if one in each.parts)
    return any(abs(each.over) <= each.slack for each in lists)


def _shifted(one: Quantity, others: Iterable[ReportedValue]) -> _Slip | None:
    """The amount of the same digits that is some powers of ten larger or smaller."""
    digits = digits_of(one.value).strip("0")
    known = next(
        (each for each in others if digits_of(each.value).strip("0") == digits),
        None,
    )
    if known is None or one.kind != MONEY:
        return None
    times = max(known.value, one.value) / min(known.value, one.value)
    if len(digits) < (_FEW if times == _WAN else _DIGITS):
        return None
    return _Slip(known, _SHIFTED.format(times=plain(times)), ERROR)


def _with_other_digits(
    one: Quantity, others: Iterable[ReportedValue]
) -> _Slip | None:
    """The value that differs in one digit, or in two neighbours that changed places."""
    text = plain(one.value)
    count = len(digits_of(one.value))
    for known in others:
        other = plain(known.value)
        how = _difference(text, other) if len(other) == len(text) else ""
        severity = _severity(how, count, known) if how else None
        if severity is not None:
            return _Slip(known, how, severity)
    return None


def _severity(how: str, count: int, known: ReportedValue) -> Severity | None:
    """How sure it is that a number of `count` digits is `known` mistyped; None where it may well be chance."""
    if count < _DIGITS:
        is_row = known.kind == MONEY and known.what
        likely = count == _TURNED_DIGITS and how == _TURNED and not is_row
        return WARNING if likely else None
    return ERROR if how == _TURNED or count >= _SURE else ADVICE


def _difference(one: str, other: str) -> str:
    """How two numbers of the same length differ, where a slip may be the reason."""
    pairs = list(zip(one, other, strict=True))
    unlike = [n for n, pair in enumerate(pairs) if len({*pair}) > 1]
    first = unlike[0]
    last = unlike[-1]
    if first == last:
        return "只差一位数字"
    turned = pairs[first] == pairs[last][::-1] and "." not in pairs[first]
    beside = not one[first + 1 : last].strip(".")
    return _TURNED if turned and beside else ""
