"""A number of a workbook as it is meant: 0.9354 shown as a percentage is 93.54%; the format that shows a typed text."""

import re
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from reportgen.core.numerals import LARGEST, plain

_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    48: "##0.0E+0",
    49: "@",
}
_DATES = (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
_CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    31: 'yyyy"年"m"月"d"日"',
}
_DIGITS = Context(prec=15)  # of what a workbook keeps; what follows is noise
_LONGEST_CODE, _LONGEST_NUMBER = 255, 60  # characters that a workbook keeps
_LARGEST_EXPONENT = 308  # of the numbers of a workbook
_MOST_PLACES = 30
_LONG = 12  # digits that nobody types: the number was computed
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|!(.)')
_SETTING = re.compile(r"\[[^\]]*\]|[_*].")
_SHIFTED = re.compile(r'0(?:[\\!]\.|"\.")(0+)(,*)')  # 0!.0, shows 万
_EXPONENT = re.compile("E[+-]?0+")
_CORE = re.compile(r"[0#?][0#?,.]*")
_UNSAID = str.maketrans("", "", "¥￥$€%")
_PLAIN = re.compile(r"(?!-0)-?(?:0|[1-9][0-9]*)(?:\.([0-9]{1,8}))?%?")
_FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_DAY = 2_958_465


class NumberStyle(NamedTuple):
    """What a format does to a number: words around it, percent, how many decimals, a scale, whether it is a day."""

    before: str = ""
    behind: str = ""
    percent: bool = False
    places: int | None = None  # None: as many as there are
    width: int = 0  # 001
    divisor: int = 1
    day: bool = False


def format_of(number: int, custom: dict[int, str]) -> str:
    """The format with that number."""
    if number in custom:
        code = custom[number]
        return code if len(code) <= _LONGEST_CODE else "General"
    if number in _DATES:
        return _CHINESE_DATES.get(number, "yyyy-m-d")
    return _BUILT_IN.get(number, "General")


@lru_cache(maxsize=512)
def style_of(code: str) -> NumberStyle:
    """What a format code says of numbers above zero."""
    section = _SETTING.sub("", code.split(";", maxsplit=1)[0])
    if section.strip() in {"", "General", "@", "G/通用格式"}:
        return NumberStyle()
    divisor = 1
    shifted = _SHIFTED.search(section)
    if shifted:
        divisor = 10 ** len(shifted[1]) * 1000 ** len(shifted[2])
        section = _SHIFTED.sub("0.", section)
    bare = _LITERAL.sub("", section)
    if re.search("[ymdhsYMDHSage年月日]", bare.replace("General", "")):
        return NumberStyle(day="E+" not in bare)
    return _of_digits(section, bare, divisor)


def _of_digits(section: str, bare: str, divisor: int) -> NumberStyle:
    """The style of a section that has places for digits."""
    core = _CORE.search(bare)
    digits = core[0] if core else ""
    whole, _, decimals = digits.rstrip(",").partition(".")
    thousands = len(digits) - len(digits.rstrip(","))
    is_padded = len(whole) > 1 and set(whole) == {"0"}
    plain_section = _EXPONENT.sub("", section)
    words = _LITERAL.sub(_literal, plain_section).translate(_UNSAID)
    before, _, behind = words.partition(digits) if digits else (words, "", "")
    return NumberStyle(
        before.strip(),
        behind.strip(),
        "%" in bare,
        None if "E" in bare else min(decimals.count("0"), _MOST_PLACES),
        len(whole) if is_padded else 0,
        max(divisor, 1000**thousands),
    )


def _literal(match: re.Match[str]) -> str:
    return next(filter(None, match.groups()), "")


def exact(text: str) -> Decimal | None:
    """The number that a file stores as `text`, without the noise behind the digits that count; None for none."""
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        value = _DIGITS.create_decimal(text)
    except InvalidOperation:
        return None
    known = value.is_finite() and abs(value.adjusted()) <= _LARGEST_EXPONENT
    return value if known or value == 0 else None


def shown(value: Decimal, code: str, *, computed: bool = False) -> str:
    """The number as the sheet means it; what was computed is rounded as it is shown."""
    style = style_of(code)
    number = value * 100 if style.percent else value / style.divisor
    places = style.places
    digits = len(number.normalize().as_tuple().digits)
    is_long = (computed or digits >= _LONG) and abs(number) < LARGEST
    whole = plain(number, places if places is not None and is_long else None)
    if places:
        units, _, decimals = whole.partition(".")
        whole = f"{units}.{decimals.ljust(places, '0')}"
    whole = whole.zfill(style.width) if style.width else whole
    return f"{style.before}{whole}{'%' if style.percent else ''}{style.behind}"


def day_of(value: Decimal, *, from_1904: bool = False) -> date | None:
    """The day that a number of days stands for, None where it is none."""
    if not 1 <= value <= _LAST_DAY:
        return None
    return _FIRST_DAY[from_1904] + timedelta(days=int(value))


def typed_number(text: str) -> tuple[float, str] | None:
    """`text` as a number and the format that shows it just so; None where only a text would."""
    match = _PLAIN.fullmatch(text)
    if not match or len(text) > _LONG:
        return None
    decimals = match[1] or ""
    places = f".{'0' * len(decimals)}" if decimals else ""
    value = Decimal(text.rstrip("%"))
    if text.endswith("%"):
        return float(value / 100), f"0{places}%"
    is_padded = decimals.endswith("0")
    return float(value), f"0{places}" if is_padded else "General"
