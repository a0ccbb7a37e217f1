"""Small matters of Chinese prose: full stops, list numbers, enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.numerals import chinese_numeral

_SPACE = re.compile(r"\s*\n\s*|[ \t]+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])[ \t]+")
_DOUBLED = re.compile(r"[，、；：,;]+(?=[。；！？])|(?<=[。！？])[。；，、]+|，(?=，)|、(?=、)|；(?=；)")
_NUMBER = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是[:：]?|\d{1,2}[、.．](?!\d))\s*"
)
_ENDS = "。！？…"
NOTHING = frozenset({"无", "无。", "没有", "没有。", "暂无", "暂无。", "/", "—"})


def tidy(text: str) -> str:
    """A rendered passage on one line, with no blanks between Chinese characters and no doubled punctuation."""
    return _DOUBLED.sub("", _SPACE.sub("", text.strip()))


def sentence(text: str) -> str:
    """`text` that ends like a sentence."""
    text = text.rstrip()
    if not text or text[-1] in _ENDS or text.endswith(("。”", "！”", "？”")):
        return text
    return text.rstrip("，、；：,;.") + "。"


def without_end(text: str) -> str:
    """`text` without its last full stop, to stand inside a longer sentence."""
    return text.strip().rstrip("。；;，,.")


def without_number(text: str) -> str:
    """`text` without the list number that a person typed in front of it."""
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text


def numbered(texts: list[str], style: str) -> list[str]:
    """Each text with its list number, `（一）`, `1.` or `1、`; a single text stands without one."""
    if not style or len(texts) < 2:
        return texts
    if style.startswith("1"):
        return [f"{n}{style[1:]}{text}" for n, text in enumerate(texts, start=1)]
    return [f"（{chinese_numeral(n)}）{text}" for n, text in enumerate(texts, start=1)]


def enumerate_names(names: Iterable[str], most: int = 6) -> str:
    """甲、乙、丙; more than `most` end with 等N项; a name that comes twice is said once."""
    unique = list(dict.fromkeys(name for name in names if name))
    if len(unique) > most:
        return f"{'、'.join(unique[:most])}等{len(unique)}项"
    return "、".join(unique)


def one_by_one(texts: Iterable[str]) -> str:
    """一是甲；二是乙; a single text stands as it is. Numbers and full stops that people typed go."""
    items = [without_end(without_number(text)) for text in texts]
    if len(items) < 2:
        return "".join(items)
    return "；".join(f"{chinese_numeral(n)}是{text}" for n, text in enumerate(items, start=1))


def side_by_side(texts: Iterable[str]) -> str:
    """甲；乙, without the numbers and full stops that people typed."""
    return "；".join(without_end(without_number(text)) for text in texts)
