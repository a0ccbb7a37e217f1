"""The words of a pack that stand for figures, found at the end of what stands before a number."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from reportgen.checks.facts.reported_values import ByEnding
from reportgen.packs.vocabulary import WordLists

_LINK = re.compile(  # between a word and its number; searched from the left, so the longest is found
    r"(?:[为是达共计有约近各了数额均已至到仅只的：:≥≤＞＜><=“”\"（(]|均为|达到|共计|合计|总计|累计|总额|总数|金额|资金|经费|指标|人数|数量|目标|计划"
    r"|比例|完成|实现|实际|目标值|指标值|不少于|不低于|不超过|超过|大于|小于|高于|低于|少于|多于|控制在)\Z"
)
_LONGEST_LINK = 3


class Lexicon(NamedTuple):
    """The words of one pack that stand for figures, with the figure, and how a text that ends with one is found."""

    figures: dict[str, str]
    endings: ByEnding


def lexicon(words: WordLists) -> Lexicon:
    """The words of the pack that stand for figures."""
    return _lexicon(tuple(words.of_figures()))


@lru_cache(maxsize=64)
def _lexicon(figures: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    by_word = {word: figure for figure, words in figures for word in words}
    return Lexicon(by_word, ByEnding(by_word))


def split_label(
    label: str, longest: Callable[[str], str]
) -> tuple[str, str] | None:
    """What leads up to the word at the end of `label`, and that word, which `longest` finds; None without one."""
    while not (word := longest(label)):
        shorter = _without_link(label)
        if shorter == label:
            return None
        label = shorter
    return label.removesuffix(word), word


def _without_link(text: str) -> str:
    """`text` without the longest word that links a name and its number: 执行率达到 -> 执行率."""
    text = text.rstrip()
    link = _LINK.search(text, max(0, len(text) - _LONGEST_LINK))
    return text[: link.start()] if link else text


def word_before(
    label: str, words: Lexicon, figure: str
) -> tuple[str, str] | None:
    """What leads up to a word for `figure` at the end of `label`, and that word; None without one."""
    found = split_label(label, words.endings.longest)
    return found if found and words.figures[found[1]] == figure else None
