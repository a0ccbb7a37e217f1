"""One paragraph brought up to date: as a whole where nobody touched it, else figure by figure."""

from __future__ import annotations

import copy
from difflib import SequenceMatcher
from enum import Enum

from lxml import etree

from reportgen.readback.accepted import OBJECT, read_line, replace_text
from reportgen.readback.blocks import Paragraph
from reportgen.readback.fitting import Fitting
from reportgen.render.opc import W

_PLAIN = frozenset(
    W + name for name in ("r", "bookmarkStart", "bookmarkEnd", "pPr", "proofErr", "lastRenderedPageBreak")
)
_IN_RUNS = frozenset(W + name for name in ("rPr", "t", "tab", "br", "cr", "noBreakHyphen", "lastRenderedPageBreak"))
_ATTRIBUTES_OF_EDITING = tuple(f"{W}{name}" for name in ("rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidDel"))
_NO_LOOK = frozenset(W + name for name in ("lang", "noProof", "rFonts_hint"))


class Outcome(Enum):
    """What became of a paragraph of theirs."""

    KEPT = "保留"  # nothing to do
    UPDATED = "更新"
    FIGURES = "更新数字"  # of a sentence that a person rewrote
    CONFLICT = "冲突"


def merge_paragraph(base: Paragraph, theirs: Paragraph, ours: Paragraph, fitting: Fitting) -> Outcome:
    """Changes the paragraph of theirs in place; of a conflict only the figures that are still as printed."""
    printed, typed, new = base.text, theirs.text, ours.text
    if printed == new:
        return _renamed(base, theirs, ours)
    if typed == new:
        return Outcome.KEPT
    if base.key == theirs.key:
        _rewrite(base, theirs, ours, fitting)
        return Outcome.UPDATED
    updated = _figures(base, theirs, ours)
    if _explained(base, ours):
        return Outcome.FIGURES if updated else Outcome.KEPT
    return Outcome.CONFLICT


def _renamed(base: Paragraph, theirs: Paragraph, ours: Paragraph) -> Outcome:
    """A value may have another name than before, its paragraph being the same."""
    if base.marks == ours.marks:
        return Outcome.KEPT
    at = {span: name for name, span in ours.line.marks.items()}
    names = {name: at[span] for name, span in base.line.marks.items() if span in at and at[span] != name}
    changed = False
    for mark in theirs.element.iter(f"{W}bookmarkStart"):
        name = str(mark.get(f"{W}name"))
        if name in names:
            mark.set(f"{W}name", names[name])
            changed = True
    return Outcome.UPDATED if changed else Outcome.KEPT


def _rewrite(base: Paragraph, theirs: Paragraph, ours: Paragraph, fitting: Fitting) -> None:
    """Puts our text into an untouched paragraph; the look that a person gave it stays."""
    if is_plain(theirs.element) and is_plain(ours.element):
        looks = _looks(theirs)
        if looks == _looks(base):
            _put(theirs.element, ours.element, fitting, None)
            return
        if len(looks) == 1:
            _put(theirs.element, ours.element, fitting, theirs.element.find(f"{W}r/{W}rPr"))
            return
    _figures(base, theirs, ours)
    now = read_line(theirs.element)
    for tag, start, end, from_, to in reversed(
        SequenceMatcher(None, now.text, ours.text, autojunk=False).get_opcodes()
    ):
        if tag != "equal" and OBJECT not in now.text[start:end]:
            replace_text(read_line(theirs.element), start, end, ours.text[from_:to].replace(OBJECT, ""))


def is_plain(paragraph: etree._Element) -> bool:
    """Whether a paragraph is runs of text and bookmarks and nothing else that could be lost."""
    return all(
        child.tag in _PLAIN and (child.tag != f"{W}r" or all(one.tag in _IN_RUNS for one in child))
        for child in paragraph
    )


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
        given = sorted((str(key), str(value)) for key, value in one.items() if not str(key).endswith("}hint"))
        if one.tag not in _NO_LOOK and (given or one.tag != f"{W}rFonts"):
            found.append(f"{one.tag}{given}")
    return tuple(sorted(found))


def _put(theirs: etree._Element, ours: etree._Element, fitting: Fitting, look: etree._Element | None) -> None:
    """Our runs in the place of theirs; with `look` all of them get it."""
    for child in list(theirs):
        if child.tag != f"{W}pPr":
            theirs.remove(child)
    new = copy.deepcopy(ours)
    fitting.number(new)
    for child in list(new):
        if child.tag == f"{W}pPr":
            continue
        if child.tag == f"{W}r" and look is not None:
            old = child.find(f"{W}rPr")
            if old is not None:
                child.remove(old)
            child.insert(0, copy.deepcopy(look))
        theirs.append(child)


def _figures(base: Paragraph, theirs: Paragraph, ours: Paragraph) -> bool:
    """Brings up to date each printed value that stands as it was printed; whether there was one."""
    changed = False
    for name in _innermost(theirs):
        if name not in base.marks or name not in ours.marks:
            continue
        before, new = base.line.marked(name), ours.line.marked(name)
        line = read_line(theirs.element)
        if before != new and name in line.marks and line.marked(name) == before:
            replace_text(line, *line.marks[name], new)
            changed = True
    return changed


def _innermost(paragraph: Paragraph) -> list[str]:
    """The marks that hold no other mark."""
    marks = paragraph.line.marks
    return [
        name
        for name, (start, end) in marks.items()
        if not any(
            start <= s and e <= end and (s, e) != (start, end) for other, (s, e) in marks.items() if other != name
        )
    ]


def _explained(base: Paragraph, ours: Paragraph) -> bool:
    """Whether the values printed in it are all that is new in our paragraph."""
    text = base.text
    spans = sorted(((base.line.marks[name], name) for name in _innermost(base) if name in ours.marks), reverse=True)
    for (start, end), name in spans:
        text = text[:start] + ours.line.marked(name) + text[end:]
    return text == ours.text
