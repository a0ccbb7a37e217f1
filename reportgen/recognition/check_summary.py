"""检查汇总.xlsx: what was found in many documents, a row for each and a row for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reportgen.core.findings import Finding, Severity, worst_first
from reportgen.outputs.whole_files import Output, refusing, replace_all
from reportgen.recognition.annotated import REVIEW
from reportgen.recognition.reading.office_files import is_document
from reportgen.workbooks.collection.list_sheet import write_list
from reportgen.workbooks.sheets import workbook_bytes

NAME = "检查汇总.xlsx"
_DOCUMENTS = (
    ("序号", 6),
    ("程度", 8),
    ("文件", 40),
    ("单位", 34),
    ("错误", 7),
    ("警告", 7),
    ("提示", 7),
)
_FINDINGS = (
    ("序号", 6),
    ("程度", 8),
    ("代码", 10),
    ("文件", 36),
    ("位置", 40),
    ("问题与处理", 84),
)
Checked = tuple[Path, str, Sequence[Finding]]


def write_summary(checked: Iterable[Checked]) -> None:
    """Writes the summary of several documents into the folder of the reviews; raises OutputError."""
    rows = [one for one in checked if is_document(one[0])]
    if len(rows) < 2:
        return
    folder = _common(one[0] for one in rows) / REVIEW
    with refusing(folder):
        folder.mkdir(exist_ok=True)
    replace_all(folder, [Output(NAME, summary_workbook(rows, folder.parent))])


def _common(files: Iterable[Path]) -> Path:
    """The folder that holds all of them."""
    folders = [file.resolve().parent for file in files]
    shared = folders[0]
    while not all(one.is_relative_to(shared) for one in folders):
        shared = shared.parent
    return shared


def summary_workbook(
    rows: Sequence[Checked],
    folder: Path,
) -> bytes:
    """The workbook: the documents, then all findings, the worst first."""

    def fill(book: Any) -> None:
        documents = [
            _document(at, one, folder) for at, one in enumerate(rows, start=1)
        ]
        write_list(book, "各份文件", _DOCUMENTS, documents, str(folder))
        every = worst_first(
            finding for _, _, findings in rows for finding in findings
        )
        found = [_finding(at, one) for at, one in enumerate(every, start=1)]
        write_list(book, "问题清单", _FINDINGS, found, str(folder))

    return workbook_bytes("检查汇总", fill)


def _document(
    number: int,
    checked: Checked,
    folder: Path,
) -> tuple[str | int, ...]:
    file, title, findings = checked
    counted = Counter(one.severity for one in findings if not one.waived)
    worst = next((one.label for one in Severity if counted[one]), "")
    place = file.resolve().relative_to(folder)
    counts = (counted[one] for one in Severity)
    return number, worst, str(place), title or "没有读出", *counts


def _finding(
    number: int,
    finding: Finding,
) -> tuple[str | int, ...]:
    place = finding.place
    return (
        number,
        finding.severity.label,
        finding.code,
        Path(place.file).name,
        place.spot,
        finding.message,
    )
