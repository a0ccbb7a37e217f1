"""The kinds of value that a unit reports: amounts, rates, points, counts, paragraphs, dates.

Each remembers the text that was typed, because what staff report is printed as reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from reportgen.core.numerals import read_amount, read_number, read_ratio

NOTHING = frozenset(["无", "不适用", "/", "／", "—", "——", "–", "-", "－"])
"""What people write into a cell for a number when there is none; as if left out."""


class Kind(Enum):
    """What a leaf of the unit is; declared once, on the type of its field."""

    MONEY = "money"
    RATE = "rate"
    POINTS = "points"
    COUNT = "count"
    MEASURED = "measured"  # 指标值, 实际值
    WORD = "word"  # a label, a remark: a cell of a form
    NAME = "name"  # of a body, a project, a row, an indicator
    PROSE = "prose"  # sentences of a report
    AIM = "aim"  # sentences that say what is to be done: duties, tasks, goals, purpose
    PERSON = "person"
    PHONE = "phone"
    DATE = "date"
    YEAR = "year"
    CHOICE = "choice"
    FILE = "file"  # the name of a file or a pack
    WAIVER = "waiver"

    __hash__ = object.__hash__  # the enumeration's own is a call in Python


NUMBERS = frozenset({Kind.MONEY, Kind.RATE, Kind.POINTS, Kind.COUNT})
IN_SENTENCES = frozenset({Kind.PROSE, Kind.AIM})
IN_CELLS = frozenset(  # in words, in the cells of a form
    {
        Kind.WORD,
        Kind.NAME,
        Kind.PERSON,
        Kind.PHONE,
        Kind.DATE,
        Kind.CHOICE,
        Kind.MEASURED,
    }
)


class Reported(Decimal):
    """A number that remembers how it was typed (`text`); arithmetic on it gives plain Decimals."""

    text: str

    @classmethod
    def of(cls, value: Decimal, text: str) -> Reported:
        """`value` as typed in `text`."""
        number = cls(value)
        number.text = text
        return number

    def __reduce__(self) -> tuple[Any, ...]:
        return Reported.of, (Decimal(self), self.text)


def refused(code: str, message: str, **context: Any) -> PydanticCustomError:
    """The error a validator raises: a DAT code as its type, a Chinese message that ends with the way out.

    Braces of the text that was typed must not be read as a message format, so it goes in as context.
    """
    return PydanticCustomError(code, "{text}", {"text": message, **context})


def _quoted(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return f"“{text if len(text) <= 30 else text[:30] + '…'}”"


def _scalar(value: Any, example: str) -> str:
    if isinstance(value, Reported):
        return value.text
    if isinstance(value, (dict, list)):
        kind = "一组下级项目" if isinstance(value, dict) else "一个列表"
        raise refused("DAT005", f"这里应填一个值，实际是{kind}；例如 {example}")
    if value is None:
        raise refused(
            "DAT010", f"这里是空的；请填写，例如 {example}，或删去这一项"
        )
    return str(value).strip()


def _number_of(
    kind: str,
    example: str,
    read: Callable[[str], Decimal | None],
    *,
    signed: bool = False,
) -> Callable[[Any], Reported]:
    def validate(value: Any) -> Reported:
        text = _scalar(value, example)
        number = read(text)
        if number is None:
            raise refused(
                "DAT006",
                f"{_quoted(text)}不是{kind}；请填阿拉伯数字，例如 {example}",
            )
        if number < 0 and not signed:
            raise refused(
                "DAT009",
                f"{_quoted(text)}小于0；{kind}不能为负数，请核对",
            )
        return Reported.of(number, text)

    return validate


def _read_points(text: str) -> Decimal | None:
    return read_number(text.removesuffix("分"))


def _read_count(text: str) -> Decimal | None:
    number = read_number(text.rstrip("个人名户家"))
    return (
        number
        if number is None or number == number.to_integral_value()
        else None
    )


APART = ("问题", "原因", "措施", "责任", "时限")
MEASURE_MARK = "；措施："  # behind it in one text stands what is done
_BREAK = re.compile("[\x85\u2028\u2029]")  # no editor shows them as such


def _text(value: Any, **context: Any) -> str:
    if isinstance(value, (dict, list)):
        message = "这里应填一段文字；如果文字里有冒号、井号或花括号，请给整段文字加上英文双引号"
        raise refused("DAT005", message, **context)
    return "" if value is None else _BREAK.sub("\n", str(value))


def _name(value: Any) -> str:
    name = _text(value)
    if not name.strip():
        raise refused("DAT010", "名称是空的；请填写")
    return name


def _reason(value: Any, **context: Any) -> str:
    """A text; 问题, 原因, 措施, 责任 and 时限 that were given apart become one."""
    if not isinstance(value, dict) or value.keys() - {*APART}:
        return _text(value, **context)
    problem, cause, measure, *who = (
        _text(value.get(key)).replace("\n", "").rstrip("。； ") for key in APART
    )
    told = "。原因是".join(filter(None, (problem, cause)))
    if by := "，".join(filter(None, who)):
        measure = f"{measure}（{by}）"
    return f"{told}{MEASURE_MARK}{measure}" if measure else told


def _paragraphs(value: Any) -> tuple[str, ...]:
    """One text or a list of texts; every line is a paragraph, empty ones go."""
    if isinstance(value, (list, tuple)):
        texts = [
            _reason(item, item=position) for position, item in enumerate(value)
        ]
    else:
        texts = [_reason(value)]
    return tuple(
        line.strip()
        for text in texts
        for line in text.split("\n")
        if line.strip()
    )


def _year(value: Any) -> str:
    text = _scalar(value, "2024").removesuffix("年度").removesuffix("年")
    if not re.fullmatch(r"(19|20)[0-9]{2}", text):
        raise refused(
            "DAT005", f"{_quoted(value)}不是年度；请填四位数字，例如 2024"
        )
    return text


_DATE = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?"
)


def _date(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = _scalar(value, "2025-03-15")
    if match := _DATE.fullmatch(text):
        with suppress(ValueError):  # 2025-02-30
            return date(*map(int, match.groups()))
    raise refused(
        "DAT005", f"{_quoted(text)}不是日期；请写成 2025-03-15 或 2025年3月15日"
    )


def described(description: str, other: str = "number") -> WithJsonSchema:
    """The shape of a value for editors: a text or a number, or a text and something other."""
    return WithJsonSchema(
        {"type": ["string", other], "description": description}
    )


_read_amount = _number_of(
    "金额", "89.97（单位万元，也可写 997561.26元、1.2亿元）", read_amount
)


def _amount(value: Any, info: ValidationInfo) -> Reported:
    """The amount; a bare number of a form in 元 or 亿元, which is the context, is one in that."""
    unit = info.context
    bare = unit and read_number(str(value)) is not None
    return _read_amount(f"{value}{unit}" if bare else value)


# Every amount, count and 指标值 may be left out.
Amount = (
    Annotated[
        Reported,
        PlainValidator(_amount),
        described("金额，单位万元；也可写成 997561.26元、1.2亿元"),
        Kind.MONEY,
    ]
    | None
)
Rate = Annotated[
    Reported,
    PlainValidator(_number_of("百分比", "99.76%", read_ratio, signed=True)),
    described("百分比，例如 99.76%"),
    Kind.RATE,
]
Points = Annotated[
    Reported,
    PlainValidator(_number_of("分值", "10", _read_points, signed=True)),
    described("分值或得分，例如 10"),
    Kind.POINTS,
]
Count = (
    Annotated[
        Reported,
        PlainValidator(_number_of("整数", "15", _read_count)),
        described("个数，整数"),
        Kind.COUNT,
    ]
    | None
)
OpenRate = Rate | None  # one that may be left out
OpenPoints = Points | None
Text = Annotated[
    str,
    PlainValidator(_text),
    described("文字"),
    Kind.WORD,
]
Name = Annotated[
    str,
    PlainValidator(_name),
    WithJsonSchema({"type": "string", "description": "名称，不能为空"}),
    Kind.NAME,
]
Paragraphs = Annotated[
    tuple[str, ...],
    PlainValidator(_paragraphs),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "object"]},
                {
                    "type": "array",
                    "items": {"type": ["string", "number", "object"]},
                },
            ],
            "description": "一段文字，或多段文字的列表",
        }
    ),
    Kind.PROSE,
]
Sentence = Annotated[
    str,
    PlainValidator(_reason),
    described("一段文字，或分开写的问题、原因、措施、责任、时限", "object"),
    Kind.PROSE,
]
Aim = Annotated[Text, Kind.AIM]
Aims = Annotated[Paragraphs, Kind.AIM]
OtherName = Annotated[Text, Kind.NAME]  # one that may be left out
OtherNames = Annotated[Paragraphs, Kind.NAME]
Person = Annotated[Text, Kind.PERSON]
Phone = Annotated[Text, Kind.PHONE]
WrittenDate = Annotated[Text, Kind.DATE]
Choices = Annotated[Paragraphs, Kind.CHOICE]
File = Annotated[Text, Kind.FILE]
Files = Annotated[Paragraphs, Kind.FILE]
WaiverText = Annotated[Text, Kind.WAIVER]
WaiverTexts = Annotated[Paragraphs, Kind.WAIVER]
Year = Annotated[
    str,
    PlainValidator(_year),
    described("四位年度", "integer"),
    Kind.YEAR,
]
Day = Annotated[
    date,
    PlainValidator(_date),
    WithJsonSchema({"type": "string", "description": "日期，例如 2025-03-15"}),
    Kind.DATE,
]
