"""合计: the row above a table of 汇总表.xlsx, whose formulas follow what the filter leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from reportgen.core.findings import Severity
from reportgen.core.numerals import ONE, ZERO, mean, ratio
from reportgen.workbooks.sheets import Formats
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
        return sum(filter(None, amounts), ZERO)


def write_totals(
    sheet: Any,
    table: TotalledTable,
    columns: Sequence[Column],
    formats: Formats,
) -> None:
    """The row: what the filter leaves; where a department covers other rows, only the rows that count."""
    at = HEAD - 1
    for position, column in enumerate(columns):
        if column.total:
            cells = area(position, table.last)
            formula, value = _total(column.total, table, cells)
            style = formats[f"total{column.format}"]
            sheet.write_formula(at, position, formula, style, value)
        else:
            sheet.write_blank(at, position, None, formats["total"])
    told = _ALL if table.all_counted else _COUNTED
    sheet.write_string(at, AT["单位"], told, formats["total"])
    sheet.write_string(at, AT["项目"], "得分为简单平均", formats["total"])


def _total(kind: str, table: TotalledTable, cells: str) -> Total:
    """The formula of that kind of total, and what it comes to."""
    if kind == "rate":
        return _rate(table)
    if kind == "mean":
        return _mean(table, cells)
    if kind in {one.value for one in Severity}:
        own = (line.result for line in table.lines if line.own)
        found = sum(one.count(Severity(kind)) for one in own)
        return f"=SUBTOTAL(109,{cells})", found
    return _money_formula(table, cells), table.money(kind)


def _money_formula(table: TotalledTable, cells: str) -> str:
    """The sum of what the filter leaves, or of the rows that count."""
    if table.all_counted:
        return f"=SUBTOTAL(109,{cells})"
    return f'=SUMIFS({cells},{area(AT["计入合计"], table.last)},"是")'


def _rate(table: TotalledTable) -> Total:
    over, under = (f"{letter(AT[head])}{HEAD}" for head in ("执行数", "预算数"))
    rate = ratio(table.money("executed"), table.money("budget"))
    return f'=IF({under}=0,"",{over}/{under})', "" if rate is None else rate


def _mean(table: TotalledTable, cells: str) -> Total:
    value = mean((line.row.score, ONE) for line in table.lines)
    shown = "" if value is None else value
    return f'=IF(SUBTOTAL(102,{cells})=0,"",SUBTOTAL(101,{cells}))', shown
