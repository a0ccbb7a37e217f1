"""A figure: a computed value that knows how it came about."""

from decimal import Decimal
from typing import NamedTuple

from reportgen.core.numerals import percent, plain
from reportgen.model.target import Target
from reportgen.model.values import Reported

FieldPath = tuple[str | int, ...]


class Input(NamedTuple):
    """One value that a figure was computed from and where it stands in the unit."""

    label: str
    value: Decimal | Target | str | None
    path: FieldPath

    @property
    def text(self) -> str:
        """The value as users read it: as it was typed, or else a rate in percent and other numbers to 4 places.

        "" where there is none.
        """
        if isinstance(self.value, (Target, Reported)):
            return self.value.text.strip()
        if isinstance(self.value, Decimal):
            is_rate = self.label.endswith("率") and not self.is_points
            return percent(self.value) if is_rate else plain(self.value, 4)
        return self.value or ""

    @property
    def is_points(self) -> bool:
        """Whether it is a weight or score: a row may be called 差错率 and have one."""
        return self.path[-1] in ("分值", "得分", "总分", "分值合计")


class Figure(NamedTuple):
    """A value with label, unit, formula, inputs and source.

    A rate is kept as a ratio (1 is 100 %) with unit "%", money in 万元, points with unit "分". Where it cannot be
    computed `value` is None and `missing` says why in the user's words.
    """

    path: FieldPath
    label: str
    value: Decimal | None
    unit: str
    formula: str
    inputs: tuple[Input, ...] = ()
    source: str = ""
    missing: str = ""

    @property
    def text(self) -> str:
        """The value with its unit as users read it, "" where there is none."""
        if self.value is None:
            return ""
        is_rate = self.unit == "%"
        return (
            percent(self.value)
            if is_rate
            else f"{plain(self.value, 4 if self.unit == '万元' else 2)}{self.unit}"
        )


def absent(inputs: tuple[Input, ...]) -> str:
    """Why a figure over `inputs` has no value: the fields that are empty, or "" when all are there."""
    empty = [item.label for item in inputs if item.value is None]
    return f"缺少{'、'.join(empty)}" if empty else ""
