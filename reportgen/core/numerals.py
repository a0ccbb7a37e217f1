"""Numbers as people in finance write them: Decimal, 四舍五入, 万元 and 元, percent, Chinese numerals.

Nothing here knows what a number means; a money amount is a Decimal in 万元, a ratio a Decimal where 1 is 100 %.
"""

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_WIDE = str.maketrans("０１２３４５６７８９．，％＋－−　", "0123456789.,%+-- ")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
IN_WAN = "万元"  # the unit of all amounts
_MONEY_UNITS = {
    "": "1",
    IN_WAN: "1",
    "万": "1",
    "元": "0.0001",
    "亿元": "10000",
    "亿": "10000",
    "千元": "0.1",
    "百万元": "100",
    "千万元": "1000",
    "百万": "100",
    "千万": "1000",
}
MONEY_UNITS = {name: Decimal(size) for name, size in _MONEY_UNITS.items()}
_DIGITS = "零一二三四五六七八九"
_PLAIN_HAN = str.maketrans(
    "〇两壹贰叁肆伍陆柒捌玖拾佰仟", "零二一二三四五六七八九十百千"
)
_SMALL_UNITS = {"千": 1000, "百": 100, "十": 10, "": 1}
_LARGE_UNITS = {"亿": 100_000_000, "万": 10_000, "": 1}
_SHORTENED = re.compile(
    r"([百千万亿])([一二三四五六七八九])$"
)  # 三百五 is 三百五十
_ONE_LOWER = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
ZERO = Decimal(0)
ONE = Decimal(1)
LARGEST = Decimal(10) ** 15  # beyond any budget
LONGEST = 40  # characters of a number; with LARGEST it keeps every sum and quotient inside _EXACT
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """`value` rounded 四舍五入 to `places` decimals."""
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return rounded if rounded else abs(rounded)  # never -0.00


def fixed(value: Decimal, places: int = 2) -> str:
    """`value` with exactly `places` decimals: 31.6 -> 31.60."""
    return f"{round_half_up(value, places):f}"


def plain(value: Decimal, places: int | None = None) -> str:
    """`value` without trailing zeros or exponent, rounded to `places` first when given: 10.00 -> 10."""
    if places is not None:
        value = round_half_up(value, places)
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def amount_text(value: Decimal) -> str:
    """Two decimals, more where they are needed: an amount typed in 元 has six."""
    return max(fixed(value), plain(value), key=len)


def percent(ratio: Decimal, places: int = 2) -> str:
    """A ratio as percent: 0.997561 -> 99.76%."""
    return fixed(ratio * 100, places) + "%"


def ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """`part` ÷ `whole`, unrounded; None where either is missing or `whole` is zero."""
    if part is None or not whole:
        return None
    return part / whole


def less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    """`whole` － `part`; None where either is missing."""
    return None if whole is None or part is None else whole - part


def given(*values: Decimal | None) -> Decimal | None:
    """The first that there is: what was reported, or else what was computed."""
    for value in values:
        if value is not None:
            return value
    return None


def known(values: Iterable[_Value | None]) -> list[_Value]:
    """The values that are there."""
    return [value for value in values if value is not None]


def known_of(
    pairs: Iterable[tuple[_Key, _Value | None]],
) -> list[tuple[_Key, _Value]]:
    """The pairs whose value is there."""
    return [(key, value) for key, value in pairs if value is not None]


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what there is; None where there is nothing."""
    amounts = known(values)
    return sum(amounts, ZERO) if amounts else None


def mean(
    pairs: Iterable[tuple[Decimal | None, Decimal | None]],
) -> Decimal | None:
    """The average of (value, weight), those without one or the other left out; None where there is none."""
    weighed = [(one, by) for one, by in pairs if one is not None and by]
    whole = total(weight for _, weight in weighed)
    return ratio(total(value * weight for value, weight in weighed), whole)


def read_number(text: str) -> Decimal | None:
    """The Decimal that `text` is, full-width digits and thousands separators understood; None where it is none."""
    narrow = text.translate(_WIDE).strip()
    if len(narrow) > LONGEST or not _NUMBER.fullmatch(narrow):
        return None
    value = Decimal(narrow.replace(",", ""))
    return value if abs(value) < LARGEST else None


def read_amount(text: str) -> Decimal | None:
    """The amount in 万元: 400 -> 400, 997561.26元 -> 99.756126, 1.2亿元 -> 12000; None where it is no amount."""
    narrow = text.translate(_WIDE).strip()
    number = _NUMBER.match(narrow)
    if number is None:
        return None
    factor = MONEY_UNITS.get(narrow[number.end() :].strip())
    value = read_number(number[0])
    return None if factor is None or value is None else value * factor


def read_ratio(text: str) -> Decimal | None:
    """The ratio that a percent means: 99.76% -> 0.9976; a bare number is taken as percent, 61.2 -> 0.612."""
    value = read_number(text.translate(_WIDE).strip().removesuffix("%"))
    return None if value is None else value / 100


def chinese_numeral(number: int) -> str:
    """1 -> 一, 12 -> 十二, 20 -> 二十, 105 -> 一百零五, 10001 -> 一万零一; from 0 to below 10000亿."""
    if not 0 <= number < 10**12:
        raise ValueError(number)
    text = _spelled(number, _LARGE_UNITS, _section, 1000)
    return text.removeprefix("一") if text.startswith("一十") else text or "零"


def _section(number: int) -> str:
    """1 to 9999: 1005 -> 一千零五, 10 -> 一十."""
    return _spelled(number, _SMALL_UNITS, _DIGITS.__getitem__, 1)


def _spelled(
    number: int, units: dict[str, int], part: Callable[[int], str], least: int
) -> str:
    """How many there are of each unit; 零 where one is left out, or there are less than `least` of it."""
    text = ""
    gap = False
    for name, unit in units.items():
        count, number = divmod(number, unit)
        if count:
            zero = "零" if text and (gap or count < least) else ""
            text += zero + part(count) + name
        gap = not count
    return text


@lru_cache(maxsize=1024)
def read_chinese_numeral(text: str) -> int | None:
    """三 -> 3, 十二 -> 12, 一百零五 -> 105, 两万 -> 20000, 三百五 -> 350, 二〇二二 -> 2022; None where it is none."""
    han = text.translate(_PLAIN_HAN)
    if not han or len(han) > LONGEST:
        return None
    if len(han) > 1 and all(char in _DIGITS for char in han):
        return int("".join(str(_DIGITS.index(char)) for char in han))
    spelled = _SHORTENED.sub(lambda match: match[0] + _ONE_LOWER[match[1]], han)
    spelled = re.sub("(?<=[百千零])十", "一十", spelled)
    spelled = (
        spelled.removeprefix("一") if spelled.startswith("一十") else spelled
    )
    value = _value(spelled)
    return (
        value
        if value is not None
        and value < 10**12
        and chinese_numeral(value) == spelled
        else None
    )


def _value(spelled: str) -> int | None:
    """What the digits and units add up to, in whatever order they stand."""
    total = section = digit = 0
    for char in spelled:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[char]
            digit = 0
        elif char in ("万", "亿"):
            total += (section + digit) * _LARGE_UNITS[char]
            section = digit = 0
        else:
            return None
    return total + section + digit
