"""Paragraphs that say the same but for names and figures, found without comparing every one with every other.

From each paragraph some pieces of five characters are taken, chosen by their first character alone, so that two copies
give the same pieces wherever they were changed. Only paragraphs that share such pieces are compared; one that is like
an earlier one is not kept, so a text that stands a thousand times costs as much as a thousand different ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import fuzz

Owner = TypeVar("Owner", bound=Hashable)

_EVERY = 4  # one character in four begins a piece, unless asked for fewer
_CROWDED = 24  # paragraphs with one piece in common: what more of them share is a turn of phrase
_COMPARED = 6  # of the paragraphs that share pieces, those that share most
_SHARED = 0.2  # of the pieces of the shorter one that must be shared for a comparison to be worth while
_NO_WORDS = re.compile(r"[^\u4e00-\u9fff]+|[零〇一二两三四五六七八九十百千万亿]+")


class Match(NamedTuple, Generic[Owner]):
    """The earlier paragraph that is alike, and how much (0 to 1)."""

    owner: Owner
    ratio: float


@dataclass(slots=True)
class Alike(Generic[Owner]):
    """Paragraphs seen so far; `least` is the ratio from which on two are alike (0 to 1)."""

    least: float
    comparable: Callable[[Owner, Owner], bool]
    every: int = _EVERY
    _texts: list[tuple[str, Owner]] = field(default_factory=list)
    _pieces: dict[str, list[int]] = field(default_factory=dict)

    def match(self, text: str, owner: Owner) -> Match[Owner] | None:
        """The earlier paragraph most like `text`; where there is none, `text` is kept for those to come."""
        pieces = pieces_of(text, self.every)
        found = self._best(text, owner, pieces)
        if found is None:
            position = len(self._texts)
            self._texts.append((text, owner))
            for piece in pieces:
                bucket = self._pieces.setdefault(piece, [])
                if len(bucket) < _CROWDED:
                    bucket.append(position)
        return found

    def _best(self, text: str, owner: Owner, pieces: frozenset[str]) -> Match[Owner] | None:
        shared = Counter(position for piece in pieces for position in self._pieces.get(piece, ()))
        best: Match[Owner] | None = None
        for position, count in shared.most_common(_COMPARED):
            other, whose = self._texts[position]
            if count < _SHARED * min(len(pieces), len(other) / self.every) or not self.comparable(whose, owner):
                continue
            ratio = fuzz.ratio(text, other, score_cutoff=self.least * 100) / 100
            if ratio and (best is None or ratio > best.ratio):
                best = Match(whose, ratio)
        return best


@cache
def _piece(every: int) -> re.Pattern[str]:
    first = "".join(map(chr, range(0x4E00, 0x9FFF, every)))
    return re.compile(rf"(?=([{first}].{{4}}))")


def pieces_of(text: str, every: int = _EVERY) -> frozenset[str]:
    """The pieces of a masked text; of one too short to have any, the text itself."""
    return frozenset(_piece(every).findall(text)) or frozenset((text,))


def masked(text: str, names: Iterable[str] | re.Pattern[str]) -> str:
    """`text` without names, figures and marks."""
    pattern = names if isinstance(names, re.Pattern) else _names(tuple(names))
    return _NO_WORDS.sub("", pattern.sub("", text))


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
