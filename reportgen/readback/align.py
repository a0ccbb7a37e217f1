"""Which block of one document is which of another: by the values printed in it, by its text, by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from reportgen.readback.blocks import Block, base_name

_LEAST = 0.5  # of likeness below which two texts are not the same one rewritten
_LONG = 6  # characters of a text that is hardly there twice by chance
_EQUAL, _MARKED = 3.0, 2.0


def align(base: Sequence[Block], other: Sequence[Block]) -> dict[int, int]:
    """Positions in `base` -> positions in `other` of what is the same block, changed or not."""
    found: dict[int, int] = {}
    first, last = _common_ends(base, other)
    found.update((n, n) for n in range(first))
    found.update((len(base) - n, len(other) - n) for n in range(1, last + 1))
    left = range(first, len(base) - last)
    right = range(first, len(other) - last)
    if left and right:
        found.update(_best(base, other, left, right))
        _moved(base, other, left, right, found)
        _rewritten(base, other, left, right, found)
    return found


def _common_ends(base: Sequence[Block], other: Sequence[Block]) -> tuple[int, int]:
    most = min(len(base), len(other))
    first = 0
    while first < most and _same(base[first], other[first]):
        first += 1
    last = 0
    while last < most - first and _same(base[-1 - last], other[-1 - last]):
        last += 1
    return first, last


def _same(one: Block, other: Block) -> bool:
    return type(one) is type(other) and one.key == other.key and one.marks == other.marks


def likeness(one: Block, other: Block) -> float:
    """How much speaks for two blocks being one: 0 nothing, 3 the same words, up to 2 more for the same values."""
    if type(one) is not type(other):
        return 0
    shared = _shared(one, other) * _MARKED
    if one.key == other.key:
        return (_EQUAL if one.key else 0.4) + shared
    if not one.key or not other.key:
        return shared
    ratio = fuzz.ratio(one.key, other.key) / 100
    return shared + (ratio if ratio >= _LEAST else 0)


def _shared(one: Block, other: Block) -> float:
    if not one.marks or not other.marks:
        return 0
    ours, theirs = set(map(base_name, one.marks)), set(map(base_name, other.marks))
    return len(ours & theirs) / max(len(ours), len(theirs))


def _best(base: Sequence[Block], other: Sequence[Block], left: range, right: range) -> dict[int, int]:
    """The pairs, in order on both sides, that are most alike together (Needleman–Wunsch, gaps cost nothing)."""
    worth = [[likeness(base[i], other[j]) for j in right] for i in left]
    rows, columns = len(left), len(right)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = worth[i][j]
            kept = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(kept, best[i + 1][j + 1] + pair) if pair else kept
    pairs: dict[int, int] = {}
    i = j = 0
    while i < rows and j < columns:
        pair = worth[i][j]
        if pair and best[i][j] == best[i + 1][j + 1] + pair:
            pairs[left[i]] = right[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _moved(base: Sequence[Block], other: Sequence[Block], left: range, right: range, found: dict[int, int]) -> None:
    """Adds blocks that stand elsewhere: with the same values, or the same words where these are many."""
    taken = set(found.values())
    for i in (i for i in left if i not in found):
        candidates = [(_strength(base[i], other[j]), -j) for j in right if j not in taken]
        strength, position = max(candidates, default=(0.0, 0))
        if strength >= _LEAST:
            found[i] = -position
            taken.add(-position)


def _strength(one: Block, other: Block) -> float:
    if type(one) is not type(other):
        return 0
    if one.key == other.key:
        return 1 if len(one.key) >= _LONG else 0
    own = {name for name in one.marks if base_name(name) == name}
    there = {name for name in other.marks if base_name(name) == name}
    return len(own & there) / max(len(own), len(there)) if own and there else 0


def _rewritten(base: Sequence[Block], other: Sequence[Block], left: range, right: range, found: dict[int, int]) -> None:
    """Adds a block that alone is missing between two neighbours, where alone another one stands."""
    back = {j: i for i, j in found.items()}
    for i in (i for i in left if i not in found):
        j = found.get(i - 1, -1) + 1 if i else 0
        if (i and i - 1 not in found) or j not in right or j in back:
            continue
        if (i + 1 < len(base) and found.get(i + 1) != j + 1) or (i + 1 == len(base) and j + 1 != len(other)):
            continue
        if type(base[i]) is type(other[j]) and base[i].key and other[j].key:
            found[i] = j
            back[j] = i
