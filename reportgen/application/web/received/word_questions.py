"""What was changed in a document and meanwhile in the unit's file as well: a question that only a person can answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.core.findings import dotted
from reportgen.core.value import Value
from reportgen.pipeline import Draft
from reportgen.readback.compare.edits import Edit
from reportgen.readback.pull.context import Proposal, PullContext, differ
from reportgen.readback.pull.sections import propose_section
from reportgen.readback.pull.typed_values import propose_value


@dataclass(frozen=True)
class Question:
    """The fields that both changed: what they say now, what the document says, and how that would be written."""

    fields: tuple[str, ...]
    now: str
    theirs: str
    proposals: tuple[Proposal, ...]


def questions_of(
    edit: Edit,
    draft: Draft,
    file: str,
) -> Question | None:
    """The question that an edit comes to, None where it is none."""
    if edit.is_pending or edit.row is not None:
        return None
    figures = {one.path: one for one in draft.computed}
    context = PullContext(draft.loaded, figures, draft.view, file)
    found = list(_both_changed(edit, context))
    if not found:
        return None
    proposals = [one for _, _, own in found for one in own]
    fields = (dotted(one.put.path) for one in proposals)
    return Question(
        tuple(dict.fromkeys(fields)),
        "；".join(str(value) for value, _, _ in found),
        "；".join(after for _, after, _ in found),
        tuple(proposals),
    )


def _both_changed(
    edit: Edit,
    context: PullContext,
) -> Iterator[tuple[Value, str, list[Proposal]]]:
    for mark, before, after in edit.marks:
        value = context.value(mark)
        if value is None or not after or not differ(before, after):
            continue
        if not differ(before, value) or not differ(after, value):
            continue
        proposals = _written(value, after.strip(), edit, context)
        if proposals:
            yield value, after, proposals


def _written(
    value: Value,
    after: str,
    edit: Edit,
    context: PullContext,
) -> list[Proposal]:
    """How the text is written where the value now stands, as if it had been printed so."""
    if value.section:
        told = {value.path: after}
        outcomes = propose_section(value.section, told, edit, context)
    else:
        outcomes = propose_value(value, str(value), after, edit, context)
    return [one for one in outcomes if isinstance(one, Proposal)]
