"""Merges what would be printed now into the document that a person has edited; their file is kept and changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.core.findings import Finding
from reportgen.ooxml.lint import number_ids, style_ids
from reportgen.readback.compare.align import align
from reportgen.readback.compare.headers_footers import header_footer_pairs
from reportgen.readback.compare.resaved import is_resaved, only_resaved
from reportgen.readback.merge.merge_blocks import BlockMerger, Change, merge_container
from reportgen.readback.merge.merge_charts import merge_charts
from reportgen.readback.merge.style_map import StyleMap, highest_id
from reportgen.readback.read.blocks import text_boxes, twins
from reportgen.readback.read.comments import Comments
from reportgen.readback.read.document import Document, open_document


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged document, what a person should look at, and everything that was done."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    resaved: bool = False  # no word of `theirs` was a person's


def merge(base: bytes, theirs: bytes, ours: bytes, file: str = "") -> Merged:
    """`theirs` with everything that is new in `ours` since `base` and that no person has touched.

    base: the document as it was printed; theirs: as it stands now; ours: as it would be printed now. Nothing that a
    person wrote goes; where both sides changed theirs stays, with a comment of Word at the spot and RBK004. Raises
    TemplateError where one of the three is no docx that can be read.
    """
    if base == ours:
        return Merged(theirs, resaved=_only_resaved(base, theirs))
    documents = (
        open_document(base, file),
        open_document(theirs, file),
        open_document(ours, file),
    )
    printed, edited, new = documents
    resaved = is_resaved(printed, edited)
    comments = Comments(edited)
    styles = style_ids(edited.package)
    weaver = BlockMerger(
        file,
        StyleMap(
            styles if styles is not None else frozenset(), number_ids(edited.package)
        ),
        comments.add_to_paragraph,
    )
    weaver.style_map.next_id = count(
        max(highest_id(root) for _, root in edited.stories()) + 1
    )
    _story(
        weaver, edited, edited.package.main, printed.body, edited.body, new.body, "正文"
    )
    _margins(weaver, printed, edited, new)
    merge_charts(weaver, printed, edited, new)
    is_changed = bool(edited.changed or edited.added)
    data = edited.saved() if is_changed else theirs
    return Merged(data, tuple(weaver.findings), tuple(weaver.changes), resaved)


def _only_resaved(base: bytes, theirs: bytes) -> bool:
    """The same, of a file that need not be one that can be read: there is nothing new for it."""
    with suppress(TemplateError):
        return only_resaved(base, theirs)
    return False


def _story(
    weaver: BlockMerger,
    edited: Document,
    part: str,
    base: etree._Element,
    theirs: etree._Element,
    ours: etree._Element,
    where: str,
) -> None:
    """One story with its text boxes, which are kept apart from the paragraphs that they hang on."""
    weaver.touched = False
    boxes, there, now = text_boxes(base), text_boxes(theirs), text_boxes(ours)
    to_theirs, to_ours = align(boxes, there), align(boxes, now)
    merge_container(weaver, base, theirs, ours, where)
    for number, box in enumerate(boxes):
        if number in to_theirs and number in to_ours:
            typed, new = there[to_theirs[number]], now[to_ours[number]]
            merge_container(
                weaver, box.element, typed.element, new.element, f"{where}文本框"
            )
            for twin in twins(typed):
                said = len(weaver.findings), len(weaver.changes)
                merge_container(weaver, box.element, twin, new.element, where)
                del weaver.findings[said[0] :], weaver.changes[said[1] :]
    if weaver.touched:
        edited.changed.add(part)


def _margins(
    weaver: BlockMerger, printed: Document, edited: Document, new: Document
) -> None:
    """Headers and footers, where all three have them."""
    now = {own: part for _, own, part in header_footer_pairs(printed, new)}
    for where, own, there in header_footer_pairs(printed, edited):
        if own in now:
            _story(
                weaver,
                edited,
                there,
                printed.tree(own),
                edited.tree(there),
                new.tree(now[own]),
                where,
            )
