"""What is added to the code of a template before it is compiled."""

from __future__ import annotations

from jinja2 import nodes

from reportgen.language.bound_tree import bound_tree, count_loops, filtered
from reportgen.render.template.tags import ATTRIBUTE, PLAIN, Tag
from reportgen.render.template.traced_code import trace_tree

_PRINTED_BY = {PLAIN: "print_plain", ATTRIBUTE: "print_attribute"}


def prepare_tree(tree: nodes.Template, tag_at: dict[int, Tag]) -> None:
    """Keeps what it costs within bounds, prints each value as its place wants it, and traces what is printed."""
    count_loops(tree)
    for output in tree.find_all(nodes.Output):
        output.nodes = [_as_kind(child, tag_at) for child in output.nodes]
    trace_tree(tree, tag_at)
    bound_tree(tree)


def _as_kind(child: nodes.Expr, tag_at: dict[int, Tag]) -> nodes.Expr:
    tag = tag_at.get(child.lineno)
    if tag is None or tag.sign != "{" or isinstance(child, nodes.TemplateData):
        return child
    name = _PRINTED_BY.get(tag.kind)
    return filtered(child, name) if name else child
