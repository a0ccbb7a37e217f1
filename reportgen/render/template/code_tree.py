"""What the code of a template may say, and what is added to it before it is compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

from jinja2 import nodes

from reportgen.language.refusals import RefusedCodeError
from reportgen.language.template_environment import BUDGET_NAME, DATA_NAME, TESTS
from reportgen.language.template_filters import (
    CHARGED_FILTERS,
    FILTERS,
    OWN_FILTERS,
    STEP,
)
from reportgen.render.template.tags import ATTRIBUTE, PLAIN, Tag
from reportgen.render.template.traced_code import trace_tree

_KIND_FILTERS = {PLAIN: "print_plain", ATTRIBUTE: "print_attribute"}
_PLAIN_NODES = (
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
_WHAT = {"Pow": "乘方 **", "Concat": "连接 ~", "Dict": "字典", "Slice": "切片 [a:b]"}


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
        what = type(node).__name__
        raise RefusedCodeError(f"不能使用 {_WHAT.get(what, what)}", line)
    if isinstance(node, nodes.Filter) and (
        node.name not in FILTERS or node.name in OWN_FILTERS
    ):
        raise RefusedCodeError(
            f"不能使用过滤器 {node.name}",
            line,
            f"可用的有 {'、'.join(sorted(_OFFERED))}",
        )
    name = (
        node.name
        if isinstance(node, nodes.Name)
        else node.attr
        if isinstance(node, nodes.Getattr)
        else ""
    )
    if name.startswith("_"):
        raise RefusedCodeError(f"名称不能以下划线开头：{name}", line)
    _audit_details(node, line)


def _audit_details(node: nodes.Node, line: int) -> None:
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise RefusedCodeError(
            f"不能使用判断 is {node.name}", line, f"可用的有 {'、'.join(sorted(TESTS))}"
        )
    if isinstance(node, nodes.Compare) and len(node.ops) > 1:
        raise RefusedCodeError("不能连续比较", line, "请写成 a < b and b < c")
    if (
        isinstance(node, nodes.Const)
        and isinstance(node.value, float)
        and not isfinite(node.value)
    ):
        raise RefusedCodeError("数太大", line)
    if isinstance(node, nodes.For) and node.recursive:
        raise RefusedCodeError("不能使用 recursive", line)
    if isinstance(node, nodes.Assign) and not isinstance(node.target, nodes.Name):
        raise RefusedCodeError("set 只能设一个名称", line)


_OFFERED = (
    frozenset(FILTERS)
    - OWN_FILTERS
    - {"as_span", "as_colour", "e", "escape", "d", "count"}
)


def prepare_tree(tree: nodes.Template, tag_at: dict[int, Tag]) -> None:
    """Count the rounds of loops, print each value as its place wants it, and make `self` a name like any other."""
    for loop in list(tree.find_all(nodes.For)):
        arguments: list[nodes.Expr] = [
            nodes.Const(_weight(loop)),
            nodes.Name(BUDGET_NAME, "load"),
        ]
        loop.iter = nodes.Filter(
            loop.iter, "counted", arguments, [], None, None, lineno=loop.iter.lineno
        )
    for used in tree.find_all(nodes.Filter):
        if used.name in CHARGED_FILTERS:
            used.args = [nodes.Name(BUDGET_NAME, "load"), *used.args]
    _replace_children(tree, _safe_comparison)
    for output in tree.find_all(nodes.Output):
        output.nodes = [_as_kind(child, tag_at) for child in output.nodes]
    trace_tree(tree, tag_at)
    _replace_children(tree, _data_self)
    if tree.environment is not None:
        tree.set_environment(tree.environment)


def _weight(loop: nodes.For) -> int:
    return STEP + sum(
        len(data.data) for statement in loop.body for data in _texts(statement)
    )


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


def _replace_children(tree: nodes.Node, change: Callable[[Any], Any]) -> None:
    for node in [tree, *tree.find_all(nodes.Node)]:
        for field, value in node.iter_fields():
            if isinstance(value, list):
                setattr(node, field, [change(item) for item in value])
            else:
                setattr(node, field, change(value))


def _safe_comparison(value: Any) -> Any:
    """With a constant on one side a comparison costs next to nothing; of two values the cost is counted first."""
    if not isinstance(value, nodes.Compare) or len(value.ops) != 1:
        return value
    only = value.ops[0]
    sides = (only.expr,) if only.op in {"in", "notin"} else (value.expr, only.expr)
    if any(isinstance(side, nodes.Const | nodes.List | nodes.Tuple) for side in sides):
        return value
    arguments: list[nodes.Expr] = [
        nodes.Name(BUDGET_NAME, "load"),
        nodes.Const(only.op),
        only.expr,
    ]
    return nodes.Filter(
        value.expr, "compare", arguments, [], None, None, lineno=value.lineno
    )


def _data_self(value: Any) -> Any:
    """Jinja gives `self` to the template itself, whatever the data say."""
    if not (isinstance(value, nodes.Name) and value.name == "self"):
        return value
    if value.ctx != "load":
        raise RefusedCodeError(
            "self 不能用作循环或 set 的名称", value.lineno, "请换一个名称"
        )
    return nodes.Getitem(
        nodes.Name(DATA_NAME, "load"), nodes.Const("self"), "load", lineno=value.lineno
    )
