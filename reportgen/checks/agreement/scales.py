"""TXT001: one amount, told twice of the same, in 万元 here and in 亿元 or 元 there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_values import is_plain
from reportgen.checks.facts.statements import OTHER_TIMES, without_lead
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import COUNT, MONEY, Quantity

_LINKS = "达到为是共计约的了有合总额"
_SHORTEST = 2  # characters that say what an amount is of
_FEWEST = 2  # digits; 5万元 and 5亿元 are alike by chance
_STEPS = frozenset(map(Decimal, (10_000, 100_000_000)))
_EACH = re.compile(r"每|均|单价|标准|门票|起")


@rule(
    "TXT001",
    WARNING,
    "文中“{quoted}”与另一处“{other}”数字相同、单位不同；请核对是万元、亿元还是元",
)
def one_amount_in_two_units(facts: Facts) -> Problems:
    """同一项内容的金额、数量在两处数字相同，一处是万、一处是亿或没有万.

    依据：同一项内容的数在各处应当相同；数字相同而差一万倍的，是单位写错。
    反例：
        叙述: {单位概况: 水厂总投资1.26亿元。, 预算安排与执行: 水厂总投资1.26万元，已到位一半。}
    """
    known = defaultdict[tuple[str, str, str], dict[Decimal, Quantity]](dict)
    for passage, one, label in _amounts(facts):
        alike = known[one.kind, label, _digits(one)]
        others = (each for each in alike.values() if _is_scaled(one, each))
        other = next(others, None)
        if other is not None and _is_of_this_year(facts, passage, one):
            yield at(passage, quoted=f"{label}{one.text}", other=other.text)
        alike.setdefault(one.value, one)


def _amounts(facts: Facts) -> Iterator[tuple[ProseBlock, Quantity, str]]:
    """The plain amounts and numbers with what they are of."""
    for passage in facts.quantified:
        for position, one in enumerate(passage.quantities):
            label = without_lead(passage.label(position)).strip(_LINKS)[-4:]
            if _is_telling(one, label):
                yield passage, one, label


def _is_of_this_year(facts: Facts, passage: ProseBlock, one: Quantity) -> bool:
    """Whether it is not told to be of another year, and not told to be wrong already."""
    told = (passage.path, one.start) in facts.wrong_places
    return not told and not OTHER_TIMES.search(passage.before(one))


def _is_telling(one: Quantity, label: str) -> bool:
    """Whether it is plain, of several digits, and it is said of what."""
    if len(label) < _SHORTEST or _EACH.search(label):
        return False
    known = one.kind in {MONEY, COUNT} and is_plain(one)
    return known and len(_digits(one)) >= _FEWEST


def _digits(one: Quantity) -> str:
    """Its digits, whatever its unit."""
    return plain(one.value).replace(".", "").strip("0")


def _is_scaled(one: Quantity, other: Quantity) -> bool:
    """Whether one is ten thousand times the other, or more, in what is the same unit but for that."""
    times = max(one.value, other.value) / min(one.value, other.value)
    return times in _STEPS and one.measure == other.measure
