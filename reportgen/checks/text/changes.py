"""TXT001: arithmetic that a paragraph shows in full: how much more or less than before, and shares that make 100%.

Looked at are sentences that give it all: 较上年的138.6万元增加6.65万元，增长4.8%; 由80万元调整为100万元，增长25%.
Where the number before is not told, nothing is made of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import ERROR, Problem, at, rule
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
_SHARE = re.compile(r"[，,（(\s]*占(?:总额|总数|合计|比)?(?:的)?(?:为)?\s*")
_ALL = Decimal(100)
_NEVER = Decimal(0)
_COMPARED = 8  # numbers of one sentence that may be what is compared
_OFF = Decimal(
    2
)  # a difference that is more than so many times another is that of other numbers


@rule("TXT001", ERROR, "文中“{said}”与前后的数不符：{sum}；请核对")
def change_wrong(facts: Facts) -> Iterator[Problem]:
    """文中写的增减额、增减幅度，与同一句里比较的两个数不符.

    依据：增减额＝本期数－上期数，增减幅度＝增减额÷上期数，四舍五入到所印的位数。
    反例：
        叙述: {单位概况: 公用支出较上年的138.6万元增加6.65万元，增长8.4%。}
    """
    for passage in facts.prose:
        for position in range(1, len(passage.quantities)):
            rate = passage.quantities[position]
            if rate.kind == PERCENT and rate.upper is None and not rate.relation:
                yield from _looked_at(passage, position)


def _looked_at(passage: ProseBlock, position: int) -> Iterator[Problem]:
    change, rate = passage.quantities[position - 1 : position + 1]
    if change.kind not in {MONEY, COUNT} or change.upper is not None or change.relation:
        return
    if not _RATE.fullmatch(passage.block.text, change.end, rate.start):
        return
    start = passage.sentence_start(change)
    before = [
        one
        for n, one in enumerate(passage.quantities[: position - 1])
        if one.start >= start
        and (one.kind, one.measure) == (change.kind, change.measure)
        if one.upper is None and not one.relation and one.value > 0
        if not one.change and not _ADDED.search(passage.label(n))
    ]
    before = before[-_COMPARED:]
    if not before:
        return
    if change.change:
        yield from _by(passage, before, change, rate)
    elif _FROM.search(passage.block.text[start : before[-1].start]) and _stands(
        passage, _TO, before[-1], change
    ):
        yield from _against(
            passage, before[-1], abs(change.value - before[-1].value), change, rate
        )


def _stands(
    passage: ProseBlock, words: re.Pattern[str], one: Quantity, other: Quantity
) -> bool:
    """Whether only `words` stand between the two."""
    return words.fullmatch(passage.block.text, one.end, other.start) is not None


def _by(
    passage: ProseBlock, before: Sequence[Quantity], change: Quantity, rate: Quantity
) -> Iterator[Problem]:
    """增加`change`，增长`rate`, after two numbers that it is the difference of, or after 较 and the number before."""
    than = before[-1]
    if _THAN.search(passage.clause(than)) and _stands(passage, _BY, than, change):
        yield from _against(passage, than, change.value, change, rate)
        return
    rises = _RISES.search(passage.block.text, 0, change.start) is not None
    pairs = [
        (one, other) if rises else (other, one)
        for one in before
        for other in before
        if one.value < other.value
    ]
    for base, other in pairs:
        if abs(abs(other.value - base.value) - change.value) <= max(
            change.tolerance, base.tolerance, other.tolerance
        ):
            yield from _against(
                passage, base, abs(other.value - base.value), change, rate
            )
            return
    if not any(_gives(base, change.value, rate, change.tolerance) for base in before):
        yield from _difference(passage, pairs, change, rate)


def _difference(
    passage: ProseBlock,
    pairs: Sequence[tuple[Quantity, Quantity]],
    change: Quantity,
    rate: Quantity,
) -> Iterator[Problem]:
    """The pair whose difference `rate` is right for, where `change` is not that difference."""
    for base, other in pairs if rate.digits else ():
        difference = abs(other.value - base.value)
        near = max(difference, change.value) <= _OFF * min(difference, change.value)
        if near and _gives(base, difference, rate, base.tolerance + other.tolerance):
            most, least = (base, other) if base.value > other.value else (other, base)
            text = f"{most.text} － {least.text} ＝ {_shown(difference, base)}"
            yield at(*passage.block.path, said=_said(passage, change, change), sum=text)
            return


def _against(
    passage: ProseBlock, base: Quantity, change: Decimal, told: Quantity, rate: Quantity
) -> Iterator[Problem]:
    slack = told.tolerance + (base.tolerance if change != told.value else _NEVER)
    if not _gives(base, change, rate, slack):
        text = f"{_shown(change, told)} ÷ {base.text} × 100% ＝ {percent(change / base.value, max(rate.digits, 1))}"
        yield at(*passage.block.path, said=_said(passage, told, rate), sum=text)


def _gives(base: Quantity, change: Decimal, rate: Quantity, slack: Decimal) -> bool:
    """Whether `change` is `rate` of `base`, as far as the printed digits say."""
    least = (change - slack) / (base.value + base.tolerance) * 100
    most = (change + slack) / max(base.value - base.tolerance, base.tolerance) * 100
    return least - rate.tolerance <= rate.value <= most + rate.tolerance


def _shown(value: Decimal, like: Quantity) -> str:
    """`value` in the unit of `like`."""
    unit = like.text.lstrip("0123456789.,．０１２３４５６７８９ ")
    return f"{plain(value / like.scale)}{unit}"


def _said(passage: ProseBlock, first: Quantity, last: Quantity) -> str:
    """From the word before the first to the last: 净增加20万元，增长20%."""
    word = _WORD.search(passage.block.text, 0, first.start)
    return passage.block.text[word.start() if word else first.start : last.end]


@rule("TXT001", ERROR, "文中“{part}，占{share}”与前后的数不符：{sum}；请核对")
def list_of_shares_wrong(facts: Facts) -> Iterator[Problem]:
    """文中列出的各项占比合计为 100%，其中一项的金额与占比不符.

    依据：占比＝该项÷合计；各项占比合计为 100% 的，都以同一个合计为分母。
    反例：
        叙述: {单位概况: 专项资金120万元，其中办案费48万元，占40%；装备费84万元，占60%。}
    """
    for passage in facts.prose:
        pairs = [
            (part, share)
            for part, share in pairwise(passage.quantities)
            if part.kind == MONEY
            and share.kind == PERCENT
            and _stands(passage, _SHARE, part, share)
        ]
        if len(pairs) > 1 and abs(
            sum((share.value for _, share in pairs), -_ALL)
        ) <= sum((share.tolerance for _, share in pairs), _NEVER):
            yield from _of_list(passage, pairs)


def _of_list(
    passage: ProseBlock, pairs: Sequence[tuple[Quantity, Quantity]]
) -> Iterator[Problem]:
    """Those of `pairs` that are no share of the amount before them, of which others are."""
    for whole in passage.quantities:
        if whole.kind != MONEY or whole.start >= pairs[0][0].start or whole.value <= 0:
            continue
        wrong = [
            (part, share)
            for part, share in pairs
            if not _gives(whole, part.value, share, part.tolerance)
        ]
        if 0 < len(wrong) < len(pairs):
            for part, share in wrong:
                text = f"{part.text} ÷ {whole.text} × 100% ＝ {percent(part.value / whole.value)}"
                yield at(
                    *passage.block.path, part=part.text, share=share.text, sum=text
                )
            return
