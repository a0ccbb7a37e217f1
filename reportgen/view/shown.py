"""Numbers as they are shown: text that still compares as the number behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.core.numerals import fixed, percent, plain
from reportgen.figures.figure import Figure
from reportgen.model.values import Reported
from reportgen.packs.manifest import NumberFormat

View = dict[str, Any]


class Shown(str):
    """Printed text that compares as the number behind it, so that a snippet can say `资金.执行率 < 90`.

    `value` is in the printed unit (percent as 90, not 0.9). Without a number every comparison is false, and so is the
    text itself, whatever blank mark it prints.
    """

    __slots__ = ("value",)
    value: Decimal | None

    @classmethod
    def of(cls, text: str, value: Decimal | None) -> Shown:
        """`text` as it prints, `value` as it compares."""
        shown = cls(text)
        shown.value = value
        return shown

    def _against(self, other: object) -> Decimal | None:
        if isinstance(other, Shown):
            return other.value
        if isinstance(other, (int, float, Decimal)) and not isinstance(other, bool):
            return Decimal(str(other))
        return None

    def __bool__(self) -> bool:
        return self.value is not None

    def __lt__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value < there

    def __gt__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value > there

    def __le__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value <= there

    def __ge__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value >= there

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str.__eq__(self, other)
        there = self._against(other)
        return self.value is not None and there is not None and self.value == there

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


class Formatter:
    """Numbers to text in the way of one pack."""

    def __init__(self, numbers: NumberFormat) -> None:
        self.blank, self.dash = Shown.of(numbers.blank, None), numbers.dash
        self.ticked, self.unticked = numbers.ticked, numbers.unticked
        self._money_as_typed, self._rate_as_typed = (
            numbers.money == "原样",
            numbers.rate == "原样",
        )

    def money(self, value: Decimal | None) -> Shown:
        """An amount in 万元."""
        if value is None:
            return self.blank
        if self._money_as_typed and isinstance(value, Reported):
            return Shown.of(value.text, value)
        return Shown.of(
            plain(value, 2) if self._money_as_typed else fixed(value), value
        )

    def rate(self, value: Decimal | None) -> Shown:
        """A ratio as percent."""
        if value is None:
            return self.blank
        if self._rate_as_typed and isinstance(value, Reported):
            return Shown.of(value.text, value * 100)
        return Shown.of(percent(value), value * 100)

    def points(self, value: Decimal | None) -> Shown:
        """Points or a score: as typed, or at most two decimals."""
        if value is None:
            return self.blank
        text = (
            value.text.removesuffix("分").strip()
            if isinstance(value, Reported)
            else plain(value, 2)
        )
        return Shown.of(text, value)

    def count(self, value: Decimal | None) -> Shown:
        """A number of persons or things."""
        return self.blank if value is None else Shown.of(plain(value), value)

    def figure(self, figure: Figure) -> Shown:
        """A computed figure by its unit."""
        show = {"%": self.rate, "万元": self.money, "分": self.points}[figure.unit]
        return show(figure.value)
