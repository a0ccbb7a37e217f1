"""The unit's own paragraphs with the numbers in them, read once for all rules that look at numbers in prose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.checks.blocks import Block
from reportgen.narrative.numbers import Quantity, read_quantities

_CLAUSE, _SENTENCE = "，。；！？,;\n", "。；！？;\n"
_LONGEST = 60  # characters in front of a number that can still say what it is


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph and its quantities, from left to right."""

    block: Block
    quantities: tuple[Quantity, ...]

    def label(self, position: int) -> str:
        """What stands between a quantity and the mark or quantity before it: 在职人员 before 15人."""
        one = self.quantities[position]
        start = self.quantities[position - 1].end if position else 0
        start = self._after_last(_CLAUSE, max(start, one.start - _LONGEST), one.start)
        return self.block.text[start : one.start]

    def sentence_start(self, one: Quantity) -> int:
        """Where the sentence of a quantity begins."""
        return self._after_last(_SENTENCE, 0, one.start)

    def before(self, one: Quantity) -> str:
        """The sentence up to the quantity."""
        return self.block.text[self.sentence_start(one) : one.start]

    def _after_last(self, marks: str, start: int, end: int) -> int:
        text = self.block.text
        return max(start, *(text.rfind(mark, start, end) + 1 for mark in marks))


def read_prose(blocks: Iterable[Block], names: Iterable[str]) -> tuple[Passage, ...]:
    """Every paragraph with its quantities; numbers that belong to one of `names` are none."""
    listed = tuple(names)
    return tuple(Passage(block, tuple(read_quantities(block.text, listed))) for block in blocks)
