"""Figures in a paragraph that comes home, written as names, so that they follow the data."""

from reportgen.core.value import Value
from reportgen.readback.compare.edits import Edit
from reportgen.readback.pull.context import PullContext


def replace_figures(
    edit: Edit,
    start: int,
    end: int,
    passage: Value,
    context: PullContext,
) -> str:
    """The words of `edit` from `start` to `end`, with a name for each printed value that has one."""
    text = edit.after[:end]
    printed = {mark: before for mark, before, _ in edit.marks}
    inside = (one for one in edit.spans if start <= one[0] and one[1] <= end)
    for first, last, mark in sorted(inside, reverse=True):
        value = context.value(mark)
        if value is None or value.section:
            continue
        told = value, printed.get(mark, ""), text[first:last]
        text = f"{text[:first]}{_figure(*told, passage, context)}{text[last:]}"
    return text[start:]


def _figure(
    value: Value,
    printed: str,
    typed: str,
    passage: Value,
    context: PullContext,
) -> str:
    """Its name; without one a reported value as it was typed, for it goes home to its field, another as printed."""
    name = value_name(value, passage.path, printed, context)
    if name:
        return f"{{{{ {name} }}}}"
    return typed if value.field or not printed else printed


def value_name(
    value: Value,
    passage: str,
    printed: str,
    context: PullContext,
) -> str:
    """The name by which the passage writes a value; "" where it has none, or would print something else.

    In rows, words that are no figure stay words.
    """
    name = context.names.get(value.path, "")
    if value.strip() != printed.strip():
        return ""
    if value.path.startswith(f"{passage.partition('.')[0]}."):
        name = f"项目{name.partition(']')[2]}"
    is_figure = any(char.isdigit() for char in value)
    return name if is_figure or "[" not in name else ""
