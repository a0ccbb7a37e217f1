"""合计: the row above a table of 汇总表.xlsx, whose formulas follow what the filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from reportgen.core.findings import Severity
from reportgen.workbooks.summary_columns import (
    AT,
    HEAD,
    Column,
    SummaryLine,
    area,
    letter,
)

_ALL = "合计（随筛选变化）"
_COUNTED = "合计（下属单位已含在部门数内的不重复计）"
# The formula of a total, and what it comes to, for programs that show a workbook without computing it
Total = tuple[str, Decimal | int | str]


@dataclass(frozen=True)
class TotalledTable:
    """The rows of a table, the last of which stands in row `last`."""

    lines: Sequence[SummaryLine]
    last: int

    @cached_property
    def counted(self) -> tuple[SummaryLine, ...]:
        """The rows that count: not those that a department of the run covers."""
        return tuple(line for line in self.lines if line.counted)

    @property
    def all_counted(self) -> bool:
        """Whether no row is covered by another."""
        return len(self.counted) == len(self.lines)

    def money(self, name: str) -> Decimal:
        """The amounts of the rows that count."""
        amounts = (getattr(line.row, name) for line in self.counted)
        return sum(filter(None, amounts), Decimal(0))


def write_totals(
    sheet: Any,
    table: TotalledTable,
    columns: Sequence[Column],
    formats: dict[str, Any],
) -> None:
    """The row: what the filter leaves; where a department covers other rows, only the rows that count."""
    at = HEAD - 1
    for position, column in enumerate(columns):
        if column.total:
            formula, value = _TOTALS[column.total](
                table, area(position, table.last)
            )
            style = formats[f"total{column.format}"]
            sheet.write_formula(at, position, formula, style, value)
        else:
            sheet.write_blank(at, position, None, formats["total"])
    told = _ALL if table.all_counted else _COUNTED
    sheet.write_string(at, AT["单位"], told, formats["total"])
    sheet.write_string(at, AT["项目"], "得分为简单平均", formats["total"])


def _budget(table: TotalledTable, cells: str) -> Total:
    return _money_formula(table, cells), table.money("budget")


def _executed(table: TotalledTable, cells: str) -> Total:
    return _money_formula(table, cells), table.money("executed")


def _money_formula(table: TotalledTable, cells: str) -> str:
    if table.all_counted:
        return f"=SUBTOTAL(109,{cells})"
    return f'=SUMIFS({cells},{area(AT["计入合计"], table.last)},"是")'


def _rate(table: TotalledTable, cells: str) -> Total:
    over, under = (f"{letter(AT[head])}{HEAD}" for head in ("执行数", "预算数"))
    budget, executed = table.money("budget"), table.money("executed")
    return (
        f'=IF({under}=0,"",{over}/{under})',
        executed / budget if budget else "",
    )


def _mean(table: TotalledTable, cells: str) -> Total:
    scores = [
        line.row.score for line in table.lines if line.row.score is not None
    ]
    mean = sum(scores, Decimal(0)) / len(scores) if scores else ""
    return f'=IF(SUBTOTAL(102,{cells})=0,"",SUBTOTAL(101,{cells}))', mean


def _errors(table: TotalledTable, cells: str) -> Total:
    return f"=SUBTOTAL(109,{cells})", _found(table, Severity.ERROR)


def _warnings(table: TotalledTable, cells: str) -> Total:
    return f"=SUBTOTAL(109,{cells})", _found(table, Severity.WARNING)


def _found(table: TotalledTable, severity: Severity) -> int:
    return sum(line.result.count(severity) for line in table.lines if line.own)


_TOTALS: dict[str, Callable[[TotalledTable, str], Total]] = {
    "budget": _budget,
    "executed": _executed,
    "rate": _rate,
    "mean": _mean,
    "errors": _errors,
    "warnings": _warnings,
}
