"""What a person types: words and figures that stand nowhere else, so that they can be found again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

One = TypeVar("One")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")
_SIGNS = "子丑寅卯辰巳午未申酉戌亥"


def narrow(text: str) -> str:
    """Full-width figures as the others."""
    return text.translate(_NARROW)


@dataclass
class Pen:
    """One hand; `words` and `figures` are all that it has written so far."""

    dice: random.Random
    count: int = 0
    words: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def one_of(self, choices: Sequence[One]) -> One:
        return choices[self.dice.randrange(len(choices))]

    def word(self) -> str:
        """A word with a sign of its own: no figures, which would be taken for those of the data."""
        self.count += 1
        rest, signs = self.count, ""
        for _ in range(3):
            rest, digit = divmod(rest, len(_SIGNS))
            signs = _SIGNS[digit] + signs
        self.words.append(f"手书{signs}")
        return self.words[-1]

    def figure(self, *, wide: bool = False) -> str:
        self.count += 1
        self.figures.append(f"{7000 + self.count}.{self.count % 89 + 10}")
        last = self.figures[-1]
        return last.translate(_WIDE) if wide else last
