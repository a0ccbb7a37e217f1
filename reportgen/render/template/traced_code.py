"""Rewrites the code of a template: what it prints is printed within a bookmark, which the path of the value names."""

import re
from collections.abc import Iterable

from jinja2 import nodes

from reportgen.language.bound_tree import filtered
from reportgen.language.template_environment import TRACE_NAME
from reportgen.language.traced_values import END
from reportgen.render.template.tags import TagAt

_TEXT = '<w:t xml:space="preserve">'
_EMPTY_PARAGRAPH = re.compile(
    r"((?:(?!<w:t[ >/]|</w:p>).)*?)(?:<(w:p(?: [^>]*)?)/>|</w:p>)((?:(?!<w:t[ >/]|</w:p>).)*)",
    re.DOTALL,
)
_LENGTH = "length"
_LOOP = nodes.Name("loop", "load")


def trace_tree(tree: nodes.Template, tag_at: TagAt) -> None:
    """Prints what the tags that are marked as traced print, with the run around it, by way of `traced_value`."""
    if not any(tag.traced for tag in tag_at.values()):
        return
    own_names = _own_names(tree)
    for output in list(tree.find_all(nodes.Output)):
        _trace_output(output, own_names, tag_at)
    for loop in tree.find_all(nodes.For):
        _trace_blank(loop)


def _own_names(tree: nodes.Template) -> frozenset[str]:
    """The names of loops and of {% set %}, which are no names of the view."""
    targets = [loop.target for loop in tree.find_all(nodes.For)]
    targets += [one.target for one in tree.find_all(nodes.Assign)]
    names = {name.name for target in targets for name in _names_in(target)}
    return frozenset(names | {"loop"})


def _names_in(target: nodes.Node) -> Iterable[nodes.Name]:
    return (
        [target]
        if isinstance(target, nodes.Name)
        else target.find_all(nodes.Name)
    )


def _trace_output(
    output: nodes.Output, own_names: frozenset[str], tag_at: TagAt
) -> None:
    """Puts what is traced of one piece of code into bookmarks."""
    children = output.nodes
    before_each = [None, *children]
    after_each = [*children[1:], None]
    around = zip(before_each, list(children), after_each, strict=False)
    for position, (before, child, after) in enumerate(around):
        run = _run_around(before, after) if _is_traced(child, tag_at) else None
        if run is not None:
            children[position] = _traced(child, own_names, run)
    output.nodes = [child for child in children if not _is_empty(child)]


def _is_traced(child: nodes.Expr, tag_at: TagAt) -> bool:
    tag = tag_at.get(child.lineno)
    return (
        tag is not None
        and tag.traced
        and not isinstance(child, nodes.TemplateData)
    )


def _is_empty(child: nodes.Expr) -> bool:
    return isinstance(child, nodes.TemplateData) and not child.data


def _run_around(
    before: nodes.Node | None, after: nodes.Node | None
) -> str | None:
    """The start of the run in which a value stands, which is taken out of the texts around it.

    None where docxtpl joined the run with what stands beside it, as it does with a brace.
    """
    if not isinstance(before, nodes.TemplateData):
        return None
    if not isinstance(after, nodes.TemplateData) or not after.data.startswith(
        END
    ):
        return None
    start = before.data.rfind("<w:r>")
    run = before.data[start:]
    if start < 0 or not run.endswith(_TEXT):
        return None
    before.data = before.data[:start]
    after.data = after.data[len(END) :]
    return run


def _traced(
    value: nodes.Expr, own_names: frozenset[str], run: str
) -> nodes.Expr:
    """What prints `value` within its bookmark."""
    written = nodes.Const(_written(value, own_names))
    trace = nodes.Name(TRACE_NAME, "load")
    before = nodes.Const(run)
    key = _key(value)
    if (
        key
        and isinstance(value, nodes.Getattr | nodes.Getitem)
        and value.node != _LOOP
    ):
        entry = nodes.Const(key)
        return filtered(
            value.node, "traced_entry", trace, entry, before, written
        )
    return filtered(value, "traced_value", trace, written, before)


def _key(value: nodes.Node) -> str:
    """The entry that `value` looks up by name."""
    if isinstance(value, nodes.Getattr):
        return value.attr
    is_text = isinstance(value, nodes.Getitem) and isinstance(
        value.arg, nodes.Const
    )
    key = value.arg.value if is_text else ""  # type: ignore[attr-defined]
    return key if isinstance(key, str) else ""


def _written(value: nodes.Node, own_names: frozenset[str]) -> str:
    """The path as the template writes it, when it begins with a name of the view: for what brings none of its own."""
    if isinstance(value, nodes.Name):
        return "" if value.name in own_names else value.name
    step = f".{_key(value)}" if _key(value) else ""
    if isinstance(value, nodes.Filter):
        step = f"|{_LENGTH}" if value.name == _LENGTH else ""
    elif not step:
        return ""
    above = _written(value.node, own_names)  # type: ignore[attr-defined]
    return above and f"{above}{step}"


def _trace_blank(loop: nodes.For) -> None:
    """Where a loop without items leaves an empty paragraph, the bookmark in which the first of them will stand."""
    texts = _only_output(loop.else_)
    text = texts[0] if len(texts) == 1 else None
    if not isinstance(text, nodes.TemplateData) or not isinstance(
        loop.iter, nodes.Filter
    ):
        return
    match = _EMPTY_PARAGRAPH.fullmatch(text.data)
    if match is None:
        return
    start, name, end = match.groups()
    text.data = f"{start}<{name}>" if name else start
    paragraphs = loop.iter.node  # each loop is counted by now
    assert paragraphs is not None
    texts += [
        filtered(paragraphs, "traced_blank", nodes.Name(TRACE_NAME, "load")),
        nodes.TemplateData(f"</w:p>{end}", lineno=text.lineno),
    ]


def _only_output(body: list[nodes.Node]) -> list[nodes.Expr]:
    only = body[0] if len(body) == 1 else None
    return only.nodes if isinstance(only, nodes.Output) else []
