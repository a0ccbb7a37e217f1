"""Rewrites code before it is compiled so that nothing in it costs more than the budget has."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from jinja2 import nodes

from reportgen.language.bounds import STEP


def count_loops(tree: nodes.Template) -> None:
    """Makes each loop pay for all of its rounds before the first."""
    for loop in list(tree.find_all(nodes.For)):
        loop.iter = filtered(loop.iter, " counted", nodes.Const(_weight(loop)))


def bound_tree(tree: nodes.Template) -> None:
    """Makes comparisons and joined texts pay, and `self` a name like any other."""
    for node in [tree, *tree.find_all(nodes.Node)]:
        for field, value in node.iter_fields():
            if isinstance(value, list):
                setattr(node, field, [_bound(item) for item in value])
            else:
                setattr(node, field, _bound(value))
    if tree.environment is not None:
        tree.set_environment(tree.environment)


def filtered(
    value: nodes.Node, name: str, *arguments: nodes.Expr
) -> nodes.Filter:
    """The value passed through the filter `name`."""
    return nodes.Filter(
        cast("nodes.Expr", value),
        name,
        list(arguments),
        [],
        None,
        None,
        lineno=value.lineno,
    )


def _weight(loop: nodes.For) -> int:
    """What one round costs: the text in it, inner loops apart."""
    texts = (text for statement in loop.body for text in _texts(statement))
    return STEP + sum(len(text.data) for text in texts)


def _texts(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    if isinstance(node, nodes.TemplateData):
        yield node
    elif not isinstance(node, nodes.For):
        for child in node.iter_child_nodes():
            yield from _texts(child)


def _bound(value: Any) -> Any:
    change = _CHANGES.get(type(value))
    return change(value) if change else value


def _comparison(compare: nodes.Compare) -> nodes.Expr:
    """With a constant on one side a comparison costs next to nothing; of two values the cost is counted first."""
    (operand,) = compare.ops
    sides = [operand.expr]
    if operand.op not in {"in", "notin"}:
        sides.append(compare.expr)
    if any(_is_constant(side) for side in sides):
        return compare
    return filtered(
        compare.expr, " compare", nodes.Const(operand.op), operand.expr
    )


def _is_constant(node: nodes.Node) -> bool:
    """Whether all of it stands there: a list that is written out may hold names of longer ones."""
    if isinstance(node, nodes.List | nodes.Tuple):
        return all(_is_constant(item) for item in node.items)
    return isinstance(node, nodes.Const)


def _concat(concat: nodes.Concat) -> nodes.Expr:
    first, *rest = concat.nodes
    return filtered(first, " concat", *rest)


def _row(item: nodes.Getitem) -> nodes.Expr:
    """What stands behind a text in brackets: the entry of a mapping, or the row of a list that is called so."""
    if isinstance(item.arg, nodes.Const) and isinstance(item.arg.value, str):
        return filtered(item.node, " named", item.arg)
    return item


def _own_name(name: nodes.Name) -> nodes.Expr:
    """Jinja gives `self` to the template itself, whatever the data say."""
    if name.name != "self":
        return name
    return filtered(nodes.Const("self", lineno=name.lineno), " own_name")


_CHANGES: dict[type, Callable[[Any], nodes.Expr]] = {
    nodes.Compare: _comparison,
    nodes.Concat: _concat,
    nodes.Getitem: _row,
    nodes.Name: _own_name,
}
