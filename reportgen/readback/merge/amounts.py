"""Texts that are the same but for the form in which the program prints them."""

import re
from decimal import Decimal
from functools import lru_cache

from reportgen.narrative.wording import without_number
from reportgen.ooxml.paragraph_text import alike

_NUMBER = r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
_AMOUNT = re.compile(_NUMBER + "(%|亿元|万元|元|分)?")
_IN_PROSE = re.compile(r"(?<![\d.])" + _NUMBER + "(%|亿元|万元|元|分)")
_COUNTED = re.compile("[一二三四五六七八九十]{1,3}是")  # 一是, 二是 of a list
_IN_YUAN = {"亿元": Decimal(100_000_000), "万元": Decimal(10_000)}


def same_value(typed: str, printed: str) -> bool:
    """Whether two texts are the same words, or one amount in two forms: 12.5 and 12.50, 20万元 and 200,000元."""
    return alike(typed) == alike(printed) or same_amount(typed, printed)


def says_the_same(typed: str, printed: str) -> bool:
    """Whether a paragraph says what is printed, in the form of a person."""
    return same_amount(typed, printed) or unnumbered(typed) == unnumbered(
        printed
    )


def same_amount(typed: str, printed: str) -> bool:
    """Whether two texts are one number, written as a person does and as it is printed: 12.5, 12.50."""
    own, other = (_AMOUNT.fullmatch(alike(one)) for one in (typed, printed))
    if own is None or other is None:
        return False
    return _in_one_form(own) == _in_one_form(other)


def _in_one_form(amount: re.Match[str]) -> str:
    """An amount in 元, a share or a score as it is, without thousands separators and idle zeros."""
    number, unit = Decimal(amount[1].replace(",", "")), amount[2] or ""
    if unit in _IN_YUAN:
        number, unit = number * _IN_YUAN[unit], "元"
    return f"{number.normalize():f}{unit}"


def with_amounts_in_one_form(text: str) -> str:
    """A text as it is compared, each amount with a unit in one form."""
    return _IN_PROSE.sub(_in_one_form, alike(text))


@lru_cache(maxsize=8192)  # what a person wrote is compared again and again
def unnumbered(text: str) -> str:
    """A passage as it is compared, without its number, those of a list in it, and the stop at its end."""
    told = with_amounts_in_one_form(without_number(text.strip()))
    return _COUNTED.sub("是", told).rstrip("。")
