"""A paragraph of the report: figures that were typed over go to their fields, its words to its section."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportgen.core.findings import dotted
from reportgen.core.value import Value
from reportgen.narrative.wording import without_number
from reportgen.ooxml.paragraph_text import OBJECT
from reportgen.readback.compare.edits import DELETED, Edit
from reportgen.readback.compare.split_paragraphs import BETWEEN
from reportgen.readback.pull.context import Outcome, PullContext, differ
from reportgen.readback.pull.refusals import (
    BY_HAND,
    CHANGED_SINCE,
    JOINED,
    NOT_REPORTED,
)
from reportgen.readback.pull.sections import source_text
from reportgen.readback.pull.typed_values import propose_value
from reportgen.readback.pull.value_names import replace_figures

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
                    context.file,
                    field=dotted(passage.section),
                    now=passage,
                )
            return
    yield from _typed_over(edit, stood, context)
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
    if text is None or (others and BETWEEN not in edit.before):
        yield NOT_REPORTED.of(edit, context.file, what="改动的", cure=BY_HAND)
    elif len(sections) > 1:
        yield JOINED.of(edit, context.file, field="、".join(sections))
    elif others or text.rstrip("。") != source_text(passage, context).rstrip(
        "。"
    ):
        for other, _ in others:
            yield PassageChange(other, None)
        yield PassageChange(passage, text)


def _typed_over(
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
