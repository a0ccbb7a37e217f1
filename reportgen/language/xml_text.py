"""How a value becomes part of a Word document: escaped, line breaks and tabs as Word writes them, or refused."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen.core.value import Rows, Values

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})|auto")
_MAX_EXPONENT = 50
_PLAIN_TYPES = frozenset(
    {int, bool, Decimal, type(None), dict, list, tuple, Rows, Values}
)
_MAX_SPAN = 63  # columns of a Word table


@dataclass(eq=False)
class UnprintableError(Exception):
    """A value that cannot be printed; `forbidden` when XML forbids one of its characters."""

    value: object
    message: str
    hint: str = ""
    forbidden: bool = False

    def __str__(self) -> str:
        return self.message


class PrintedXml(str):
    """Text that is XML already."""

    __slots__ = ()


def print_value(value: Any) -> str:
    """The value as the content of a w:t; every value of every template passes here."""
    kind = type(value)
    if kind is not str:  # exactly str: a subclass might answer as it likes
        if kind is PrintedXml:
            return value  # type: ignore[no-any-return]
        value = plain_text(value)
    text: str = value
    if text.isprintable():
        return (
            escaped(text) if "&" in text or "<" in text or ">" in text else text
        )
    return escaped(checked(text)).replace("\n", _BREAK).replace("\t", _TAB)


def print_plain(value: Any) -> PrintedXml:
    """The value as the content of any other text element."""
    return PrintedXml(escaped(checked(plain_text(value))))


def print_attribute(value: Any) -> PrintedXml:
    """The value as part of an attribute in double quotes."""
    text = (
        print_plain(value)
        .replace('"', "&quot;")
        .replace("\n", "&#10;")
        .replace("\t", "&#9;")
    )
    return PrintedXml(text)


def plain(value: Any) -> Any:
    """The value itself; raises UnprintableError for an object of any type that could do more than hold data."""
    if isinstance(value, str) or type(value) in _PLAIN_TYPES:
        return value
    raise UnprintableError(
        value,
        f"是 {type(value).__name__} 类型的对象",
        "只能是文字、数字、真假、列表和字典",
    )


def escaped(text: str) -> str:
    """With the three characters that mean something to XML written as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def checked(text: str) -> str:
    """With line ends as line feeds; raises UnprintableError for a character that XML forbids."""
    bad = _FORBIDDEN.search(text)
    if bad:
        raise UnprintableError(
            text,
            f"第{bad.start() + 1}个字符 U+{ord(bad.group()):04X} 是 Word 不允许的控制字符",
            "请在数据中删去这个字符（多半是从别处粘贴时带进来的）",
            forbidden=True,
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_forbidden(text: str) -> str:
    """The text without what XML forbids."""
    return _FORBIDDEN.sub("", text)


def plain_text(value: Any) -> str:
    """The value as text; raises UnprintableError for what is no text or number."""
    if isinstance(value, str):
        return str.__str__(value)
    if value is None:
        raise UnprintableError(
            value,
            "值是空的（None），不能打印",
            "请在数据中填写，或先用 {% if … %} 判断",
        )
    if isinstance(value, bool):
        raise UnprintableError(
            value, "是“真/假”，不能直接打印", "请用 {% if … %} 选择要打印的文字"
        )
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return _decimal_text(value)
    if isinstance(value, list | tuple | dict):
        raise UnprintableError(
            value,
            "是一组数据，不能直接打印",
            "请用 {% for … %} 逐项打印，或写出其中一项的名称",
        )
    str(value)  # an unknown name says so itself
    raise UnprintableError(value, f"是不能打印的类型 {type(value).__name__}")


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        raise UnprintableError(value, f"不是一个数（{value}）")
    if value and abs(value.adjusted()) > _MAX_EXPONENT:
        raise UnprintableError(value, "数太大或太小，不能打印")
    return format(value, "f")


def as_span(value: Any) -> int:
    """A number of columns, for {% colspan %} and {% hm %}."""
    text = plain_text(value)
    if not (
        text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MAX_SPAN
    ):
        raise UnprintableError(
            value, f"合并的列数应是 1 到 {_MAX_SPAN} 的整数，得到“{text[:20]}”"
        )
    return int(text)


def as_colour(value: Any) -> str:
    """A colour, for {% cellbg %}."""
    text = plain_text(value).strip()
    match = _COLOUR.fullmatch(text)
    if match is None:
        raise UnprintableError(
            value, f"颜色应写成六位十六进制数，例如 FFC000，得到“{text[:20]}”"
        )
    return match.group(1) or "auto"
