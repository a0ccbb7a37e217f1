"""How the parts of a sum are shown, and what rounding can make of it."""

from __future__ import annotations

from decimal import Decimal

from reportgen.core.numerals import plain
from reportgen.figures.figure import Figure

HALF_A_CENT = Decimal(
    "0.005"
)  # what rounding to two decimals can take from, or add to, each addend


def addends(figure: Figure, *, named: bool) -> str:
    """The parts of a sum as a message shows them: 执行率10 ＋ 产出指标80, or the numbers alone."""
    return " ＋ ".join(
        f"{item.label if named else ''}{plain(item.value, 2)}"
        for item in figure.inputs
        if isinstance(item.value, Decimal)
    )
