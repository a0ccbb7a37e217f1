"""Which of several names was meant, and how alike two texts are; both only wanted where something is amiss."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

_NEARLY = 0.75  # of the pairs of characters


class Nearest(NamedTuple):
    """The name that is most like the one that was typed, and how much (0 to 100)."""

    name: str
    score: float


def nearest(
    typed: str,
    known: Iterable[str],
    *,
    least: float,
    processor: Callable[[str], str] | None = None,
) -> Nearest | None:
    """The name of `known` most like `typed` once both went through `processor`; None where none reaches `least`."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  10 ms, and most runs have nothing to suggest

    found = process.extractOne(
        typed,
        list(known),
        scorer=fuzz.ratio,
        processor=processor,
        score_cutoff=least,
    )
    return Nearest(found[0], found[1]) if found else None


def pairs(text: str) -> set[str]:
    """Every two characters that stand together in `text`."""
    return set(map("".join, pairwise(text)))


def says_all(text: str, other: str) -> bool:
    """Whether nearly all of `text` stands in `other`, in whatever order."""
    one = pairs(text)
    return len(one & pairs(other)) > _NEARLY * len(one)


def each_once(texts: Iterable[str]) -> list[str]:
    """`texts` without those that another of them says; of two that say the same the first."""
    told: list[str] = []
    for text in filter(None, texts):
        if not any(says_all(text, one) for one in told):
            told = [*(one for one in told if not says_all(one, text)), text]
    return told
