"""Numbers as people in finance write them: Decimal, 四舍五入, 万元 and 元, percent, Chinese numerals.

Nothing here knows what a number means; a money amount is a Decimal in 万元, a ratio a Decimal where 1 is 100 %.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_WIDE = str.maketrans("０１２３４５６７８９．，％＋－　", "0123456789.,%+- ")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MONEY_UNITS = {"": Decimal(1), "万元": Decimal(1), "万": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}
_MONEY_UNITS |= {"亿": Decimal(10000), "千元": Decimal("0.1"), "百万元": Decimal(100), "千万元": Decimal(1000)}
_DIGITS = "零一二三四五六七八九"
_DIGIT_VALUES = {c: i for i, c in enumerate(_DIGITS)} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_DIGIT_VALUES |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE_UNITS = {"万": 10_000, "亿": 100_000_000}
LARGEST = Decimal(10) ** 15  # beyond any budget; keeps sums and quotients inside Decimal's 28 digits


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """`value` rounded 四舍五入 to `places` decimals (rules.md 4.3)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def fixed(value: Decimal, places: int = 2) -> str:
    """`value` with exactly `places` decimals: 31.6 -> 31.60."""
    return f"{round_half_up(value, places):f}"


def plain(value: Decimal, places: int | None = None) -> str:
    """`value` without trailing zeros or exponent, rounded to `places` first when given: 10.00 -> 10."""
    if places is not None:
        value = round_half_up(value, places)
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def percent(ratio: Decimal, places: int = 2) -> str:
    """A ratio as percent: 0.997561 -> 99.76%."""
    return fixed(ratio * 100, places) + "%"


def ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """`part` ÷ `whole`, unrounded; None where either is missing or `whole` is zero."""
    if part is None or not whole:
        return None
    return part / whole


def read_number(text: str) -> Decimal | None:
    """The Decimal that `text` is, full-width digits and thousands separators understood; None where it is none."""
    narrow = text.translate(_WIDE).strip()
    if not _NUMBER.fullmatch(narrow):
        return None
    try:
        value = Decimal(narrow.replace(",", ""))
    except InvalidOperation:
        return None
    return value if abs(value) < LARGEST else None


def read_amount(text: str) -> Decimal | None:
    """The amount in 万元: 400 -> 400, 997561.26元 -> 99.756126, 1.2亿元 -> 12000; None where it is no amount."""
    narrow = text.translate(_WIDE).strip()
    number = _NUMBER.match(narrow)
    if number is None:
        return None
    factor = _MONEY_UNITS.get(narrow[number.end() :].strip())
    value = read_number(number.group())
    return None if factor is None or value is None else value * factor


def read_ratio(text: str) -> Decimal | None:
    """The ratio that a percent means: 99.76% -> 0.9976; a bare number is taken as percent, 61.2 -> 0.612."""
    value = read_number(text.translate(_WIDE).strip().removesuffix("%"))
    return None if value is None else value / 100


def chinese_numeral(number: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十, 105 -> 一百零五; 0 to 9999."""
    if number == 0:
        return "零"
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return text[1:] if text.startswith("一十") else text


def read_chinese_numeral(text: str) -> int | None:
    """三 -> 3, 十二 -> 12, 一百零五 -> 105, 三千二百 -> 3200, 两万 -> 20000; None where `text` is none."""
    total = section = digit = 0
    if not text:
        return None
    for char in text:
        if char in _DIGIT_VALUES:
            digit = _DIGIT_VALUES[char]
        elif char in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[char]
            digit = 0
        elif char in _LARGE_UNITS:
            total = (total + section + digit or 1) * _LARGE_UNITS[char]
            section = digit = 0
        else:
            return None
    return total + section + digit
