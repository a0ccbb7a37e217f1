"""One value that a unit reports or that follows from what it reports, as rules compare it with prose."""

from decimal import Decimal
from typing import NamedTuple

from reportgen.core.numerals import plain
from reportgen.figures.figure import FieldPath
from reportgen.narrative.numbers import MONEY, PERCENT

INITIAL = "年初预算数"
REVISED = "全年预算数"
EXECUTED = "全年执行数"
RATE = "执行率"
HISTORY = "历年"
OTHER = "其他"
# Half of the last digit of 31.65 and of 31.6.
FINE = Decimal("0.005")
COARSE = Decimal("0.05")
Owner = int | None  # position of the project, None for the unit


class ReportedValue(NamedTuple):
    """One value, in 万元, percent or `unit`, as it was typed (`typed`) or computed; `what` and `column` name it."""

    kind: str
    value: Decimal
    unit: str
    what: str
    column: str
    typed: str
    path: FieldPath
    owner: Owner

    @property
    def name(self) -> str:
        """全年执行数, 基本支出占比."""
        return f"{self.what}{self.column}"

    @property
    def where(self) -> FieldPath:
        """The field in the unit."""
        return (*self.path, self.column)

    @property
    def slack(self) -> Decimal:
        """Half of the last digit that is printed of it: an amount may have one decimal, or two."""
        return (
            COARSE
            if self.kind == MONEY and self.value.as_tuple().exponent == -1
            else FINE
        )

    @property
    def shown(self) -> str:
        """The value with its unit."""
        if self.kind == PERCENT and not self.typed.endswith(("%", "％")):
            return f"{plain(self.value, 2)}%"
        if self.kind == MONEY and not self.typed.endswith("元"):
            return f"{self.typed or plain(self.value, 2)}万元".replace(
                "万万元", "万元"
            )
        return self.typed or plain(self.value)


ColumnValues = tuple[ReportedValue, ...]  # of one column
Columns = dict[str, ColumnValues]
