"""What the sheets of 汇总表.xlsx share: their columns, where their table stands, how a cell looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from reportgen.results.unit_result import SummaryRow, UnitResult

HEAD, FIRST = 2, 3  # the rows of the column names and of the first unit, from 0
GREEN, AMBER, RED, GREY = "#C6EFCE", "#FFEB9C", "#F8CBAD", "#E7E6E6"
AMOUNT, RATE, POINTS, COUNT = "#,##0.00", "0.00%", "0.00", "0"
NOTE_WIDTH = 36  # characters
_FONT = "微软雅黑"
_CELL = {
    "font_name": _FONT,
    "font_size": 10,
    "border": 1,
    "border_color": "#A6A6A6",
    "valign": "vcenter",
}


class Column(NamedTuple):
    """A column: its head, its width in characters, its format and how the row of totals adds it up.

    The format of a number is as Excel writes it, that of text "", in the middle "word", over several lines "note".
    """

    head: str
    width: int
    format: str = ""
    total: str = ""


COLUMNS = (
    Column("序号", 6, COUNT),
    Column("单位", 30),
    Column("项目", 24),
    Column("预算数（万元）", 14, AMOUNT, "budget"),
    Column("执行数（万元）", 14, AMOUNT, "executed"),
    Column("执行率", 10, RATE, "rate"),
    Column("分值", 8, POINTS),
    Column("自评得分", 10, POINTS, "mean"),
    Column("等级", 8, "word"),
    Column("错误", 7, COUNT, "errors"),
    Column("警告", 7, COUNT, "warnings"),
    Column("文件", 7, "word"),
    Column("状态", 7, "word"),
    Column("计入合计", 9, "word"),
    Column("说明", NOTE_WIDTH, "note"),
)
AT = {
    column.head.partition("（")[0]: position
    for position, column in enumerate(COLUMNS)
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One row of a sheet."""

    result: UnitResult
    row: SummaryRow
    project: str
    counted: bool
    note: str = ""
    own: bool = True  # whether the findings and files of the unit are told here


def cell_formats(book: Any) -> dict[str, Any]:
    """A format for each kind of cell: by number format, and by colour for what is conditional."""
    made = {
        style: book.add_format({**_CELL, "num_format": style})
        for style in (AMOUNT, RATE, POINTS, COUNT)
    }
    made[""] = book.add_format({**_CELL, "num_format": "@"})
    made["note"] = book.add_format(
        {**_CELL, "num_format": "@", "font_color": "#7F3F00", "text_wrap": True}
    )
    made["word"] = book.add_format(
        {**_CELL, "num_format": "@", "align": "center"}
    )
    made["link"] = book.add_format(
        {**_CELL, "align": "center", "font_color": "#0563C1", "underline": 1}
    )
    head = {**_CELL, "bold": True, "bg_color": "#D9E1F2", "align": "center"}
    made["head"] = book.add_format({**head, "text_wrap": True})
    made["title"] = book.add_format(
        {"font_name": _FONT, "bold": True, "font_size": 16, "valign": "vcenter"}
    )
    for style in ("", AMOUNT, RATE, POINTS, COUNT):
        shape = {**_CELL, "bold": True, "bg_color": "#F2F2F2"}
        made[f"total{style}"] = book.add_format(
            {**shape, "num_format": style or "@"}
        )
    for colour in (GREEN, AMBER, RED, GREY):
        made[colour] = book.add_format({"bg_color": colour})
    return made


def set_page(sheet: Any) -> None:
    """The sheet as it is printed: across, as wide as a page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&R第 &P 页，共 &N 页")


def letter(position: int) -> str:
    """The name of a column."""
    return chr(ord("A") + position)


def area(position: int, last: int) -> str:
    """The cells of a column, from the first to the last row of the table."""
    return f"${letter(position)}${FIRST + 1}:${letter(position)}${last + 1}"
