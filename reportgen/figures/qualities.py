"""Qualities in words: which band of the pack an actual such as 已按期完成 or 未全部完成 speaks of."""

import re
from collections.abc import Iterator

from reportgen.model.target import Target
from reportgen.packs.scoring import Band, Scoring

_NEGATION = re.compile(
    r"(?:[不未没无欠]|没有|未能|未得到|未见|不够|不太|不尽|难以|无法|有待|缺乏|不再)$"
)
_ABSENCE = re.compile(
    r"(?:[无未零]|没有|不存在|未出现|未发生|无任何|避免|杜绝)$"
)
_BEFORE = 8  # characters before a word in which it may be negated


def band_of_words(
    target: Target, actual: Target, scoring: Scoring
) -> Band | None:
    """The worst band that the actual speaks of; the best where it repeats the target or says 100%; None: nothing said.

    A word of the best band that is negated (不规范) speaks of the worst; a negated word of another (无延期) of none.
    """
    bands = scoring.bands
    stated = actual.text.strip()
    wanted = target.text.strip()
    if not bands:
        return None
    best = bands[0]
    worst = bands[-1]
    if wanted and stated == wanted:
        return best
    for band in reversed(bands[1:]):
        if _stands(stated, band, negated=False):
            return band
    if _stands(stated, best, negated=True):
        return worst
    repeated = bool(wanted) and wanted in stated
    if repeated or _stands(stated, best, negated=False) or _is_whole(actual):
        return best
    return None


def _is_whole(actual: Target) -> bool:
    return (
        actual.measure == "%"
        and actual.value is not None
        and actual.value >= 100
    )


def _stands(stated: str, band: Band, *, negated: bool) -> bool:
    """Whether a word of the band stands in the text, negated or not."""
    pattern = _NEGATION if negated else _ABSENCE
    return any(
        bool(pattern.search(stated[:start][-_BEFORE:])) is negated
        for word in band.words
        for start in _places(word, stated)
    )


def _places(word: str, stated: str) -> Iterator[int]:
    """Where `word` begins in the text, each time that it stands there."""
    start = stated.find(word)
    while word and start >= 0:
        yield start
        start = stated.find(word, start + len(word))
