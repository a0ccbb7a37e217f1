"""Edits of a person come home: what to write into unit.yaml, and what cannot be written there.

Each edit is one of four things: a row that was added, a paragraph of the report, values that were typed over or filled
in, or something that nobody reports.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from reportgen.core.findings import Finding, dotted
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath, Figure
from reportgen.model.loading import LoadedUnit
from reportgen.narrative.wording import without_number
from reportgen.ooxml.paragraph_text import OBJECT
from reportgen.readback.compare.edits import DELETED, MOVED, Edit
from reportgen.readback.compare.split_paragraphs import BETWEEN
from reportgen.readback.pull.added_rows import propose_row
from reportgen.readback.pull.context import (
    Outcome,
    Proposal,
    PullContext,
    differ,
)
from reportgen.readback.pull.listed_items import propose_items
from reportgen.readback.pull.refusals import (
    CHANGED_SINCE,
    DOUBTFUL,
    EMPTIED,
    JOINED,
    MOVED_ON,
    PENDING,
    by_hand,
    not_reported,
)
from reportgen.readback.pull.sections import propose_section, source_text
from reportgen.readback.pull.typed_choices import propose_choice
from reportgen.readback.pull.typed_values import propose_value
from reportgen.readback.pull.value_names import replace_figures
from reportgen.sources.write_back import Insert

StoodValue = tuple[Value, str, str | None]  # a value, its text before and after
Stood = Sequence[StoodValue]


class PassageChange(NamedTuple):
    """One paragraph of a section with its new text, None where it was deleted."""

    passage: Value
    text: str | None


def propose_passage(
    edit: Edit,
    passages: Sequence[tuple[Value, str]],
    stood: Stood,
    context: PullContext,
) -> Iterator[Outcome | PassageChange]:
    """What becomes of the `passages` that stood in the paragraph as they were printed, beside the values `stood`.

    Where the file has another passage by now, nothing is written over it.
    """
    for passage, printed in passages:
        if printed and not passage.startswith(printed):
            now = "".join(passage.split())
            if not "".join(edit.after.split()).endswith(now):
                yield CHANGED_SINCE.of(
                    edit,
                    context,
                    field=dotted(passage.section),
                    now=passage,
                )
            return
    yield from _of_figures(edit, stood, context)
    if edit.kind == DELETED:
        yield PassageChange(passages[0][0], None)
    else:
        yield from _of_words(edit, passages, context)


def _of_words(
    edit: Edit, passages: Sequence[tuple[Value, str]], context: PullContext
) -> Iterator[Outcome | PassageChange]:
    """The words go to the first passage; others, which a person joined to it, go."""
    (passage, printed), *others = passages
    text = _text_to_write(edit, passage, printed, context)
    sections = {dotted(one.section): "" for one, _ in passages}
    items = propose_items(passage, text or "", context)
    if text is None or (others and BETWEEN not in edit.before):
        yield by_hand(edit, context)
    elif len(sections) > 1:
        yield JOINED.of(edit, context, field="、".join(sections))
    elif items is not None:
        yield from items
    elif others or text.rstrip("。") != source_text(passage, context).rstrip(
        "。"
    ):
        for other, _ in others:
            yield PassageChange(other, None)
        yield PassageChange(passage, text)


def _of_figures(
    edit: Edit, stood: Stood, context: PullContext
) -> Iterator[Outcome]:
    """The figures of a passage that read otherwise now."""
    for value, before, after in stood:
        if not value.section and after is not None and differ(before, after):
            yield from propose_value(value, before, after, edit, context)


def _text_to_write(
    edit: Edit, passage: Value, printed: str, context: PullContext
) -> str | None:
    """The passage as it stands, with names for the values in it.

    None where nobody can tell it from the label before it any more.
    """
    # what the template says before and behind the passage in its paragraph
    label, _, behind = edit.before.partition(printed or edit.before or BETWEEN)
    behind = behind.removeprefix(passage[len(printed) :])
    end = len(edit.after)
    if edit.after.endswith(behind):
        end -= len(behind)
    start: int | None = len(label)
    if not edit.after.startswith(label):
        places = (
            n for n, _, mark in edit.spans if context.value(mark) is passage
        )
        start = next(places, None)
    if start is None:
        return None
    text = replace_figures(edit, start, end, passage, context)
    return without_number(text.replace(OBJECT, "").strip())


@dataclass
class Pulled:
    """What the edits of one document come to."""

    proposals: list[Proposal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def take(self, outcome: Outcome, where: str) -> None:
        """Adds what came of an edit; what two edits propose alike is proposed once."""
        if isinstance(outcome, Finding):
            if outcome not in self.findings:
                self.findings.append(outcome)
            return
        proposal = replace(outcome, where=where)
        if not self._joins(proposal) and proposal not in self.proposals:
            self.proposals.append(proposal)

    def _joins(self, outcome: Proposal) -> bool:
        """Whether it is one more value of a row that is proposed already, and goes there."""
        put = outcome.put
        for n, known in enumerate(self.proposals):
            row = known.put
            if (
                isinstance(put, Insert)
                and isinstance(row, Insert)
                and row.is_of(put)
            ):
                item = tuple(dict((*row.item, *put.item)).items())
                new = f"{known.new}，{outcome.new}"
                joined = row._replace(item=item)
                self.proposals[n] = replace(known, put=joined, new=new)
                return True
        return False


def pull(
    edits: Sequence[Edit],
    loaded: LoadedUnit,
    computed: Iterable[Figure],
    view: Mapping[str, Any],
    file: str,
) -> Pulled:
    """What `edits` of the document `file` mean for the unit that it was printed from.

    `computed` are all its figures, which cannot be written. `view` is that of the unit as its file reads now, with
    叙述: a value that is no longer what was printed is RBK003.
    """
    figures = {one.path: one for one in computed}
    context = PullContext(loaded, figures, view, file)
    pulled = Pulled()
    sections: dict[FieldPath, dict[str, str | None]] = {}
    first: dict[FieldPath, Edit] = {}
    for edit in edits:
        for outcome in _outcomes(edit, context):
            if isinstance(outcome, PassageChange):
                section = outcome.passage.section
                changed = sections.setdefault(section, {})
                changed[outcome.passage.path] = outcome.text
                first.setdefault(section, edit)
            else:
                pulled.take(outcome, edit.where)
    for section, texts in sections.items():
        edit = first[section]
        for proposal in propose_section(section, texts, edit, context):
            pulled.take(proposal, edit.where)
    return pulled


def _outcomes(
    edit: Edit, context: PullContext
) -> Iterator[Outcome | PassageChange]:
    """What one edit comes to."""
    if edit.is_pending or edit.kind == MOVED:
        refusal = PENDING if edit.is_pending else MOVED_ON
        yield refusal.of(edit, context)
        return
    if edit.row is not None:
        yield from propose_row(edit, edit.row, context)
        return
    stood = [
        (value, before, after)
        for mark, before, after in edit.marks
        if (value := context.value(mark)) is not None
    ]
    if _is_doubtful(edit, context):
        yield DOUBTFUL.of(edit, context)
        return
    passages = [
        (value, printed) for value, printed, _ in stood if value.section
    ]
    if passages:
        yield from propose_passage(edit, passages, stood, context)
    elif differ(edit.before, edit.after):
        yield from _of_values(edit, stood, context)


def _is_doubtful(edit: Edit, context: PullContext) -> bool:
    """Whether it cannot be told what a value in the paragraph reads now: a passage is told by its paragraph."""
    if not differ(edit.before, edit.after):
        return False
    if edit.after.count("\n") > edit.before.count("\n"):
        return bool(edit.marks)
    values = (context.value(mark) for mark in edit.doubts)
    return any(value is not None and not value.section for value in values)


def _of_values(
    edit: Edit, stood: Stood, context: PullContext
) -> Iterator[Outcome]:
    """What an edit outside the passages comes to: fixed text, or values."""
    changed = _typed_over(edit, stood) or _choice_of(edit, stood)
    for value, before, after in changed:
        if ".选项." in value.path:
            yield from propose_choice(value, edit, context)
        else:
            yield from propose_value(value, before, after or "", edit, context)
    if changed:
        return
    field = _deleted_field(edit, stood, context)
    if field:
        yield EMPTIED.of(edit, context, field=dotted(field))
    else:
        yield not_reported(edit, context)


def _choice_of(edit: Edit, stood: Stood) -> Stood:
    """The first box of a line of them that was typed anew as a whole."""
    boxes = [one for one in stood if ".选项." in one[0].path]
    return [] if edit.kind == DELETED else boxes[:1]


def _deleted_field(edit: Edit, stood: Stood, context: PullContext) -> FieldPath:
    """What of the file a deleted paragraph or row was printed from."""
    if edit.kind != DELETED:
        return ()
    fields = [one.field for one, _, _ in stood if context.typed(one.field)]
    if len(fields) == 1:
        return fields[0]
    for path, count in Counter(one[:-1] for one in fields).most_common(1):
        if count * 2 > len(fields):
            return path
    return ()


def _typed_over(edit: Edit, stood: Stood) -> Stood:
    """The values with another text than before; the only one of a paragraph also where its bookmark is lost."""
    changed = [
        one
        for one in stood
        if differ(one[1], one[1] if one[2] is None else one[2])
    ]
    if changed or len(stood) != 1 or edit.kind == DELETED:
        return changed
    value, before, _ = stood[0]
    is_all = before.strip() == edit.before.strip()
    return [(value, edit.before, edit.after)] if is_all else []
