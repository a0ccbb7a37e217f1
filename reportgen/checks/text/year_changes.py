"""TXT001: how much more or less than before, where a sentence tells the number of both years and no rate.

Looked at are three numbers of one measure: now, before (上年30起, 由30起) and the difference (增加5起).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import PERCENT, POINTS, Quantity

_SIGNS = (
    "上年",
    "去年",
    "同期",
    "由",
    "从",
)  # one of them stands beside the number of the year before
_MORE = r"增长|增加|提高|提升|上升|上涨|净增|调增|追加|多"
_LESS = r"下降|降低|减少|压减|压缩|缩减|净减|调减|少"
_SOONER = r"(?<![\u4e00-\u9fff])(?:缩短|提速|加快|提前)"  # 拨款时间缩短 is of something else
_BY = re.compile(rf"(?:(?P<more>{_MORE})|{_LESS}|{_SOONER})了?\s*\Z")
_BEFORE = re.compile(r"(?:上年|去年|同期)(?!结转)[^，。；：]*\Z|[由从]\s*\Z")
_FROM = re.compile(r"[由从](?:上年|去年)?(?:同期)?的?\s*\Z")
_LED_TO = re.compile(
    rf"(?:{_MORE}|{_LESS}|[增升降减]|缩短|扩大|调整)[了]?[到至为]\s*\Z"
)
_OTHER_MATTER = re.compile(r"其中|目标|计划|任务|每|人均|平均(?![办用审处响])")


class _NumberOfYear(NamedTuple):
    """A number and the words right before it."""

    number: Quantity
    label: str

    @property
    def measure(self) -> tuple[str, str]:
        """What only numbers of the same kind have; percentage points change a percentage."""
        one = self.number
        of_rate = one.kind in {PERCENT, POINTS}
        return (PERCENT, "") if of_rate else (one.kind, one.measure)


class _Years(NamedTuple):
    """The numbers of two years, and the difference as it is told."""

    now: _NumberOfYear
    before: _NumberOfYear
    by: _NumberOfYear

    @property
    def is_right(self) -> bool:
        """Whether the difference is that of the two, as far as the typed digits say.

        Of 12.6万, 11.1万 and 1.4万 the difference is 1.5万: a whole unit of the last digit is off.
        """
        slack = max(one.number.tolerance for one in self)
        by = _BY.search(self.by.label)
        sign = 1 if by and by["more"] else -1
        risen = self.now.number.value - self.before.number.value
        return abs(risen - sign * self.by.number.value) <= slack

    @property
    def is_told(self) -> bool:
        """Whether the words say that these are the three.

        由48人 wants 增加到56人, as much is told from somewhere; 其中新增6人 is a part, and 比计划多6人 is of no year
        before. What is told roughly (约50人) can differ.
        """
        if any(_OTHER_MATTER.search(one.label) for one in self[1:]):
            return False
        if _FROM.search(self.before.label):
            return _LED_TO.search(self.now.label) is not None
        return all(one.number.is_exact for one in self)

    @property
    def quoted(self) -> str:
        """The difference with the word that says which way it goes: 增加5起."""
        by = _BY.search(self.by.label)
        return f"{by[0] if by else ''}{self.by.number.text}"


@rule(
    "TXT001",
    WARNING,
    "文中“{quoted}”与前后的数不符：本年 {now}、上年 {before}，相差 {off}；请核对",
)
def difference_wrong(facts: Facts) -> Problems:
    """文中写的比上年增减数，与同一句里两年的数之差不符.

    依据：增减数＝本年数－上年数。
    反例：
        叙述: {单位概况: 全年受理咨询37起，比上年增加5起（上年30起）。}
    """
    last_year = year_before(facts)
    if not facts.paragraph_text.holds((*_SIGNS, last_year)):
        return
    for passage in facts.quantified:
        for found in years_compared(passage, last_year):
            if not found.is_right:
                now = found.now.number
                before = found.before.number
                yield at(
                    passage,
                    quoted=found.quoted,
                    now=now.text,
                    before=before.text,
                    off=plain(abs(now.value - before.value)),
                )


def year_before(facts: Facts) -> str:
    """2023年 in the papers of 2024."""
    return f"{int(facts.unit.year) - 1}年"


def years_compared(passage: ProseBlock, last_year: str) -> Iterator[_Years]:
    """The numbers of two years with their difference, where a sentence tells the three one after the other.

    Each measure is looked at by itself: 火警86次 and 出动260台次 of one sentence have years of their own.
    """
    if any(sign in passage.text for sign in (*_SIGNS, last_year)):
        for told in _sentences(passage, last_year):
            for measure in dict.fromkeys(one.measure for one in told):
                alike = [one for one in told if one.measure == measure]
                yield from _of_two_years(alike)


def _sentences(
    passage: ProseBlock, last_year: str
) -> Iterator[list[_NumberOfYear]]:
    """The numbers of each sentence with the words before them.

    The year before may be told by its number: 2023年的48人 is 上年的48人 in the papers of 2024.
    """
    positions = range(len(passage.quantities))
    for _, sentence in groupby(positions, passage.sentence_of):
        yield [
            _NumberOfYear(
                passage.quantities[one],
                passage.label(one).replace(last_year, "上年"),
            )
            for one in sentence
        ]


def _of_two_years(alike: Sequence[_NumberOfYear]) -> Iterator[_Years]:
    """Every three in a row of which one is the difference, and one that of the year before.

    They come in any order: 37起，增加7起（上年30起）; 去年30起，今年37起，增加7起; 由30起增加到37起，增加7起. Where
    another number of the sentence is right, that one is compared: 支出37万元，预算40万元，上年30万元，增加7万元.
    """
    for three in zip(alike, alike[1:], alike[2:], strict=False):
        found = _years(three)
        if found is not None and found.is_told:
            others = (
                found._replace(now=one) for one in alike if one not in found[1:]
            )
            yield next((one for one in others if one.is_right), found)


def _years(three: Sequence[_NumberOfYear]) -> _Years | None:
    """The three by what their words say; None where two of them say the same."""
    changes = [one for one in three if _BY.search(one.label)]
    both = [one for one in three if one not in changes]
    befores = [one for one in both if _BEFORE.search(one.label)]
    if len(changes) != 1 or len(befores) != 1:
        return None
    now = next(one for one in both if one not in befores)
    return _Years(now, befores[0], changes[0])
