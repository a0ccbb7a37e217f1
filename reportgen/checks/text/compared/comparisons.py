"""TXT001: more or less than a number that the sentence names, told the wrong way round or at a rate of nothing.

比上年的9.6万元增加0.96万元 after 8.64万元 fell; 比年初预算增长8.6% stands behind 年初预算1860万元. What is compared
may be any number of the measure that the paragraph gave before: a finding is made only where none of them fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.checks.text.year_changes import year_before, years_compared
from reportgen.core.numerals import percent
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT, Quantity

_MORE = r"增长|增加|提高|提升|上升|上涨|调增|追加|多支出|超出"
_LESS = r"下降|降低|减少|压减|压缩|缩减|调减|少支出|节约"
_THAN = re.compile(
    r"(?:[比较]|相比)(?!重|例|为|好|大|多)(?P<base>[^，。；：、（）()]{2,16}?)"
    rf"(?:总体|共|净|略)?(?:(?P<more>{_MORE})|{_LESS})(?:了|幅度|率|额)?(?:为|达)?\s*\Z"
)
_CHANGED = re.compile(  # what was added or taken is no number to compare
    rf"(?:{_MORE}|{_LESS}|新增|结转|结余|下达|其中)[^，。；：]{{0,14}}\Z"
)
_WAYS = {True: "增加", False: "减少"}  # by whether it rises
_FAR = 200  # characters before a change in which the numbers stand
_MANY = 12  # numbers before it that may be compared


class _Compared(NamedTuple):
    """How much more or less than `base` something is told to be, and the numbers that it may be said of."""

    base: Quantity
    told: Quantity
    rises: bool
    candidates: Sequence[Quantity]

    def fits(self, one: Quantity, *, rises: bool) -> bool:
        """Whether `one` is as much more, or less, than the base."""
        risen = one.value - self.base.value
        off = (risen if rises else -risen) - self._amount
        rounded = one.tolerance + self.base.tolerance
        return abs(off) <= rounded + self._slack

    @property
    def _amount(self) -> Decimal:
        """The change in the measure of the base."""
        if self.told.kind == PERCENT:
            return self.told.value * self.base.value / 100
        return self.told.value

    @property
    def _slack(self) -> Decimal:
        if self.told.kind == PERCENT:
            return self.told.tolerance * self.base.value / 100
        return self.told.tolerance

    def right_way(self) -> Quantity | None:
        """The number that the change is right for the other way round only."""
        if self.is_right:
            return None
        other_way = (
            one
            for one in self.candidates
            if self.fits(one, rises=not self.rises)
        )
        return next(other_way, None)

    @property
    def is_a_wrong_rate(self) -> bool:
        """Whether the only number that it may be said of gives another rate, either way."""
        is_clear = len(self.candidates) == 1 and self.told.kind == PERCENT
        return is_clear and not self.is_right and self.right_way() is None

    @property
    def is_right(self) -> bool:
        return any(self.fits(one, rises=self.rises) for one in self.candidates)


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与前后的数不符：{now}与{base}相比是{how}，不是{told}；请核对",
)
def change_turned_round(facts: Facts) -> Problems:
    """文中写的增加或减少，与前后两个数的大小相反.

    依据：本期数大于上期数为增加，小于上期数为减少。
    反例：
        叙述: {单位概况: 清淤渠道62公里，比计划的58公里减少4公里。}
    """
    last_year = year_before(facts)
    for passage in facts.quantified:
        for found in _comparisons(passage):
            now = found.right_way()
            if now is not None and not _is_of_years(passage, found, last_year):
                yield at(
                    passage,
                    quoted=passage.clause(found.told)[-16:] + found.told.text,
                    now=now.text,
                    base=found.base.text,
                    how=_WAYS[not found.rises],
                    told=_WAYS[found.rises],
                )


def _is_of_years(passage: ProseBlock, found: _Compared, last_year: str) -> bool:
    """Whether it is looked at as the difference of two years."""
    years = years_compared(passage, last_year)
    return any(one.by.number is found.told for one in years)


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与前后的数不符：{now}比{base}{how}{right}；请核对",
)
def growth_of_named_wrong(facts: Facts) -> Problems:
    """文中写的比某数增长、下降的幅度，与前面写明的两个数不符.

    依据：增减幅度＝（本期数－被比较的数）÷被比较的数，四舍五入到所印的位数。
    反例：
        叙述: {单位概况: 控制价80万元，中标价72万元，比控制价下降8%。}
    """
    for passage in facts.quantified:
        for found in _comparisons(passage):
            if found.is_a_wrong_rate:
                now = found.candidates[0]
                risen = now.value - found.base.value
                yield at(
                    passage,
                    quoted=passage.clause(found.told)[-16:] + found.told.text,
                    now=now.text,
                    base=found.base.text,
                    how="增加" if risen > 0 else "减少",
                    right=percent(abs(risen) / found.base.value),
                )


def _comparisons(passage: ProseBlock) -> Iterator[_Compared]:
    """Every change in a paragraph that is told against a number which stands before it."""
    for position, told in enumerate(passage.quantities):
        if told.is_exact and told.kind in {MONEY, COUNT, PERCENT}:
            than = _THAN.search(
                passage.text, _start(passage.text, told), told.start
            )
            found = than and _compared(passage, position, than)
            if found:
                yield found


def _compared(
    passage: ProseBlock, position: int, than: re.Match[str]
) -> _Compared | None:
    """What the number at `position` is told against; None where that is not clear."""
    told = passage.quantities[position]
    start = _start(passage.text, told)
    before = [
        one
        for one in passage.quantities[max(0, position - _MANY) : position]
        if one.start >= start and one.is_exact and one.value > 0
    ]
    base = _base(passage, before, than)
    if base is None or not _alike(base, told):
        return None
    candidates = list(_candidates(passage, before, base))
    found = _Compared(base, told, bool(than["more"]), candidates)
    return found if candidates else None


def _start(text: str, one: Quantity) -> int:
    """Where what is compared begins: behind the last full stop."""
    far = max(0, one.start - _FAR)
    return max(far, text.rfind("。", far, one.start) + 1)


def _base(
    passage: ProseBlock, before: Sequence[Quantity], than: re.Match[str]
) -> Quantity | None:
    """What is compared with: the number within the words, or the only one that was named so before."""
    start, end = than.span("base")
    within = [one for one in before if one.start > start]
    if not within:
        return _named(passage, before, than["base"].removesuffix("的"))
    is_last = not passage.text[within[-1].end : end].strip()
    return within[0] if is_last and len(within) == 1 else None


def _named(
    passage: ProseBlock, before: Sequence[Quantity], name: str
) -> Quantity | None:
    """The only number that was called so."""
    named = [one for one in before if _label(passage.text, one).endswith(name)]
    return named[0] if len(named) == 1 else None


def _label(text: str, one: Quantity) -> str:
    """The words before a number but for 为, 是, 数."""
    return text[max(0, one.start - 20) : one.start].rstrip(" 为是共计达约数")


def _alike(base: Quantity, told: Quantity) -> bool:
    same = (base.kind, base.measure) == (told.kind, told.measure)
    is_rate = told.kind == PERCENT and base.kind in {MONEY, COUNT}
    return is_rate or (same and base.kind != PERCENT)


def _candidates(
    passage: ProseBlock, before: Sequence[Quantity], base: Quantity
) -> Iterator[Quantity]:
    """The numbers that may be compared with the base: of its measure, and no changes themselves."""
    for one in before:
        same = (one.kind, one.measure) == (base.kind, base.measure)
        label = passage.text[max(0, one.start - 20) : one.start]
        is_other = same and one is not base and not one.change
        if is_other and not _CHANGED.search(label):
            yield one
