"""TXT001: parts and shares in a paragraph: 其中 that comes to more than its whole, 占…% that is the
share of nothing."""

from __future__ import annotations

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
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.checks.text.changes import is_rate_of
from reportgen.core.findings import dotted
from reportgen.core.numerals import percent, plain
from reportgen.narrative.numbers import MONEY, PERCENT, Quantity

_AMONG = re.compile(r"[，,。（( ]*其中")
_NO_PART = re.compile(
    r"[。；]|执行|完成|支付|使用|结余|结转|追加|调增|调减|调整|增加|减少|节约|较|比|占|上年|去年|包括|含|用于|主要|其中|预算|决算|到位|下达|（|\(|每|均"
)
_OF_BOTH = ("预算", "决算", "执行", "支付", "到位", "下达")
_DOCUMENT = re.compile(r"[（(][^（）()]*[〔\[［][^（）()]*号[^（）()]*[)）]")
_SHARE = re.compile(
    r"^[，,（(、\s]*(?:约|仅|只)?占(?!地)[^，。；%％\d]{0,14}?(?:的)?(?:比例|比重)?(?:为|达到|达|约)*$"
)
_OF_OTHERS = re.compile(
    r"全[国省市县区镇乡州盟]|同类|行业|财政|地方|当地"
)  # a whole that no form of the unit has
_WHOLE = re.compile(  # 其他资金20万元，支出310万元: no part, the next matter
    r"(?:全年|年度|本年|实际|当年|累计|财政|一般公共预算|总|共|合计|(?:19|20)\d\d年)*(?:支出|收入|拨款|资金|金额|成本)?(?:合计|共计|总计|为|共)*"
)
_OF_LIST = "文中“{part}，占{share}”与前后的数不符：{sum}；请核对"
_ALL = Decimal(100)
_NONE = Decimal(0)


class _Share(NamedTuple):
    """基本支出60万元，占总支出的62.5%."""

    part: Quantity
    rate: Quantity


@rule(
    "TXT001",
    ERROR,
    "“{whole}，其中”后面各项（{parts}）之和为 {total} 万元，多于 {whole}；请核对",
)
def parts_exceed_whole(facts: Facts) -> Iterator[Problem]:
    """文中“其中”各项之和多于前面的总数.

    依据：“其中”后面所列的是前面总数的一部分，其和不会多于总数。
    反例：
        叙述: {预算安排与执行: 全年预算100万元，其中基本支出70万元，项目支出40万元。}
    """
    for passage in facts.quantified:
        for whole, parts in (
            listed_parts(passage) if "其中" in passage.block.text else ()
        ):
            total = sum((part.value for part in parts), _NONE)
            slack = sum((part.tolerance for part in parts), whole.tolerance)
            if total > whole.value + slack:
                yield at(
                    *passage.block.path,
                    whole=whole.text,
                    parts=" ＋ ".join(part.text for part in parts),
                    total=plain(total),
                )


def listed_parts(
    passage: ProseBlock,
) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Every amount of a paragraph with the parts of it that 其中 lists."""
    for position, one in enumerate(passage.quantities):
        if one.kind == MONEY and not one.about and not one.change:
            yield one, _parts(passage, position)


def _parts(passage: ProseBlock, position: int) -> list[Quantity]:
    """The amounts that 其中 lists right after the quantity at `position`, as far as they are plainly parts of it."""
    found: list[Quantity] = []
    text, (whole, *following) = (
        passage.block.text,
        passage.quantities[position:],
    )
    among = _AMONG.match(text, whole.end)
    if among is None:
        return found
    end = among.end()
    shared = [word for word in _OF_BOTH if word in passage.label(position)]
    for one in following:
        between = _DOCUMENT.sub("", text[end : one.start])
        for word in shared:  # 全年预算100万元，其中基本支出预算60万元
            between = between.replace(word, "")
        next_matter = found and _WHOLE.fullmatch(
            between.strip("，,、：:（）() ")
        )
        if next_matter or _NO_PART.search(between):
            break
        if one.kind == MONEY:
            found.append(one)
        end = one.end
    return found


@rule(
    "TXT001",
    ERROR,
    "文中“{part}，占…{share}”与表不一致：{part}占{whole}的{right}（{where}）；请核对",
)
def share_disagrees(facts: Facts) -> Iterator[Problem]:
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
        shares = _shares(passage) if "占" in passage.block.text else []
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
        if _is_share(passage.block.text[part.end : rate.start])
    ]


def _is_share(between: str) -> bool:
    return _SHARE.match(between) is not None and not _OF_OTHERS.search(between)


def _wrong_of_list(
    passage: ProseBlock, shares: Sequence[_Share]
) -> Iterator[Problem]:
    """Of shares that make 100%, those that are none of the amount before them, of which others are."""
    if len(shares) < 2 or not _make_all(shares):
        return
    for whole in _amounts_before(passage, shares[0].part):
        wrong = [one for one in shares if not _is_of(one, whole)]
        if 0 < len(wrong) < len(shares):
            yield from (_not_of(passage, one, whole) for one in wrong)
            return


def _amounts_before(passage: ProseBlock, part: Quantity) -> Iterator[Quantity]:
    for one in passage.quantities:
        if one.kind == MONEY and one.value > 0 and one.start < part.start:
            yield one


def _make_all(shares: Sequence[_Share]) -> bool:
    total = sum((one.rate.value for one in shares), _NONE)
    slack = sum((one.rate.tolerance for one in shares), _NONE)
    return abs(total - _ALL) <= slack


def _is_of(share: _Share, whole: Quantity) -> bool:
    return is_rate_of(share.rate, share.part.value, whole, share.part.tolerance)


def _not_of(passage: ProseBlock, share: _Share, whole: Quantity) -> Problem:
    right = percent(share.part.value / whole.value)
    return at(
        *passage.block.path,
        message=_OF_LIST,
        part=share.part.text,
        share=share.rate.text,
        sum=f"{share.part.text} ÷ {whole.text} × 100% ＝ {right}",
    )


def _against_totals(
    facts: Facts, passage: ProseBlock, share: _Share
) -> Iterator[Problem]:
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
        *passage.block.path,
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
