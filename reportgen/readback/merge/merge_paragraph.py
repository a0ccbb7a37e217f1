"""One paragraph brought up to date: as a whole where nobody touched it, else figure by figure."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum

from lxml import etree

from reportgen.core.trace import PREFIX
from reportgen.narrative.wording import without_number
from reportgen.ooxml.package import W
from reportgen.readback.merge.style_map import StyleMap
from reportgen.readback.read.blocks import Block, Paragraph
from reportgen.readback.read.paragraph_text import (
    OBJECT,
    alike,
    filled,
    read_line,
    replace_text,
)

_PLAIN = frozenset(
    W + name
    for name in (
        "r",
        "bookmarkStart",
        "bookmarkEnd",
        "pPr",
        "proofErr",
        "lastRenderedPageBreak",
    )
)
_IN_RUNS = frozenset(
    W + name
    for name in (
        "rPr",
        "t",
        "tab",
        "br",
        "cr",
        "noBreakHyphen",
        "lastRenderedPageBreak",
    )
)
_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(%|万元|元|分)?")
_NO_LOOK = frozenset(W + name for name in ("lang", "noProof"))


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
    printed, typed, new = base.text, theirs.text, ours.text
    if printed == new:
        return _renamed(base, theirs, ours)
    if typed == new:
        return MergeOutcome.KEPT
    if (
        printed == typed.replace(OBJECT, "")
        or printed == typed
        or (base.key == theirs.key and not is_explained(base, theirs, ours))
    ):
        _rewrite(base, theirs, ours, style_map)
        return MergeOutcome.UPDATED
    if same_amount(typed, new) or unnumbered(typed) == unnumbered(
        new
    ):  # it came home, and is printed in its form
        _rewrite(base, theirs, ours, style_map)
        return MergeOutcome.UPDATED
    blanks = _fill_blanks(base, theirs, ours)
    if blanks is not None:
        return blanks
    explained = is_explained(base, theirs, ours)
    updated = carry_figures(theirs, [base], [ours])
    if explained:
        return MergeOutcome.FIGURES if updated else MergeOutcome.KEPT
    return MergeOutcome.CONFLICT


def same_amount(typed: str, new: str) -> bool:
    """Whether two texts are one number, written as a person does and as it is printed: 12.5, 12.50."""
    one, other = _AMOUNT.fullmatch(alike(typed)), _AMOUNT.fullmatch(alike(new))
    if one is None or other is None or one[2] != other[2]:
        return False
    return Decimal(one[1].replace(",", "")) == Decimal(other[1].replace(",", ""))


def unnumbered(text: str) -> str:
    """A passage as it is compared, without the number in front of it and the stop at its end."""
    return alike(without_number(text.strip())).rstrip("。")


def _fill_blanks(
    base: Paragraph, theirs: Paragraph, ours: Paragraph
) -> MergeOutcome | None:
    """Fills the blanks that are filled now where a person left them blank; None where more than blanks has changed."""
    typed, new = filled(base.line, theirs.line), filled(base.line, ours.line)
    if not base.line.empty or not typed or not new:
        return None
    changed, conflict = False, False
    for at in sorted(typed, reverse=True):
        held, due = theirs.text[slice(*typed[at])], ours.text[slice(*new[at])]
        conflict |= (
            bool(held and due)
            and alike(held) != alike(due)
            and not same_amount(held, due)
        )
        if due and not held:
            replace_text(read_line(theirs.element), *typed[at], due)
            changed = True
    if conflict:
        return MergeOutcome.CONFLICT
    return MergeOutcome.FIGURES if changed else MergeOutcome.KEPT


def _renamed(base: Paragraph, theirs: Paragraph, ours: Paragraph) -> MergeOutcome:
    """A value may have another name than before, its paragraph being the same."""
    if base.marks == ours.marks:
        return MergeOutcome.KEPT
    at = {span: name for name, span in ours.line.marks.items()}
    names = {
        name: at[span]
        for name, span in base.line.marks.items()
        if span in at and at[span] != name
    }
    changed = False
    for mark in theirs.element.iter(f"{W}bookmarkStart"):
        name = str(mark.get(f"{W}name"))
        if name in names:
            mark.set(f"{W}name", names[name])
            changed = True
    return MergeOutcome.RENAMED if changed else MergeOutcome.KEPT


def _rewrite(
    base: Paragraph, theirs: Paragraph, ours: Paragraph, style_map: StyleMap
) -> None:
    """Puts our text into an untouched paragraph; the look that a person gave it stays."""
    if is_plain(theirs.element) and is_plain(ours.element):
        looks = _looks(theirs)
        if looks == _looks(base) or not looks:
            _put(theirs.element, ours.element, style_map, keep=False)
            return
        if len(looks) == 1:
            _put(theirs.element, ours.element, style_map, keep=True)
            return
    carry_figures(theirs, [base], [ours])
    now = read_line(theirs.element)
    for tag, start, end, from_, to in reversed(
        SequenceMatcher(None, now.text, ours.text, autojunk=False).get_opcodes()
    ):
        if tag != "equal":
            _replace_round_objects(
                theirs, now.text, start, end, ours.text[from_:to].replace(OBJECT, "")
            )


def _replace_round_objects(
    theirs: Paragraph, text: str, start: int, end: int, new: str
) -> None:
    """Puts `new` in the place of text[start:end]; notes and pictures within stay, behind it."""
    places = [start, *(n + 1 for n in range(start, end) if text[n] == OBJECT)]
    ends = [*(n - 1 for n in places[1:]), end]
    for number, (from_, to) in reversed(
        list(enumerate(zip(places, ends, strict=True)))
    ):
        put = "" if number else new
        if from_ < to or put:
            replace_text(read_line(theirs.element), from_, to, put)


def is_plain(paragraph: etree._Element) -> bool:
    """Whether a paragraph is runs of text and our bookmarks and nothing else that could be lost."""
    return not extras(paragraph)


def extras(paragraph: etree._Element) -> Counter[str]:
    """What a paragraph holds beside runs of text and our bookmarks: pictures, fields, comments, page breaks."""
    found: Counter[str] = Counter()
    own = set()
    for child in paragraph:
        tag = str(child.tag)
        if tag == f"{W}r":
            found.update(
                str(one.tag)
                for one in child
                if one.tag not in _IN_RUNS or _is_page_break(one)
            )
        elif tag == f"{W}bookmarkStart":
            name = str(child.get(f"{W}name", ""))
            if name.startswith(PREFIX) or name == "_GoBack":
                own.add(child.get(f"{W}id"))
            else:
                found[tag] += 1
        elif tag == f"{W}bookmarkEnd":
            found[tag] += child.get(f"{W}id") not in own
        elif tag not in _PLAIN:
            found[tag] += 1
    return +found


def _is_page_break(element: etree._Element) -> bool:
    return element.tag == f"{W}br" and element.get(f"{W}type") in {"page", "column"}


def _looks(paragraph: Paragraph) -> list[tuple[str, ...]]:
    """The looks of its runs, those with the same look beside each other taken as one."""
    looks: list[tuple[str, ...]] = []
    for run in paragraph.element.iter(f"{W}r"):
        look = _look(run.find(f"{W}rPr"))
        if run.findtext(f"{W}t") and (not looks or looks[-1] != look):
            looks.append(look)
    return looks


def _look(properties: etree._Element | None) -> tuple[str, ...]:
    if properties is None:
        return ()
    found = []
    for one in properties:
        given = sorted(
            (str(key), str(value))
            for key, value in one.items()
            if not str(key).endswith("}hint")
        )
        if one.tag not in _NO_LOOK and (given or one.tag != f"{W}rFonts"):
            found.append(f"{one.tag}{given}")
    return tuple(sorted(found))


def _put(
    theirs: etree._Element, ours: etree._Element, style_map: StyleMap, *, keep: bool
) -> None:
    """Our runs in the place of theirs; to `keep` the look of theirs, the one of its first run with text."""
    new = style_map.copied(ours)
    if new is None:  # has a link: not plain, so it does not come here
        return
    look = next(
        (run.find(f"{W}rPr") for run in theirs.iter(f"{W}r") if run.findtext(f"{W}t")),
        None,
    )
    for child in [one for one in theirs if one.tag != f"{W}pPr"]:
        theirs.remove(child)
    for child in [one for one in new if one.tag != f"{W}pPr"]:
        if child.tag == f"{W}r" and keep:
            for old in child.findall(f"{W}rPr"):
                child.remove(old)
            child[:0] = [] if look is None else [copy.deepcopy(look)]
        theirs.append(child)


def _printed_values(blocks: Iterable[Block]) -> dict[str, str]:
    """The texts of the values printed in the paragraphs among some blocks, by the names of their marks."""
    return {
        name: one.line.marked(name)
        for one in blocks
        if isinstance(one, Paragraph)
        for name in one.marks
    }


def carry_figures(
    theirs: Paragraph, base: Iterable[Block], ours: Iterable[Block]
) -> bool:
    """Brings up to date each value in a paragraph that stands as it was printed; whether there was one.

    base, ours: where the values were printed, then and now; for a paragraph of a person's own all of the container.
    """
    changed = False
    printed, new = _printed_values(base), _printed_values(ours)
    for name in _innermost(theirs):
        line = read_line(theirs.element)
        before, now = printed.get(name), new.get(name)
        if before is None or now is None or before == now or name not in line.marks:
            continue
        if alike(line.marked(name)) == alike(before):
            replace_text(line, *line.marks[name], now)
            changed = True
    return changed


def _innermost(paragraph: Paragraph) -> list[str]:
    """The marks that hold no other mark."""
    marks = paragraph.line.marks
    return [
        name
        for name, (start, end) in marks.items()
        if not any(
            start <= s and e <= end and (s, e) != (start, end)
            for other, (s, e) in marks.items()
            if other != name
        )
    ]


def is_explained(base: Paragraph, theirs: Paragraph, ours: Paragraph) -> bool:
    """Whether values that stand in theirs as printed, or as they are now, are all that is new in our paragraph."""
    text = base.text
    standing = {
        name: (alike(base.line.marked(name)), alike(ours.line.marked(name)))
        for name in base.marks & theirs.marks & ours.marks
    }
    spans = sorted(
        (
            (base.line.marks[name], name)
            for name in _innermost(base)
            if name in standing and alike(theirs.line.marked(name)) in standing[name]
        ),
        reverse=True,
    )
    for (start, end), name in spans:
        text = text[:start] + ours.line.marked(name) + text[end:]
    return text == ours.text
