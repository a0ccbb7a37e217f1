"""The numbers that the program types in front of the paragraphs of a section: （一）, 1. or 1、."""

import re
from typing import NamedTuple

from reportgen.core.numerals import chinese_numeral, read_chinese_numeral
from reportgen.ooxml.blocks import Block, Blocks, Paragraph

_NUMBER = re.compile(
    r"\s*(?P<number>（(?P<chinese>[一二三四五六七八九十]{1,3})）|(?P<digits>\d{1,2})(?P<stop>[.、．])(?!\d))"
)
_CHINESE = "（）"


class ListNumber(NamedTuple):
    """A number in front of a text: its value, its style, where it starts and ends."""

    value: int
    style: str  # （） for a Chinese numeral, else what stands behind the digits
    start: int
    end: int

    def as_text(self, value: int) -> str:
        """Another number in the same style."""
        if self.style == _CHINESE:
            return f"（{chinese_numeral(value)}）"
        return f"{value}{self.style}"


def list_number(text: str) -> ListNumber | None:
    """The number in front of `text`."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    start, end = found.span("number")
    if found["digits"]:
        return ListNumber(int(found["digits"]), found["stop"], start, end)
    value = read_chinese_numeral(found["chinese"])
    return (
        None if value is None else ListNumber(int(value), _CHINESE, start, end)
    )


def printed_number(block: Block) -> ListNumber | None:
    """The number that the print made: a printed value begins with it, or right behind it."""
    if not isinstance(block, Paragraph):
        return None
    number = list_number(block.text)
    if number is None:
        return None
    spans = block.line.marks.values()
    begins = {number.start, number.end}
    is_printed = any(
        start in begins and end > number.end for start, end in spans
    )
    return number if is_printed else None


def printed_series(blocks: Blocks) -> list[list[int]]:
    """The positions of paragraphs that are numbered on from 1 by the print, series by series."""
    found: list[list[int]] = []
    by_style: dict[str, tuple[list[int], int]] = {}
    for position, block in enumerate(blocks):
        number = printed_number(block)
        if number is None:
            continue
        series, last = by_style.get(number.style, ([], 0))
        if number.value == 1:
            series = []
            found.append(series)
        elif number.value != last + 1:
            continue
        series.append(position)
        by_style[number.style] = series, number.value
    return found


def same_but_for_number(base: Paragraph, other: Paragraph) -> bool:
    """Whether `other` is the printed paragraph `base` with another number of its style, or without one."""
    number = printed_number(base)
    if number is None:
        return False
    there = list_number(other.text)
    if there is None:
        return base.text[number.end :] == other.text
    is_alike = there.style == number.style
    return is_alike and base.text[number.end :] == other.text[there.end :]
