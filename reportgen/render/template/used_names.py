"""Which names a template uses, found without printing it: also in branches that no example takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jinja2 import nodes

from reportgen.language.template_environment import template_sandbox
from reportgen.render.template.frontend import DECLARATION, PartSource
from reportgen.render.template.tags import Tag, tag_before

_PATHS = (nodes.Name, nodes.Getattr, nodes.Getitem)
_ANY = object()  # the shape of what cannot be known, for instance an entry of a list that is empty in the example


_Meaning = tuple[
    Any, str
]  # the shape of a name, and the path that it stands for
_Names = dict[str, _Meaning]


class Use(NamedTuple):
    """A name that a tag uses, list positions left out (指标.实际值); `known` says whether the data have it."""

    name: str
    known: bool
    tag: Tag


@dataclass
class _Scope:
    """What names mean at one place: their shape and the path they stand for."""

    names: _Names
    uses: list[tuple[str, bool, int]] = field(default_factory=list)

    def inner(self, **more: _Meaning) -> _Scope:
        return _Scope({**self.names, **more}, self.uses)


def used_names(
    sources: Iterable[PartSource], view: Mapping[str, Any]
) -> Iterator[Use]:
    """Every use of a name in every tag of a template, looked up in `view`, which is an example of the data."""
    shapes = {name: (value, name) for name, value in view.items()}
    for source in sources:
        yield from _of_part(source, shapes)


def _of_part(part: PartSource, shapes: _Names) -> Iterator[Use]:
    tree = template_sandbox().parse(DECLARATION.rstrip("\n") + part.source)
    scope = _Scope(dict(shapes))
    _visit(tree, scope)
    for name, known, line in scope.uses:
        yield Use(name, known, tag_before(part.tag_at, line))


def _visit(node: nodes.Node, scope: _Scope) -> None:
    """Notes the names that a piece of code uses."""
    if isinstance(node, nodes.For):
        _visit_loop(node, scope)
    elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        scope.names[node.target.name] = _resolve(node.node, scope)
    elif isinstance(node, _PATHS):
        _resolve(node, scope)
    elif not isinstance(node, nodes.Test) or node.name not in (
        "defined",
        "undefined",
    ):
        _visit_all(node.iter_child_nodes(), scope)


def _visit_all(children: Iterable[nodes.Node], scope: _Scope) -> None:
    for child in children:
        _visit(child, scope)


def _visit_loop(loop: nodes.For, scope: _Scope) -> None:
    """Notes the names of a loop, whose own names hold within it."""
    shape, path = _resolve(loop.iter, scope)
    targets = _targets(loop.target, _entry(shape), path)
    inner = scope.inner(**targets, loop=(_ANY, "loop"))
    _visit_all(loop.body, inner)
    _visit_all(filter(None, [loop.test]), inner)
    _visit_all(loop.else_, scope)


def _targets(target: nodes.Node, shape: Any, path: str) -> _Names:
    if isinstance(target, nodes.Name):
        return {target.name: (shape, path)}
    return {one.name: (_ANY, "") for one in target.find_all(nodes.Name)}


def _resolve(node: nodes.Node, scope: _Scope) -> _Meaning:
    """The shape and path of an expression; notes every name on the way."""
    if isinstance(node, nodes.Name):
        shape, path = scope.names.get(node.name, (_ANY, node.name))
        scope.uses.append(
            (path or node.name, node.name in scope.names, node.lineno)
        )
        return shape, path
    if isinstance(node, nodes.Getattr):
        return _member(
            *_resolve(node.node, scope), node.attr, scope, node.lineno
        )
    if isinstance(node, nodes.Getitem):
        return _item(node, scope)
    _visit_all(node.iter_child_nodes(), scope)
    return _ANY, ""


def _item(node: nodes.Getitem, scope: _Scope) -> _Meaning:
    shape, path = _resolve(node.node, scope)
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return _member(shape, path, node.arg.value, scope, node.lineno)
    _visit(node.arg, scope)
    return _entry(shape), path


def _member(
    shape: Any,
    path: str,
    name: str,
    scope: _Scope,
    line: int,
) -> _Meaning:
    """The shape and path of one entry of a block."""
    if not path or path == "loop":
        return _ANY, ""
    full = f"{path}.{name}"
    there = isinstance(shape, Mapping) and name in shape
    scope.uses.append((full, there or shape is _ANY, line))
    return (shape[name] if there else _ANY), full


def _entry(shape: Any) -> Any:
    """What one entry of a list looks like: all that its entries have between them."""
    if not isinstance(shape, list) or not shape:
        return _ANY
    if all(isinstance(entry, Mapping) for entry in shape):
        return {key: value for entry in shape for key, value in entry.items()}
    return shape[0]
