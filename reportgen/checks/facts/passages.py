"""The unit's own paragraphs with the numbers in them, read once for all rules that look at numbers in prose."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.text_index import TextIndex
from reportgen.figures.figure import FieldPath
from reportgen.narrative.numbers import A_NUMBER, Quantity, read_quantities
from reportgen.narrative.wording import NOTHING

_CLAUSE = re.compile(r"[，。；！？,;\n]")
SENTENCE_END = re.compile(r"[。；！？;\n]")
_DEFAULT = "{{"  # the pack's own text stands there too
_LONGEST = 60  # characters in front of a number that can still say what it is


@lru_cache(maxsize=4)
def _sentence_starts(text: str) -> list[int]:
    """Where the sentences of `text` begin; its numbers are asked for one after the other."""
    return [0, *(match.end() for match in SENTENCE_END.finditer(text))]


@lru_cache(maxsize=512)
def _clause(text: str, start: int, end: int) -> str:
    """The clause up to `end`; several rules ask for that of one number."""
    return _CLAUSE.split(text[start:end])[-1]


class ProseBlock(NamedTuple):
    """One paragraph and its quantities, from left to right."""

    block: Block
    quantities: tuple[Quantity, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return self.block.text

    @property
    def path(self) -> FieldPath:
        """Where it was typed."""
        return self.block.path

    def label(self, position: int) -> str:
        """What stands between a quantity and the mark or quantity before it: 在职人员 before 15人."""
        one = self.quantities[position]
        start = self.quantities[position - 1].end if position else 0
        return _clause(
            self.block.text, max(start, one.start - _LONGEST), one.start
        )

    def clause(self, one: Quantity) -> str:
        """The clause up to the quantity, other quantities included."""
        return _clause(self.block.text, 0, one.start)

    def sentence_start(self, one: Quantity) -> int:
        """Where the sentence of a quantity begins."""
        starts = _sentence_starts(self.block.text)
        return starts[bisect_right(starts, one.start) - 1]

    def sentence_of(self, position: int) -> int:
        """Where the sentence of the quantity at `position` begins."""
        return self.sentence_start(self.quantities[position])

    def before(self, one: Quantity) -> str:
        """The sentence up to the quantity."""
        return self.block.text[self.sentence_start(one) : one.start]


class ProseSection(NamedTuple):
    """One section of 叙述 as typed: its first paragraph, all of them, and their text."""

    first: Block
    passages: tuple[ProseBlock, ...]
    text: str

    @property
    def name(self) -> str:
        """存在问题."""
        return self.first.section

    @property
    def quantities(self) -> Iterator[Quantity]:
        """Every number in it."""
        return (one for passage in self.passages for one in passage.quantities)


def read_prose(
    blocks: Sequence[Block], index: TextIndex, names: Iterable[str]
) -> tuple[ProseBlock, ...]:
    """Every paragraph with its quantities; numbers that belong to one of `names` are none.

    `index` is all of them as one text: most hold no number, and are not looked at one by one.
    """
    listed = tuple(names)
    numbered = index.lines(A_NUMBER)
    return tuple(
        ProseBlock(block, tuple(read_quantities(block.text, listed)))
        if position in numbered
        else ProseBlock(block, ())
        for position, block in enumerate(blocks)
    )


def read_sections(passages: Iterable[ProseBlock]) -> tuple[ProseSection, ...]:
    """The sections of 叙述 that the unit wrote alone: not those with the pack's text around the unit's, nor 无."""
    found: dict[FieldPath, list[ProseBlock]] = {}
    for passage in passages:
        path = passage.path
        if path[-3:-2] == ("叙述",):
            found.setdefault(path[:-1], []).append(passage)
    return tuple(filter(_is_own, map(_section, found.values())))


def _section(passages: Sequence[ProseBlock]) -> ProseSection:
    text = "\n".join([one.block.text for one in passages])
    return ProseSection(passages[0].block, tuple(passages), text)


def _is_own(section: ProseSection) -> bool:
    return _DEFAULT not in section.text and section.text.strip() not in NOTHING
