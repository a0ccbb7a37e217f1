"""Half-width marks and straight quotes in Chinese prose, and what GB/T 15834 wants in their place.

Nothing is touched within tags, addresses, numbers, times, and between Latin words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IS_HAN = re.compile(f"[{_HAN}]")
_KEPT = re.compile(
    r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|\{#.{0,500}?#\}"  # tags
    rf"|[A-Za-z][A-Za-z0-9+.\-]{0, 20}://[^\s,;()<>\"{_HAN}，。；、（）《》“”]+"  # addresses
    rf"|www\.[^\s,;()<>\"{_HAN}，。；、（）《》“”]+"
    r"|[\w.+\-]{1,64}@[\w\-]+(?:\.[\w\-]+)+"
    r"|[A-Za-z]:\\[^\s，。；]*"  # files
    r"|(?<!\d)\d+(?:[,.:/]\d+)+"  # 1,234.5  12:30  3:7
    r"|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[ \t]{0,4}[,.:;'&()][ \t]{0,4}[A-Za-z0-9]+)+",  # Latin words
    re.DOTALL | re.ASCII,
)
_WIDE = {
    ",": "，",
    ";": "；",
    ":": "：",
    "!": "！",
    "?": "？",
    ".": "。",
}
_MARKS = re.compile(r"[,;:!?.]+")
_BEFORE = re.compile(rf"[{_HAN}）》〉」』〕】”’)\"'%％]")
_FULL = re.compile(f"[{_HAN}）》”’%]")
_ENDS = re.compile(r"\s*(?:\Z|\n|[”’）》」』)\"'])")
_LONG_CLAUSE = re.compile(rf"[{_HAN}]{{8}}")  # no foreign name is that long
_DOTS = 3  # and more are an ellipsis
_PAIRS = {"(": ")", "（": "）"}


class WrongMark(NamedTuple):
    """A mark at an offset of a text, and what should stand there."""

    at: int
    old: str
    new: str


def wrong_marks(text: str) -> list[WrongMark]:
    """The marks of a paragraph that should be Chinese ones, in their order."""
    if not _IS_HAN.search(text):
        return []
    masked = _KEPT.sub(_as_letters, text)
    found = [
        *_stops(masked),
        *_brackets(masked),
        *_quotes(masked, '"', "“”"),
        *_quotes(masked, "'", "‘’"),
    ]
    return sorted(found)


def with_marks(text: str, marks: list[WrongMark]) -> str:
    """The text with the right marks."""
    parts = []
    done = 0
    for mark in marks:
        parts += [text[done : mark.at], mark.new]
        done = mark.at + len(mark.old)
    return "".join([*parts, text[done:]])


def _as_letters(match: re.Match[str]) -> str:
    """A stretch of the same length in which no mark is seen; a number stays one, and a tag may print any word."""
    sign = match[0][0]
    if sign.isdigit():
        return "0" * len(match[0])
    return ("一" if sign == "{" else "x") * len(match[0])


def _stops(text: str) -> Iterator[WrongMark]:
    """Commas, colons, stops between words; those that stand together go together or stay."""
    for match in _MARKS.finditer(text):
        old = match[0]
        if set(old) == {"."} and len(old) >= _DOTS:
            if _is_han(text, match.start() - 1):
                yield WrongMark(match.start(), old, "……")
        elif len(old) == 1 and _is_chinese(text, match.start()):
            yield WrongMark(match.start(), old, _WIDE[old])


def _is_chinese(text: str, at: int) -> bool:
    """Whether the mark at an offset stands in a Chinese sentence."""
    before, after = text[:at].rstrip(" \t"), text[at + 1 :].lstrip(" \t")
    last = before[-1:]
    if text[at] == ".":
        return _ends_sentence(before, after)
    if _BEFORE.fullmatch(last):
        return bool(_IS_HAN.search(before))
    return text[at] != ":" and last.isalnum() and _is_han(after, 0)


def _ends_sentence(before: str, after: str) -> bool:
    """Whether a dot is a full stop: behind a Chinese word at the end, or between a long clause and another."""
    if not _FULL.match(before[-1:]):
        return False
    is_between = _is_han(after, 0) and _LONG_CLAUSE.search(before[-8:])
    return bool(_ENDS.match(after) or is_between)


def _is_han(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _IS_HAN.match(text[at]) is not None


def _brackets(text: str) -> Iterator[WrongMark]:
    """Half-width brackets in pairs, one of which may be a wide one already, within or around Chinese words."""
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in _PAIRS:
            opened.append(at)
        elif sign in ")）" and opened:
            start = opened.pop()
            if _is_wide_pair(text, start, at):
                yield from _half_of_pair(text, start, at)


def _is_wide_pair(text: str, start: int, end: int) -> bool:
    if text[start] == "（" or text[end] == "）":
        return True
    beside = _is_han(text, start - 1) or _is_han(text, end + 1)
    return beside or _IS_HAN.search(text[start:end]) is not None


def _half_of_pair(text: str, start: int, end: int) -> Iterator[WrongMark]:
    if text[start] == "(":
        yield WrongMark(start, "(", "（")
    if text[end] == ")":
        yield WrongMark(end, ")", "）")


def _quotes(text: str, sign: str, pair: str) -> Iterator[WrongMark]:
    """Straight quotes that come in pairs around Chinese words; within quotes that are round already single ones."""
    places = [at for at, one in enumerate(text) if one == sign]
    if len(places) % 2:
        return
    for start, end in zip(places[::2], places[1::2], strict=True):
        are_inches = _is_digit(text, start - 1) and _is_digit(text, end - 1)
        if are_inches or not _IS_HAN.search(text[start:end]):
            continue
        opened = text.count("“", 0, start) > text.count("”", 0, start)
        wide = "‘’" if opened else pair
        yield WrongMark(start, sign, wide[0])
        yield WrongMark(end, sign, wide[1])


def _is_digit(text: str, at: int) -> bool:
    return at >= 0 and text[at].isdigit()
