"""Rewrites the code of a template: what it prints from a name is printed within a bookmark, which its path names."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes

from reportgen.language.template_environment import TRACE_NAME
from reportgen.language.traced_values import END
from reportgen.render.template.tags import Tag

_RUN, _TEXT = "<w:r>", '<w:t xml:space="preserve">'
_Names = set[str]  # of loops and of {% set %}, which are no names of the view


def trace_tree(tree: nodes.Template, tag_at: dict[int, Tag]) -> None:
    """Prints what the tags that are marked as traced print, with the run around it, by way of `traced_print`."""
    if any(tag.traced for tag in tag_at.values()):
        _statements(tree.body, set(), tag_at)


def _statements(
    body: Iterable[nodes.Node], names: _Names, tag_at: dict[int, Tag]
) -> None:
    for node in body:
        if isinstance(node, nodes.Output):
            _output(node, names, tag_at)
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            names.add(node.target.name)
        elif isinstance(node, nodes.If):
            _statements(node.body, names, tag_at)
            _statements(node.elif_, names, tag_at)
            _statements(node.else_, names, tag_at)
        elif isinstance(node, nodes.For):
            _loop(node, names, tag_at)


def _loop(loop: nodes.For, names: _Names, tag_at: dict[int, Tag]) -> None:
    target = loop.target
    only = target.name if isinstance(target, nodes.Name) else ""
    inner = {*names, *(name.name for name in _names_in(target)), "loop"}
    _statements(loop.body, inner, tag_at)
    _statements(loop.else_, set(names), tag_at)
    if only and _prints(loop.body, only):
        _tell_items(loop, names)


def _prints(body: list[nodes.Node], name: str) -> bool:
    """Whether the items themselves are printed, so that they are texts."""
    printed = (
        used.node
        for node in body
        for used in node.find_all(nodes.Filter)
        if used.name == "traced_value"
    )
    return any(one.name == name for value in printed for one in _names_in(value))


def _names_in(value: nodes.Node | None) -> Iterable[nodes.Name]:
    if isinstance(value, nodes.Name):
        yield value
    elif value is not None:
        yield from value.find_all(nodes.Name)


def _tell_items(loop: nodes.For, names: _Names) -> None:
    """The items bring their own paths; `loop.iter` is counted by now."""
    counted = loop.iter
    if isinstance(counted, nodes.Filter) and counted.node is not None:
        path = _path(counted.node, names, "")
        if path is not None:
            counted.node = _filter(counted.node, "told", [path])


def _output(output: nodes.Output, names: _Names, tag_at: dict[int, Tag]) -> None:
    children = output.nodes
    for position, child in enumerate(children):
        tag = tag_at.get(child.lineno)
        if isinstance(child, nodes.TemplateData) or tag is None or not tag.traced:
            continue
        before, after = (
            children[at] if 0 <= at < len(children) else child
            for at in (position - 1, position + 1)
        )
        if isinstance(before, nodes.TemplateData) and isinstance(
            after, nodes.TemplateData
        ):
            children[position] = _folded(before, child, after, names)
    output.nodes = [
        child
        for child in children
        if not (isinstance(child, nodes.TemplateData) and not child.data)
    ]


def _folded(
    before: nodes.TemplateData,
    value: nodes.Expr,
    after: nodes.TemplateData,
    names: _Names,
) -> nodes.Expr:
    """What prints `value` with its run; the run is taken out of the texts that stand around it."""
    start = before.data.rfind(_RUN)
    run = before.data[start:]
    if start < 0 or not run.endswith(_TEXT) or not after.data.startswith(END):
        return value  # docxtpl joined it with what stands beside it, as it does with a brace
    printed = _traced(value, names, run)
    if printed is None:
        return value
    before.data = before.data[:start]
    after.data = after.data[len(END) :]
    return printed


def _traced(value: nodes.Expr, names: _Names, run: str) -> nodes.Expr | None:
    """`value` within its bookmark, None when it has no name."""
    key = _key(value)
    if key is not None and isinstance(value, nodes.Getattr | nodes.Getitem):
        written = _written(value, names)
        more = [_text(written)] if written else []
        return _filter(
            value.node, "traced_entry", [_trace(), _text(key), _text(run), *more]
        )
    if isinstance(value, nodes.CondExpr):
        return _either(value, names, run)
    path = _path(value, names, "")
    return (
        None
        if path is None
        else _filter(value, "traced_value", [_trace(), path, _text(run)])
    )


def _either(value: nodes.CondExpr, names: _Names, run: str) -> nodes.Expr | None:
    if value.expr2 is None:
        return None
    one, other = _traced(value.expr1, names, run), _traced(value.expr2, names, run)
    if one is None and other is None:
        return None
    value.expr1 = one or _untraced(value.expr1, run)
    value.expr2 = other or _untraced(value.expr2, run)
    return _filter(value, "as_it_is", [])


def _untraced(value: nodes.Expr, run: str) -> nodes.Expr:
    return _filter(value, "traced_value", [_trace(), _text(""), _text(run)])


def _path(value: nodes.Expr, names: _Names, more: str) -> nodes.Expr | None:
    """What gives the path of `value` when it is printed; None when it has no name."""
    if isinstance(value, nodes.Name):
        if value.name not in names:
            return _text(value.name + more)
        return (
            _filter(value, "own_path", [_text(more)]) if value.name != "loop" else None
        )
    key = _key(value)
    if key is not None and isinstance(value, nodes.Getattr | nodes.Getitem):
        above = _path(value.node, names, f".{key}") or _text("")
        return _filter(value.node, "traced_path", [_text(key), above, _text(more)])
    if (
        isinstance(value, nodes.Getitem)
        and isinstance(value.arg, nodes.Const)
        and isinstance(value.arg.value, int)
    ):
        return _path(value.node, names, f"#{value.arg.value}")
    if isinstance(value, nodes.Filter) and value.node is not None:
        return _path(
            value.node,
            names,
            {"first": "#0", "length": "|length", "count": "|length"}.get(
                value.name, more
            ),
        )
    return None


def _key(value: nodes.Expr) -> str | None:
    """The entry that `value` looks up by name, unless it is one of `loop`."""
    if not isinstance(value, nodes.Getattr | nodes.Getitem):
        return None
    if isinstance(value.node, nodes.Name) and value.node.name == "loop":
        return None
    if isinstance(value, nodes.Getattr):
        return value.attr
    return (
        value.arg.value
        if isinstance(value.arg, nodes.Const) and isinstance(value.arg.value, str)
        else None
    )


def _written(value: nodes.Expr, names: _Names) -> str:
    """The path as the template writes it, when it begins with a name of the view."""
    steps: list[str] = []
    while (key := _key(value)) is not None and isinstance(
        value, nodes.Getattr | nodes.Getitem
    ):
        steps.append(key)
        value = value.node
    if not isinstance(value, nodes.Name) or value.name in names:
        return ""
    return ".".join((value.name, *reversed(steps)))


def _filter(value: nodes.Expr, name: str, arguments: list[nodes.Expr]) -> nodes.Filter:
    return nodes.Filter(value, name, arguments, [], None, None, lineno=value.lineno)


def _text(text: str) -> nodes.Const:
    return nodes.Const(text)


def _trace() -> nodes.Name:
    return nodes.Name(TRACE_NAME, "load")
