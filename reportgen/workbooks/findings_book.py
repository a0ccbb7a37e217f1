"""问题清单.xlsx: the findings of one unit as a workbook that staff filter and tick off."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from reportgen.core.findings import Finding, worst_first
from reportgen.workbooks.collection.list_sheet import write_list
from reportgen.workbooks.sheets import cell_formats, workbook_bytes

FILE_NAME = "问题清单.xlsx"
_COLUMNS = (
    ("序号", 6),
    ("程度", 8),
    ("代码", 9),
    ("位置", 24),
    ("填报文件行号", 13),
    ("问题与处理", 64),
    ("印在哪份文件", 24),
    ("豁免理由", 14),
    ("填报文件", 16),
)
_DOCUMENT = 6
_FIRST = 2  # row of the first finding, below title and headings


def findings_workbook(findings: Sequence[Finding], file: str) -> bytes:
    """The workbook: one row for each finding, worst first, filterable; what is waived stands last.

    `file` is the unit's input. Where a finding shows in a document of the set, the row links to it.
    """

    ordered = worst_first(findings)

    def fill(book: Any) -> None:
        rows = [_row(*one) for one in enumerate(ordered, start=1)]
        name = PurePath(file).name
        title = f"问题清单（{name}）"
        sheet = write_list(book, "问题清单", _COLUMNS, rows, name, title=title)
        look = cell_formats(book)["document"]
        for row, finding in enumerate(ordered, start=_FIRST):
            name = finding.document
            if name and "#" not in name:  # Excel would look for a bookmark
                link = f"external:{name}"
                sheet.write_url(row, _DOCUMENT, link, look, string=name)

    return workbook_bytes("问题清单", fill)


def _field_of(finding: Finding) -> str:
    """The field; in a Word document the names of its row and column."""
    place = finding.place
    if place.in_words:
        begin = place.spot.find("「")
        return place.spot[begin:] if begin >= 0 else ""
    return finding.path or place.file


def _row(number: int, finding: Finding) -> tuple[str | int, ...]:
    place = finding.place
    return (
        number,
        "已豁免" if finding.waived else finding.severity.label,
        finding.code,
        _field_of(finding),
        place.line or place.spot,
        finding.message,
        finding.document,
        finding.waived,
        PurePath(place.file).name if place.where else "",
    )
