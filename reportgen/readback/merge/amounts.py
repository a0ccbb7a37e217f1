"""Texts that are the same but for the form in which the program prints them."""

from __future__ import annotations

import re
from decimal import Decimal

from reportgen.narrative.wording import without_number
from reportgen.readback.read.paragraph_text import alike

_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(%|万元|元|分)?")


def same_amount(typed: str, new: str) -> bool:
    """Whether two texts are one number, written as a person does and as it is printed: 12.5, 12.50."""
    one, other = _AMOUNT.fullmatch(alike(typed)), _AMOUNT.fullmatch(alike(new))
    if one is None or other is None or one[2] != other[2]:
        return False
    return _number(one) == _number(other)


def _number(amount: re.Match[str]) -> Decimal:
    return Decimal(amount[1].replace(",", ""))


def unnumbered(text: str) -> str:
    """A passage as it is compared, without the number in front of it and the stop at its end."""
    return alike(without_number(text.strip())).rstrip("。")
