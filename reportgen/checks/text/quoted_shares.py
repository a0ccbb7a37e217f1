"""TXT001: shares in a paragraph: 占…% that is the share of nothing."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import (
    EXECUTED,
    INITIAL,
    REVISED,
    Owner,
    ReportedValue,
)
from reportgen.checks.rule import ERROR, Problem, Problems, at, rule
from reportgen.checks.text.changes import is_rate_of
from reportgen.core.findings import dotted
from reportgen.core.numerals import ZERO, percent, plain
from reportgen.narrative.numbers import MONEY, PERCENT, Quantity

_SHARE = re.compile(
    r"^[，,（(、\s]*(?:约|仅|只)?占(?!地)[^，。；%％\d]{0,14}?(?:的)?(?:比例|比重)?(?:为|达到|达|约)*$"
)
_OF_OTHERS = re.compile(
    r"全[国省市县区镇乡州盟]|[该本]项目|其预算|同类|行业|财政|地方|当地"
)  # a whole that no form of the unit has
_ALL = Decimal(100)


class _Share(NamedTuple):
    """基本支出60万元，占总支出的62.5%."""

    part: Quantity
    rate: Quantity


@rule(
    "TXT001",
    ERROR,
    "文中“{part}，占…{share}”与表不一致：{part}占{whole}的{right}（{where}）；请核对",
)
def share_disagrees(facts: Facts) -> Problems:
    """文中某项金额所占的比例，与表中任何合计都对不上，或与同一段列出的各项不符.

    依据：占比＝该项金额÷合计，合计为预算数或执行数。
    反例：
        资金:
          年初预算数: 100
          全年预算数: 100
          全年执行数: 100
          按支出性质: [{名称: 基本支出, 全年执行数: 60}, {名称: 项目支出, 全年执行数: 40}]
        叙述: {预算安排与执行: 全年支出100万元，其中基本支出60万元，占总支出的62.5%。}
    """
    for passage in facts.quantified:
        shares = _shares(passage) if "占" in passage.text else []
        wrong = list(_wrong_of_list(passage, shares))
        yield from wrong
        for share in shares if not wrong else ():
            yield from _against_totals(facts, passage, share)


def _shares(passage: ProseBlock) -> list[_Share]:
    """Every amount of a paragraph with the share that it is quoted to be of something in the forms."""
    return [
        _Share(part, rate)
        for part, rate in pairwise(passage.quantities)
        if part.kind == MONEY and rate.kind == PERCENT and not rate.about
        if _is_share(passage.text[part.end : rate.start])
    ]


def _is_share(between: str) -> bool:
    return _SHARE.match(between) is not None and not _OF_OTHERS.search(between)


def _wrong_of_list(passage: ProseBlock, shares: Sequence[_Share]) -> Problems:
    """Of shares that make 100%, those that are none of the amount before them, of which others are."""
    if len(shares) < 2 or not _make_all(shares):
        return
    for whole in passage.quantities:
        if whole.start >= shares[0].part.start:
            return
        if whole.kind != MONEY or whole.value <= 0:
            continue
        wrong = [
            one
            for one in shares
            if not is_rate_of(
                one.rate, one.part.value, whole, one.part.tolerance
            )
        ]
        if 0 < len(wrong) < len(shares):
            yield from (_not_of(passage, one, whole) for one in wrong)
            return


def _make_all(shares: Sequence[_Share]) -> bool:
    total = sum((one.rate.value for one in shares), ZERO)
    slack = sum((one.rate.tolerance for one in shares), ZERO)
    return abs(total - _ALL) <= slack


def _not_of(passage: ProseBlock, share: _Share, whole: Quantity) -> Problem:
    right = percent(share.part.value / whole.value)
    return at(
        passage,
        message="文中“{part}，占{share}”与前后的数不符：{sum}；请核对",
        part=share.part.text,
        share=share.rate.text,
        sum=f"{share.part.text} ÷ {whole.text} × 100% ＝ {right}",
    )


def _against_totals(
    facts: Facts, passage: ProseBlock, share: _Share
) -> Problems:
    """A share of a reported amount that is right for no total of the forms and for no amount of the paragraph."""
    part, rate = share
    if facts.reported.equal(part) is None:
        return
    totals = list(_totals(facts, passage.block.project))
    in_text = (one.value for one in passage.quantities if one.kind == MONEY)
    wholes = [*(known.value for known in totals), *filter(None, in_text)]
    right = (
        abs(part.value / one * 100 - rate.value) <= rate.tolerance
        for one in wholes
    )
    if not totals or any(right):
        return
    whole = totals[0]
    yield at(
        passage,
        part=part.text,
        share=rate.text,
        whole=f"{whole.name}{whole.shown}",
        right=f"{plain(part.value / whole.value * 100, 2)}%",
        where=dotted(whole.where),
    )


def _totals(facts: Facts, project: Owner) -> Iterator[ReportedValue]:
    """What an amount may be a share of: executed and budgeted amounts of the unit and of the project."""
    of_owner = facts.reported.of_owner
    for subject in (*of_owner[None], *of_owner[project]):
        for column in (EXECUTED, REVISED, INITIAL):
            for known in subject.amounts.get(column, ()):
                if known.kind == MONEY and known.value > 0:
                    yield known
