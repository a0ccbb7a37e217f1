"""TXT001: what two numbers of a sentence give: a return, a share, a growth, a part of the target; 办结 over 受理.

A sentence must tell both numbers and no third one of their measure; all of them exactly. Where it tells more, it is
not clear which are meant, and nothing is made of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT, Quantity

_ALL = Decimal(100)
_RETURNED = re.compile(r"(?:有效)?(?:回收|收回)率(?:为|达到?|是)?\s*\Z")
_SENT = re.compile(r"(?:发放|发出|下发|印发|投放)[^，。；：]{0,12}\Z")
_BACK = re.compile(r"(?:收回|回收)[^，。；：率]{0,12}\Z")
_SHARE = re.compile(
    r"\A占(?:比|全部|总[数量]|其|所有|[\u4e00-\u9fff]{2,8}的)?(?:比例|比重)?(?:为|达到?)?\s*\Z"
)
_PART = re.compile(r"\A其中")
_OF_OTHERS = re.compile(
    r"全[国省市县区镇乡州盟]|同类|行业|应|计划|目标|任务|面积|资金"
)
_GROWTH = re.compile(
    r"\A(?:同比|比上年|较上年)?(?:增长|增加|上升|提高|(?P<less>下降|降低|减少))了?\s*\Z"
)
_BEFORE = re.compile(r"(?:上年|去年|同期)(?!结转|结余|遗留)[^，。；：]{0,12}\Z")
_TIMES = re.compile(
    r"\A(?:[是为]|相当于|占|达到?|完成)?[^，。；：]{0,4}(?:上年|去年|同期|目标|计划|任务)[^，。；：]{0,4}\Z"
)
_OF_IT = re.compile(r"\A的\Z")
_NAMED_RATE = re.compile(
    r"\A[^，。；：]{0,6}?(?P<of>[\u4e00-\u9fff]{2})[\u4e00-\u9fff]?率(?:为|达到?|是|约)?\s*\Z"
)
_OWED = re.compile(r"应|计划|目标|任务|总|共|全|预算|合同")
_DONE = re.compile(r"实际|已|完成|其中|到|有|实收|支出")
_BARE_SHARE = re.compile(r"\A占(?:比|总数|总[人量]数?的?)(?:为|达到?)?\s*\Z")
_TARGET = re.compile(r"(?:目标|计划|任务)(?:数|值|量)?(?:为|是)?\s*\Z")
_PLANNED = re.compile(r"计划|目标|任务")
_OF_TARGET = re.compile(
    r"\A(?:完成|占|达到?|为)(?:了|年度|全年|年初)?(?:目标|计划|任务)(?:任务|目标)?的\s*\Z"
)
_RECEIVED = re.compile(
    r"(?:受理|接到|接收|收到|受案|收案|立案|提出|征集|收集|交办)[^，。；：]{0,10}\Z"
)
_SETTLED = re.compile(
    r"\A(?:已|均|共|全部|累计)*(?:办结|审结|结案|办理完毕)(?:[\u4e00-\u9fff]{0,2}案件)?\s*\Z"
)
_CARRIED = re.compile(
    r"上年|去年|往年|历年|结转|遗留|积案|旧存|存案|转入|移交|其中|含|另"
)  # older ones are settled as well


class _InSentence(NamedTuple):
    """A number and the words between it and the mark before."""

    number: Quantity
    label: str

    @property
    def measure(self) -> tuple[str, str]:
        """What is the same for numbers of one kind: 份, 人次."""
        return self.number.kind, self.number.measure


class _Rate(NamedTuple):
    """A rate as it is told, and the two numbers that it is of."""

    rate: Quantity
    part: Quantity
    whole: Quantity
    right: Decimal

    @property
    def is_right(self) -> bool:
        """Whether it is what the numbers give, to the digits that any of them is typed with."""
        part, whole = self.part, self.whole
        rounded = part.tolerance + whole.tolerance * part.value / whole.value
        loose = rounded if part.scale != 1 or part.digits else Decimal(0)
        slack = self.rate.tolerance + loose / whole.value * _ALL
        return abs(self.right - self.rate.value) <= slack


@rule(
    "TXT001",
    WARNING,
    "文中“{quoted}”与前后的数不符：按{whole}和{part}计算为{right}；请核对",
)
def rate_wrong(facts: Facts) -> Problems:
    """文中写的回收率、占比、增长率、完成目标的比例，与同一句里的两个数不符.

    依据：比率由同一句里的两个数相除得出，四舍五入到所印的位数。
    反例：
        叙述: {单位概况: 发放问卷200份，收回180份，回收率95%。}
    """
    last_year = f"{int(facts.unit.year) - 1}年"
    for passage in facts.quantified:
        for told in _sentences(passage, last_year):
            for found in _rates(told):
                place = passage.path, found.rate.start
                if not found.is_right and place not in facts.wrong_places:
                    yield at(
                        passage,
                        quoted=_quoted(passage, found.rate),
                        whole=found.whole.text,
                        part=found.part.text,
                        right=f"{plain(found.right, 2)}%",
                    )


@rule(
    "TXT001",
    WARNING,
    "文中先写{received}、后写办结{settled}，办结多于收到的；请核对，有上年结转的请写明",
)
def more_settled_than_received(facts: Facts) -> Problems:
    """文中办结的件数多于受理的件数，又没有写上年结转.

    依据：办结数不超过受理数与上年结转数之和。
    反例：
        叙述: {单位概况: 全年受理信访事项320件，办结336件。}
    """
    for passage in facts.quantified:
        if not any(word in passage.text for word in ("结案", "办结", "审结")):
            continue
        for told in _sentences(passage, "上年"):
            sentence = passage.before(told[-1].number)
            if _CARRIED.search(sentence):
                continue
            for first, second in pairwise(told):
                if _is_settled(first, second):
                    yield at(
                        passage,
                        received=first.number.text,
                        settled=second.number.text,
                    )


def _is_settled(first: _InSentence, second: _InSentence) -> bool:
    """Whether the second are those of the first that were settled, and more of them."""
    if not (_RECEIVED.search(first.label) and _SETTLED.match(second.label)):
        return False
    one, other = first.number, second.number
    exact = one.is_exact and other.is_exact and one.measure == other.measure
    return exact and other.value > one.value


def _quoted(passage: ProseBlock, rate: Quantity) -> str:
    return passage.clause(rate)[-14:] + rate.text


def _sentences(
    passage: ProseBlock, last_year: str
) -> Iterator[list[_InSentence]]:
    """The numbers of each sentence; 2023年的28万人次 is 上年的28万人次 in the papers of 2024."""
    positions = range(len(passage.quantities))
    for _, sentence in groupby(positions, passage.sentence_of):
        yield [
            _InSentence(
                passage.quantities[one],
                passage.label(one).strip().replace(last_year, "上年"),
            )
            for one in sentence
        ]


def _rates(told: Sequence[_InSentence]) -> Iterator[_Rate]:
    """The rates that follow at once on the only two numbers of one measure."""
    measures = Counter(one.measure for one in told)
    for first, second, rate in zip(told, told[1:], told[2:], strict=False):
        if rate.number.kind == PERCENT and _are_plain(first, second, rate):
            only_two = measures[first.measure] == len((first, second))
            if only_two or _is_returned(first, second, rate):
                yield from _read(first, second, rate)


def _are_plain(
    first: _InSentence, second: _InSentence, rate: _InSentence
) -> bool:
    """Whether two exact numbers of one measure stand before an exact rate."""
    numbers = (first.number, second.number, rate.number)
    exact = all(each.is_exact and each.value > 0 for each in numbers)
    counted = first.number.kind in {COUNT, MONEY}
    return exact and counted and first.measure == second.measure


def _is_returned(
    first: _InSentence, second: _InSentence, rate: _InSentence
) -> bool:
    """Whether the words say that the second came back of the first: 发放860份，收回832份，回收率."""
    sent = _SENT.search(first.label) and _BACK.search(second.label)
    return bool(sent and _RETURNED.match(rate.label))


def _read(
    first: _InSentence, second: _InSentence, rate: _InSentence
) -> Iterator[_Rate]:
    """The rate of the two by what the words say; none where they say something else."""
    if first.number.kind == MONEY:
        yield from _of_money(first, second, rate)
        return
    one, other, said = first.number, second.number, rate.number
    quotient = other.value / one.value * _ALL
    planned = _OF_TARGET.match(rate.label) and _PLANNED.search(first.label)
    returned = planned or _is_returned(first, second, rate)
    if returned or _is_part(first, second, rate):
        yield _Rate(said, other, one, quotient)
    elif _is_of_second(second, rate):
        yield _Rate(said, one, other, one.value / other.value * _ALL)
    elif _BEFORE.search(second.label):
        yield from _growth(first, second, rate)
    else:
        yield from _named(first, second, rate)


def _of_money(
    first: _InSentence, second: _InSentence, rate: _InSentence
) -> Iterator[_Rate]:
    """预算120万元，支出96万元，执行率80%: money is told in too many ways to read more of it."""
    owed = _OWED.search(first.label) and _DONE.search(second.label)
    if owed and second.number.value <= first.number.value:
        yield from _named(first, second, rate)


def _is_of_second(second: _InSentence, rate: _InSentence) -> bool:
    """Whether the rate is that of the first number over the second: 目标50株，完成目标的92%; 是上年4万吨的115%."""
    of_target = _TARGET.search(second.label) and _OF_TARGET.match(rate.label)
    times = _TIMES.match(second.label) and _OF_IT.match(rate.label)
    return bool(of_target or times)


def _growth(
    first: _InSentence, second: _InSentence, rate: _InSentence
) -> Iterator[_Rate]:
    """How much more the first is than the second, which is of the year before."""
    one, other = first.number, second.number
    growth = _GROWTH.match(rate.label)
    if growth and not _BEFORE.search(first.label):
        risen = (one.value / other.value - 1) * _ALL
        right = -risen if growth["less"] else risen
        yield _Rate(rate.number, one, other, right)


def _named(
    first: _InSentence, second: _InSentence, rate: _InSentence
) -> Iterator[_Rate]:
    """A rate that is called as one of the numbers is: 抽检150份，合格147份，合格率98%.

    Which of the two is the whole is told by their size; a share may also be one of both together.
    """
    part, whole = sorted((second, first), key=lambda one: one.number.value)
    named = _NAMED_RATE.match(rate.label)
    owed = _OWED.search(whole.label) and _DONE.search(part.label)
    said = f"{part.label}{whole.label if owed else ''}"
    called = named is not None and set(named["of"]) <= set(said)
    right = part.number.value / whole.number.value * _ALL
    if called or (part is second and _is_bare_share(part, whole, rate)):
        yield _Rate(rate.number, part.number, whole.number, right)


def _is_bare_share(
    part: _InSentence, whole: _InSentence, rate: _InSentence
) -> bool:
    """Whether a share is told of the one in the other, and not of the one in both together."""
    total = part.number.value + whole.number.value
    off = abs(part.number.value / total * _ALL - rate.number.value)
    return bool(_BARE_SHARE.match(rate.label)) and off > rate.number.tolerance


def _is_part(
    first: _InSentence, second: _InSentence, rate: _InSentence
) -> bool:
    """Whether the second is told as a part of the first, and the rate as its share."""
    said = first.label + rate.label
    share = _PART.match(second.label) and _SHARE.match(rate.label)
    return share is not None and not _OF_OTHERS.search(said)
