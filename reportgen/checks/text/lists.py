"""TXT001: lists of amounts and of numbers in a paragraph, against the total that is told before or behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import ERROR, WARNING, Problem, at, rule
from reportgen.checks.text.parts_and_shares import listed_parts
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import COUNT, MONEY, Quantity

_IS_WRONG = attrgetter("is_wrong")
_JOINT = re.compile(
    r"[、和及与][^，。；：:、（）()]{1,20}\Z"
)  # between two amounts of one list
_TOTAL = re.compile(
    r"(?:等)?(?:[（(][^（）()]*[)）])?[，,]?(?:共计|合计|总计|共)(?:金额|资金|支出|投入|安排)?(?:为)?\Z"
)

_ENDS = re.compile(r"[（(]?[^（）()。；，,、]{0,4}[)）]?(?:[。；]|\Z)")
_NEAR = Decimal("0.02")  # short of the whole by less than so much of it: a slip
_FORMER = re.compile(r"年初|原有|上年结转|结转|续建|原")
_ADDED = re.compile(r"年中|新增|增加|追加|新建|新设")
_COUNTED = re.compile(r"[，,。（( ]*其中[：:]?")
_LESS = "文中“{whole}，其中”后面各项（{parts}）之和为 {total} 万元，少于 {whole}；请核对有无漏列或错数"
_REST = re.compile(
    r"(?P<all>\d{1,3})个项目[^。\n]{0,60}?(?P<full>\d{1,3})个[^，。；\n]{0,14}?100[%％]"
    r"[^。\n]{0,12}?(?:其余|其他|另外)[^：:。\n]{0,12}[：:](?P<list>[^。\n]+)"
)
_RATE = re.compile(r"\d(?:\.\d+)?\s*[%％]")


class _Sum(NamedTuple):
    """The amounts of a list, what they come to, and by how much rounding may put it off."""

    parts: Sequence[Quantity]
    whole: Quantity

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def slack(self) -> Decimal:
        """Half a unit of each amount that is as fine as the finest; 30 beside 29.99 is 30.00."""
        finest = min(one.tolerance for one in (*self.parts, self.whole))
        rounded = (
            one.tolerance
            for one in self.parts
            if one.tolerance == finest or one.scale != self.whole.scale
        )
        return sum(rounded, self.whole.tolerance)

    @property
    def listed(self) -> str:
        return " ＋ ".join(part.text for part in self.parts)


@rule(
    "TXT001",
    ERROR,
    "文中“{parts}”合计为 {total} 万元，而后面写“{whole}”；请核对",
)
def list_total_wrong(facts: Facts) -> Iterator[Problem]:
    """文中列举的各项金额与后面“共”“合计”的数不符.

    依据：合计等于所列各项之和，按所列最细的小数位计。
    反例：
        叙述: {预算安排与执行: 支付甲标段30万元、乙标段30万元、丙标段29.99万元，共89.97万元。}
    """
    for passage in facts.quantified:
        for position, whole in enumerate(passage.quantities):
            if whole.kind == MONEY and position > 1 and not whole.about:
                found = _Sum(_listed_before(passage, position), whole)
                if len(found.parts) > 1 and not _some_make(found):
                    yield at(
                        *passage.block.path,
                        parts=found.listed,
                        total=plain(found.total),
                        whole=whole.text,
                    )


def _listed_before(passage: ProseBlock, position: int) -> list[Quantity]:
    """The amounts joined by 、 or 和 right before 共 and the amount at `position`."""
    text, quantities = passage.block.text, passage.quantities
    last = quantities[position - 1]
    if not _TOTAL.match(text[last.end : quantities[position].start]):
        return []
    found = [last]
    for one in reversed(quantities[: position - 1]):
        if not _JOINT.match(text[one.end : found[0].start]):
            break
        found.insert(0, one)
    plain_amounts = all(one.kind == MONEY and not one.about for one in found)
    return found if plain_amounts else []


def _some_make(one: _Sum) -> bool:
    """Whether the amounts, or the last of them, come to what is told."""
    for start in range(len(one.parts) - 1):
        tail = one._replace(parts=one.parts[start:])
        if abs(tail.total - one.whole.value) <= tail.slack:
            return True
    return False


@rule("TXT001", WARNING, _LESS)
def parts_short_of_whole(facts: Facts) -> Iterator[Problem]:
    """文中“其中”各项之和比前面的总数只少一点，像是错了一个数.

    依据：“其中”列全各项的，各项之和等于总数；与总数相差很少的，多为错数或漏列。
    反例：
        叙述: {预算安排与执行: 河道清淤投入98.6万元，其中机械台班费56.2万元、人工费41.4万元。}
    """
    if "其中" not in facts.paragraph_text.text:
        return
    told = {claim.place for claim in filter(_IS_WRONG, facts.claims)}
    for passage in facts.quantified:
        path = passage.block.path
        for whole, parts in listed_parts(passage):
            found = _Sum(parts, whole)
            places = {(path, one.start) for one in (whole, *parts)}
            if told.isdisjoint(places) and _is_short(passage, found):
                total = plain(found.total)
                yield at(
                    *path, whole=whole.text, parts=found.listed, total=total
                )


def _is_short(passage: ProseBlock, one: _Sum) -> bool:
    """Whether a list that ends its sentence comes to a little less than its whole."""
    short = one.whole.value - one.total
    if len(one.parts) < 2:
        return False
    return one.slack < short < one.whole.value * _NEAR and _is_last(
        passage, one.parts
    )


def _is_last(passage: ProseBlock, parts: Sequence[Quantity]) -> bool:
    """Whether the sentence ends with the last of them."""
    return _ENDS.match(passage.block.text, parts[-1].end) is not None


@rule(
    "TXT001",
    ERROR,
    "文中“{whole}，其中{parts}”：各项之和为 {total}，与 {whole} 不符；请核对",
)
def counts_of_year_wrong(facts: Facts) -> Iterator[Problem]:
    """文中原有的和年中增加的个数之和，与前面的总数不符.

    依据：总数＝年初（原有、结转）的个数＋年中新增的个数。
    反例：
        叙述: {单位概况: 全年实施项目共15个，其中年初8个、年中增加8个。}
    """
    for passage in facts.quantified:
        quantities = passage.quantities
        for whole, first, second in zip(
            quantities, quantities[1:], quantities[2:], strict=False
        ):
            if _is_of_year(passage, (whole, first, second)):
                total = first.value + second.value
                if total != whole.value:
                    parts = passage.block.text[whole.end : second.end]
                    yield at(
                        *passage.block.path,
                        whole=whole.text,
                        parts=_COUNTED.sub("", parts, count=1),
                        total=plain(total),
                    )


def _is_of_year(passage: ProseBlock, counts: Sequence[Quantity]) -> bool:
    """15个，其中年初8个、年中增加8个: all of one measure, the first from before, the second added."""
    whole, first, second = counts
    text = passage.block.text
    lead = text[whole.end : first.start]
    among = _COUNTED.match(lead)
    alike = {(one.kind, one.measure, one.relation) for one in counts}
    if among is None or alike != {(COUNT, whole.measure, "")} or whole.change:
        return False
    former, added = lead[among.end() :], text[first.end : second.start]
    is_pair = (
        _FORMER.search(former) is not None and _ADDED.search(added) is not None
    )
    return is_pair and "。" not in former + added and _is_last(passage, counts)


@rule(
    "TXT001",
    WARNING,
    "文中写 {total} 个项目，{full} 个为100%，其余列出 {listed} 个，合计 {sum} 个；请核对个数",
)
def rates_listed_miscounted(facts: Facts) -> Iterator[Problem]:
    """文中写明的项目个数，与达到100%的和其余列出比率的个数之和不符.

    依据：项目总数＝达到100%的个数＋其余逐个列出的个数。
    反例：
        叙述: {预算安排与执行: 10个项目中，3个执行率100%，其余：甲82%、乙85%、丙88%、丁90%。}
    """
    for block, match in facts.paragraph_text.hits(_REST):
        listed = len(_RATE.findall(match["list"]))
        total, full = int(match["all"]), int(match["full"])
        is_whole = "等" not in match["list"] and "个" not in match["list"]
        if listed > 1 and is_whole and full + listed != total:
            yield at(
                *block.path,
                total=total,
                full=full,
                listed=listed,
                sum=full + listed,
            )
