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
    Formats,
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

_TITLE = 30  # points of the row of the title


def write_list(
    book: Any,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int]],
    footer: str,
    *,
    title: str = "",
) -> Any:
    """A new sheet with a row for each of `rows`; columns have their headings and widths.

    With a `title`, which stands above them, everything is a row lower.
    """
    sheet = book.add_worksheet(name)
    formats = cell_formats(book)
    top = 1 if title else 0
    last = top + max(len(rows), 1)
    if title:
        sheet.write_string(0, 0, title, formats["title"])
        sheet.set_row(0, _TITLE)
    for column, (head, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, head, formats["head"])
    _write_rows(sheet, columns, rows, formats, top + 1)
    for word, colour in COLOURS.items():
        rule = {**equal(word), "format": formats[colour]}
        sheet.conditional_format(top + 1, 1, last, 4, rule)
    sheet.autofilter(top, 0, last, len(columns) - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    set_page(sheet, footer)
    return sheet


def _write_rows(
    sheet: Any,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int]],
    formats: Formats,
    first: int,
) -> None:
    """The rows from row `first` on, each as high as its text."""
    widths = [width for _, width in columns]
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row):
            is_text = isinstance(value, str)
            write = sheet.write_string if is_text else sheet.write_number
            write(number, column, value, formats["top"])
        texts = zip(map(str, row), widths, strict=True)
        sheet.set_row(number, row_height(*texts))
