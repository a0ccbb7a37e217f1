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
    inside = (one for one in edit.spans if start <= one[0] and one[1] <= end)
    for first, last, mark in sorted(inside, reverse=True):
        value = context.value(mark)
        if value is None or value.section:
            continue
        typed, before = text[first:last], printed.get(mark, "")
        name = value_name(value, passage.path, before, context)
        figure = f"{{{{ {name} }}}}" if name else _figure(value, before, typed)
        text = f"{text[:first]}{figure}{text[last:]}"
    return text[start:]


def _figure(value: Value, printed: str, typed: str) -> str:
    """A value without a name: a reported one as it was typed, for it goes home to its field; another as printed."""
    return typed if value.field or not printed else printed


def value_name(
    value: Value, passage: str, printed: str, context: PullContext
) -> str:
    """The name by which the passage writes a value; "" where it has none, or would print something else."""
    owner, _, rest = value.path.partition(".")
    is_of_project = owner.startswith("项目#")
    is_in_row = "#" in (rest if is_of_project else value.path)
    if is_in_row or value.strip() != printed.strip():
        return ""
    if not is_of_project:
        return value.path
    if passage.startswith(f"{owner}."):
        return f"项目.{rest}"
    is_figure = any(char.isdigit() for char in value)
    return _name_in_project(owner, rest, context) if is_figure else ""


def _name_in_project(owner: str, rest: str, context: PullContext) -> str:
    """A value of a project by the project's name: where it stands in the list may change."""
    projects = [one["名称"] for one in context.view["项目列表"]]
    named = [str(name) for name in projects if name.path == f"{owner}.名称"]
    is_told = (
        len(named) == 1 == projects.count(named[0]) and "'" not in named[0]
    )
    return _PROJECT.format(name=named[0], rest=f".{rest}") if is_told else ""
