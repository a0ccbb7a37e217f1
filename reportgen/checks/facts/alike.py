"""Paragraphs that say the same but for names and figures, found without comparing every one with every other.

From each paragraph some pieces of five characters are taken, chosen by their first character alone, so that two copies
give the same pieces wherever they were changed. Only paragraphs that share such pieces are compared; one that is like
an earlier one is not kept, so a text that stands a thousand times costs as much as a thousand different ones.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

Owner = TypeVar("Owner", bound=Hashable)

_PIECES = 8  # at least so many are taken from a paragraph on average: the shorter it is, the more of its characters
_CROWDED = 24  # paragraphs with one piece in common: what more of them share is a turn of phrase
_COMPARED = 6  # of the paragraphs that share pieces, those that share most
_SHARED = 8  # one in so many of its pieces must be shared for a comparison to be worth while
_WORDS = re.compile(r"[\u4e00-\u9fff\n]+")


@dataclass(frozen=True, slots=True)
class Match(Generic[Owner]):
    """The earlier paragraph that is alike, and how much (0 to 1)."""

    owner: Owner
    ratio: float


@dataclass
class Alike(Generic[Owner]):
    """Paragraphs seen so far; `least` is the ratio from which on two are alike (0 to 1)."""

    least: float
    comparable: Callable[[Owner, Owner], bool]
    _texts: list[tuple[str, Owner]] = field(default_factory=list)
    _pieces: dict[str, list[int]] = field(default_factory=dict)

    def match(self, text: str, owner: Owner) -> Match[Owner] | None:
        """The earlier paragraph most like `text`; where there is none, `text` is kept for those to come."""
        pieces = pieces_of(text)
        shared: dict[int, int] = {}
        known = self._pieces
        for piece in pieces:
            for position in known.get(piece, ()):
                shared[position] = shared.get(position, 0) + 1
        found = self._best(text, owner, len(pieces), shared) if shared else None
        if found is None:
            self._keep(text, owner, pieces)
        return found

    def _keep(
        self,
        text: str,
        owner: Owner,
        pieces: list[str],
    ) -> None:
        position = len(self._texts)
        known = self._pieces
        self._texts.append((text, owner))
        for piece in pieces:
            bucket = known.get(piece)
            if bucket is None:
                known[piece] = [position]
            elif len(bucket) < _CROWDED:
                bucket.append(position)

    def _best(
        self,
        text: str,
        owner: Owner,
        pieces: int,
        shared: dict[int, int],
    ) -> Match[Owner] | None:
        best: Match[Owner] | None = None
        least = max(1, min(2, pieces // 4), pieces // _SHARED)
        enough = [(count, -n) for n, count in shared.items() if count >= least]
        for _, position in sorted(enough, reverse=True)[:_COMPARED]:
            other, whose = self._texts[-position]
            if self.comparable(whose, owner):
                ratio = (
                    fuzz.ratio(text, other, score_cutoff=self.least * 100) / 100
                )
                if ratio and (best is None or ratio > best.ratio):
                    best = Match(whose, ratio)
        return best


@cache
def _piece(every: int) -> re.Pattern[str]:
    first = "".join(map(chr, range(0x4E00, 0x9FFF, every)))
    return re.compile(rf"[{first}].{{4}}")


def pieces_of(text: str) -> list[str]:
    """The pieces of a masked text; of one too short to have any, the text itself.

    What begins a piece in a long paragraph also begins one in a short one.
    """
    every = min(32, 1 << (len(text) // _PIECES).bit_length() >> 1)
    return _piece(every).findall(text) or [text]


def masked(text: str, names: Iterable[str] = ()) -> str:
    """`text` without names, digits and marks; the ends of its lines stay."""
    for name in sorted(set(names), key=len, reverse=True):
        if name in text:
            text = text.replace(name, "")
    return "".join(_WORDS.findall(text))
