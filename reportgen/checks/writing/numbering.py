"""TXT008: the numbers that a unit typed in front of its paragraphs and in its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problem, at, rule
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


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as typed: its kind (一、 / 1. / 一是 …), its value, where, and the bracket in front of it."""

    kind: str
    value: int
    text: str
    path: FieldPath
    bracket: str = ""
    mark: str = ""


@rule("TXT008", WARNING, "“{text}”之前应为“{wanted}”，编号不连续；请改正编号")
def numbering_wrong(facts: Facts) -> Iterator[Problem]:
    """文字中的编号不连续，或括号不一致.

    依据：结构层次依次用“一、”“（一）”“1.”“（1）”，同一层次的编号连续，括号用全角；模板自动编号的不在此列。
    反例：
        叙述: {存在问题: [一是人员不足。三是设备老旧。]}
    """
    inline = _SECONDS.search(facts.paragraph_text.text) is not None
    heads = {
        one.path: head
        for one in facts.blocks
        if one.text[:1] in _FIRST and (head := _HEAD.match(one.text))
    }
    if not inline and not heads:
        return
    for _, group in groupby(facts.blocks, key=lambda block: block.path[:-1]):
        blocks = [one for one in group if inline or one.path in heads]
        if blocks:
            numbers = [
                number
                for one in blocks
                for number in _numbers(one, heads.get(one.path), inline=inline)
            ]
            yield from _out_of_order(numbers)
            yield from _mixed(numbers)


def _numbers(
    block: Block, head: re.Match[str] | None, *, inline: bool
) -> Iterator[_Number]:
    if head:
        yield from _number(head, block)
    start = head.end() if head else 0
    for match in _INLINE.finditer(block.text, start) if inline else ():
        if match.start() > start or not head:
            yield from _number(match, block)


def _number(match: re.Match[str], block: Block) -> Iterator[_Number]:
    groups = match.groupdict()
    kind = next(name for name in _FORMS if groups.get(name))
    digits = groups[kind]
    value = int(digits) if digits.isdigit() else read_chinese_numeral(digits)
    if value:
        script = "0" if digits.isdigit() else "一"
        yield _Number(
            f"{kind}{script}",
            value,
            match.group(),
            block.path,
            groups.get("bracket") or "",
            groups.get("mark") or "",
        )


def _out_of_order(numbers: list[_Number]) -> Iterator[Problem]:
    """Numbers of one kind go on from one that is open; 1 opens a list within or after another."""
    for kind in dict.fromkeys(one.kind for one in numbers):
        of_kind = [one for one in numbers if one.kind == kind]
        if len(of_kind) == 1 and not kind.startswith("is"):
            continue  # one number alone is a reference more often than a list
        yield from _broken(kind, of_kind)


def _broken(kind: str, numbers: list[_Number]) -> Iterator[Problem]:
    opened: list[int] = []
    for one in numbers:
        while (
            opened
            and one.value != 1
            and opened[-1] + 1 != one.value
            and _goes_on(opened[:-1], one.value)
        ):
            opened.pop()
        last = opened[-1] if opened else 0
        if one.value == 1:
            opened.append(1)
            continue
        if one.value != last + 1:
            wanted = last + 1
            digits = str(wanted) if kind.endswith("0") else chinese_numeral(wanted)
            yield at(*one.path, text=one.text, wanted=_FORMS[kind[:-1]].format(digits))
        if opened:
            opened[-1] = one.value
        else:
            opened.append(one.value)


def _goes_on(opened: list[int], value: int) -> bool:
    return any(one + 1 == value for one in opened)


def _mixed(numbers: list[_Number]) -> Iterator[Problem]:
    """（1）（2）(3), 1. 2、 within one section."""
    brackets = [one for one in numbers if one.bracket]
    marks = [one for one in numbers if one.mark]
    for same, sign in ((brackets, "bracket"), (marks, "mark")):
        if same:
            usual = getattr(same[0], sign)
            other = next((one for one in same if getattr(one, sign) != usual), None)
            if other is not None:
                message = "“{text}”与前面的“{first}”写法不一致；请统一"
                yield at(
                    *other.path, message=message, text=other.text, first=same[0].text
                )
