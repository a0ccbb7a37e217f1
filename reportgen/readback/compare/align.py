"""Which block of one document is which of another: by the values printed in it, by its text, by its neighbours.

In this order: what is the same from the start and from the end; what stands once on either side; between these the
pairs that are most alike together; what was moved; what alone is missing where alone something else stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.readback.compare.likeness import (
    LEAST,
    is_same,
    likeness,
    likeness_elsewhere,
    may_be_rewritten,
)
from reportgen.readback.read.blocks import Block, Holder

_MOST = 250_000  # pairs that are compared; beyond, values and long texts must do
Pairs = list[tuple[int, int]]


def align(base: Sequence[Block], other: Sequence[Block]) -> dict[int, int]:
    """Positions in `base` -> positions in `other` of what is the same block, changed or not."""
    first, last = _common_ends(base, other)
    found = {n: n for n in range(first)}
    found.update((len(base) - n, len(other) - n) for n in range(1, last + 1))
    left, right = range(first, len(base) - last), range(first, len(other) - last)
    if _is_all_of_a_cell(base, other, left, right):
        return {0: 0}
    if left and right:
        _between(base, other, left, right, found)
    return found


def _is_all_of_a_cell(
    base: Sequence[Block], other: Sequence[Block], left: range, right: range
) -> bool:
    if len(base) != 1 or len(left) != 1 or len(right) != 1:
        return False
    return type(base[0]) is type(other[right.start])


def _between(
    base: Sequence[Block],
    other: Sequence[Block],
    left: range,
    right: range,
    found: dict[int, int],
) -> None:
    """Adds the pairs between what both have in common at their ends."""
    for gap in _between_anchors(base, other, left, right, found):
        found.update(_most_alike(base, other, *gap))
    _add_moved(base, other, left, right, found)
    _add_rewritten(base, other, left, right, found)


def _common_ends(base: Sequence[Block], other: Sequence[Block]) -> tuple[int, int]:
    """How many blocks are the same from the start, and how many of the rest from the end."""
    most = min(len(base), len(other))
    first = 0
    while first < most and is_same(base[first], other[first]):
        first += 1
    last = 0
    while last < most - first and is_same(base[-1 - last], other[-1 - last]):
        last += 1
    return first, last


def _between_anchors(
    base: Sequence[Block],
    other: Sequence[Block],
    left: range,
    right: range,
    found: dict[int, int],
) -> Iterator[tuple[range, range]]:
    """Pairs what stands once on either side, in order, and gives what is left between the pairs."""
    own, there = _once(base, left), _once(other, right)
    pairs = _rising([(i, there[words]) for words, i in own.items() if words in there])
    at, to = left.start, right.start
    for i, j in [*pairs, (left.stop, right.stop)]:
        if i < left.stop:
            found[i] = j
        if at < i and to < j:
            yield range(at, i), range(to, j)
        at, to = i + 1, j + 1


def _once(blocks: Sequence[Block], places: range) -> dict[tuple[type, str], int]:
    """The blocks with words that no other one has, by kind and words."""
    found: dict[tuple[type, str], int] = {}
    often = set()
    for n in places:
        words = type(blocks[n]), blocks[n].key
        if words in found:
            often.add(words)
        found[words] = n
    return {words: n for words, n in found.items() if words not in often and words[1]}


def _rising(pairs: Pairs) -> Pairs:
    """The most of the pairs, given in the order of the first, that are in the order of the second too."""
    ends: list[int] = []  # for each length, the pair at which the best row of it ends
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


def _most_alike(
    base: Sequence[Block], other: Sequence[Block], left: range, right: range
) -> dict[int, int]:
    """The pairs, in order on both sides, that are most alike together (Needleman–Wunsch, gaps cost nothing)."""
    if len(left) * len(right) > _MOST:
        return {}
    worth = [[likeness(base[i], other[j]) for j in right] for i in left]
    best = _best_sums(worth, len(right))
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(left) and j < len(right):
        pair = worth[i][j]
        if pair and best[i][j] == best[i + 1][j + 1] + pair:
            pairs[left[i]] = right[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _best_sums(worth: list[list[float]], columns: int) -> list[list[float]]:
    """For each pair of positions, the most that can be reached from there to the ends."""
    best = [[0.0] * (columns + 1) for _ in range(len(worth) + 1)]
    for i in range(len(worth) - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = worth[i][j]
            kept = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(kept, best[i + 1][j + 1] + pair) if pair else kept
    return best


def _add_moved(
    base: Sequence[Block],
    other: Sequence[Block],
    left: range,
    right: range,
    found: dict[int, int],
) -> None:
    """Adds blocks that stand elsewhere: with the same values, or the same words where these are many."""
    free = [j for j in right if j not in set(found.values())]
    for i in (i for i in left if i not in found):
        block, candidates = base[i], free
        if not block.marks:  # only its words can tell
            candidates = [j for j in free if other[j].key == block.key]
        likes = ((likeness_elsewhere(block, other[j]), -j) for j in candidates)
        worth, position = max(likes, default=(0.0, 0))
        if worth >= LEAST:
            found[i] = -position
            free.remove(-position)


def _add_rewritten(
    base: Sequence[Block],
    other: Sequence[Block],
    left: range,
    right: range,
    found: dict[int, int],
) -> None:
    """Adds a block that alone is missing between two neighbours, where alone another one stands."""
    back = {j: i for i, j in found.items()}
    ends = {**found, -1: -1, len(base): len(other)}
    for i in (i for i in left if i not in found):
        before, behind = ends.get(i - 1), ends.get(i + 1)
        if before is None or behind != before + 2:
            continue
        j = before + 1
        if j in right and j not in back and may_be_rewritten(base[i], other[j]):
            found[i] = ends[i] = j
            back[j] = i


def out_of_order(pairs: dict[int, int]) -> list[int]:
    """The positions that are paired across others: what was moved."""
    kept = {i for i, _ in _rising(sorted(pairs.items()))}
    return [i for i in sorted(pairs) if i not in kept]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs of two documents in both directions."""

    pairs: dict[int, int]
    back: dict[int, int]  # positions in the other -> positions in base

    @classmethod
    def of(cls, base: Sequence[Block], other: Sequence[Block]) -> Alignment:
        """The pairs of two lists of blocks."""
        pairs = align(base, other)
        return cls(pairs, {there: n for n, there in pairs.items()})

    @classmethod
    def of_cells(cls, base: Holder, other: Holder) -> Alignment:
        """The pairs of the cells of two rows: they stand in columns, unless a person added or took out some."""
        if len(base.parts) != len(other.parts):
            return cls.of(base.parts, other.parts)
        pairs = {n: n for n in range(len(base.parts))}
        return cls(pairs, pairs)

    def other_of(self, position: int) -> int | None:
        """The counterpart of a block of base."""
        return self.pairs.get(position)

    def bases_before(self, position: int) -> Iterator[int]:
        """What of base stands before a position of the other, the nearest first."""
        return (self.back[n] for n in range(position - 1, -1, -1) if n in self.back)

    def bases_behind(self, position: int) -> Iterator[int]:
        """What of base stands behind a position of the other, the nearest first."""
        last = max(self.back, default=-1)
        return (self.back[n] for n in range(position + 1, last + 1) if n in self.back)

    def base_before(self, position: int) -> int | None:
        """The nearest of these before it."""
        return next(self.bases_before(position), None)
