"""Figures in a paragraph that comes home, written as names, so that they follow the data."""

from __future__ import annotations

from reportgen.readback.compare.edits import Edit
from reportgen.readback.compare.fields import Field
from reportgen.readback.pull.context import PullContext, shown

_PROJECT = "(项目列表|selectattr('名称', 'eq', '{name}')|first){rest}"


def replace_figures(
    edit: Edit, start: int, end: int, passage: Field, context: PullContext
) -> str:
    """The words of `edit` from `start` to `end`, with a name for each printed value that has one."""
    text = edit.after[:end]
    printed = {mark: before for mark, before, _ in edit.marks}
    for first, last, mark in sorted(edit.spans, reverse=True):
        value = context.value(mark)
        is_inside = first >= start and last <= end
        if value is None or value.section or not is_inside:
            continue
        before = printed.get(mark, "")
        if name := value_name(value, passage.path, before, context):
            put = f"{{{{ {name} }}}}"
        else:  # a reported one that was typed over goes home to its field as well
            put = text[first:last] if value.field else before or text[first:last]
        text = f"{text[:first]}{put}{text[last:]}"
    return text[start:]


def value_name(value: Field, passage: str, printed: str, context: PullContext) -> str:
    """The name by which the passage writes a value; "" where it has none, or would print something else."""
    if shown(value) != printed.strip() or "|" in value.path:
        return ""
    owner, _, rest = value.path.partition(".")
    if not owner.startswith("项目#"):
        return "" if "#" in value.path else value.path
    if "#" in rest:
        return ""
    if passage.startswith(f"{owner}."):
        return f"项目.{rest}"
    return _name_in_project(owner, rest, context)


def _name_in_project(owner: str, rest: str, context: PullContext) -> str:
    """A value of a project by the project's name: where it stands in the list may change."""
    named = context.value_at(f"{owner}.名称")
    is_alone = named is not None and _is_alone(shown(named), context)
    if named is None or not is_alone or "'" in shown(named):
        return ""
    return _PROJECT.format(name=shown(named), rest=f".{rest}")


def _is_alone(name: str, context: PullContext) -> bool:
    return [one["名称"] for one in context.view["项目列表"]].count(name) == 1
