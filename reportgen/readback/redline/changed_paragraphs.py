"""A paragraph of the new document with what was changed in it since the old one marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.paragraph_text import OBJECT
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.redline.characters import (
    Character,
    characters_of,
    differences,
    split_runs,
    text_of,
)
from reportgen.readback.redline.marks import CAME, WENT, Marks, run_of

_MARKS = word_names("ins del")


def mark_changes(
    old: Element,
    new: Element,
    marks: Marks,
) -> None:
    """Marks in `new` what came, and puts in what went with `old`, each where it was."""
    before = characters_of(old)
    steps = differences(text_of(before), text_of(characters_of(new)))
    changed = [one for one in steps if one[0] != "equal"]
    after = split_runs(new, {at for _, _, _, *span in changed for at in span})
    for _, start, end, at, to in reversed(changed):
        gone = before[start:end]
        _put_in(new, after, at, gone, marks)
        for run in _runs_of(after[at:to]):
            marks.wrap(run, CAME)


def _runs_of(characters: Sequence[Character]) -> Iterator[Element]:
    """The runs that hold these signs and nothing else, each once; a field that Word works out stays as it is."""
    seen: list[Element] = []
    for one in characters:
        is_field = one.element.tag == f"{W}fldChar"
        if one.run is not None and not is_field and one.run not in seen:
            seen.append(one.run)
    yield from seen


def _put_in(
    paragraph: Element,
    after: Sequence[Character],
    at: int,
    gone: Sequence[Character],
    marks: Marks,
) -> None:
    """Puts the signs that went before the sign `at` of the paragraph, or behind its last."""
    runs = [marks.marked(one, WENT) for one in plain_runs(gone)]
    if at < len(after):
        place = _outermost(after[at])
        for one in runs:
            place.addprevious(one)
    elif after:
        place = _outermost(after[-1])
        for one in reversed(runs):
            place.addnext(one)
    else:
        paragraph.extend(runs)


def _outermost(character: Character) -> Element:
    """What stands in the paragraph for a sign: its run, or the mark in which that was put already."""
    run = character.run
    if run is None:
        return character.element
    holder = run.getparent()
    is_marked = holder is not None and holder.tag in _MARKS
    return holder if is_marked and holder is not None else run


def plain_runs(characters: Sequence[Character]) -> Iterator[Element]:
    """Signs as runs that look as they did; pictures and notes cannot be brought back."""
    told = [one for one in characters if one.sign != OBJECT]
    for _, group in groupby(told, key=lambda one: one.run):
        held = list(group)
        yield run_of(text_of(held), held[0].look)
