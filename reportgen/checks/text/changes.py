"""TXT001: arithmetic that a sentence shows in full: how much more or less than before, and at what rate.

Looked at are sentences that give it all: 较上年的138.6万元增加6.65万元，增长4.8%; 由80万元调整为100万元，增长25%.
Where the number before is not told, nothing is made of the rest.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.core.numerals import percent, plain
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT, Quantity

_GROWTH = r"(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|压减|压缩)"
_RATE = re.compile(
    rf"[，,、（(]?\s*(?:同比)?(?:{_GROWTH}|增幅|降幅)(?:率|幅度?|比例)?(?:了|达到?|为)?\s*"
)
_THAN = re.compile(r"[比较与](?!例|重)[^，。；：]*\Z")
_BY = re.compile(
    rf"[^，。；：]{{0,8}}?(?:净|调)?(?:{_GROWTH}|增|减)(?:了|额)?(?:为|达)?\s*"
)
_TO = re.compile(
    rf"[^，。；：]{{0,14}}?(?:{_GROWTH}|增|降|减|升|扩大|调整|调增|调减)(?:到|至|为)\s*(?:20\d\d年度?的?)?\s*"
)
_RISES = re.compile(r"[增升涨提][^增减降升]{0,6}\Z")
_ADDED = re.compile(
    r"新增|追加|追减|调增|调减|处置|报废|结转|结余|节约"
)  # what was added or taken is no number before
_FROM = re.compile(r"[由从][^，。；：]*\Z")
_WORD = re.compile(rf"[净调]?(?:{_GROWTH}|[增升降减])[了到至额为达]*\s*\Z")
_COMPARED = 8  # numbers of one sentence that may be what is compared
_OFF = Decimal(
    2
)  # a difference more than so many times another is of other numbers


class _Growth(NamedTuple):
    """增加6.65万元，增长4.8%: a change, or what it led to, and its rate; `earlier` may be what it is compared with."""

    passage: ProseBlock
    earlier: list[Quantity]
    change: Quantity
    rate: Quantity

    def text_to(self, end: int) -> str:
        """From the word before the first number: 净增加20万元，增长20%."""
        text = self.passage.text
        word = _WORD.search(text, 0, self.change.start)
        return text[word.start() if word else self.change.start : end]

    def follows(self, base: Quantity, words: re.Pattern[str]) -> bool:
        """Whether only `words` stand between `base` and the change."""
        text = self.passage.text
        return words.fullmatch(text, base.end, self.change.start) is not None


@rule("TXT001", ERROR, "文中“{quoted}”与前后的数不符：{sum}；请核对")
def change_wrong(facts: Facts) -> Problems:
    """文中写的增减额、增减幅度，与同一句里比较的两个数不符.

    依据：增减额＝本期数－上期数，增减幅度＝增减额÷上期数，四舍五入到所印的位数。
    反例：
        叙述: {单位概况: 公用支出较上年的138.6万元增加6.65万元，增长8.4%。}
    """
    for passage in facts.quantified:
        for change, rate in pairwise(passage.quantities):
            if _belong_together(passage, change, rate):
                earlier = list(_earlier(passage, change))[-_COMPARED:]
                if earlier:
                    yield from _checked(_Growth(passage, earlier, change, rate))


def _belong_together(
    passage: ProseBlock, change: Quantity, rate: Quantity
) -> bool:
    if rate.kind != PERCENT or change.kind not in {MONEY, COUNT}:
        return False
    between = passage.text[change.end : rate.start]
    exact = change.is_exact and rate.is_exact
    return exact and _RATE.fullmatch(between) is not None


def _earlier(passage: ProseBlock, change: Quantity) -> Iterator[Quantity]:
    """The numbers of the same measure before it in the sentence that are no changes themselves."""
    start = passage.sentence_start(change)
    for position, one in enumerate(passage.quantities):
        before = start <= one.start < change.start and one.value > 0
        same_measure = (one.kind, one.measure) == (change.kind, change.measure)
        loose = one.change or not one.is_exact
        added = loose or _ADDED.search(passage.label(position))
        if before and same_measure and not added:
            yield one


def _checked(growth: _Growth) -> Problems:
    last = growth.earlier[-1]
    change = growth.change
    if change.change:
        yield from _change_checked(growth)
    elif growth.follows(last, _TO) and _FROM.search(
        growth.passage.before(last)
    ):
        yield from _against(growth, last, abs(change.value - last.value))


def _change_checked(growth: _Growth) -> Problems:
    """增加…，增长… after two numbers that it is the difference of, or after 较 and the number before."""
    last = growth.earlier[-1]
    change = growth.change
    rate = growth.rate
    if growth.follows(last, _BY) and _THAN.search(growth.passage.clause(last)):
        yield from _against(growth, last, change.value)
        return
    pairs = list(_pairs(growth))
    for base, other in pairs:
        difference = abs(other.value - base.value)
        slack = max(change.tolerance, base.tolerance, other.tolerance)
        if abs(difference - change.value) <= slack:
            yield from _against(growth, base, difference)
            return
    right = (
        is_rate_of(rate, change.value, base, change.tolerance)
        for base in growth.earlier
    )
    if not any(right):
        yield from _change_wrong(growth, pairs)


def _pairs(growth: _Growth) -> Iterator[tuple[Quantity, Quantity]]:
    """Two numbers each that the change may be between: the one before, and the one after it."""
    rises = (
        _RISES.search(growth.passage.text, 0, growth.change.start) is not None
    )
    for one in growth.earlier:
        for other in growth.earlier:
            if one.value < other.value:
                yield (one, other) if rises else (other, one)


def _change_wrong(
    growth: _Growth, pairs: Sequence[tuple[Quantity, Quantity]]
) -> Problems:
    """The pair whose difference the rate is right for, where the change is not that difference."""
    change = growth.change
    rate = growth.rate
    for base, other in pairs if rate.digits else ():
        difference = abs(other.value - base.value)
        low, high = sorted((difference, change.value))
        slack = base.tolerance + other.tolerance
        if high <= _OFF * low and is_rate_of(rate, difference, base, slack):
            least, most = sorted((base, other), key=lambda one: one.value)
            text = f"{most.text} － {least.text} ＝ {_shown(difference, base)}"
            yield at(
                growth.passage,
                quoted=growth.text_to(change.end),
                sum=text,
            )
            return


def _against(growth: _Growth, base: Quantity, change: Decimal) -> Problems:
    typed = growth.change
    rate = growth.rate
    slack = typed.tolerance
    if change != typed.value:
        slack += base.tolerance
    if not is_rate_of(rate, change, base, slack):
        right = percent(change / base.value, max(rate.digits, 1))
        text = f"{_shown(change, typed)} ÷ {base.text} × 100% ＝ {right}"
        yield at(
            growth.passage,
            quoted=growth.text_to(rate.end),
            sum=text,
        )


def is_rate_of(
    rate: Quantity,
    part: Decimal,
    base: Quantity,
    slack: Decimal,
) -> bool:
    """Whether `part`, give or take `slack`, is `rate` percent of `base`, as far as the printed digits say."""
    least = (part - slack) / (base.value + base.tolerance) * 100
    most = (
        (part + slack) / max(base.value - base.tolerance, base.tolerance) * 100
    )
    return least - rate.tolerance <= rate.value <= most + rate.tolerance


def _shown(value: Decimal, like: Quantity) -> str:
    """`value` in the unit of `like`."""
    unit = like.text.lstrip("0123456789.,．０１２３４５６７８９ ")
    return f"{plain(value / like.scale)}{unit}"
