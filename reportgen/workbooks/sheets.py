"""What the workbooks share: how one is made, how a cell looks, how high a row is, how a sheet is printed."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any

Formats = dict[str, Any]  # for each kind of cell

GREEN, AMBER, RED, GREY = "#C6EFCE", "#FFEB9C", "#F8CBAD", "#E7E6E6"
AMOUNT, RATE, POINTS, COUNT = "#,##0.00", "0.00%", "0.00", "0"
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's own date would make the same run differ
_AS_TYPED = {  # text is text, whatever it begins with
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LINE = 16  # points of a line
_HIGHEST = 400  # points of a row, which Excel ends at 409


def workbook_bytes(title: str, fill: Callable[[Any], None]) -> bytes:
    """A workbook that `fill` was given to write into."""
    import xlsxwriter  # noqa: PLC0415  30 ms, wanted only when documents are written

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, _AS_TYPED) as book:
        book.set_properties({"title": title, "created": _FIXED})
        fill(book)
    return buffer.getvalue()


def cell_formats(book: Any) -> Formats:
    """A format for each kind of cell: by number format, in a row of totals, and by colour for what is conditional."""
    styles = _styles()
    for style in ("", AMOUNT, RATE, POINTS, COUNT):
        total = {**styles[style], "bold": True, "bg_color": "#F2F2F2"}
        styles[f"total{style}"] = total
    for colour in (GREEN, AMBER, RED, GREY):
        styles[colour] = {"bg_color": colour}
    return {name: book.add_format(style) for name, style in styles.items()}


def _styles() -> dict[str, dict[str, Any]]:
    """How cells look, of text by name and of numbers by their format."""
    cell = {
        "font_name": "微软雅黑",
        "font_size": 10,
        "border": 1,
        "border_color": "#A6A6A6",
        "valign": "vcenter",
    }
    text = {**cell, "num_format": "@", "text_wrap": True}
    centred = {**text, "align": "center"}
    top = {**text, "valign": "top"}
    blue = {"font_color": "#0563C1", "underline": 1}
    styles = {
        "": text,
        "top": top,
        "note": {
            **text,
            "font_color": "#7F3F00",
        },
        "word": centred,
        "link": {**centred, **blue},
        "document": {**top, **blue},
        "head": {
            **centred,
            "bold": True,
            "bg_color": "#D9E1F2",
        },
        "title": {
            **text,
            "bold": True,
            "font_size": 16,
            "border": 0,
            "text_wrap": False,
        },
    }
    for style in (AMOUNT, RATE, POINTS, COUNT):
        styles[style] = {**cell, "num_format": style}
    return styles


def equal(text: str) -> dict[str, Any]:
    """The condition that a cell says `text`."""
    return {"type": "cell", "criteria": "==", "value": f'"{text}"'}


def row_height(*cells: tuple[str, int]) -> int:
    """The points of a row that shows each text in its width: only Excel itself makes a row as high as its text."""
    lines = 1
    for text, width in cells:
        room = sum(2.1 if ord(char) > 0x2E7F else 1 for char in text)
        lines = max(lines, ceil(room / width))
    return min(_LINE * lines, _HIGHEST)


def set_page(sheet: Any, footer: str = "") -> None:
    """The sheet as it is printed: across, as wide as a page, `footer` on the left below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer(f"&L{footer.replace('&', '&&')}&R第 &P 页，共 &N 页")
