"""The filters of the templates, and the counting that keeps every template within bounds."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jinja2 import Undefined

from reportgen.language.refusals import Missing, TooMuchError
from reportgen.language.traced_values import TRACED_FILTERS
from reportgen.language.xml_text import (
    UnprintableError,
    as_colour,
    as_span,
    plain,
    plain_text,
    print_attribute,
    print_plain,
)

STEP = 50  # what one round of a loop costs, beside the text in it
_MAX_NUMBER = Decimal(10) ** 30


def number(value: Any) -> Any:
    """The value as a number of sane size; raises UnprintableError for anything else."""
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, float):  # a number as the template writes it: 1.5
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnprintableError(value, "只有数字才能计算", "请在数据或计算中准备好")
    if not abs(Decimal(value)) < _MAX_NUMBER:
        raise UnprintableError(value, "计算的数太大")
    return value


def _sized(value: Any) -> Any:
    if isinstance(value, Undefined):
        str(value)
    if not isinstance(value, list | tuple | dict | str):
        raise UnprintableError(value, "不是一组数据，也不是文字")
    return value


def counted(items: Any, weight: int, budget: list[int]) -> Any:
    """The items of a loop, once it is certain that going through them stays within bounds."""
    if isinstance(items, Undefined):
        str(items)
    if not isinstance(items, list | tuple | dict):
        raise UnprintableError(items, "不是一组数据，不能用 for 逐项处理")
    _charge(budget, len(items) * weight)
    for item in items:
        plain(item)
    return items


def _charge(budget: list[int], steps: int) -> None:
    budget[0] -= steps
    if budget[0] < 0:
        raise TooMuchError


def _join(value: Any, budget: list[int], separator: Any = "") -> str:
    items, between = [plain_text(item) for item in _sized(value)], plain_text(separator)
    _charge(budget, sum(map(len, items)) + (len(between) + 4) * len(items))
    return between.join(items)


def _changed(change: Callable[[str], str]) -> Callable[[Any, list[int]], str]:
    def apply(value: Any, budget: list[int]) -> str:
        text = plain_text(value)
        _charge(budget, len(text))
        return change(text)

    return apply


def _compare(left: Any, budget: list[int], sign: str, right: Any) -> bool:
    """A comparison whose cost is not known beforehand: two values of the data."""
    for value in (left, right):
        if isinstance(value, Undefined):
            str(value)
    if sign in {"in", "notin"}:
        if isinstance(left, list | tuple | dict):
            raise UnprintableError(left, "一组数据不能用 in 查找")
        _charge(budget, len(_sized(right)))
        return (left in right) is (sign == "in")
    if all(isinstance(value, list | tuple | dict) and value for value in (left, right)):
        raise UnprintableError(
            left, "两组数据不能互相比较", "请比较其中的一项，或用 |length 比较条数"
        )
    _charge(budget, len(left) // 16 if isinstance(left, str) else 0)
    return bool(_COMPARISONS[sign](left, right))


def _first(value: Any) -> Any:
    for item in _sized(value):
        return plain(item)
    return Missing(hint="这一组数据是空的，没有第一项")


def _last(value: Any) -> Any:
    for item in reversed(_sized(value)):
        return plain(item)
    return Missing(hint="这一组数据是空的，没有最后一项")


def _default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    if isinstance(value, Undefined) or value is None or (boolean and not value):
        return instead
    return value


def _items(value: Any, budget: list[int]) -> list[tuple[Any, Any]]:
    if not isinstance(value, dict):
        raise UnprintableError(value, "不是按名称列出的数据，没有 items")
    _charge(budget, len(value) * STEP)
    return [(key, plain(item)) for key, item in value.items()]


FILTERS: dict[str, Callable[..., Any]] = {
    "length": lambda value: len(_sized(value)),
    "count": lambda value: len(_sized(value)),
    "join": _join,
    "first": _first,
    "last": _last,
    "upper": _changed(str.upper),
    "lower": _changed(str.lower),
    "trim": _changed(str.strip),
    "default": _default,
    "d": _default,
    "items": _items,
    "e": plain_text,
    "escape": plain_text,
    "as_span": as_span,
    "as_colour": as_colour,
    "print_plain": print_plain,
    "print_attribute": print_attribute,
    "counted": counted,
    "compare": _compare,
    **TRACED_FILTERS,
}
OWN_FILTERS = frozenset(
    {"print_plain", "print_attribute", "counted", "compare", *TRACED_FILTERS}
)
CHARGED_FILTERS = frozenset({"join", "upper", "lower", "trim", "items"})
_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}
