"""The Jinja environment of the templates: names, loops and conditions over plain data, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from reportgen.render.balance import BLOCK_END, BLOCK_START, PRINT_END, PRINT_START
from reportgen.render.escape import (
    UnprintableError,
    as_colour,
    as_span,
    plain,
    plain_text,
    print_attribute,
    print_plain,
    print_value,
)
from reportgen.render.tags import ATTRIBUTE, PLAIN, Tag

MAX_OUTPUT = 100_000_000  # characters of one printed part
DATA_NAME, BUDGET_NAME = "_data", "_budget"
_STEP = 50  # what one round of a loop costs, beside the text in it
_MAX_NUMBER = Decimal(10) ** 30
_LOOP_NAMES = frozenset(
    ["index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem"]
)
_PLAIN_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Assign,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.List,
    nodes.Tuple,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Neg,
    nodes.Pos,
)
_TESTS = frozenset(
    [
        "defined",
        "undefined",
        "none",
        "string",
        "number",
        "mapping",
        "sequence",
        "boolean",
        "true",
        "false",
        "even",
        "odd",
        "divisibleby",
        "in",
        "eq",
        "equalto",
        "==",
        "ne",
        "!=",
        "lt",
        "lessthan",
        "<",
        "le",
        "<=",
        "gt",
        "greaterthan",
        ">",
        "ge",
        ">=",
    ]
)


class RefusedCodeError(Exception):
    """A tag says what no template may say; `line` is where its code stands."""

    def __init__(
        self, message: str, line: int, hint: str = "模板只打印名称、循环和判断，请在数据或计算中准备好"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.hint = hint


class UnknownNameError(Exception):
    """A name that is not in the data; `holder` is where it was looked for, `missing` for the whole context."""

    def __init__(self, name: object, holder: object, hint: str | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.holder = holder
        self.hint = hint


class TooMuchError(Exception):
    """What is printed would grow beyond all bounds."""


class Missing(StrictUndefined):
    """An unknown name; whatever is done with it raises UnknownNameError, except `is defined` and `|default`."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None) -> None:
        super().__init__(hint, obj, name, lambda _message: UnknownNameError(name, obj, hint))  # type: ignore[arg-type]


