"""Boxes that a person ticked come home as the choice that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.core.value import Value
from reportgen.readback.compare.edits import Edit
from reportgen.readback.pull.context import (
    Outcome,
    Proposal,
    PullContext,
    differ,
)
from reportgen.readback.pull.refusals import CHOICE
from reportgen.sources.write_back import Put

_EMPTY_BOXES = frozenset("□☐○◯◻▢")


def propose_choice(
    value: Value, edit: Edit, context: PullContext
) -> Iterator[Outcome]:
    """What is chosen by the boxes in the paragraph of `value`, which is one of them."""
    field = value.source[:-1]
    typed = context.typed(field) or []
    before = [typed] if isinstance(typed, str) else typed
    chosen = list(before)
    for mark, printed, text in edit.marks:
        box, sign = context.value(mark), (text or "").strip()
        is_of_it = box is not None and box.source[:-1] == field
        if box is None or not is_of_it or not differ(printed, sign):
            continue
        choice = str(box.source[-1])
        if len(sign) != 1 or sign.isalnum():
            yield CHOICE.of(edit, context.file)
            return
        chosen = [one for one in chosen if one != choice]
        if sign not in _EMPTY_BOXES:
            chosen.append(choice)
    if not chosen:
        yield CHOICE.of(edit, context.file)
    elif sorted(chosen) != sorted(before):
        put = tuple(chosen) if len(chosen) > 1 else chosen[0]
        path = context.typed_path(field)
        yield Proposal(Put(path, put), "、".join(before), "、".join(chosen))
