"""Printed values within paragraphs that a person rewrote: brought up to date one by one, where they
stand as printed."""

from collections.abc import Iterable

from reportgen.ooxml.blocks import Block, Paragraph
from reportgen.ooxml.paragraph_text import (
    alike,
    read_line,
    replace_text,
    with_values_of,
)
from reportgen.readback.merge.amounts import same_value


def carry_figures(
    theirs: Paragraph, base: Iterable[Block], ours: Iterable[Block]
) -> bool:
    """Brings up to date each value in a paragraph that stands as it was printed; whether there was one.

    One that a person was faster to correct takes the form of the print: 635.8 becomes 635.80.

    base, ours: where the values were printed, then and now; for a paragraph of a person's own all of the container.
    """
    changed = False
    printed, new = _printed_values(base), _printed_values(ours)
    for name in theirs.line.innermost():
        line = read_line(theirs.element)
        before, now = printed.get(name, ""), new.get(name, "")
        typed = line.text_of(name)
        is_new = before != now and alike(typed) != alike(now)
        if is_new and _stands(typed, before, now):
            replace_text(line, *line.marks[name], now)
            changed = True
    return changed


def _printed_values(blocks: Iterable[Block]) -> dict[str, str]:
    """The texts of the values printed in the paragraphs among some blocks, by the names of their marks."""
    paragraphs = [one for one in blocks if isinstance(one, Paragraph)]
    return {
        name: one.line.marked(name) for one in paragraphs for name in one.marks
    }


def is_explained(base: Paragraph, theirs: Paragraph, ours: Paragraph) -> bool:
    """Whether values that stand in theirs as printed, or as they are now, are all that is new in our paragraph."""
    lines = theirs.line, base.line, ours.line
    standing = [
        name
        for name in base.line.innermost()
        if _stands(*(line.text_of(name) for line in lines))
    ]
    now = with_values_of(base.line, ours.line, standing)
    return alike(now.text) == ours.key


def _stands(typed: str, before: str, now: str) -> bool:
    """Whether a value that is printed stands as it was, or as it is now."""
    is_printed = all((typed, before, now))
    return is_printed and (same_value(typed, before) or same_value(typed, now))
