"""问题清单.xlsx: the findings of one unit as a workbook that staff filter and tick off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from reportgen.core.findings import Finding, Severity

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
_ORDER = list(Severity)
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
        sheet = book.add_worksheet("问题清单")
        head = book.add_format(
            {"bold": True, "bg_color": "#D9D9D9", "border": 1, "align": "center"}
        )
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        shades = {
            one: book.add_format(
                {"text_wrap": True, "valign": "top", "border": 1, "bg_color": colour}
            )
            for one, colour in _COLOURS.items()
        }
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        link = book.add_format(
            {
                "text_wrap": True,
                "valign": "top",
                "border": 1,
                "font_color": "#0563C1",
                "underline": 1,
            }
        )
        for row, finding in enumerate(_worst_first(findings), start=1):
            _write_row(sheet, row, finding, cell, shades[finding.severity])
            _write_document(sheet, row, finding.document, cell, link)
        sheet.autofilter(0, 0, max(len(findings), 1), len(_COLUMNS) - 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{file.replace('&', '&&')}&R第 &P 页，共 &N 页")
    return buffer.getvalue()


def _write_row(sheet: Any, row: int, finding: Finding, cell: Any, shade: Any) -> None:
    write_string = sheet.write_string
    sheet.write_number(row, 0, row, cell)
    write_string(
        row,
        1,
        "已豁免" if finding.waived else finding.severity.label,
        cell if finding.waived else shade,
    )
    write_string(row, 2, finding.code, cell)
    write_string(row, 3, finding.path or finding.place.file, cell)
    if finding.place.line:
        sheet.write_number(row, 4, finding.place.line, cell)
    else:
        write_string(row, 4, "", cell)
    write_string(row, 5, finding.message, cell)
    write_string(row, 7, finding.waived, cell)


def _worst_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(
        findings,
        key=lambda one: (
            bool(one.waived),
            _ORDER.index(one.severity),
            one.place.line,
            one.code,
        ),
    )


def _write_document(sheet: Any, row: int, name: str, cell: Any, link: Any) -> None:
    """The document beside the workbook, as a link; in a name with # Excel would look for a bookmark."""
    if name and "#" not in name:
        sheet.write_url(row, 6, f"external:{name}", link, string=name)
    else:
        sheet.write_string(row, 6, name, cell)
