"""TXT001: amounts in prose that miss a known one by a slip: one digit, two digits changed about, 元 for 万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import SENTENCE_END, ProseBlock
from reportgen.checks.facts.reported_values import ReportedValue
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import MONEY, Quantity

_DIGITS = 5  # fewer are alike by chance
_FEW = 3  # digits enough where all are the same and only 万 is lost
_WAN = 10_000
_LISTED = 12  # amounts of one sentence that are added up
_WHY = {"digit": "只差一位数字", "shift": "数字相同、差 {times} 倍，疑为单位写错"}


@rule(
    "TXT001",
    ERROR,
    "文中“{said}”与表中任何金额都不相同，与{what}{shown}（{where}）{why}；请核对",
)
def amount_mistyped(facts: Facts) -> Iterator[Problem]:
    """文中的金额与表中某个金额只差一位数字，或数字相同而单位不同.

    依据：自评报告与自评表的金额应当一致；录入差错多为错一位、颠倒两位、万元写成元。
    反例：
        资金: {年初预算数: 2414.16, 全年预算数: 2662.18, 全年执行数: 2662.18}
        叙述: {单位概况: 本年度各项工作共用去2662.81万元。}
    """
    unknown = [
        (passage, one)
        for passage in facts.prose
        for one in passage.quantities
        if _is_unknown(facts, one)
    ]
    if not unknown:
        return
    alike, same = _by_digits(facts)
    for passage, one in unknown:
        if OTHER_TIMES.search(passage.before(one)) or _adds_up(passage, one):
            continue
        digits = plain(one.value)
        near = (known for key in _shortened(digits) for known in alike.get(key, ()))
        slip = next(
            (known for known in near if _first_kept(digits, plain(known.value))), None
        )
        shift = next(iter(same.get(_bare(digits), ())), None)
        times = (
            max(shift.value, one.value) / min(shift.value, one.value)
            if shift is not None
            else None
        )
        if (
            shift is not None
            and times is not None
            and len(_bare(digits)) >= (_FEW if times == _WAN else _DIGITS)
        ):
            yield _problem(
                passage, one, shift, _WHY["shift"].format(times=plain(times))
            )
        elif slip is not None and len(digits.replace(".", "")) >= _DIGITS:
            yield _problem(passage, one, slip, _WHY["digit"])


def _is_unknown(facts: Facts, one: Quantity) -> bool:
    plainly = (
        one.kind == MONEY
        and not one.about
        and not one.change
        and one.upper is None
        and one.value > 0
    )
    return (
        plainly
        and len(plain(one.value).replace(".", "")) >= _FEW
        and facts.reported.equal(one) is None
    )


def _adds_up(passage: ProseBlock, one: Quantity) -> bool:
    """Whether its sentence lists it among amounts that come to the one before: 采购10万元，其中货物4万元、服务6万元."""
    text, start = passage.block.text, passage.sentence_start(one)
    stop = SENTENCE_END.search(text, one.end)
    end = stop.start() if stop else len(text)
    same = [
        each
        for each in passage.quantities
        if each.kind == MONEY and start <= each.start < end
    ]
    for n, whole in enumerate(same[:_LISTED]):
        parts = same[n + 1 : _LISTED]
        slack = sum((part.tolerance for part in parts), whole.tolerance)
        if (
            one in parts
            and len(parts) > 1
            and abs(sum(part.value for part in parts) - whole.value) <= slack
        ):
            return True
    return False


def _first_kept(one: str, other: str) -> bool:
    """Whether no digit was lost in front: 286.15 is no slip of 4286.15, which is fifteen times as much."""
    return one[0] == other[0] or len(one) == len(other)


def _by_digits(
    facts: Facts,
) -> tuple[dict[str, list[ReportedValue]], dict[str, list[ReportedValue]]]:
    """Every known amount by its digits with one left out, and by its digits without point and zeros."""
    alike, same = (
        defaultdict[str, list[ReportedValue]](list),
        defaultdict[str, list[ReportedValue]](list),
    )
    for subjects in facts.reported.of_owner.values():
        for subject in subjects:
            for known in (
                one
                for amounts in subject.amounts.values()
                for one in amounts
                if one.kind == MONEY
            ):
                digits = plain(known.value)
                same[_bare(digits)].append(known)
                for key in (
                    _shortened(digits)
                    if len(digits.replace(".", "")) >= _DIGITS
                    else ()
                ):
                    alike[key].append(known)
    return alike, same


def _shortened(digits: str) -> set[str]:
    """`digits`, and with each one left out: two numbers that share one of these differ by a single slip."""
    return {digits} | {
        digits[:n] + digits[n + 1 :] for n, char in enumerate(digits) if char != "."
    }


def _bare(digits: str) -> str:
    return digits.replace(".", "").strip("0")


def _problem(
    passage: ProseBlock, one: Quantity, known: ReportedValue, why: str
) -> Problem:
    return at(
        *passage.block.path,
        said=one.text,
        what=known.name,
        shown=known.shown,
        where=dotted(known.where),
        why=why,
    )
