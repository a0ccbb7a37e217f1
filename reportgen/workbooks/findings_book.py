"""问题清单.xlsx: the findings of one unit as a workbook that staff filter and tick off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from reportgen.core.findings import Finding, Severity, worst_first

FILE_NAME = "问题清单.xlsx"
_COLUMNS = (
    ("序号", 6),
    ("程度", 8),
    ("代码", 10),
    ("位置", 36),
    ("行号", 8),
    ("问题与处理", 84),
    ("所在文件", 34),
    ("豁免理由", 24),
)
_COLOURS = {
    Severity.ERROR: "#F8CBAD",
    Severity.WARNING: "#FFE699",
    Severity.ADVICE: "#DDEBF7",
}
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's own date would make the same findings differ


def findings_workbook(findings: Sequence[Finding], file: str) -> bytes:
    """The workbook: one row for each finding, worst first, filterable; what is waived stands last.

    `file` is the unit's input, for the footer. Where a finding shows in a document of the set, the row links to it.
    """
    import xlsxwriter  # noqa: PLC0415  30 ms, wanted only when documents are written

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "问题清单", "created": _FIXED})
        sheet, formats = book.add_worksheet("问题清单"), _formats(book)
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, formats["head"])
        for row, finding in enumerate(worst_first(findings), start=1):
            _write_row(sheet, row, finding, formats)
        sheet.autofilter(0, 0, max(len(findings), 1), len(_COLUMNS) - 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{file.replace('&', '&&')}&R第 &P 页，共 &N 页")
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    """How the cells of the head, of text, of a link and of each severity look."""
    cell = {"text_wrap": True, "valign": "top", "border": 1}
    head = {"bold": True, "bg_color": "#D9D9D9", "border": 1, "align": "center"}
    shades = {
        one.value: {**cell, "bg_color": shade}
        for one, shade in _COLOURS.items()
    }
    link = {**cell, "font_color": "#0563C1", "underline": 1}
    styles = {"head": head, "cell": cell, "link": link, **shades}
    return {name: book.add_format(style) for name, style in styles.items()}


def _write_row(
    sheet: Any, row: int, finding: Finding, formats: dict[str, Any]
) -> None:
    cell, line = formats["cell"], finding.place.line
    severity, shade = finding.severity.label, formats[finding.severity.value]
    if finding.waived:
        severity, shade = "已豁免", cell
    sheet.write_number(row, 0, row, cell)
    sheet.write_string(row, 1, severity, shade)
    sheet.write_string(row, 2, finding.code, cell)
    sheet.write_string(row, 3, finding.path or finding.place.file, cell)
    sheet.write(row, 4, line or "", cell)
    sheet.write_string(row, 5, finding.message, cell)
    name = finding.document
    if name and "#" not in name:  # there Excel would look for a bookmark
        sheet.write_url(
            row, 6, f"external:{name}", formats["link"], string=name
        )
    else:
        sheet.write_string(row, 6, name, cell)
    sheet.write_string(row, 7, finding.waived, cell)
