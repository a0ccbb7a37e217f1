"""Boxes that a person ticked or emptied, also where they typed the whole line anew."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.core.findings import dotted
from reportgen.core.value import Value
from reportgen.readback.compare.edits import Edit
from reportgen.readback.pull.context import Outcome, Proposal, PullContext
from reportgen.readback.pull.refusals import EMPTIED
from reportgen.sources.write_back import Put

_EMPTY = {"□", "☐", "○", "◯"}
_BOX = "[□☐○◯☑√✓✔■●☒]"
_BEHIND = f"{{name}}[ \u3000]*({_BOX}?)"
_BEFORE = f"({_BOX}?)[ \u3000]*{{name}}"


def propose_choice(
    value: Value,
    edit: Edit,
    context: PullContext,
) -> Iterator[Outcome]:
    """What is chosen by the boxes in the paragraph of `value`, which is one of them."""
    field = value.source[:-1]
    boxes = [
        (str(box.source[-1]), text)
        for mark, _, text in edit.marks
        if (box := context.value(mark)) and box.source[:-1] == field
    ]
    marks: Mapping[str, str | None] = dict(boxes)
    if None in marks.values():  # the line was typed anew
        marks = {**marks, **_as_typed(list(marks), edit)}
    chosen = [
        name for name, text in marks.items() if text and text not in _EMPTY
    ]
    typed, new = context.typed(field) or "", "、".join(chosen)
    old = typed if isinstance(typed, str) else "、".join(typed)
    if not chosen:
        yield EMPTIED.of(edit, context, field=dotted(field))
    elif new != old:
        put = new if len(chosen) == 1 else tuple(chosen)
        yield Proposal(Put(context.typed_path(field), put), old, new)


def _as_typed(
    names: Sequence[str],
    edit: Edit,
) -> Mapping[str, str]:
    """The mark of each choice in a line without bookmarks, behind its name or before it as it was printed."""
    for pattern in (_BEHIND, _BEFORE):
        printed = _marks(names, pattern, edit.before)
        if all(printed.values()):
            return _marks(names, pattern, edit.after)
    return {}


def _marks(
    names: Sequence[str],
    pattern: str,
    text: str,
) -> dict[str, str]:
    found = {
        name: re.search(pattern.format(name=re.escape(name)), text)
        for name in names
    }
    return {name: one[1] if one else "" for name, one in found.items()}
