"""What a cell says as the value of a field, in the words that unit.yaml would have; and what is unsure about it."""

from typing import NamedTuple

from reportgen.core.numerals import ZERO, plain, read_number
from reportgen.model.values import NUMBERS, Kind
from reportgen.workbooks.collection.books.grid import Cell
from reportgen.workbooks.collection.form import FormField

_BLANKS = " \t\r\n\u3000\xa0\u200b\ufeff"
_LARGEST_RATIO = 2
_NO_DAYS = NUMBERS | {Kind.MEASURED, Kind.YEAR}
_IS_DAY = "这一格是日期（Excel 会把“3-5”这样的输入变成日期）；请把格式改为“文本”后重填"
_TAKEN_AS_PERCENT = "这一格没有百分号，按 {text} 读入；请核对"
_MAYBE_PERCENT = (
    "“{text}”没有百分号，照原数读入；请核对，是百分数的写成 {percent}"
)


class MeantValue(NamedTuple):
    """A value as it is read, and what to tell of it."""

    value: str | list[str] | None
    doubt: str = ""


def meant_value(cell: Cell, asked: FormField, unit: str) -> MeantValue:
    """`cell` as the value of a field; `unit` of money is what its heading says."""
    text = cell.text.replace("\r\n", "\n").replace("\r", "\n").strip(_BLANKS)
    if not text:
        return MeantValue(None)
    doubt = ""
    if cell.day:
        doubt = _IS_DAY if asked.kind in _NO_DAYS else ""
    elif cell.number is not None:
        text, doubt = _number(text, cell, asked.kind)
    if unit and asked.kind is Kind.MONEY and read_number(text) is not None:
        text += unit
    lines = text.split("\n")
    several = asked.listed and len(lines) > 1
    return MeantValue(lines if several else text, doubt)


def _number(text: str, cell: Cell, kind: Kind) -> tuple[str, str]:
    """The text of a number where a percentage may be meant without being said."""
    number = cell.number or ZERO
    is_ratio = 0 < abs(number) <= _LARGEST_RATIO
    if text.endswith("%") or not is_ratio:
        return text, ""
    percent = f"{plain(number * 100, 4)}%"
    if kind is Kind.RATE:
        return percent, _TAKEN_AS_PERCENT.format(text=percent)
    is_whole = number == number.to_integral_value()
    is_shown_so = cell.code not in {"", "General"}
    if kind is not Kind.MEASURED or is_shown_so or is_whole:
        return text, ""
    return text, _MAYBE_PERCENT.format(text=text, percent=percent)
