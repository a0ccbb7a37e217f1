"""The filters and tests of templates and texts, each of which draws on the budget for what it costs."""

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import Undefined, pass_context
from jinja2.tests import test_defined, test_undefined

from reportgen.language.bounds import BoundedContext
from reportgen.language.refusals import Missing
from reportgen.language.xml_text import UnprintableError, plain, plain_text

_MAX_NUMBER = Decimal(10) ** 30
_COMPARISONS = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}
_GROUPS = (list, tuple, dict)


def present(value: Any) -> Any:
    """The value; raises UnknownNameError for a name that is not there."""
    if isinstance(value, Undefined):
        str(value)
    return value


def number(value: Any) -> Any:
    """The value as a number of sane size; raises UnprintableError for anything else."""
    if isinstance(present(value), float):  # a number as it is typed: 1.5
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnprintableError(
            value, "只有数字才能计算", "请在数据或计算中准备好"
        )
    if not abs(Decimal(value)) < _MAX_NUMBER:
        raise UnprintableError(value, "计算的数太大")
    return value


def _sized(value: Any) -> Any:
    if not isinstance(present(value), (*_GROUPS, str)):
        raise UnprintableError(value, "不是一组数据，也不是文字")
    return value


@pass_context
def counted(context: BoundedContext, items: Any, weight: int) -> Any:
    """The items of a loop, once it is certain that going through them stays within bounds."""
    if not isinstance(present(items), _GROUPS):
        raise UnprintableError(items, "不是一组数据，不能用 for 逐项处理")
    context.budget.charge(len(items) * weight)
    for item in items:
        plain(item)
    return items


@pass_context
def compare(context: BoundedContext, left: Any, sign: str, right: Any) -> bool:
    """A comparison whose cost is not known beforehand: two values of the data."""
    left, right = present(left), present(right)
    if sign in {"in", "notin"}:
        if isinstance(left, _GROUPS):
            raise UnprintableError(left, "一组数据不能用 in 查找")
        context.budget.charge(len(_sized(right)))
        return (left in right) is (sign == "in")
    context.budget.charge(_cost(left, sign, right))
    return bool(_COMPARISONS[sign](left, right))


def _cost(left: Any, sign: str, right: Any) -> int:
    """What a comparison costs; raises UnprintableError for one of groups, unless it is whether both are
    the same texts."""
    if not (_is_filled(left) and _is_filled(right)):
        return _length(left)
    if sign in {"eq", "ne"} and _is_flat(left) and _is_flat(right):
        return sum(map(_length, left))
    raise UnprintableError(
        left, "两组数据不能互相比较", "请比较其中的一项，或用 |length 比较条数"
    )


def _length(value: Any) -> int:
    return len(value) // 16 + 1 if isinstance(value, str) else 1


def _is_filled(value: Any) -> bool:
    return isinstance(value, _GROUPS) and len(value) > 0


def _is_flat(value: Any) -> bool:
    """Whether a group holds no groups, which may hold the same one again and again."""
    return not isinstance(value, dict) and not any(
        isinstance(item, _GROUPS) for item in value
    )


@pass_context
def concat(context: BoundedContext, *values: Any) -> str:
    """The values as one text: `甲 ~ 乙`."""
    return _join(context, values)


def row_name(row: Any) -> str:
    """What a row of a list is called by."""
    if not isinstance(row, dict):
        return ""
    return str(row.get("三级", row.get("名称", "")))


@pass_context
def named(context: BoundedContext, holder: Any, name: str) -> Any:
    """The entry of a mapping, or the only row of a list that is called so."""
    if not isinstance(holder, list):
        return context.environment.getitem(holder, name)
    context.budget.charge(len(holder))
    found = [row for row in holder if row_name(row) == name]
    return found[0] if len(found) == 1 else Missing(obj=holder, name=name)


@pass_context
def own_name(context: BoundedContext, name: str) -> Any:
    """A name of the data that Jinja would take for one of its own."""
    return context.resolve(name)


@pass_context
def _join(context: BoundedContext, value: Any, separator: Any = "") -> str:
    items, between = (
        [plain_text(item) for item in _sized(value)],
        plain_text(separator),
    )
    context.budget.charge(
        sum(map(len, items)) + (len(between) + 4) * len(items)
    )
    return between.join(items)


@pass_context
def _list(context: BoundedContext, value: Any) -> list[Any]:
    context.budget.charge(len(_sized(value)))
    return list(value)


@pass_context
def _map(context: BoundedContext, items: Any, attribute: str) -> list[Any]:
    context.budget.charge(len(_sized(items)))
    return [_attribute(context, item, attribute) for item in items]


@pass_context
def _select(context: BoundedContext, items: Any) -> list[Any]:
    context.budget.charge(len(_sized(items)))
    return [item for item in items if item]


@pass_context
def _selectattr(
    context: BoundedContext,
    items: Any,
    attribute: str,
    test: str = "",
    *than: Any,
) -> list[Any]:
    context.budget.charge(len(_sized(items)) * (len(than) + 1))
    chosen = []
    for item in items:
        value = _attribute(context, item, attribute)
        holds = TESTS[test](context, value, *than) if test else present(value)
        if holds:
            chosen.append(item)
    return chosen


def _attribute(context: BoundedContext, item: Any, path: str) -> Any:
    for name in path.split("."):
        item = context.environment.getitem(item, name)
    return item


def _end(items: Any, name: str) -> Any:
    for item in items:
        return plain(item)
    return Missing(hint=f"这一组数据是空的，没有{name}")


def _default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    if isinstance(value, Undefined) or value is None or (boolean and not value):
        return instead
    return value


def _test(sign: str) -> Callable[..., bool]:
    @pass_context
    def holds(context: BoundedContext, left: Any, right: Any) -> bool:
        return compare(context, left, sign, right)

    return holds


def _with_context(test: Callable[[Any], bool]) -> Callable[..., bool]:
    return pass_context(lambda _context, value: test(value))


def charged(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter from elsewhere, made to pay for what it is given and for what it gives."""

    @pass_context
    @wraps(function)
    def apply(context: BoundedContext, *values: Any, **named: Any) -> Any:
        given = [*values, *named.values()]
        sizes = [len(one) for one in given if hasattr(one, "__len__")]
        texts = sum(len(one) for one in given if isinstance(one, str))
        context.budget.charge(max(sizes, default=0) * (texts + 1))
        result = function(*values, **named)
        context.budget.charge(len(result) if hasattr(result, "__len__") else 0)
        return result

    return apply


FILTERS = {
    "length": lambda value: len(_sized(value)),
    "join": _join,
    "first": lambda value: _end(_sized(value), "第一项"),
    "last": lambda value: _end(reversed(_sized(value)), "最后一项"),
    "list": _list,
    "map": _map,
    "select": _select,
    "selectattr": _selectattr,
    "default": _default,
}
BOUNDING = {  # which no text can name: see bound_tree
    " counted": counted,
    " compare": compare,
    " concat": concat,
    " named": named,
    " own_name": own_name,
}
TESTS = {
    "defined": _with_context(test_defined),
    "undefined": _with_context(test_undefined),
    "in": _test("in"),
    # lteq is le for who writes a test
    **{sign.replace("teq", "e"): _test(sign) for sign in _COMPARISONS},
}
