"""A list as a sheet that people filter: headings that stay in sight, rows as high as their text, words in colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportgen.core.findings import Severity
from reportgen.workbooks.sheets import (
    AMBER,
    GREEN,
    GREY,
    RED,
    cell_formats,
    equal,
    row_height,
    set_page,
)

COLOURS = {
    Severity.ERROR.label: RED,
    Severity.WARNING.label: AMBER,
    Severity.ADVICE.label: GREY,
    "已交": GREEN,
    "未交": RED,
    "打不开": AMBER,
    "填写有误": AMBER,
}


def write_list(
    book: Any,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int]],
    footer: str,
) -> Any:
    """A new sheet with a row for each of `rows`; columns have their headings and widths."""
    sheet = book.add_worksheet(name)
    formats = cell_formats(book)
    last = max(len(rows), 1)
    for column, (head, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, formats["head"])
    widths = [width for _, width in columns]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            is_text = isinstance(value, str)
            write = sheet.write_string if is_text else sheet.write_number
            write(number, column, value, formats["top"])
        texts = zip(map(str, row), widths, strict=True)
        sheet.set_row(number, row_height(*texts))
    for word, colour in COLOURS.items():
        rule = {**equal(word), "format": formats[colour]}
        sheet.conditional_format(1, 1, last, 4, rule)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    set_page(sheet, footer)
    return sheet
