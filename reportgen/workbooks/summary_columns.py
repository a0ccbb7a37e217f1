"""What the sheets of 汇总表.xlsx share: their columns, and where their table stands."""

from typing import NamedTuple

from reportgen.results.unit_result import SummaryRow, UnitResult
from reportgen.workbooks.sheets import AMOUNT, COUNT, POINTS, RATE

HEAD, FIRST = 2, 3  # the rows of the column names and of the first unit, from 0


class Column(NamedTuple):
    """A column: its head, its width in characters, its format and how the row of totals adds it up.

    The format of a number is as Excel writes it, that of text "", in the middle "word", over several lines "note".
    """

    head: str
    width: int
    format: str = ""
    total: str = ""


COLUMNS = (
    Column("序号", 5, COUNT),
    Column("单位", 26),
    Column("项目", 18),
    Column("预算数（万元）", 14, AMOUNT, "budget"),
    Column("执行数（万元）", 14, AMOUNT, "executed"),
    Column("执行率", 10, RATE, "rate"),
    Column("分值", 8, POINTS),
    Column("自评得分", 10, POINTS, "mean"),
    Column("等级", 6, "word"),
    Column("错误", 6, COUNT, "error"),
    Column("警告", 6, COUNT, "warning"),
    Column("文件", 7, "word"),
    Column("状态", 7, "word"),
    Column("计入合计", 9, "word"),
    Column("计入平均", 9, "word"),
    Column("说明", 26, "note"),
)
AT = {
    column.head.partition("（")[0]: position
    for position, column in enumerate(COLUMNS)
}


class SummaryLine(NamedTuple):
    """One row of a sheet."""

    result: UnitResult
    row: SummaryRow
    project: str
    counted: bool
    rated: bool
    note: str = ""
    own: bool = True  # whether the findings and files of the unit are told here


def letter(position: int) -> str:
    """The name of a column."""
    return chr(ord("A") + position)


def area(position: int, last: int) -> str:
    """The cells of a column, from the first to the last row of the table."""
    return f"${letter(position)}${FIRST + 1}:${letter(position)}${last + 1}"
