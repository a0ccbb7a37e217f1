"""问题清单.xlsx: the findings of one unit as a workbook that staff filter and tick off."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from reportgen.core.findings import Finding, Severity, worst_first
from reportgen.workbooks.sheets import (
    AMBER,
    GREY,
    RED,
    Formats,
    cell_formats,
    equal,
    row_height,
    set_page,
    workbook_bytes,
)

FILE_NAME = "问题清单.xlsx"
_COLUMNS = (
    ("序号", 6),
    ("程度", 8),
    ("代码", 10),
    ("位置", 34),
    ("填报文件行号", 14),
    ("问题与处理", 84),
    ("印在哪份文件", 34),
    ("豁免理由", 24),
    ("填报文件", 20),
)
_DOCUMENT = 6
_COLOURS = (
    (Severity.ERROR, RED),
    (Severity.WARNING, AMBER),
    (Severity.ADVICE, GREY),
)


def findings_workbook(findings: Sequence[Finding], file: str) -> bytes:
    """The workbook: one row for each finding, worst first, filterable; what is waived stands last.

    `file` is the unit's input. Where a finding shows in a document of the set, the row links to it.
    """

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("问题清单")
        formats = cell_formats(book)
        last = max(len(findings), 1)
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, formats["head"])
        for row, finding in enumerate(worst_first(findings), start=1):
            _write_row(sheet, row, finding, formats)
        for severity, colour in _COLOURS:
            rule = {**equal(severity.label), "format": formats[colour]}
            sheet.conditional_format(1, 1, last, 1, rule)
        sheet.autofilter(0, 0, last, len(_COLUMNS) - 1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        set_page(sheet, file)

    return workbook_bytes("问题清单", fill)


def _write_row(
    sheet: Any, row: int, finding: Finding, formats: Formats
) -> None:
    place = finding.place
    document = finding.document
    cells = (
        row,
        "已豁免" if finding.waived else finding.severity.label,
        finding.code,
        finding.path or place.file,
        place.line or place.spot,
        finding.message,
        document,
        finding.waived,
        PurePath(place.file).name if place.where else "",
    )
    for column, value in enumerate(cells):
        write = (
            sheet.write_string if isinstance(value, str) else sheet.write_number
        )
        write(row, column, value, formats["top"])
    if document and "#" not in document:  # Excel would look for a bookmark
        link = f"external:{document}"
        sheet.write_url(
            row, _DOCUMENT, link, formats["document"], string=document
        )
    widths = dict(_COLUMNS).values()
    texts = zip(map(str, cells), widths, strict=True)
    sheet.set_row(row, row_height(*texts))
