"""The blocks of two documents as one: what is in both with its changes marked, what came, and what went put back in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportgen.ooxml.blocks import (
    Block,
    Blocks,
    Holder,
    Paragraph,
    Table,
    text_boxes,
    twins,
)
from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.align import align, out_of_order
from reportgen.readback.redline.changed_paragraphs import mark_changes
from reportgen.readback.redline.marks import CAME, WENT, Marks
from reportgen.readback.redline.put_back import paragraph_of, row_of, table_of

_Pairs = dict[int, int]


class _Step(NamedTuple):
    """A block of either document, or one of both."""

    old: Block | None
    new: Block | None

    @property
    def kind(self) -> str:
        """Whether it came or went; "" for what is in both."""
        if self.old is None:
            return CAME
        return WENT if self.new is None else ""

    @property
    def is_paragraph(self) -> bool:
        """Whether it is one."""
        return isinstance(self.old or self.new, Paragraph)


@dataclass(frozen=True)
class Redline:
    """Marks the changes of a story; `styles` are those that the new document has."""

    marks: Marks
    styles: frozenset[str]

    def mark(self, old: Holder, new: Holder) -> None:
        """Marks in `new` what was changed since `old`."""
        boxes, there = text_boxes(old.element), text_boxes(new.element)
        for number, other in align(boxes, there).items():
            for twin in twins(there[other]):
                self._mark_blocks(boxes[number], type(there[other])(twin))
            self._mark_blocks(boxes[number], there[other])
        self._mark_blocks(old, new)

    def _mark_blocks(self, old: Holder, new: Holder) -> None:
        pairs = _block_pairs(old.parts, new.parts)
        steps = list(_steps(old.parts, new.parts, pairs))
        ends = dict(self._put_in(steps, new.element))
        for step in steps:
            self._mark_step(step)
        for element, kind in ends.values():
            self.marks.mark_end(element, kind)

    def _put_in(
        self, steps: Sequence[_Step], home: Element
    ) -> Iterator[tuple[int, tuple[Element, str]]]:
        """Puts in what went; gives the paragraphs whose ends are to be marked, and as what."""
        elements = self._placed(steps, home)
        trailing = len(steps)
        while trailing and steps[trailing - 1].kind:
            trailing -= 1
        for position, step in enumerate(steps):
            # the last end of a story cannot come or go: of what is behind all else, each takes the end before it
            at = position - 1 if position >= trailing else position
            if step.kind and step.is_paragraph and at >= 0:
                yield at, (elements[at], step.kind)

    def _placed(self, steps: Sequence[_Step], home: Element) -> list[Element]:
        """The elements of all steps, in the document."""
        elements: list[Element] = []
        waiting: list[Element] = []
        last: Element | None = None
        for step in steps:
            if step.new is None and step.old is not None:
                waiting.append(self._went(step.old))
                elements.append(waiting[-1])
            elif step.new is not None:
                last = step.new.element
                for one in waiting:
                    last.addprevious(one)
                waiting = []
                elements.append(last)
        for one in reversed(waiting):
            if last is None:
                home.insert(0, one)
            else:
                last.addnext(one)
        return elements

    def _went(self, block: Block) -> Element:
        """A block that went, marked so."""
        if isinstance(block, Paragraph):
            made = paragraph_of(block.element, self.styles)
            self.marks.wrap_all(made, WENT)
            return made
        made = table_of(block, self.styles)
        for row in made.findall(f"{W}tr"):
            self.marks.mark_row(row, WENT)
        return made

    def _mark_step(self, step: _Step) -> None:
        old, new = step.old, step.new
        if new is None:
            return
        if old is None:
            self._mark_came(new)
        elif isinstance(old, Paragraph):
            if old.text != new.text:
                mark_changes(old.element, new.element, self.marks)
        elif isinstance(old, Table) and isinstance(new, Table):
            self._mark_rows(old, new)

    def _mark_came(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self.marks.wrap_all(block.element, CAME)
        elif isinstance(block, Table):
            for row in block.parts:
                self.marks.mark_row(row.element, CAME)

    def _mark_rows(self, old: Table, new: Table) -> None:
        pairs = _in_order(align(old.parts, new.parts))
        alike = {
            n: at
            for n, at in pairs.items()
            if _shape(old.parts[n]) == _shape(new.parts[at])
        }
        waiting: list[Element] = []
        for step in _steps(old.parts, new.parts, alike):
            if isinstance(step.old, Holder) and step.new is None:
                row = row_of(step.old, self.styles)
                self.marks.mark_row(row, WENT)
                waiting.append(row)
                continue
            if step.new is None:
                continue
            for row in waiting:
                step.new.element.addprevious(row)
            waiting = []
            self._mark_row(step.old, step.new)
        for row in reversed(waiting):
            new.parts[-1].element.addnext(row)

    def _mark_row(self, old: Block | None, new: Block) -> None:
        if not isinstance(old, Holder) or not isinstance(new, Holder):
            self.marks.mark_row(new.element, CAME)
            return
        for before, after in zip(old.parts, new.parts, strict=True):
            if isinstance(before, Holder) and isinstance(after, Holder):
                self._mark_blocks(before, after)


def _shape(row: Block) -> list[str]:
    """How many columns each cell of a row goes over: rows of another shape are other rows."""
    cells = row.parts if isinstance(row, Holder) else ()
    spans = (one.element.find(f"{W}tcPr/{W}gridSpan") for one in cells)
    return ["1" if one is None else one.get(f"{W}val", "1") for one in spans]


def _columns(table: Block) -> int:
    return len(table.element.findall(f"{W}tblGrid/{W}gridCol"))


def _in_order(pairs: _Pairs) -> _Pairs:
    """The pairs but for those across others: what was moved went here and came there."""
    moved = set(out_of_order(pairs))
    return {n: at for n, at in pairs.items() if n not in moved}


def _block_pairs(old: Blocks, new: Blocks) -> _Pairs:
    """Which block is which. The last paragraphs of a story belong together where nothing else ends it well."""
    pairs = {
        n: at
        for n, at in _in_order(align(old, new)).items()
        if isinstance(old[n], Paragraph)
        or _columns(old[n]) == _columns(new[at])
    }
    if not old or not new or _ends_well(old, new, pairs):
        return pairs
    last, end = len(old) - 1, len(new) - 1
    kept = {n: at for n, at in pairs.items() if n < last and at < end}
    is_one = isinstance(old[last], Paragraph) and isinstance(
        new[end], Paragraph
    )
    return {**kept, last: end} if is_one else pairs


def _ends_well(
    old: Blocks,
    new: Blocks,
    pairs: _Pairs,
) -> bool:
    """Whether what is behind the last pair are paragraphs of one of the documents, behind a paragraph."""
    if not pairs:
        return False
    last, end = max(pairs.items())
    behind = (*old[last + 1 :], *new[end + 1 :])
    is_of_one = last == len(old) - 1 or end == len(new) - 1
    return (
        is_of_one
        and all(isinstance(one, Paragraph) for one in (old[last], *behind))
    ) or not behind


def _steps(
    old: Blocks,
    new: Blocks,
    pairs: _Pairs,
) -> Iterator[_Step]:
    """The blocks of both in one order: before what is in both stands what went, then what came."""
    back = {at: n for n, at in pairs.items()}
    done = 0
    came: list[_Step] = []
    for at, block in enumerate(new):
        if at not in back:
            came.append(_Step(None, block))
            continue
        yield from (_Step(one, None) for one in old[done : back[at]])
        yield from came
        came = []
        yield _Step(old[back[at]], block)
        done = back[at] + 1
    yield from (_Step(one, None) for one in old[done:])
    yield from came
