"""What a unit typed, joined into one text, so that a rule that looks for words goes over it once.

`prose` is what was written in sentences (see blocks.py), `cells` is everything else: names, labels, values of
indicators, the sheet's head.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate

from reportgen.checks.facts.blocks import Block
from reportgen.model.values import IN_CELLS, Kind
from reportgen.model.walker import Leaf

Hit = tuple[Block, "re.Match[str]"]


@dataclass(frozen=True)
class TextIndex:
    """Pieces of text and all of them as one, a line each; `block` gives a piece by its position."""

    block: Callable[[int], Block]
    text: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each piece begins."""
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        return tuple(accumulate(lengths, initial=0))[:-1]

    def has(self, word: str) -> bool:
        """Whether `word` stands anywhere; one character is looked for faster than two, and most words lack one."""
        return all(map(self.text.__contains__, word)) and word in self.text

    def holds(self, words: Iterable[str]) -> bool:
        """Whether one of `words` stands anywhere."""
        return any(self.has(word) for word in words)

    def at(self, position: int) -> Block:
        """The piece that stands at `position` of `text`."""
        return self.block(bisect_right(self.starts, position) - 1)

    def lines(self, pattern: re.Pattern[str]) -> frozenset[int]:
        """The positions of the pieces that `pattern` matches in, each looked at as far as its first match."""
        found: set[int] = set()
        start = 0
        while match := pattern.search(self.text, start):
            position = bisect_right(self.starts, match.start()) - 1
            found.add(position)
            if position + 1 == len(self.starts):
                break
            start = self.starts[position + 1]
        return frozenset(found)

    def hits(self, pattern: re.Pattern[str], sign: str = "") -> Iterator[Hit]:
        """Every match of `pattern`, which must not go over the end of a line, with its piece.

        `sign` is a part of it that most texts lack, as a pattern that is looked for at next to no cost.
        """
        if re.search(sign, self.text):
            for match in pattern.finditer(self.text):
                yield self.at(match.start()), match

    def firsts(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """The first match in each piece."""
        last = None
        for block, match in self.hits(pattern):
            if block != last:
                yield block, match
            last = block

    def words(self, words: Iterable[str]) -> Iterator[tuple[Block, str]]:
        """Every piece that holds one of `words`, with the word; a piece once for each word."""
        for word in filter(self.has, words):
            position = self.text.find(word)
            while position >= 0:
                yield self.at(position), word
                end = self.text.find("\n", position)
                position = self.text.find(word, end) if end >= 0 else -1


def joined(blocks: Sequence[Block]) -> TextIndex:
    """`blocks` and their texts as one."""
    return _joined([one.text for one in blocks], blocks.__getitem__)


def joined_cells(leaves: Iterable[Leaf]) -> TextIndex:
    """Every cell of the forms that holds words, and their texts as one."""
    cells = [
        leaf
        for leaf in leaves
        if leaf.kind in IN_CELLS and not isinstance(leaf.value, date)
    ]

    def block(position: int) -> Block:
        leaf = cells[position]
        return Block(leaf.path, leaf.text, leaf.name, leaf.owner)

    texts = [
        leaf.value if leaf.kind is not Kind.MEASURED else leaf.value.text
        for leaf in cells
    ]
    return _joined(texts, block)


def _joined(texts: list[str], block: Callable[[int], Block]) -> TextIndex:
    text = "\n".join(texts)
    if text.count("\n") >= len(texts) > 0:  # a cell of several lines
        text = "\n".join(one.replace("\n", " ") for one in texts)
    return TextIndex(block, text)


def sentence_at(text: str, start: int, marks: str) -> tuple[int, str]:
    """Where the sentence around `start` begins, and the whole of it; `marks` end sentences."""
    begin = max(text.rfind(mark, 0, start) for mark in marks) + 1
    found = (text.find(mark, start) for mark in marks)
    ends = [end for end in found if end >= 0]
    return begin, text[begin : min(ends, default=len(text))]


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...], form: str = "{}") -> re.Pattern[str]:
    """A pattern for any of `words`, longest first, set into `form`; of no words one that never matches."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        form.replace(
            "{}",
            "(?:" + ("|".join(map(re.escape, longest_first)) or r"(?!)") + ")",
        )
    )
