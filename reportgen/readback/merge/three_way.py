"""Which block is which in three documents: base as printed, theirs as edited, ours as it would be printed now."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

from reportgen.ooxml.blocks import Block, Blocks, TableRow
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.align import align, out_of_order
from reportgen.readback.merge.blocks_edit import has_only_printed, has_section

_SURELY_ONE = (
    90  # percent of likeness of a block as typed and as it is printed now
)


@dataclass(frozen=True)
class ThreeWay:
    """The blocks of one container of each document, and the positions in theirs and ours of those in base."""

    base: Blocks
    theirs: Blocks
    ours: Blocks
    to_theirs: dict[int, int]
    to_ours: dict[int, int]
    moved: set[int] = field(
        default_factory=set
    )  # that have another place in ours

    @classmethod
    def of(
        cls,
        base: Blocks,
        theirs: Blocks,
        ours: Blocks,
    ) -> ThreeWay:
        """The three aligned."""
        to_theirs, to_ours = align(base, theirs), align(base, ours)
        found = cls(base, theirs, ours, to_theirs, to_ours)
        found._pair_renamed()
        found._reorder()
        return found

    def _reorder(self) -> None:
        """What the data have in another order now goes here and comes there; what a person put to it moves with it."""
        by_a_person = out_of_order(self.to_theirs)
        for n in out_of_order(self.to_ours):
            theirs, base = self.theirs_of(n), self.base[n]
            if theirs is None:
                continue
            is_as_printed = theirs.key == base.key
            if is_as_printed and has_only_printed(base.element, theirs.element):
                del self.to_ours[n]
                continue
            is_of_data = n not in by_a_person and not has_section(
                theirs.element
            )
            if is_of_data and (is_as_printed or isinstance(base, TableRow)):
                self.moved.add(n)

    def _pair_renamed(self) -> None:
        """Pairs what has other names now that the data say of it what a person had typed: a name that came home."""
        free: dict[type, dict[int, str]] = {}
        for n in sorted(self.new()):
            block = self.ours[n]
            free.setdefault(type(block), {})[n] = block.key
        gone = [n for n in self.to_theirs if n not in self.to_ours]
        for position in gone:
            block = self.theirs[self.to_theirs[position]]
            texts = free.get(type(block), {}) if block.key else {}
            found = process.extractOne(
                block.key, texts, scorer=fuzz.ratio, score_cutoff=_SURELY_ONE
            )
            if found:
                self.to_ours[position] = found[2]
                del texts[found[2]]

    def theirs_of(self, position: int) -> Block | None:
        """A block of base as a person left it."""
        at = self.to_theirs.get(position)
        return None if at is None else self.theirs[at]

    def ours_of(self, position: int) -> Block | None:
        """A block of base as it would be printed now."""
        at = self.to_ours.get(position)
        return None if at is None else self.ours[at]

    @cached_property
    def taken(self) -> frozenset[int]:
        """The positions in theirs of what was printed, once all is aligned."""
        return frozenset(self.to_theirs.values())

    def own(self) -> list[Block]:
        """The blocks of theirs that a person put there."""
        return [one for n, one in enumerate(self.theirs) if n not in self.taken]

    def new(self) -> set[int]:
        """The positions of the blocks of ours that were not printed then."""
        return set(range(len(self.ours))).difference(self.to_ours.values())

    def printed_elements(self) -> frozenset[Element]:
        """The elements of theirs that were printed."""
        return frozenset(self.theirs[n].element for n in self.taken)
