"""What a person changed in a document since it was printed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, starmap

from reportgen.ooxml.blocks import (
    Block,
    Blocks,
    Box,
    Holder,
    Paragraph,
    TableRow,
    cell_merge,
    text_boxes,
)
from reportgen.ooxml.document import Document, open_document
from reportgen.ooxml.paragraph_text import (
    Line,
    filled,
    quoted_from_difference,
    with_values_of,
)
from reportgen.ooxml.tracked import refuse_changes
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.added_rows import AddedRow, added_row
from reportgen.readback.compare.align import Alignment, align
from reportgen.readback.compare.headers_footers import story_pairs
from reportgen.readback.compare.numbering import same_but_for_number
from reportgen.readback.compare.places import Places
from reportgen.readback.compare.split_paragraphs import (
    Pieces,
    in_pieces,
    pieces_of,
)
from reportgen.readback.compare.visible import VisibleValues

CHANGED, ADDED, DELETED, MOVED = "改", "增", "删", "移"
Mark = tuple[str, str, str | None]
_SHOWN = 80  # characters of a text before, and after


@dataclass(frozen=True)
class EditSpot:
    """A block of the base and its counterpart; where one of them is missing, what stands around it.

    `beside` are the elements of theirs by the positions of their counterparts in the base, `home` is what holds them.
    """

    old: Block | None
    new: Block | None
    home: Element
    position: int = 0  # of `old` in the base
    beside: dict[int, Element] = field(default_factory=dict)


@dataclass(frozen=True)
class Edit:
    """One change of a person: 改, 增, 删 or 移; where in words; before and after.

    `marks` are the printed values that stood in the paragraph, each with its text before and after, None where it is
    gone or its bookmark is lost; `spans` tell where they stand in the text as it is now. `row` is there where a whole
    row was added.
    """

    kind: str
    where: str
    before: str
    after: str
    marks: tuple[Mark, ...] = ()
    spans: tuple[tuple[int, int, str], ...] = ()
    heads: bool = False  # it is in a cell that goes on over the rows below
    row: AddedRow | None = None
    doubts: frozenset[str] = (
        frozenset()
    )  # the marks that do not hold what can be seen
    is_pending: bool = False  # it is a tracked change that nobody has accepted
    spot: EditSpot | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """All of it in a line: 改 （二）资金执行情况：甲 → 乙."""
        both = quoted_from_difference([self.before, self.after], _SHOWN)
        told = " → ".join(one or "（空）" for one in both if one or both[0])
        return f"{self.kind} {self.where}：{told}"


_Edits = Iterator[Edit]


def edits(base: bytes, theirs: bytes) -> tuple[Edit, ...]:
    """Every change from `base`, as printed, to `theirs`, in the order of the text; formatting is no change.

    Raises TemplateError where one of them is no docx that can be read.
    """
    if base == theirs:
        return ()
    printed, edited = open_document(base, ""), open_document(theirs, "")
    found = edits_between(printed, edited)
    if not any([refuse_changes(one) for one in edited.stories()]):
        return found
    typed = set(edits_between(printed, replace(edited, _stories={})))
    return tuple(replace(one, is_pending=one not in typed) for one in found)


def edits_between(base: Document, theirs: Document) -> tuple[Edit, ...]:
    """The same of two documents that are open, tracked changes taken as accepted."""
    stories = story_pairs(base, theirs)
    return tuple(chain(*starmap(_of_story, stories)))


def _of_story(where: str, base: Box, theirs: Box) -> _Edits:
    yield from _of_blocks(base, theirs, where)
    boxes, there = text_boxes(base.element), text_boxes(theirs.element)
    for number, other in align(boxes, there).items():
        yield from _of_blocks(boxes[number], there[other], f"{where}文本框")


def _of_blocks(container: Holder, edited: Holder, where: str) -> _Edits:
    """What was changed in one container: first of what was printed there, then what is new in it."""
    base, theirs = container.parts, edited.parts
    pairs = Alignment.of(base, theirs)
    places = Places(base, where)
    joined = _joined(base, theirs, pairs)
    # by id, the pieces of paragraphs that were cut or joined
    read = {id(one) for whole in joined.values() for one in whole.pieces}
    beside = {n: theirs[at].element for n, at in pairs.pairs.items()}
    furthest = -1
    for position, block in enumerate(base):
        place = places.of(position)
        at = pairs.pairs.get(position)
        if at is None:
            if block.key and id(block) not in read:
                spot = EditSpot(block, None, edited.element, position, beside)
                lost = _lost(block)
                yield Edit(DELETED, place, block.text, "", lost, spot=spot)
            continue
        if at < furthest and block.key and block.key == theirs[at].key:
            yield Edit(MOVED, place, block.text, theirs[at].text)
        furthest = max(furthest, at)
        cut = in_pieces(block, at, theirs, pairs.back)
        read.update(map(id, pieces_of(cut)))
        whole = joined.get(position, block)
        yield from _of_pair(whole, cut or theirs[at], places, position)
    yield from _added(edited, base, pairs, places, read)


def _joined(
    base: Blocks, theirs: Blocks, pairs: Alignment
) -> dict[int, Pieces]:
    """The paragraphs of which a person made one, by the position of the one that it is the counterpart of."""
    found = {
        n: in_pieces(theirs[at], n, base, pairs.pairs)
        for n, at in pairs.pairs.items()
    }
    return {n: whole for n, whole in found.items() if whole}


def _added(
    edited: Holder,
    base: Blocks,
    pairs: Alignment,
    places: Places,
    read: set[int],
) -> _Edits:
    """What stands in theirs and was not printed."""
    for position, block in enumerate(edited.parts):
        is_new = position not in pairs.back and id(block) not in read
        if not is_new or not block.key:
            continue
        before = next(pairs.bases_before(position), -1)
        heading = places.above(before + 1)
        row = None
        if isinstance(block, TableRow):
            row = added_row(block, position, base, pairs)
        spot = EditSpot(None, block, edited.element)
        yield Edit(ADDED, heading, "", block.text, row=row, spot=spot)


def _of_pair(
    base: Block, theirs: Block, places: Places, position: int
) -> _Edits:
    """What was changed in one block; that both are of one kind is what aligning them means."""
    if base.text == theirs.text:
        return
    if isinstance(base, Paragraph) and isinstance(theirs, Paragraph):
        yield from _of_paragraph(base, theirs, places.of(position))
    elif isinstance(base, TableRow) and isinstance(theirs, TableRow):
        yield from _of_row(base, theirs, places, position)
    elif isinstance(base, Holder) and isinstance(theirs, Holder):
        yield from _of_blocks(base, theirs, places.of(position))


def _of_paragraph(base: Paragraph, theirs: Paragraph, where: str) -> _Edits:
    is_regrouped = Pieces in {type(base), type(theirs)}
    if is_regrouped and base.key == theirs.key:
        for one in pieces_of(base)[1:]:  # where a paragraph ends is layout
            yield Edit(MOVED, where, one.text, theirs.text)
    elif not same_but_for_number(base, theirs):
        visible = VisibleValues(base.line, theirs.line)
        values = list(visible.values())
        stood = (
            (name, base.line.marked(name), text) for name, text, _ in values
        )
        yield Edit(
            CHANGED,
            where,
            base.text,
            theirs.text,
            (*stood, *_filled_in(base.line, theirs.line)),
            tuple(sorted((*span, name) for name, _, span in values if span)),
            doubts=frozenset(filter(visible.is_doubtful, base.line.marks)),
            spot=EditSpot(base, theirs, theirs.element),
        )


def _of_row(
    base: TableRow, theirs: TableRow, places: Places, row: int
) -> _Edits:
    """What was changed in a row, cell by cell."""
    pairs = Alignment.of_cells(base, theirs)
    for position, cell in enumerate(base.parts):
        place = places.of(row, position)
        at = pairs.pairs.get(position)
        if at is None:
            yield Edit(DELETED, place, cell.text, "", _lost(cell))
        else:
            heads = cell_merge(cell.element) == "restart"
            for one in _of_blocks(cell, theirs.parts[at], place):  # type: ignore[arg-type]
                yield replace(one, heads=heads)
    for position, cell in enumerate(theirs.parts):
        if position not in pairs.back and cell.key:
            yield Edit(ADDED, places.of(row), "", cell.text)


def _lost(block: Block) -> tuple[Mark, ...]:
    """The printed values of what was deleted; those of a table or a row without their texts."""
    if not isinstance(block, Paragraph):
        return tuple((name, "", None) for name in sorted(block.marks))
    line = block.line
    return tuple((name, line.marked(name), None) for name in line.marks)


def _filled_in(base: Line, theirs: Line) -> Iterator[Mark]:
    """What was typed into blanks: editors leave the bookmark of a blank empty beside the words, or drop it."""
    if not base.empty:
        return
    if not base.text.strip() and len(base.empty) == 1:
        # a blank cell, filled in beside its mark
        yield next(iter(base.empty)), "", theirs.text
        return
    base = with_values_of(base, theirs, base.innermost())
    spans, places = filled(base, theirs), list(base.empty.values())
    for name, at in base.empty.items():
        if at in spans and places.count(at) == 1:
            start, end = spans[at]
            if start < end:
                yield name, "", theirs.text[start:end]
        elif name in theirs.marks:
            yield name, "", theirs.marked(name)
