"""Which block of one document is which of another: by the values printed in it, by its text, by its neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from reportgen.core.trace import without_place
from reportgen.readback.read.blocks import Block, Paragraph, base_name

_LEAST = 0.5  # of likeness below which two texts are not the same one rewritten
_VERY = 0.8
_LONG = 6  # characters of a text that is hardly there twice by chance
_MOST = 250_000  # pairs that are compared; beyond, values and long texts must do
_EQUAL, _MARKED = 3.0, 2.0


def align(base: Sequence[Block], other: Sequence[Block]) -> dict[int, int]:
    """Positions in `base` -> positions in `other` of what is the same block, changed or not."""
    found: dict[int, int] = {}
    first, last = _common_ends(base, other)
    found.update((n, n) for n in range(first))
    found.update((len(base) - n, len(other) - n) for n in range(1, last + 1))
    left = range(first, len(base) - last)
    right = range(first, len(other) - last)
    if (
        len(left) == len(right) == 1
        and type(base[first]) is type(other[first])
        and len(base) == 1
    ):
        return {0: 0}  # all that stands in a cell
    if left and right:
        for gap in _between_anchors(base, other, left, right, found):
            found.update(_best(base, other, *gap))
        _moved(base, other, left, right, found)
        _rewritten(base, other, left, right, found)
    return found


def _between_anchors(
    base: Sequence[Block],
    other: Sequence[Block],
    left: range,
    right: range,
    found: dict[int, int],
) -> Iterator[tuple[range, range]]:
    """Pairs what stands once on either side, in order, and gives what is left between the pairs."""
    own, there = _once(base, left), _once(other, right)
    pairs = _rising([(i, there[sign]) for sign, i in own.items() if sign in there])
    at, to = left.start, right.start
    for i, j in [*pairs, (left.stop, right.stop)]:
        if i < left.stop:
            found[i] = j
        if at < i and to < j:
            yield range(at, i), range(to, j)
        at, to = i + 1, j + 1


def out_of_order(pairs: dict[int, int]) -> list[int]:
    """The positions that are paired across others: what was moved."""
    kept = {i for i, _ in _rising(sorted(pairs.items()))}
    return [i for i in sorted(pairs) if i not in kept]


def _once(blocks: Sequence[Block], places: range) -> dict[tuple[type, str], int]:
    """The blocks with words that no other one has, by kind and words."""
    found: dict[tuple[type, str], int] = {}
    often = set()
    for n in places:
        sign = type(blocks[n]), blocks[n].key
        if sign in found:
            often.add(sign)
        found[sign] = n
    return {sign: n for sign, n in found.items() if sign not in often and sign[1]}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of the pairs, given in the order of the first, that are in the order of the second too."""
    ends: list[
        int
    ] = []  # for each length, the pair at which the best row of that length ends
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
    return (
        type(one) is type(other) and one.key == other.key and one.marks == other.marks
    )


def likeness(one: Block, other: Block) -> float:
    """How much speaks for two blocks being one: 0 nothing, 3 the same words, up to 2 more for the same values."""
    if type(one) is not type(other):
        return 0
    shared = _shared(one, other) * _MARKED
    if one.key == other.key:
        return (_EQUAL if one.key else 0.4) + shared
    if not one.key or not other.key:
        return shared
    ratio = fuzz.ratio(one.key, other.key, score_cutoff=_LEAST * 100) / 100
    if (
        not shared and one.marks and other.marks
    ):  # of other things, however alike they are told
        return ratio / 2 if ratio >= _VERY else 0
    return shared + ratio


def _named(mark: str) -> str:
    """What a mark says of a block: of a unit's own paragraph its section, since its number is but its place there."""
    return without_place(base_name(mark))


def _shared(one: Block, other: Block) -> float:
    if not one.marks or not other.marks:
        return 0
    ours, theirs = set(map(_named, one.marks)), set(map(_named, other.marks))
    return len(ours & theirs) / max(len(ours), len(theirs))


def _best(
    base: Sequence[Block], other: Sequence[Block], left: range, right: range
) -> dict[int, int]:
    """The pairs, in order on both sides, that are most alike together (Needleman–Wunsch, gaps cost nothing)."""
    rows, columns = len(left), len(right)
    if rows * columns > _MOST:
        return {}
    worth = [[likeness(base[i], other[j]) for j in right] for i in left]
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


def _moved(
    base: Sequence[Block],
    other: Sequence[Block],
    left: range,
    right: range,
    found: dict[int, int],
) -> None:
    """Adds blocks that stand elsewhere: with the same values, or the same words where these are many."""
    taken = set(found.values())
    for i in (i for i in left if i not in found):
        candidates = [
            (_strength(base[i], other[j]), -j) for j in right if j not in taken
        ]
        strength, position = max(candidates, default=(0.0, 0))
        if strength >= _LEAST:
            found[i] = -position
            taken.add(-position)


def _has_blank(block: Block) -> bool:
    """Whether a paragraph without words holds a value that was printed without a text."""
    return isinstance(block, Paragraph) and bool(block.line.empty)


def _strength(one: Block, other: Block) -> float:
    if type(one) is not type(other):
        return 0
    if one.key == other.key:
        return 1 if len(one.key) >= _LONG else 0
    own = {name for name in one.marks if base_name(name) == name}
    there = {name for name in other.marks if base_name(name) == name}
    return len(own & there) / max(len(own), len(there)) if own and there else 0


def _rewritten(
    base: Sequence[Block],
    other: Sequence[Block],
    left: range,
    right: range,
    found: dict[int, int],
) -> None:
    """Adds a block that alone is missing between two neighbours, where alone another one stands."""
    back = {j: i for i, j in found.items()}
    for i in (i for i in left if i not in found):
        j = found.get(i - 1, -1) + 1 if i else 0
        if (i and i - 1 not in found) or j not in right or j in back:
            continue
        if (i + 1 < len(base) and found.get(i + 1) != j + 1) or (
            i + 1 == len(base) and j + 1 != len(other)
        ):
            continue
        if (
            type(base[i]) is type(other[j])
            and (base[i].key or _has_blank(base[i]))
            and other[j].key
        ):
            found[i] = j
            back[j] = i
