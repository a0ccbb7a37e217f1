"""TXT001: shares that are told together: 基本支出60万元、项目支出40万元，分别占62%和38%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.checks.text.changes import is_rate_of
from reportgen.core.numerals import ZERO, percent
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT, Quantity

_RESPECTIVELY = re.compile(
    r"分别(?:占(?!全[国省市县区])[^，。；：\d]{0,10}|为)(?:的)?(?:比例|比重)?(?:为|达)?\s*\Z"
)
_AND = re.compile(r"\s*[、和及与，]\s*")
_JOINT = re.compile(r"[、和及与，；][^。；：\d]{0,16}")
_ALL = 100


class _Shares(NamedTuple):
    """Amounts, and the shares that are told of them in the same order."""

    parts: Sequence[Quantity]
    rates: Sequence[Quantity]

    @property
    def make_all(self) -> bool:
        """Whether the shares are those of the whole that the amounts come to."""
        slack = sum((one.tolerance for one in self.rates), ZERO)
        total = sum((one.value for one in self.rates), ZERO)
        return abs(total - _ALL) <= slack

    @property
    def whole(self) -> Quantity:
        """What the amounts come to."""
        total = sum((one.value for one in self.parts), ZERO)
        return self.parts[0]._replace(value=total)

    def wrong(self, whole: Quantity) -> list[tuple[Quantity, Quantity]]:
        """The amounts with shares that are none of `whole`."""
        pairs = zip(self.parts, self.rates, strict=True)
        return [
            (part, rate)
            for part, rate in pairs
            if not is_rate_of(rate, part.value, whole, part.tolerance)
        ]


@rule(
    "TXT001",
    ERROR,
    "文中“分别占{rates}”与前面的数不符：{part}占{right}；请核对",
)
def respective_shares_wrong(facts: Facts) -> Problems:
    """文中“分别占”的各个比例，与前面列出的各数不符.

    依据：占比＝该项÷各项合计，四舍五入到所印的位数。
    反例：
        叙述: {单位概况: 专任教师60人、职员40人，分别占62%和38%。}
    """
    for passage in facts.quantified:
        if "分别" not in passage.text:
            continue
        for shares in _shares(passage):
            whole = shares.whole
            wrong = shares.wrong(whole) if shares.make_all else []
            if wrong:
                part, _ = wrong[0]
                yield at(
                    passage,
                    rates="、".join(one.text for one in shares.rates),
                    part=part.text,
                    right=percent(part.value / whole.value),
                )


def _shares(passage: ProseBlock) -> Iterator[_Shares]:
    """Every list of shares behind 分别占, with as many amounts before it."""
    numbers = passage.quantities
    for position, first in enumerate(numbers):
        if first.kind == PERCENT and _RESPECTIVELY.search(
            passage.text, max(0, first.start - 24), first.start
        ):
            rates = [first, *_listed(passage, numbers[position:], _AND)]
            parts = _parts(passage, position, len(rates))
            if len(parts) == len(rates) > 1:
                yield _Shares(parts, rates)


def _parts(
    passage: ProseBlock, position: int, wanted: int
) -> Sequence[Quantity]:
    """The numbers of one measure that are listed right before the shares."""
    parts = passage.quantities[max(0, position - wanted) : position]
    measures = {(one.kind, one.measure) for one in parts}
    is_one_list = (
        len(parts) == wanted
        and len(measures) == 1
        and parts[0].kind in {MONEY, COUNT}
        and all(one.is_exact for one in parts)
        and len([*_listed(passage, parts, _JOINT)]) == wanted - 1
    )
    return parts if is_one_list else ()


def _listed(
    passage: ProseBlock, numbers: Sequence[Quantity], joint: re.Pattern[str]
) -> Iterator[Quantity]:
    """The numbers behind the first as far as only `joint` stands between them."""
    for one, other in pairwise(numbers):
        if joint.fullmatch(passage.text, one.end, other.start) is None:
            return
        yield other
