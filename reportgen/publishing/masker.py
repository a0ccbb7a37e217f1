"""What of a text is masked: the names that are known, and whatever has the shape of a number of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportgen.publishing.patterns import PHONE, Spotted, narrow, numbers_in
from reportgen.publishing.surnames import masked_name

NAME = "姓名"
_NEVER = re.compile(r"(?!)")
_BLANKS = r"[\s_·\u200b]*"


@dataclass(frozen=True)
class Masker:
    """The names and the telephone numbers that are known, and with them what is masked in any text."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return _any_of(self.names)

    @cached_property
    def _numbers(self) -> re.Pattern[str]:
        return _any_of(self.numbers, free=True)

    def spots(self, text: str) -> list[Spotted]:
        """What is masked in `text`, in its order, none over another."""
        found: list[Spotted] = []
        for one in sorted(self._every(text), key=lambda one: one.start):
            if not found or one.start >= found[-1].end:
                found.append(one)
            elif one.end > found[-1].end:
                found[-1] = _joined(found[-1], one)
        return found

    def _every(self, text: str) -> Iterator[Spotted]:
        plain = narrow(text)
        for match in self._names.finditer(plain):
            name = re.sub(_BLANKS, "", match[0]) or match[0]
            yield Spotted(*match.span(), NAME, masked_name(name))
        for match in self._numbers.finditer(plain):
            digits = sum(map(str.isdigit, match[0]))
            yield Spotted(*match.span(), PHONE, "*" * digits)
        yield from numbers_in(text)

    def masked(self, text: str) -> str:
        """`text` with all that is masked."""
        return with_spots(text, self.spots(text))


def with_spots(text: str, spots: Sequence[Spotted]) -> str:
    """`text` with each of `spots` as it is shown instead."""
    for one in reversed(spots):
        text = text[: one.start] + one.shown + text[one.end :]
    return text


def _joined(first: Spotted, second: Spotted) -> Spotted:
    """Two that overlap as one, of which nothing is shown."""
    length = second.end - first.start
    return Spotted(first.start, second.end, first.kind, "*" * length)


def _any_of(words: Iterable[str], *, free: bool = False) -> re.Pattern[str]:
    """What finds any of `words`, whose characters may stand apart; `free`: no other digit touches it."""
    longest = sorted(filter(None, words), key=len, reverse=True)
    if not longest:
        return _NEVER
    apart = r"[-\s]?" if free else _BLANKS
    found = "|".join(apart.join(map(re.escape, one)) for one in longest)
    return re.compile(rf"(?<![0-9])(?:{found})(?![0-9])" if free else found)
