"""What is new in ours put into theirs: behind the counterpart of what stands before it there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from reportgen.ooxml.blocks import (
    Block,
    Paragraph,
    TableRow,
    content_of,
)
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import read_line, replace_text
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.places import Places
from reportgen.readback.merge.amounts import unnumbered
from reportgen.readback.merge.blocks_edit import (
    fill_up_row,
    has_only_printed,
    place_block,
    replace_block,
)
from reportgen.readback.merge.came_home import (
    OwnBlocks,
    came_home,
    cells_typed_otherwise,
    has_labels_of_its_group,
)
from reportgen.readback.merge.merge_log import (
    DELETED,
    KEPT_DELETED,
    NO_PICTURE,
    NO_PLACE,
    TYPED_OTHERWISE,
    MergeLog,
)
from reportgen.readback.merge.regrouped import (
    Regrouped,
    deleted_paragraphs,
    whole_of,
)
from reportgen.readback.merge.runs import replace_content
from reportgen.readback.merge.style_map import StyleMap
from reportgen.readback.merge.three_way import ThreeWay


@dataclass
class NewBlocks:
    """The new blocks of one container; `counterparts` are the elements of theirs by the positions of ours."""

    match: ThreeWay
    pieces: Sequence[Paragraph]  # of paragraphs that a person cut or joined
    groups: Sequence[Regrouped]  # what the data cut or joined, and is settled
    style_map: StyleMap
    log: MergeLog
    places: Places
    home: Element  # the container in theirs
    counterparts: dict[int, Element] = field(default_factory=dict)
    deleted: Sequence[Paragraph] = ()  # of which a person left nothing

    def insert_all(self) -> None:
        """Puts each new block where it belongs, unless a person wrote the same there already."""
        match = self.match
        settled = {n for group in self.groups for n in group.news}
        moved = {match.to_ours[n]: match.theirs_of(n) for n in match.moved}
        self._find_counterparts(settled | moved.keys())
        own = OwnBlocks([*match.own(), *self.pieces])
        self.deleted = deleted_paragraphs(match)
        new = match.new()
        for position, block in enumerate(match.ours):
            theirs = moved.get(position)
            if position in settled:
                continue
            if theirs is not None:
                self._move(theirs, position)
            elif position in new:
                self._put_in(own, block, position)

    def _find_counterparts(self, apart: Collection[int]) -> None:
        """The elements of theirs by the positions of ours, but for those that are to be moved."""
        match = self.match
        for n, there in match.to_ours.items():
            block = match.theirs_of(n)
            if block is not None and there not in apart:
                self.counterparts[there] = block.element
        for group in self.groups:
            pairs = zip(group.news, group.standing, strict=False)
            self.counterparts.update({n: one.element for n, one in pairs})

    def _move(self, theirs: Block, position: int) -> None:
        """A block goes to where the data have it now, with all that a person put to it."""
        place_block(theirs.element, position, self.counterparts, self.home)
        self.counterparts[position] = theirs.element
        self.log.changed("移动")

    def _put_in(self, own: OwnBlocks, block: Block, position: int) -> None:
        """One new block, where it does not stand there already by the hand of a person and they did not delete it."""
        typed, whole = came_home(own, block), whole_of(block, self.deleted)
        where = self.places.above(position)
        if typed is not None:
            self._take_home(typed, block, position)
        elif whole is not None:
            self._keep_out(block, whole, where)
        else:
            self._insert(block, position, where)

    def _keep_out(self, new: Block, deleted: Block, where: str) -> None:
        """A part of what a person deleted stays out like the rest; they are told of figures that are new."""
        self.log.changes.append(KEPT_DELETED)
        if unnumbered(new.text) not in unnumbered(deleted.text):
            self.log.doubt(DELETED, where, printed=deleted.text, new=new.text)

    def _take_home(self, typed: Block, new: Block, position: int) -> None:
        """What a person was faster to write stays; a row takes the form of the print, with all that is computed."""
        self.counterparts[position] = typed.element
        if not isinstance(typed, TableRow) or typed.key == new.key:
            return
        above = self.match.ours[: position + 1]
        if not has_labels_of_its_group(typed, above):
            return
        if not has_only_printed(new.element, typed.element):
            return
        copied = self.style_map.copied(new.element)
        if copied is not None:
            replace_block(typed.element, copied)
            self.counterparts[position] = copied
            self.log.changed("更新")
            self._keep_typed(typed, TableRow(copied), position)

    def _keep_typed(
        self, typed: TableRow, row: TableRow, position: int
    ) -> None:
        """What a person typed otherwise than it is printed stays in its cell, and is told."""
        for column, own in cells_typed_otherwise(typed, row).items():
            cell = row.parts[column]
            paragraph = next(cell.element.iter(f"{W}p"))
            line, now = read_line(paragraph), cell.text
            if line.pieces:
                replace_text(line, 0, len(line.text), own.text)
            else:
                replace_content(cell.element, content_of(own.element))
                paragraph = next(cell.element.iter(f"{W}p"))
            if now.strip():
                place = self.places.of(position, column)
                self.log.conflict(
                    paragraph, place, own.text, now, TYPED_OTHERWISE
                )

    def _insert(self, block: Block, position: int, where: str) -> None:
        new = self.style_map.copied(block.element)
        if new is None or not place_block(
            new, position, self.counterparts, self.home
        ):
            if block.key:
                cause = NO_PICTURE if new is None else NO_PLACE
                self.log.doubt(cause, where, new=block.text)
            return
        if isinstance(block, TableRow) and position:
            beside = self.counterparts.get(position - 1)
            fill_up_row(new, beside, self.match.ours[position - 1].element)
        self.counterparts[position] = new
        self.log.touched = True
        if block.key:
            self.log.changes.append("新增")
