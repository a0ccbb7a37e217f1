"""TXT008: the numbers that a unit typed in front of its paragraphs and in its sentences."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import chinese_numeral, read_chinese_numeral
from reportgen.figures.figure import FieldPath

_HAN = "[一二三四五六七八九十]{1,3}"
_HEAD = re.compile(
    rf"(?P<bracket>[（(])(?P<bracketed>{_HAN}|[0-9]{{1,2}})[)）]"
    rf"|(?P<first>{_HAN})、(?![一二三四五六七八九十])"
    r"|(?P<third>[0-9]{1,2})(?P<mark>[、.．])(?![0-9])"
)
_INLINE = re.compile(
    rf"(?:^|(?<=[。；;：:，,、！？]))(?:(?P<is>{_HAN})是(?!否)|第(?P<nth>{_HAN})(?:[，,]|、(?![一二三四五六七八九十]))|(?P<bracket>[（(])(?P<bracketed>[0-9]{{1,2}}|{_HAN})[)）])",
    re.MULTILINE,
)
_SECONDS = re.compile("[二三四五]是|第[二三四][，,、]|[（(][2-4二三四][)）]")
_FIRST = frozenset("（(一二三四五六七八九十0123456789")
_FORMS = {
    "first": "{}、",
    "third": "{}",
    "is": "{}是",
    "nth": "第{}",
    "bracketed": "（{}）",
}
_STYLED = ("bracketed", "third")  # （1） or (1), 1. or 1、


class _Number(NamedTuple):
    """A number as typed: its form (一、 / 1. / 一是 …), its value, where, and its bracket or mark."""

    form: str
    digits: bool  # 1, not 一
    value: int
    text: str
    path: FieldPath
    style: str


@rule("TXT008", WARNING, "“{text}”之前应为“{wanted}”，编号不连续；请改正编号")
def numbering_wrong(facts: Facts) -> Problems:
    """文字中的编号不连续，或括号不一致.

    依据：结构层次依次用“一、”“（一）”“1.”“（1）”，同一层次的编号连续，括号用全角；模板自动编号的不在此列。
    反例：
        叙述: {存在问题: [一是人员不足。三是设备老旧。]}
    """
    inline = _SECONDS.search(facts.paragraph_text.text) is not None
    blocks = (one for one in facts.blocks if inline or one.text[:1] in _FIRST)
    for _, group in groupby(blocks, key=lambda block: block.path[:-1]):
        numbers = [
            one for block in group for one in _numbers(block, inline=inline)
        ]
        yield from _out_of_order(numbers)
        yield from _mixed(numbers)


def _numbers(block: Block, *, inline: bool) -> Iterator[_Number]:
    """The number at the head of a paragraph, and those within it."""
    head = _HEAD.match(block.text) if block.text[:1] in _FIRST else None
    if head:
        yield from _number(head, block)
    start = head.end() if head else 0
    for match in _INLINE.finditer(block.text, start) if inline else ():
        if match.start() > start or not head:
            yield from _number(match, block)


def _number(match: re.Match[str], block: Block) -> Iterator[_Number]:
    groups = match.groupdict()
    form = next(name for name in _FORMS if groups.get(name))
    typed = groups[form]
    digits = typed.isdigit()
    value = int(typed) if digits else read_chinese_numeral(typed)
    style = groups.get("bracket") or groups.get("mark") or ""
    if value:
        yield _Number(form, digits, int(value), match[0], block.path, style)


def _out_of_order(numbers: list[_Number]) -> Problems:
    """Numbers of one kind that do not go on from one that is open."""
    for form, digits in dict.fromkeys(
        (one.form, one.digits) for one in numbers
    ):
        alike = [
            one for one in numbers if (one.form, one.digits) == (form, digits)
        ]
        if (
            len(alike) > 1 or form == "is"
        ):  # another alone is mostly a reference
            yield from _broken(alike)


def _broken(numbers: list[_Number]) -> Problems:
    """Of one kind: 1 opens a list within or after another, which may go on later."""
    opened: list[int] = []
    for one in numbers:
        if one.value == 1:
            opened.append(1)
            continue
        while _closes_last(opened, one.value):
            opened.pop()
        wanted = opened[-1] + 1 if opened else 1
        if one.value != wanted:
            shown = str(wanted) if one.digits else chinese_numeral(wanted)
            yield at(one, text=one.text, wanted=_FORMS[one.form].format(shown))
        opened[-1:] = [one.value]


def _closes_last(opened: list[int], value: int) -> bool:
    """Whether `value` goes on from an outer list and not from the last."""
    return bool(opened) and opened[-1] + 1 != value and value - 1 in opened[:-1]


def _mixed(numbers: list[_Number]) -> Problems:
    """（1）（2）(3), 1. 2、 within one section."""
    for form in _STYLED:
        alike = [one for one in numbers if one.form == form]
        other = next(
            (one for one in alike if one.style != alike[0].style), None
        )
        if other is not None:
            message = "“{text}”与前面的“{first}”写法不一致；请统一"
            yield at(
                other,
                message=message,
                text=other.text,
                first=alike[0].text,
            )
