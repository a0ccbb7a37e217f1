"""TXT001: rates and small numbers in prose that are a reported one with two digits changed about: 91.3% for 93.1%.

Longer numbers and amounts are looked at in mistyped.py. Of these short ones as many are alike by chance, so the words
must speak of the same as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import ReportedValue
from reportgen.checks.facts.reported_values import (
    agrees,
    is_plain,
    kind_and_unit,
)
from reportgen.checks.facts.spoken_names import covered, shortened
from reportgen.checks.facts.statements import OTHER_TIMES, without_lead
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import COUNT, PERCENT, Quantity

_LONGEST = 3  # digits; more are looked at without the words
_FEWEST_WORDS = 2  # characters that say too little: 率, 比例
_SATISFIED = "满意"
ALL_THERE_ARE = (
    "全县",
    "全市",
    "全区",
    "全镇",
    "全乡",
    "现有",
    "共有",
    "在册",
)


@rule(
    "TXT001",
    WARNING,
    "文中“{quoted}”与表不一致：{name}为{shown}（{where}），疑为两位数字颠倒；请核对后改正其中一处",
)
def digits_turned(facts: Facts) -> Problems:
    """文中的比率、个数与表中同一项指标只是相邻两位数字颠倒.

    依据：自评报告与自评表的数字应当一致；91.3% 与 93.1% 这样的差别多为录入时颠倒了两位。
    反例：
        指标: [{一级: 满意度指标, 三级: 读者满意度, 指标值: ≥90%, 实际值: 93.1%}]
        叙述: {单位概况: 走访借书的居民和学生，对服务感到满意的占91.3%。}
    """
    for passage, one in unreported(facts, _is_short):
        for value in facts.reported.of_indicators(one, "实际值"):
            turned = _is_turned(one, value) and _speaks_of(passage, one, value)
            if turned and not is_told(passage, value):
                yield at(
                    *passage.path,
                    quoted=one.text,
                    name=value.name,
                    shown=value.shown,
                    where=dotted(value.where),
                )
                break


def unreported(
    facts: Facts, is_looked_at: Callable[[Quantity], bool]
) -> Iterator[tuple[ProseBlock, Quantity]]:
    """The numbers of prose that stand in no table, and are not told to be wrong already."""
    for passage in facts.quantified:
        for one in passage.quantities:
            place = passage.path, one.start
            told = not is_looked_at(one) or place in facts.wrong_places
            if not told and facts.reported.equal(one) is None:
                yield passage, one


def _is_short(one: Quantity) -> bool:
    """Whether it is a plain rate, or a plain number of two or three digits."""
    count = len(digits_of(one.value))
    short = one.kind == PERCENT or (one.kind == COUNT and count <= _LONGEST)
    return count > 1 and short and is_plain(one)


def _is_turned(one: Quantity, value: ReportedValue) -> bool:
    """Whether two neighbouring digits of one are those of the other the other way round."""
    typed = plain(one.value)
    meant = plain(value.value)
    if typed == meant or sorted(typed) != sorted(meant):
        return False
    swapped = (_with_turned(meant, place) for place in range(len(meant) - 1))
    return typed in swapped


def _with_turned(text: str, place: int) -> str:
    """`text` with the digits around `place` changed about, over the point where that stands between them."""
    step = 2 if text[place + 1] == "." else 1
    first, last = text[place], text[place + step : place + step + 1]
    between = text[place + 1 : place + step]
    return f"{text[:place]}{last}{between}{first}{text[place + step + 1 :]}"


def _speaks_of(
    passage: ProseBlock, one: Quantity, value: ReportedValue
) -> bool:
    """Whether the clause has half of the words of the indicator, or its end, or both speak of who is satisfied.

    Of another year, as the sentence may say before, numbers are others.
    """
    if OTHER_TIMES.search(passage.before(one)):
        return False
    clause = passage.clause(one)
    if has_word(clause, ALL_THERE_ARE) or passage.text.count(one.text) > 1:
        return False  # hardly a slip twice
    if _SATISFIED in clause and _SATISFIED in value.what:
        return True
    name = shortened(value.what)
    words = without_lead(clause)
    short = clause.rstrip("达到为是在约有")
    ends = len(short) > _FEWEST_WORDS and name.endswith(short)
    return ends or 2 * covered(name, words) >= len(name)


def is_told(passage: ProseBlock, value: ReportedValue) -> bool:
    """Whether the paragraph gives the reported number as well: then another one is of something else."""
    return any(
        agrees(one, value)
        for one in passage.quantities
        if kind_and_unit(one) == (value.kind, value.unit)
    )


@lru_cache(maxsize=4096)
def digits_of(value: Decimal) -> str:
    """The digits of a number, in their order."""
    return plain(value).replace(".", "")