class _Generator(CodeGenerator):
    """Compiles `{{ x }}` to one call of print_value, which returns text: the str() around it costs and adds nothing."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(finalize.src or "")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if finalize.src:
            self.write(")")


class TemplateEnvironment(SandboxedEnvironment):
    """Data first: `{{ unit.items }}` is the entry of that name, and no attribute of any Python object is reachable."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(self) -> None:
        super().__init__(
            block_start_string=BLOCK_START,
            block_end_string=BLOCK_END,
            variable_start_string=PRINT_START,
            variable_end_string=PRINT_END,
            comment_start_string="\x12",
            comment_end_string="\x13",
            keep_trailing_newline=True,
            undefined=Missing,
            finalize=print_value,  # escapes every value by itself, so that no Markup can pass unescaped
            autoescape=False,
            cache_size=0,
            auto_reload=False,
        )
        self.globals.clear()
        self.filters = dict(_FILTERS)
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The entry of that name; `loop` is the only object with attributes."""
        if type(obj) is dict:
            try:
                value = obj[attribute]
            except KeyError:
                return Missing(obj=obj, name=attribute)
            return value if isinstance(value, str) else plain(value)
        if type(obj) is LoopContext and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            str(obj)  # raises, naming what is missing
        return Missing(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The entry of a mapping, list or text."""
        if isinstance(argument, Undefined):
            str(argument)
        if isinstance(obj, dict | list | tuple | str):
            try:
                return plain(obj[argument])
            except (LookupError, TypeError):
                return Missing(obj=obj, name=argument)
        if isinstance(obj, Undefined):
            str(obj)
        return Missing(obj=obj, name=argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers of sane size only; a text or a list times a number can fill the memory."""
        left, right = _number(left), _number(right)
        if operator == "/":
            left = Decimal(left)
        return _number(self.binop_table[operator](left, right))

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        """The number, or its negative."""
        return self.unop_table[operator](_number(arg))


def _number(value: Any) -> Any:
    if isinstance(value, Undefined):
        str(value)
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
    budget[0] -= len(items) * weight
    if budget[0] < 0:
        raise TooMuchError
    for item in items:
        plain(item)
    return items


def _join(value: Any, separator: Any = "") -> str:
    items, between = [plain_text(item) for item in _sized(value)], plain_text(separator)
    if sum(map(len, items)) + len(between) * len(items) > MAX_OUTPUT:
        raise TooMuchError
    return between.join(items)


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


def _items(value: Any) -> list[tuple[Any, Any]]:
    if not isinstance(value, dict):
        raise UnprintableError(value, "不是按名称列出的数据，没有 items")
    return [(key, plain(item)) for key, item in value.items()]


_FILTERS: dict[str, Callable[..., Any]] = {
    "length": lambda value: len(_sized(value)),
    "count": lambda value: len(_sized(value)),
    "join": _join,
    "first": _first,
    "last": _last,
    "upper": lambda value: plain_text(value).upper(),
    "lower": lambda value: plain_text(value).lower(),
    "trim": lambda value: plain_text(value).strip(),
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
}
_OWN_FILTERS = frozenset({"print_plain", "print_attribute", "counted"})
_KIND_FILTERS = {PLAIN: "print_plain", ATTRIBUTE: "print_attribute"}


def audit_tree(tree: nodes.Node) -> None:
    """Raise RefusedCodeError at the first thing in the tree that is not on the list of what templates may say."""
    stack: list[tuple[nodes.Node, int]] = [(tree, 1)]
    while stack:
        node, line = stack.pop()
        line = node.lineno or line
        _audit_node(node, line)
        stack += reversed([(child, line) for child in node.iter_child_nodes()])


def _audit_node(node: nodes.Node, line: int) -> None:
    if isinstance(node, nodes.Call):
        raise RefusedCodeError("不能调用函数", line)
    if not isinstance(node, _PLAIN_NODES):
        what = {"Pow": "乘方 **", "Concat": "连接 ~", "Dict": "字典"}.get(type(node).__name__, type(node).__name__)
        raise RefusedCodeError(f"不能使用 {what}", line)
    if isinstance(node, nodes.Filter) and (node.name not in _FILTERS or node.name in _OWN_FILTERS):
        raise RefusedCodeError(f"不能使用过滤器 {node.name}", line, f"可用的有 {'、'.join(sorted(_OFFERED))}")
    if isinstance(node, nodes.Test) and node.name not in _TESTS:
        raise RefusedCodeError(f"不能使用判断 is {node.name}", line)
    name = node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""
    if name.startswith("_"):
        raise RefusedCodeError(f"名称不能以下划线开头：{name}", line)
    if isinstance(node, nodes.For) and node.recursive:
        raise RefusedCodeError("不能使用 recursive", line)
    if isinstance(node, nodes.Assign) and not isinstance(node.target, nodes.Name):
        raise RefusedCodeError("set 只能设一个名称", line)


_OFFERED = frozenset(_FILTERS) - _OWN_FILTERS - {"as_span", "as_colour", "e", "escape", "d", "count"}


def prepare_tree(tree: nodes.Template, tag_at: dict[int, Tag]) -> None:
    """Count the rounds of loops, print each value as its place wants it, and make `self` a name like any other."""
    for loop in list(tree.find_all(nodes.For)):
        arguments: list[nodes.Expr] = [nodes.Const(_weight(loop)), nodes.Name(BUDGET_NAME, "load")]
        loop.iter = nodes.Filter(loop.iter, "counted", arguments, [], None, None, lineno=loop.iter.lineno)
    for output in tree.find_all(nodes.Output):
        output.nodes = [_as_kind(child, tag_at) for child in output.nodes]
    _rename_self(tree)
    if tree.environment is not None:
        tree.set_environment(tree.environment)


def _weight(loop: nodes.For) -> int:
    return _STEP + sum(len(data.data) for statement in loop.body for data in _texts(statement))


def _texts(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    if isinstance(node, nodes.TemplateData):
        yield node
    elif not isinstance(node, nodes.For):
        for child in node.iter_child_nodes():
            yield from _texts(child)


def _as_kind(child: nodes.Expr, tag_at: dict[int, Tag]) -> nodes.Expr:
    tag = tag_at.get(child.lineno)
    name = _KIND_FILTERS.get(tag.kind) if tag and tag.sign == "{" else None
    if name is None or isinstance(child, nodes.TemplateData):
        return child
    return nodes.Filter(child, name, [], [], None, None, lineno=child.lineno)


def _rename_self(tree: nodes.Node) -> None:
    """Jinja gives `self` to the template itself, whatever the data say."""
    for node in [tree, *tree.find_all(nodes.Node)]:
        for field, value in node.iter_fields():
            if isinstance(value, list):
                setattr(node, field, [_data_self(item) for item in value])
            else:
                setattr(node, field, _data_self(value))


def _data_self(value: Any) -> Any:
    if not (isinstance(value, nodes.Name) and value.name == "self"):
        return value
    if value.ctx != "load":
        raise RefusedCodeError("self 不能用作循环或 set 的名称", value.lineno, "请换一个名称")
    return nodes.Getitem(nodes.Name(DATA_NAME, "load"), nodes.Const("self"), "load", lineno=value.lineno)


def loop_names(variables: Mapping[str, Any]) -> list[str]:
    """The names that are known in a frame of compiled template code, as the template writes them."""
    return [
        name.split("_", 2)[2]
        for name, value in variables.items()
        if name.startswith("l_") and name.count("_") >= 2 and value is not missing
    ]
