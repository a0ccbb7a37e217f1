"""One paragraph brought up to date: as a whole where nobody touched it, else figure by figure."""

from difflib import SequenceMatcher
from enum import Enum

from reportgen.ooxml.blocks import Paragraph
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import (
    OBJECT,
    filled,
    read_line,
    replace_text,
)
from reportgen.readback.compare.numbering import same_but_for_number
from reportgen.readback.merge.amounts import same_value, says_the_same
from reportgen.readback.merge.figures import carry_figures, is_explained
from reportgen.readback.merge.runs import extras, looks_of, replace_runs
from reportgen.readback.merge.style_map import StyleMap


class MergeOutcome(Enum):
    """What became of a paragraph of theirs."""

    KEPT = "保留"  # nothing to do
    RENAMED = "改名"  # only the names of the values in it
    UPDATED = "更新"
    FIGURES = "更新数字"  # of a sentence that a person rewrote
    CONFLICT = "冲突"


def merge_paragraph(
    base: Paragraph, theirs: Paragraph, ours: Paragraph, style_map: StyleMap
) -> MergeOutcome:
    """Changes the paragraph of theirs in place; of a conflict only the figures that are still as printed."""
    if base.text == ours.text:
        return _rename_values(base, theirs, ours)
    if theirs.text == ours.text:
        return MergeOutcome.KEPT
    came_home = says_the_same(theirs.text, ours.text)
    if came_home or _is_untouched(base, theirs, ours):
        _rewrite(base, theirs, ours, style_map)
        return MergeOutcome.UPDATED
    return _fill_blanks(base, theirs, ours) or _carry_figures(
        base, theirs, ours
    )


def _is_untouched(base: Paragraph, theirs: Paragraph, ours: Paragraph) -> bool:
    """Whether no person changed a word: pictures and notes, blanks and the number of the print are no words."""
    if theirs.text.replace(OBJECT, "") == base.text or theirs.text == base.text:
        return True
    if same_but_for_number(base, theirs):
        return True
    return base.key == theirs.key and not is_explained(base, theirs, ours)


def _carry_figures(
    base: Paragraph, theirs: Paragraph, ours: Paragraph
) -> MergeOutcome:
    is_all = is_explained(base, theirs, ours)
    updated = carry_figures(theirs, [base], [ours])
    if not is_all:
        return MergeOutcome.CONFLICT
    return MergeOutcome.FIGURES if updated else MergeOutcome.KEPT


def _fill_blanks(
    base: Paragraph, theirs: Paragraph, ours: Paragraph
) -> MergeOutcome | None:
    """Fills the blanks that are filled now where a person left them blank; None where more than blanks has changed."""
    typed, new = filled(base.line, theirs.line), filled(base.line, ours.line)
    if not typed or not new:
        return None
    outcome = MergeOutcome.KEPT
    is_conflict = False
    for at in sorted(typed, reverse=True):
        held, due = theirs.text[slice(*typed[at])], ours.text[slice(*new[at])]
        if due and not held:
            replace_text(read_line(theirs.element), *typed[at], due)
            outcome = MergeOutcome.FIGURES
        elif due and not same_value(held, due):
            is_conflict = True
    return MergeOutcome.CONFLICT if is_conflict else outcome


def _rename_values(
    base: Paragraph, theirs: Paragraph, ours: Paragraph
) -> MergeOutcome:
    """A value may have another name than before, its paragraph being the same."""
    if base.marks == ours.marks:
        return MergeOutcome.KEPT
    now = {span: name for name, span in ours.line.marks.items()}
    names = {
        name: now[span] for name, span in base.line.marks.items() if span in now
    }
    changed = False
    for mark in theirs.element.iter(f"{W}bookmarkStart"):
        name = str(mark.get(f"{W}name"))
        if names.get(name, name) != name:
            mark.set(f"{W}name", names[name])
            changed = True
    return MergeOutcome.RENAMED if changed else MergeOutcome.KEPT


def _rewrite(
    base: Paragraph, theirs: Paragraph, ours: Paragraph, style_map: StyleMap
) -> None:
    """Puts our text into an untouched paragraph; the look that a person gave it stays."""
    looks = looks_of(theirs)
    is_as_printed = not looks or looks == looks_of(base)
    has_one_look = is_as_printed or len(looks) == 1
    has_extras = extras(theirs.element) or extras(ours.element)
    if has_one_look and not has_extras:
        new = style_map.copied(ours.element)
        if new is not None:  # a link is not plain, so there is always one
            replace_runs(theirs.element, new, keep_look=not is_as_printed)
        return
    carry_figures(theirs, [base], [ours])
    _retype(theirs, ours)


def _retype(theirs: Paragraph, ours: Paragraph) -> None:
    """Changes what differs from our text, run by run."""
    now = read_line(theirs.element).text
    changes = SequenceMatcher(
        None, now, ours.text, autojunk=False
    ).get_opcodes()
    for tag, start, end, from_, to in reversed(changes):
        if tag != "equal":
            new_text = ours.text[from_:to].replace(OBJECT, "")
            _replace_round_objects(theirs, now, start, end, new_text)


def _replace_round_objects(
    theirs: Paragraph,
    text: str,
    start: int,
    end: int,
    new: str,
) -> None:
    """Puts `new` in the place of text[start:end]; notes and pictures within stay, behind it."""
    objects = [n for n in range(start, end) if text[n] == OBJECT]
    places = list(
        zip([start, *(n + 1 for n in objects)], [*objects, end], strict=True)
    )
    for number, (from_, to) in reversed(list(enumerate(places))):
        put = "" if number else new
        if from_ < to or put:
            replace_text(read_line(theirs.element), from_, to, put)
