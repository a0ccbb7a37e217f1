"""Two versions of a document as one with tracked changes: all accepted it is the new one, all refused the old."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.ooxml.blocks import Box
from reportgen.ooxml.document import Document, open_document
from reportgen.ooxml.document_identity import CUSTOM, own_property
from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, highest_id
from reportgen.publishing.tracked_changes import accept_changes
from reportgen.readback.compare.align import align
from reportgen.readback.compare.headers_footers import header_footer_pairs
from reportgen.readback.redline.changed_blocks import Redline
from reportgen.readback.redline.marks import Marks

_NOTES = ("footnotes", "endnotes")
_NUMBERED = word_names("ins del bookmarkStart comment moveFrom moveTo")
_MARGINS = "页眉、页脚只在一份里有的，没有对照"


@dataclass(frozen=True)
class Redlined:
    """The document with its changes, how many came and went, and what could not be shown."""

    data: bytes
    came: int
    went: int
    notes: tuple[str, ...] = ()


def redline(
    old: bytes, new: bytes, files: tuple[str, str] = ("", "")
) -> Redlined:
    """`new` with all that was changed since `old` as tracked changes; those that either has are taken as accepted.

    `files` are what they are called. Raises TemplateError where one of them is no docx that can be read.
    """
    before = open_document(old, files[0])
    after = open_document(new, files[1])
    for document in (before, after):
        _accept(document)
    parts = _stories(after)
    marks = Marks(max(map(_highest, map(after.tree, parts))) + 1)
    line = Redline(marks, _styles(after))
    line.mark(before.story(), after.story())
    for _, own, there in header_footer_pairs(before, after):
        line.mark(before.story(own), after.story(there))
    for kind in _NOTES:
        _mark_notes(
            before.related(kind), after.related(kind), before, after, line
        )
    after.changed |= {*parts, *_forgotten_identity(after)}
    is_unlike = len(before.margins()) != len(after.margins())
    trees = [after.tree(one) for one in parts]
    return Redlined(
        after.saved(),
        sum(_count(one, f"{W}ins") for one in trees),
        sum(_count(one, f"{W}del") for one in trees),
        (_MARGINS,) if is_unlike else (),
    )


def _stories(document: Document) -> list[str]:
    """The parts with text that are compared."""
    notes = filter(None, map(document.related, _NOTES))
    return [document.package.main, *document.margins(), *notes]


def _accept(document: Document) -> None:
    for part in _stories(document):
        accept_changes(document.tree(part))


def _highest(root: Element) -> int:
    return highest_id(root.iter(*_NUMBERED))


def _count(root: Element, tag: str) -> int:
    return sum(1 for _ in root.iter(tag))


def _styles(document: Document) -> frozenset[str]:
    part = document.related("styles")
    found = document.tree(part).iter(f"{W}style") if part else ()
    return frozenset(one.get(f"{W}styleId", "") for one in found)


def _mark_notes(
    own: str,
    there: str,
    before: Document,
    after: Document,
    line: Redline,
) -> None:
    """Marks the notes that both have; one that came or went comes and goes with its sign in the text."""
    if not own or not there:
        return
    old, new = _notes(before.tree(own)), _notes(after.tree(there))
    for number, other in align(old, new).items():
        line.mark(old[number], new[other])


def _notes(root: Element) -> list[Box]:
    return [Box(one) for one in root if one.get(f"{W}type") is None]


def _forgotten_identity(document: Document) -> set[str]:
    """Takes out by which the document is known as one that was printed: this one is only to be looked at."""
    if CUSTOM not in document.package.parts:
        return set()
    told = own_property(document.tree(CUSTOM))
    if told is not None:
        told.text = ""
    return {CUSTOM}
