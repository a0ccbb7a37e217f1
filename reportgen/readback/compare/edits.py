"""What a person changed in a document since it was printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from reportgen.ooxml.package import W
from reportgen.readback.compare.align import align
from reportgen.readback.compare.headers_footers import header_footer_pairs
from reportgen.readback.compare.split_paragraphs import pieces_of, reworded_pieces
from reportgen.readback.read.blocks import (
    Block,
    Holder,
    Paragraph,
    Table,
    TableRow,
    blocks_in,
    text_boxes,
)
from reportgen.readback.read.document import Document, open_document
from reportgen.readback.read.paragraph_text import Line, filled

CHANGED, ADDED, DELETED, MOVED = "改", "增", "删", "移"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a person: 改, 增, 删 or 移; where in words; before and after.

    `marks` are the printed values that stood in the paragraph, each with its text before and after, None where it is
    gone or its bookmark is lost; `spans` tell where they stand in the text as it is now.
    """

    kind: str
    where: str
    before: str
    after: str
    marks: tuple[tuple[str, str, str | None], ...] = ()
    spans: tuple[tuple[int, int, str], ...] = ()
    heads: bool = False  # it is in a cell that goes on over the rows below


def edits(base: bytes, theirs: bytes) -> tuple[Edit, ...]:
    """Every change from `base`, as printed, to `theirs`, in the order of the text; formatting is no change.

    Raises TemplateError where one of them is no docx that can be read.
    """
    if base == theirs:
        return ()
    printed, edited = open_document(base, ""), open_document(theirs, "")
    return tuple(_of_documents(printed, edited))


def _of_documents(printed: Document, edited: Document) -> Iterator[Edit]:
    yield from _story(printed.body, edited.body, "正文")
    for where, own, there in header_footer_pairs(printed, edited):
        yield from _story(printed.tree(own), edited.tree(there), where)


def _story(base: etree._Element, theirs: etree._Element, where: str) -> Iterator[Edit]:
    yield from _blocks(tuple(blocks_in(base)), tuple(blocks_in(theirs)), where)
    boxes, there = text_boxes(base), text_boxes(theirs)
    for number, other in align(boxes, there).items():
        yield from _blocks(boxes[number].parts, there[other].parts, f"{where}文本框")


def _blocks(
    base: Sequence[Block], theirs: Sequence[Block], where: str
) -> Iterator[Edit]:
    pairs = align(base, theirs)
    came = {there: n for n, there in pairs.items()}
    headings = dict(enumerate(_headings(base, where)))
    cut: set[int] = set()
    furthest = -1
    for position, block in enumerate(base):
        heading, tables = headings[position]
        place = place_of(heading, block, position, tables)
        if position not in pairs:
            if block.key:
                yield Edit(DELETED, place, block.text, "", _marks(block, None))
            continue
        other = theirs[pairs[position]]
        if pairs[position] < furthest and block.key and block.key == other.key:
            yield Edit(MOVED, place, block.text, other.text)
        furthest = max(furthest, pairs[position])
        pieces = pieces_of(block, pairs[position], theirs, came)
        reworded = (
            None if pieces else reworded_pieces(block, pairs[position], theirs, came)
        )
        cut.update(map(id, reworded.pieces if reworded else pieces))
        if not pieces:  # where a paragraph ends is layout, like its look
            yield from _pair(block, reworded or other, place)
    for position, block in enumerate(theirs):
        if position not in came and block.key and id(block) not in cut:
            before = next(
                (came[n] for n in range(position - 1, -1, -1) if n in came), None
            )
            yield Edit(
                ADDED, where if before is None else headings[before][0], "", block.text
            )


def _headings(blocks: Sequence[Block], where: str) -> Iterator[tuple[str, int]]:
    """The heading above each block, or itself, and how many tables there were so far."""
    heading, tables = where, 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.is_heading:
            heading = block.text.strip()
        tables += isinstance(block, Table)
        yield heading, tables


def _pair(base: Block, theirs: Block, where: str) -> Iterator[Edit]:
    if base.key == theirs.key and base.text == theirs.text:
        return
    if isinstance(base, Paragraph) and isinstance(theirs, Paragraph):
        if base.text != theirs.text:
            yield Edit(
                CHANGED,
                where,
                base.text,
                theirs.text,
                _marks(base, theirs),
                _spans(base, theirs),
            )
    elif isinstance(base, Table) and isinstance(theirs, Table):
        yield from _blocks(base.parts, theirs.parts, where)
    elif isinstance(base, Holder) and isinstance(theirs, Holder):
        yield from _cells(base, theirs, where)


def _cells(base: Holder, theirs: Holder, where: str) -> Iterator[Edit]:
    alone = len(base.parts) == len(theirs.parts)
    pairs = (
        {n: n for n in range(len(base.parts))}
        if alone
        else align(base.parts, theirs.parts)
    )
    for position, cell in enumerate(base.parts):
        place = f"{where}第{position + 1}列"
        if position not in pairs:
            yield Edit(DELETED, place, cell.text, "", _marks(cell, None))
            continue
        other = theirs.parts[pairs[position]]
        if (
            isinstance(cell, Holder)
            and isinstance(other, Holder)
            and cell.text != other.text
        ):
            heads = (
                cell.element.find(f"{W}tcPr/{W}vMerge[@{W}val='restart']") is not None
            )
            yield from (
                replace(one, heads=heads)
                for one in _blocks(cell.parts, other.parts, place)
            )
    for position, cell in enumerate(theirs.parts):
        if position not in set(pairs.values()) and cell.key:
            yield Edit(ADDED, where, "", cell.text)


def _marks(
    base: Block, theirs: Paragraph | None
) -> tuple[tuple[str, str, str | None], ...]:
    if not isinstance(base, Paragraph):
        return tuple((name, "", None) for name in sorted(base.marks))
    there = theirs.line if theirs else None
    stood = tuple(
        (
            name,
            base.line.marked(name),
            there.marked(name) if there and name in there.marks else None,
        )
        for name in base.line.marks
    )
    return (
        (*stood, *_typed_in(base.line, there)) if there and base.line.empty else stood
    )


def _typed_in(base: Line, theirs: Line) -> Iterator[tuple[str, str, str | None]]:
    """What was typed into blanks: editors leave the bookmark of a blank empty beside the words, or drop it."""
    if (
        not base.text.strip() and len(base.empty) == 1
    ):  # a blank cell, filled in beside its mark
        yield next(iter(base.empty)), "", theirs.text
        return
    spans, places = filled(base, theirs), list(base.empty.values())
    for name, at in base.empty.items():
        if name in theirs.marks:
            yield name, "", theirs.marked(name)
        elif places.count(at) == 1 and at in spans and spans[at][0] < spans[at][1]:
            yield name, "", theirs.text[slice(*spans[at])]


def _spans(base: Paragraph, theirs: Paragraph) -> tuple[tuple[int, int, str], ...]:
    """Where in their text the printed values stand, as printed or typed over."""
    return tuple(
        sorted(
            (*span, name)
            for name, span in theirs.line.marks.items()
            if name in base.line.marks
        )
    )


def place_of(heading: str, block: Block, position: int, tables: int) -> str:
    """Where a block stands, in words: the heading above it, the table, the row."""
    if isinstance(block, TableRow):
        return f"{heading}第{position + 1}行"
    if isinstance(block, Table):
        return f"{heading}第{tables}个表格"
    return heading
