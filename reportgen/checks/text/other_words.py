"""TXT001: a number of an indicator that the text tells in other words, before or behind the number, and wrongly.

为653名残疾人适配辅具 is said of 残疾人辅助器具适配人数 (635人): the words on both sides of the number must be those of
one indicator only, and the paragraph must not tell its number elsewhere. How many of the words must be there depends on
how near the number is to a slip of the fingers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from rapidfuzz.distance import OSA

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import ReportedValue
from reportgen.checks.facts.reported_values import (
    is_plain,
    kind_and_unit,
    values_of,
)
from reportgen.checks.facts.spoken_names import covered, shortened
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.checks.text import turned_digits
from reportgen.checks.text.turned_digits import (
    ALL_THERE_ARE,
    digits_of,
    is_told,
    unreported,
)
from reportgen.core.findings import dotted
from reportgen.core.numerals import plain
from reportgen.model.measure import scale_and_unit
from reportgen.narrative.numbers import COUNT, PERCENT, Quantity

_MARKS = re.compile(r"[，。；：、！？（）()\n\d]")
_FAR = 40  # characters that may say what a number is of
_HEADS = {"名": "人", "位": "人"}
_NOT_THE_WHOLE = re.compile(
    r"其中|每|均|分别|剩余|新增|累计|计划|目标|应|拟|预计|同比|较|(?<!占)比(?![例重])"
    r"|增|减|超|达标|不少于|申请|受理|报名|登记|摸排|排查|部分|第|约|近"
)
_RATE = re.compile(r"[率度比例重]+\Z")
_SATISFIED = "满意"
_FILLING = re.compile(r"比例|[的为达到是有共约了已均都全年\n]")
_ODD_WORDS = 4  # characters of a clause that the name need not have
_WAN = 10_000
_FEW = 100  # numbers below are like others by chance


class _SpokenNumber(NamedTuple):
    """A number of the text and the words around it."""

    passage: ProseBlock
    number: Quantity
    words: str

    @property
    def value(self) -> Decimal:
        """The number in its bare unit: 16.8万头 is 168000."""
        scale = scale_and_unit(self.number.measure)[0]
        return self.number.value * scale

    @property
    def measured(self) -> tuple[str, str]:
        """What numbers of the same have in common."""
        return _measured(*kind_and_unit(self.number))


@rule(
    "TXT001",
    WARNING,
    "文中“{quoted}”与表不一致：{name}为{shown}（{where}）；请核对后改正其中一处",
)
def number_in_other_words(facts: Facts) -> Problems:
    """文中换了说法讲一项指标，数字与表中该项的实际值不同.

    依据：自评报告与自评表的数字应当一致，换了说法也是同一个数。
    反例：
        指标: [{一级: 产出指标, 三级: 残疾人辅助器具适配人数, 指标值: ≥620人, 实际值: 635人}]
        叙述: {单位概况: 为653名残疾人适配了辅助器具。}
    """
    for one, value in _wrong(facts):
        yield at(
            *one.passage.path,
            quoted=_quoted(one),
            name=value.name,
            shown=value.shown,
            where=dotted(value.where),
        )


def _wrong(facts: Facts) -> Iterator[tuple[_SpokenNumber, ReportedValue]]:
    """The numbers that are told of one indicator and are not its actual."""
    actuals = _actuals(facts) if facts.quantified else {}
    for passage, number in unreported(facts, _is_looked_at) if actuals else ():
        one = _SpokenNumber(passage, number, _around(passage, number))
        value = _meant(one, actuals)
        if value is None or _is_of_others(facts, one):
            continue
        turned = facts.once(turned_digits.digits_turned.find)
        told = passage.path in {each.path for each in turned}
        if not told and not is_told(passage, value):
            yield one, value


def _meant(
    one: _SpokenNumber, actuals: Mapping[tuple[str, str], list[ReportedValue]]
) -> ReportedValue | None:
    """The only actual that the words are of; None where the number is one that is reported."""
    project = one.passage.block.project
    alike = [
        value
        for value in actuals.get(one.measured, ())
        if project in (None, value.owner)
    ]
    if any(value.value == one.value for value in alike):
        return None
    meant = [value for value in alike if _is_meant(one, value)]
    return meant[0] if len(meant) == 1 else None


def _actuals(
    facts: Facts,
) -> Mapping[tuple[str, str], list[ReportedValue]]:
    """The actual values of the indicators that are plain numbers, by what they are measured in."""
    found = defaultdict[tuple[str, str], list[ReportedValue]](list)
    for row in facts.reported.indicators:
        for value in values_of(row):
            if value.column == "实际值" and value.value > 0:
                found[_measured(value.kind, value.unit)].append(value)
    return found


def _measured(kind: str, unit: str) -> tuple[str, str]:
    """Kind and unit; 名 and 位 count persons."""
    return kind, _HEADS.get(unit, unit)


def _is_looked_at(one: Quantity) -> bool:
    several = len(digits_of(one.value).strip("0")) > 1
    return several and one.kind in {COUNT, PERCENT} and is_plain(one)


def _around(passage: ProseBlock, one: Quantity) -> str:
    """The words from the mark or digit before to the mark or digit behind."""
    before = passage.text[max(0, one.start - _FAR) : one.start]
    behind = passage.text[one.end : one.end + _FAR]
    return f"{_MARKS.split(before)[-1]}\n{_MARKS.split(behind)[0]}"


def _is_of_others(facts: Facts, one: _SpokenNumber) -> bool:
    """Whether it is of another year, a part, or something planned."""
    before = one.passage.before(one.number)
    section = one.passage.block.section
    planned = has_word(section, (*facts.words.planning_sections, "预期目标"))
    again = one.passage.text.count(one.number.text) > 1  # no slip twice
    other = OTHER_TIMES.search(before) is not None or "其中" in before
    return planned or again or other


def _is_meant(one: _SpokenNumber, value: ReportedValue) -> bool:
    """Whether the words are those of the indicator, more of them the less the number looks like a slip of it."""
    name = _RATE.sub("", shortened(value.what.strip()))
    said = _said_of(one, value, name)
    if _is_slip(one.value, value.value):
        return said > 1 and 4 * said >= _quarters(one, value) * len(name)
    near = value.value <= 2 * one.value <= 4 * value.value
    words = _FILLING.sub("", one.words)
    odd = len(words) - covered(words, name)
    return near and 4 * said >= 3 * len(name) > 6 and odd <= _ODD_WORDS


def _said_of(one: _SpokenNumber, value: ReportedValue, name: str) -> int:
    """How many characters of the name are said; none where a part or a change is told that the name does not have."""
    parts = set(_NOT_THE_WHOLE.findall(one.words))
    if parts - set(_NOT_THE_WHOLE.findall(name)):
        return 0
    if _SATISFIED in name and _SATISFIED in one.words:
        return len(name)  # whoever it is
    rate = value.kind == PERCENT and name[-2:] not in one.words
    return 0 if rate else covered(name, one.words)  # 合格 of 合格率


def _quarters(one: _SpokenNumber, value: ReportedValue) -> int:
    """How many quarters of the name must be said: more of small numbers, and where all there are may be spoken of."""
    loose = has_word(one.words, ALL_THERE_ARE) or one.value < _FEW
    return 3 if value.kind == COUNT and loose else 2


def _is_slip(typed: Decimal, meant: Decimal) -> bool:
    """Whether one digit is another, two neighbours changed places, or 万 was lost."""
    if _WAN in (typed / meant, meant / typed):
        return True
    one, other = plain(typed).rstrip("0"), plain(meant).rstrip("0")
    alike = len(one) == len(other) and one.find(".") == other.find(".")
    return alike and OSA.distance(one, other) == 1


def _quoted(one: _SpokenNumber) -> str:
    before, behind = one.words.split("\n")
    return f"{before[-10:]}{one.number.text}{behind[:10]}"
