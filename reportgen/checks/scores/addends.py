"""How the parts of a sum are shown, and what rounding can make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.rule import added_up, first_of
from reportgen.core.numerals import ZERO, plain
from reportgen.figures.figure import Figure

HALF_A_CENT = Decimal(
    "0.005"
)  # what rounding to two decimals can take from, or add to, each addend


def addends(figure: Figure, *, named: bool) -> str:
    """The parts of a sum as a message shows them: 执行率10 ＋ 产出指标80, or the numbers alone."""
    parts = (
        (item.label if named else "", item.value)
        for item in figure.inputs
        if isinstance(item.value, Decimal)
    )
    return added_up(parts, 2)


def rows_named(names: Sequence[str]) -> str:
    """「甲」「乙」「丙」等 4 项."""
    quoted = [f"「{name}」" for name in names]
    return first_of(quoted, 3, f"等 {len(names)} 项", between="")


class Scored(NamedTuple):
    """One addend of a total score, with the most that it can be."""

    name: str
    weight: Decimal | None
    score: Decimal | None


class KnownSum(NamedTuple):
    """The sum of the scores that are known, the most that it can become, and what has no score yet."""

    least: Decimal
    most: Decimal
    rows: str

    @classmethod
    def of(cls, parts: Iterable[Scored]) -> KnownSum:
        """The sum of `parts`; one with neither points nor a score is none."""
        least = most = ZERO
        waiting = []
        for one in parts:
            least += one.score or 0
            most += one.weight or 0 if one.score is None else one.score
            if one.score is None and one.weight:
                waiting.append(one.name)
        return cls(least, most, rows_named(waiting))

    def out_of_reach(self, stated: Decimal, slack: Decimal) -> str:
        """Why `stated` cannot become the sum, "" where it can."""
        if stated < self.least - slack:
            return "总分不会比它小"
        if stated > self.most + slack:
            return f"都得满分，总分也只有 {plain(self.most, 2)}"
        return ""
