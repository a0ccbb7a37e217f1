"""The blocks of three documents merged: base as printed, theirs as edited, ours as it would be printed now.

In this order: which block is which (three_way); for each block of base what becomes of it; what is new in ours put in;
numbers of lists counted on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.ooxml.blocks import (
    Block,
    Holder,
    Paragraph,
    Table,
    cell_merge,
)
from reportgen.readback.compare.align import Alignment
from reportgen.readback.compare.places import Places
from reportgen.readback.merge.amounts import unnumbered
from reportgen.readback.merge.blocks_edit import (
    cell_merges,
    has_only_printed,
    remove_block,
    replace_block,
    take_cell_merge,
)
from reportgen.readback.merge.cut_paragraphs import cut_paragraph, merge_cut
from reportgen.readback.merge.figures import carry_figures
from reportgen.readback.merge.merge_log import (
    DELETED,
    KEPT_DELETED,
    NO_PLACE,
    ORPHAN,
    ORPHAN_WITH_MORE,
    MergeLog,
)
from reportgen.readback.merge.merge_paragraph import (
    MergeOutcome,
    merge_paragraph,
)
from reportgen.readback.merge.new_blocks import NewBlocks
from reportgen.readback.merge.regrouped import merge_regrouped, regrouped
from reportgen.readback.merge.renumber import renumber
from reportgen.readback.merge.style_map import StyleMap
from reportgen.readback.merge.three_way import ThreeWay

# 无, or a label with nothing behind it
_SAYS_NOTHING = re.compile(r"(?:^|[：。])无。?$|^$|：$")


@dataclass
class BlockMerger:
    """The merge of one document, container by container."""

    log: MergeLog
    style_map: StyleMap

    def merge(
        self, base: Holder, theirs: Holder, ours: Holder, where: str
    ) -> None:
        """Merges the blocks of one container, which is changed in theirs."""
        match = ThreeWay.of(base.parts, theirs.parts, ours.parts)
        places = Places(base.parts, where)
        pieces: list[
            Paragraph
        ] = []  # of paragraphs that a person cut or joined
        groups = regrouped(match)
        for group in groups:
            merge_regrouped(match, group, places.of(group.bases[0]), self.log)
        settled = {n for group in groups for n in group.bases}
        for position in range(len(base.parts)):
            if position in settled:
                continue
            cut = self._merge_if_cut(match, position, places.of(position))
            if cut is None:
                self._decide_block(match, position, places)
            else:
                pieces += cut
        self._carry_into_own(match)
        new = NewBlocks(
            match,
            pieces,
            groups,
            self.style_map,
            self.log,
            Places(ours.parts, where),
            theirs.element,
        )
        new.insert_all()
        printed = match.printed_elements() | set(new.counterparts.values())
        for _ in renumber(
            theirs.element, ours.parts, new.counterparts, printed
        ):
            self.log.changed("重排编号")

    def _merge_if_cut(
        self, match: ThreeWay, position: int, where: str
    ) -> Sequence[Paragraph] | None:
        """Merges a block that a person cut in two or joined to its neighbour; None where that is not so."""
        base, ours = match.base[position], match.ours_of(position)
        if not isinstance(base, Paragraph) or not isinstance(ours, Paragraph):
            return None
        cut = cut_paragraph(
            base, match.to_theirs.get(position), match.theirs, match.taken
        )
        if cut is None:
            return None
        if base.key == ours.key:
            return ()
        merge_cut(cut, base, ours, where, self.log)
        return cut.pieces

    def _decide_block(
        self, match: ThreeWay, position: int, places: Places
    ) -> None:
        """What becomes of one printed block: it stays deleted, is withdrawn, or is merged."""
        base, where = match.base[position], places.of(position)
        theirs, ours = match.theirs_of(position), match.ours_of(position)
        if theirs is None:
            if ours is not None:
                self._keep_deleted(base, ours, where)
        elif ours is None:
            self._withdraw(base, theirs, where)
        # that they are of one kind is what aligning them means
        elif isinstance(base, Paragraph):
            self._merge_paragraph(base, theirs, ours, where)  # type: ignore[arg-type]
        else:
            self._merge_holder(base, theirs, ours, places, position)  # type: ignore[arg-type]

    def _keep_deleted(self, base: Block, ours: Block, where: str) -> None:
        """What a person took out stays out; they are told where the data changed it since."""
        if not base.key:
            return
        self.log.changes.append(KEPT_DELETED)
        is_new = unnumbered(ours.text) != unnumbered(base.text)
        if is_new and not _SAYS_NOTHING.search(ours.text.strip()):
            self.log.doubt(DELETED, where, printed=base.text, new=ours.text)

    def _withdraw(self, base: Block, theirs: Block, where: str) -> None:
        """What the data no longer holds goes, unless a person has touched it."""
        is_untouched = theirs.key == base.key
        if is_untouched and has_only_printed(base.element, theirs.element):
            remove_block(theirs.element)
            self.log.changed("删去")
        elif theirs.key:
            cause = ORPHAN_WITH_MORE if is_untouched else ORPHAN
            self.log.settle(theirs.element)
            self.log.doubt(cause, where, typed=theirs.text)

    def _merge_paragraph(
        self,
        base: Paragraph,
        theirs: Paragraph,
        ours: Paragraph,
        where: str,
    ) -> None:
        self.style_map.learn(ours.element, theirs.element)
        typed = theirs.text
        if base.key and not theirs.key and ours.key != base.key:
            self._keep_deleted(base, ours, where)
            return
        outcome = merge_paragraph(base, theirs, ours, self.style_map)
        if outcome is MergeOutcome.CONFLICT:
            self.log.conflict(theirs.element, where, typed, ours.text)
            return
        if ours.key != base.key:
            self.log.settle(theirs.element)
        if outcome is MergeOutcome.RENAMED:
            self.log.touched = True
        elif outcome is not MergeOutcome.KEPT:
            self.log.changed(outcome.value)

    def _merge_holder(
        self,
        base: Holder,
        theirs: Holder,
        ours: Holder,
        places: Places,
        position: int,
    ) -> None:
        """A table or a row of which something is new."""
        self.style_map.learn(ours.element, theirs.element)
        is_as_before = base.key == ours.key and base.marks == ours.marks
        if is_as_before and cell_merges(base.element) == cell_merges(
            ours.element
        ):
            return
        if isinstance(base, Table):
            self.merge(base, theirs, ours, places.of(position))
        elif len(base.parts) == len(ours.parts):
            self._merge_row(base, theirs, ours, places, position)
        else:
            self._replace_row(base, theirs, ours, places.of(position))

    def _replace_row(
        self,
        base: Holder,
        theirs: Holder,
        ours: Holder,
        where: str,
    ) -> None:
        """A row that has another form now takes the place of one that nobody touched."""
        is_untouched = base.key == theirs.key
        copied = None
        if is_untouched and has_only_printed(base.element, theirs.element):
            copied = self.style_map.copied(ours.element)
        if copied is None:
            self.log.doubt(NO_PLACE, where, new=ours.text)
            return
        replace_block(theirs.element, copied)
        self.log.changed("更新")

    def _merge_row(
        self,
        base: Holder,
        theirs: Holder,
        ours: Holder,
        places: Places,
        row: int,
    ) -> None:
        """A row cell by cell."""
        pairs = Alignment.of_cells(base, theirs)
        for position, cell in enumerate(base.parts):
            place, at = places.of(row, position), pairs.pairs.get(position)
            new = ours.parts[position]
            if at is None:
                self._keep_deleted(cell, new, place)
            else:
                typed = theirs.parts[at]
                if cell_merge(cell.element) != cell_merge(new.element):
                    take_cell_merge(typed.element, new.element)
                    self.log.touched = True
                self.merge(cell, typed, new, place)  # type: ignore[arg-type]

    def _carry_into_own(self, match: ThreeWay) -> None:
        """Figures in paragraphs of a person's own, where one paragraph was made two."""
        for block in match.own():
            if not isinstance(block, Paragraph) or not block.marks:
                continue
            if carry_figures(block, match.base, match.ours):
                self.log.changed("更新数字")
