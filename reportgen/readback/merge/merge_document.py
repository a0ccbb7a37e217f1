"""Merges what would be printed now into the document that a person has edited; their file is kept and changed.

read (Document) → align (three_way) → decide per block (merge_blocks) → apply (blocks_edit, runs, figures, renumber).
"""

from reportgen.core.errors import TemplateError
from reportgen.ooxml.blocks import Box, text_boxes, twins
from reportgen.ooxml.comments import Comments
from reportgen.ooxml.document import Document, open_document
from reportgen.ooxml.document_identity import CUSTOM, own_property
from reportgen.ooxml.names import W
from reportgen.outputs.doubts import Doubts
from reportgen.outputs.steps import Merged
from reportgen.readback.compare.align import align
from reportgen.readback.compare.headers_footers import header_footer_pairs
from reportgen.readback.compare.resaved import is_resaved
from reportgen.readback.merge.merge_blocks import BlockMerger
from reportgen.readback.merge.merge_charts import merge_charts
from reportgen.readback.merge.merge_log import MergeLog
from reportgen.readback.merge.open_conflicts import (
    counted,
    findings_of,
    still_open,
    tell_open_conflicts,
)
from reportgen.readback.merge.style_map import StyleMap


def merge(
    base: bytes,
    theirs: bytes,
    ours: bytes,
    file: str = "",
    known: Doubts = (),
) -> Merged:
    """`theirs` with everything that is new in `ours` since `base` and that no person has touched.

    base: the document as it was printed; theirs: as it stands now, with what is `known` to be open in it; ours: as it
    would be printed now. Nothing that a person wrote goes; where both sides changed theirs stays, with a comment of
    Word at the spot and RBK004. Raises TemplateError where one of the three is no docx that can be read, and there is
    something new for it.
    """
    try:
        return _merged(base, theirs, ours, file, known)
    except TemplateError:
        if base == ours:
            return Merged(theirs, uncommented=known)
        raise


def _merged(
    base: bytes, theirs: bytes, ours: bytes, file: str, known: Doubts
) -> Merged:
    printed, edited = open_document(base, file), open_document(theirs, file)
    resaved = is_resaved(printed, edited)
    if base == ours and resaved:
        return Merged(theirs, resaved=True)
    new = printed if base == ours else open_document(ours, file)
    log = MergeLog(file, Comments(edited))
    merger = BlockMerger(log, StyleMap.of(edited))
    known = tuple(still_open(known, edited, new))
    body = printed.story(), edited.story(), new.story()
    _merge_story(merger, edited, edited.package.main, body, "正文")
    _merge_headers_footers(merger, printed, edited, new)
    merge_charts(log, printed, edited, new)
    _tell_print(edited, new)
    told = findings_of(log.doubts)
    log.doubts[:0] = known
    uncommented = counted(log.doubts, edited)
    tell_open_conflicts(edited, log)
    is_changed = bool(edited.changed or edited.added)
    data = edited.saved() if is_changed else theirs
    return Merged(
        data,
        told,
        tuple(log.changes),
        resaved,
        findings_of(log.doubts),
        uncommented,
    )


def _tell_print(edited: Document, new: Document) -> None:
    """The merged document says that it goes on from the new print."""
    told, own = (
        own_property(one.tree(CUSTOM)) if CUSTOM in one.package.parts else None
        for one in (new, edited)
    )
    if told is not None and own is not None and told.text != own.text:
        own.text = told.text
        edited.changed.add(CUSTOM)


_Stories = tuple[Box, Box, Box]  # base, theirs, ours


def _merge_story(
    merger: BlockMerger,
    edited: Document,
    part: str,
    stories: _Stories,
    where: str,
) -> None:
    """One story with its text boxes, which are kept apart from the paragraphs that they hang on."""
    log = merger.log
    log.touched = False
    _settle_adopted(log, stories[1])
    base, theirs, ours = (text_boxes(one.element) for one in stories)
    to_theirs, to_ours = align(base, theirs), align(base, ours)
    merger.merge(*stories, where)
    for number in sorted(to_theirs.keys() & to_ours.keys()):
        box, typed, new = (
            base[number],
            theirs[to_theirs[number]],
            ours[to_ours[number]],
        )
        merger.merge(box, typed, new, f"{where}文本框")
        _merge_twins(merger, box, typed, new, where)
    if log.touched:
        edited.changed.add(part)


def _settle_adopted(log: MergeLog, theirs: Box) -> None:
    """Takes the comments on conflicts off paragraphs that a person has since made what they ask for."""
    for reference in list(theirs.element.iter(f"{W}commentReference")):
        paragraph = next(reference.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            log.settle_adopted(paragraph)


def _merge_twins(
    merger: BlockMerger,
    base: Box,
    theirs: Box,
    ours: Box,
    where: str,
) -> None:
    """The same text box as it is written for old programs, of which nobody need be told."""
    log = merger.log
    doubts, changes = list(log.doubts), list(log.changes)
    for twin in twins(theirs):
        merger.merge(base, Box(twin), ours, where)
    log.doubts, log.changes = doubts, changes


def _merge_headers_footers(
    merger: BlockMerger, printed: Document, edited: Document, new: Document
) -> None:
    """Headers and footers, where all three have them."""
    now = {own: part for _, own, part in header_footer_pairs(printed, new)}
    for where, own, there in header_footer_pairs(printed, edited):
        if own in now:
            stories = (
                printed.story(own),
                edited.story(there),
                new.story(now[own]),
            )
            _merge_story(merger, edited, there, stories, where)
