"""Which block of one document is which of another: by the values printed in it, by its text, by its neighbours.

In this order: what is the same from the start and from the end; what stands once on either side; between these the
pairs that are most alike together; what was moved; what alone is missing where alone something else stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, starmap, takewhile
from typing import NamedTuple

from reportgen.ooxml.blocks import Block, Blocks, Holder
from reportgen.readback.compare.likeness import (
    LEAST,
    first_marks,
    is_same,
    likeness,
    likeness_elsewhere,
    may_be_rewritten,
)

_MOST = (
    250_000  # pairs that are compared; beyond, values and long texts must do
)
_NEAR = 8  # places of one sign that are looked at
_Pair = tuple[int, int]
_Pairs = list[_Pair]


def align(base: Blocks, other: Blocks) -> dict[int, int]:
    """Positions in `base` -> positions in `other` of what is the same block, changed or not."""
    return _Aligner(base, other).pairs()


def out_of_order(pairs: dict[int, int]) -> list[int]:
    """The positions that are paired across others: what was moved."""
    kept = {i for i, _ in _rising(sorted(pairs.items()))}
    return [i for i in sorted(pairs) if i not in kept]


class _Aligner:
    """Two lists of blocks, the pairs found so far, and the ranges in which pairs are still looked for."""

    def __init__(self, base: Blocks, other: Blocks) -> None:
        self._base, self._other = base, other
        self._found: dict[int, int] = {}
        first, last = _common_ends(base, other)
        self._left = range(first, len(base) - last)
        self._right = range(first, len(other) - last)
        self._found.update((n, n) for n in range(first))
        ends = range(1, last + 1)
        self._found.update((len(base) - n, len(other) - n) for n in ends)

    def pairs(self) -> dict[int, int]:
        """All of them."""
        if self._is_all_of_a_cell():
            return {0: 0}
        if self._left and self._right:
            for left, right in list(self._between_anchors()):
                self._add_most_alike(left, right)
            self._add_moved()
            self._add_rewritten()
        return self._found

    def _is_all_of_a_cell(self) -> bool:
        if {len(self._base), len(self._left), len(self._right)} != {1}:
            return False
        return type(self._base[0]) is type(self._other[self._right.start])

    def _missing(self) -> list[int]:
        return [i for i in self._left if i not in self._found]

    def _between_anchors(self) -> Iterator[tuple[range, range]]:
        """Pairs what stands once on either side, in order, and gives what is left between the pairs."""
        own, there = (
            _once(self._base, self._left),
            _once(self._other, self._right),
        )
        both = [(i, there[words]) for words, i in own.items() if words in there]
        anchors = _rising(both)
        self._found.update(anchors)
        at, to = self._left.start, self._right.start
        for i, j in [*anchors, (self._left.stop, self._right.stop)]:
            if at < i and to < j:
                yield range(at, i), range(to, j)
            at, to = i + 1, j + 1

    def _add_most_alike(self, left: range, right: range) -> None:
        """The pairs, in order on both sides, that are most alike together (Needleman–Wunsch, gaps cost nothing)."""
        if len(left) * len(right) > _MOST:
            return
        worth = [
            [likeness(self._base[i], self._other[j]) for j in right]
            for i in left
        ]
        pairs = _best_way(worth, _best_sums(worth, len(right)))
        self._found.update((left[i], right[j]) for i, j in pairs)

    def _add_moved(self) -> None:
        """Blocks that stand elsewhere: with the same values, or the same words where these are many."""
        taken = set(self._found.values())
        free = {j for j in self._right if j not in taken}
        by_sign: dict[str, deque[int]] = {}
        for j in sorted(free):
            for sign in _signs(self._other[j]):
                by_sign.setdefault(sign, deque()).append(j)
        for i in self._missing():
            block = self._base[i]
            signs = by_sign.keys() & _signs(block)
            near = {j for sign in signs for j in _free(by_sign[sign], free)}
            likes = (
                (likeness_elsewhere(block, self._other[j]), -j) for j in near
            )
            worth, position = max(likes, default=(0.0, 0))
            if worth >= LEAST:
                self._found[i] = -position
                free.remove(-position)

    def _add_rewritten(self) -> None:
        """A block that alone is missing between two neighbours, where alone another one stands."""
        taken = set(self._found.values())
        known = {**self._found, -1: -1, len(self._base): len(self._other)}
        for i in self._missing():
            before = known.get(i - 1)
            if before is None or known.get(i + 1) != before + 2:
                continue
            j = before + 1
            if j not in taken and may_be_rewritten(
                self._base[i], self._other[j]
            ):
                self._found[i] = known[i] = j
                taken.add(j)


def _signs(block: Block) -> set[str]:
    """What two blocks that stand in different places must have in common, one at least: all words, or a value."""
    return {block.key, *first_marks(block)} if block.key else first_marks(block)


def _free(places: deque[int], free: set[int]) -> Iterable[int]:
    """The first of the places of one sign that are still free; of thousands of the same words it does not matter."""
    while places and places[0] not in free:
        places.popleft()
    return [j for j in islice(places, _NEAR) if j in free]


def _common_ends(base: Blocks, other: Blocks) -> tuple[int, int]:
    """How many blocks are the same from the start, and how many of the rest from the end."""
    first = _same_from_start(base, other)
    return first, _same_from_start(base[first:][::-1], other[first:][::-1])


def _same_from_start(base: Blocks, other: Blocks) -> int:
    same = starmap(is_same, zip(base, other, strict=False))
    return sum(takewhile(bool, same))


def _once(blocks: Blocks, places: range) -> dict[tuple[type, str], int]:
    """The blocks with words that no other one has, by kind and words."""
    words = [(type(blocks[n]), blocks[n].key) for n in places]
    often = Counter(words)
    pairs = zip(words, places, strict=True)
    return {one: n for one, n in pairs if one[1] and often[one] == 1}


def _rising(pairs: _Pairs) -> _Pairs:
    """The most of the pairs, given in the order of the first, that are in the order of the second too."""
    ends: list[
        int
    ] = []  # for each length, the pair at which the best row of it ends
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j, key=lambda end: pairs[end][1])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [n]
    row, n = [], ends[-1] if ends else -1
    while n >= 0:
        row.append(pairs[n])
        n = before[n]
    return row[::-1]


def _best_sums(worth: list[list[float]], columns: int) -> list[list[float]]:
    """For each pair of positions, the most that can be reached from there to the ends."""
    best = [[0.0] * (columns + 1) for _ in range(len(worth) + 1)]
    for i in range(len(worth) - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = worth[i][j]
            kept = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(kept, best[i + 1][j + 1] + pair) if pair else kept
    return best


def _best_way(
    worth: list[list[float]], best: list[list[float]]
) -> Iterator[_Pair]:
    """The pairs by which the most is reached."""
    i = j = 0
    while i < len(worth) and j < len(worth[i]):
        pair = worth[i][j]
        if pair and best[i][j] == best[i + 1][j + 1] + pair:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


class Alignment(NamedTuple):
    """The pairs of two documents in both directions."""

    pairs: dict[int, int]
    back: dict[int, int]  # positions in the other -> positions in base
    order: Sequence[int]  # the positions in the other

    @classmethod
    def of(cls, base: Blocks, other: Blocks) -> Alignment:
        """The pairs of two lists of blocks."""
        return cls._of(align(base, other))

    @classmethod
    def _of(cls, pairs: dict[int, int]) -> Alignment:
        back = {there: n for n, there in pairs.items()}
        return cls(pairs, back, sorted(back))

    @classmethod
    def of_cells(cls, base: Holder, other: Holder) -> Alignment:
        """The pairs of the cells of two rows: they stand in columns, unless a person added or took out some."""
        if len(base.parts) != len(other.parts):
            return cls.of(base.parts, other.parts)
        return cls._of({n: n for n in range(len(base.parts))})

    def bases_before(self, position: int) -> Iterator[int]:
        """What of base stands before a position of the other, the nearest first."""
        for n in range(bisect_left(self.order, position) - 1, -1, -1):
            yield self.back[self.order[n]]

    def bases_behind(self, position: int) -> Iterator[int]:
        """What of base stands behind a position of the other, the nearest first."""
        for n in range(bisect_right(self.order, position), len(self.order)):
            yield self.back[self.order[n]]
