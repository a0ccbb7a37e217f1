"""Figures in a paragraph that comes home, written as names, so that they follow the data."""

from __future__ import annotations

from reportgen.core.value import Value
from reportgen.readback.compare.edits import Edit
from reportgen.readback.pull.context import PullContext

_PROJECT = "(项目列表|selectattr('名称', 'eq', '{name}')|first){rest}"


def replace_figures(
    edit: Edit, start: int, end: int, passage: Value, context: PullContext
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


def value_name(value: Value, passage: str, printed: str, context: PullContext) -> str:
    """The name by which the passage writes a value; "" where it has none, or would print something else."""
    if value.strip() != printed.strip() or "|" in value.path:
        return ""
    owner, _, rest = value.path.partition(".")
    if not owner.startswith("项目#"):
        return "" if "#" in value.path else value.path
    if "#" in rest:
        return ""
    if passage.startswith(f"{owner}."):
        return f"项目.{rest}"
    is_figure = any(char.isdigit() for char in value)
    return _name_in_project(owner, rest, context) if is_figure else ""


def _name_in_project(owner: str, rest: str, context: PullContext) -> str:
    """A value of a project by the project's name: where it stands in the list may change."""
    projects = [one["名称"] for one in context.view["项目列表"]]
    named = [str(name) for name in projects if name.path == f"{owner}.名称"]
    is_told = len(named) == 1 == projects.count(named[0]) and "'" not in named[0]
    return _PROJECT.format(name=named[0], rest=f".{rest}") if is_told else ""
