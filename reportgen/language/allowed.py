"""What a template or a text may say; anything that is not on the list is refused."""

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import NamedTuple

from jinja2 import nodes

from reportgen.language.refusals import RefusedCodeError

_NODES = frozenset(
    (
        "Template",
        "Output",
        "TemplateData",
        "Name",
        "Getattr",
        "Getitem",
        "Const",
        "If",
        "For",
        "Assign",
        "Filter",
        "Keyword",
        "Test",
        "Compare",
        "Operand",
        "And",
        "Or",
        "Not",
        "CondExpr",
        "Concat",
        "List",
        "Tuple",
        "Add",
        "Sub",
        "Mul",
        "Div",
        "Neg",
        "Pos",
    )
)
_WORDS = {
    "Call": "函数调用 ( )",
    "Pow": "乘方 **",
    "Mod": "取余 %",
    "FloorDiv": "整除 //",
    "Dict": "字典 { }",
    "Slice": "切片 [a:b]",
}
_PREPARE = "模板只打印名称、循环和判断，请在数据或计算中准备好"

# what is refused of a node that is allowed: its kind, when, the message, the way out
_DETAILS = (
    (
        nodes.Name,
        lambda name: name.name == "self" and name.ctx != "load",
        "self 不能用作循环或 set 的名称",
        "请换一个名称",
    ),
    (
        nodes.Compare,
        lambda compare: len(compare.ops) > 1,
        "不能连续比较",
        "请写成 a < b and b < c",
    ),
    (nodes.For, lambda loop: loop.recursive, "不能使用 recursive", ""),
    (
        nodes.Assign,
        lambda assign: not isinstance(assign.target, nodes.Name),
        "set 只能设一个名称",
        "",
    ),
    (
        nodes.Const,
        lambda const: (
            isinstance(const.value, float) and not isfinite(const.value)
        ),
        "数太大",
        "",
    ),
)


class Words(NamedTuple):
    """The filters and tests that may be used; `hidden` are filters that our own tags write."""

    filters: frozenset[str]
    tests: frozenset[str]
    hidden: frozenset[str]


def audit_tree(tree: nodes.Node, words: Words) -> None:
    """Raise RefusedCodeError at the first thing in the tree that may not be said."""
    stack = [(tree, 1)]
    while stack:
        node, line = stack.pop()
        line = node.lineno or line
        for message, hint in _refusals(node, words):
            raise RefusedCodeError(message, line, hint or _PREPARE)
        stack += reversed([(child, line) for child in node.iter_child_nodes()])


def _refusals(node: nodes.Node, words: Words) -> Iterator[tuple[str, str]]:
    """What is wrong with one node, and the way out where it has one of its own."""
    kind = type(node).__name__
    if kind not in _NODES:
        yield f"不能使用 {_WORDS.get(kind, kind)}", ""
    if (
        isinstance(node, nodes.Filter)
        and node.name not in words.filters | words.hidden
    ):
        yield f"没有过滤器 {node.name}", _listed(words.filters)
    if isinstance(node, nodes.Test) and node.name not in words.tests:
        yield f"没有判断 is {node.name}", _listed(words.tests)
    name = _name(node)
    if name.startswith("_"):
        yield f"名称不能以下划线开头：{name}", ""
    yield from _refused_details(node)


def _refused_details(node: nodes.Node) -> Iterator[tuple[str, str]]:
    for kind, refused, message, hint in _DETAILS:
        if isinstance(node, kind) and refused(node):
            yield message, hint


def _name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.name if isinstance(node, nodes.Name) else ""


def _listed(names: Iterable[str]) -> str:
    return f"可以用的有 {'、'.join(sorted(names))}"
