"""What a template or a text may say; anything that is not on the list is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import TYPE_CHECKING

from jinja2 import nodes

from reportgen.language.refusals import RefusedCodeError

if TYPE_CHECKING:
    from reportgen.language.sandbox import Sandbox

_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Assign,
    nodes.Filter,
    nodes.Keyword,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Concat,
    nodes.List,
    nodes.Tuple,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.Neg,
    nodes.Pos,
)
_WORDS = {
    "Call": "函数调用 ( )",
    "Pow": "乘方 **",
    "Mod": "取余 %",
    "FloorDiv": "整除 //",
    "Dict": "字典 { }",
    "Slice": "切片 [a:b]",
}


def audit_tree(tree: nodes.Node, sandbox: Sandbox) -> None:
    """Raise RefusedCodeError at the first thing in the tree that may not be said in `sandbox`."""
    stack: list[tuple[nodes.Node, int]] = [(tree, 1)]
    while stack:
        node, line = stack.pop()
        line = node.lineno or line
        for message, hint in _refusals(node, sandbox):
            raise RefusedCodeError(message, line, hint)
        stack += reversed([(child, line) for child in node.iter_child_nodes()])


def _refusals(node: nodes.Node, sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    """What is wrong with one node, and the way out where it has one of its own."""
    kind = type(node).__name__
    if not isinstance(node, _NODES):
        yield f"不能使用 {_WORDS.get(kind, kind)}", ""
    if isinstance(node, nodes.Filter) and node.name not in sandbox.accepted:
        yield f"没有过滤器 {node.name}", _listed(sandbox.offered)
    if isinstance(node, nodes.Test) and node.name not in sandbox.tests:
        yield f"没有判断 is {node.name}", _listed(sandbox.tests)
    name = _name(node)
    if name.startswith("_"):
        yield f"名称不能以下划线开头：{name}", ""
    yield from _refused_details(node)


def _refused_details(node: nodes.Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, nodes.Name) and node.name == "self" and node.ctx != "load":
        yield "self 不能用作循环或 set 的名称", "请换一个名称"
    if isinstance(node, nodes.Compare) and len(node.ops) > 1:
        yield "不能连续比较", "请写成 a < b and b < c"
    if isinstance(node, nodes.For) and node.recursive:
        yield "不能使用 recursive", ""
    if isinstance(node, nodes.Assign) and not isinstance(node.target, nodes.Name):
        yield "set 只能设一个名称", ""
    if isinstance(node, nodes.Const) and not _is_sane(node.value):
        yield "数太大", ""


def _name(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.name if isinstance(node, nodes.Name) else ""


def _is_sane(value: object) -> bool:
    return not isinstance(value, float) or isfinite(value)


def _listed(names: Iterable[str]) -> str:
    return f"可以用的有 {'、'.join(sorted(names))}"
