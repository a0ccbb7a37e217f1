"""汇总表.xlsx and 汇总.html beside the years: what a run of several units comes to."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.batch.delivery import kept_findings, told_documents
from reportgen.core.findings import Findings, failure_findings
from reportgen.outputs.file_states import file_states
from reportgen.outputs.receipt import read_receipt
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output
from reportgen.results.unit_result import ResultDocument, UnitResult
from reportgen.results.unit_status import FRESH

_BOOK = "汇总表.xlsx"
_PAGE = "汇总.html"
_MARK = "汇总校验"  # in the receipt beside them: what they say


class SummaryFiles(NamedTuple):
    """What became of the summary; `is_unchanged` where the one that lies there says the same already."""

    folder: Path
    documents: tuple[ResultDocument, ...] = ()
    findings: Findings = ()
    failure: str = ""  # why it could not be written
    is_unchanged: bool = False

    @property
    def left(self) -> tuple[ResultDocument, ...]:
        """Those files that a person changed or has open."""
        return tuple(one for one in self.documents if one.kept)


def write_summary(units: Sequence[UnitResult], output: Path) -> SummaryFiles:
    """Writes the summary; what could not be written is told, the documents of the units are there."""
    from reportgen.batch.summary_page import summary_page  # noqa: PLC0415
    from reportgen.results.summary import summarise  # noqa: PLC0415  loads the Excel library
    from reportgen.workbooks.summary_book import summary_workbook  # noqa: PLC0415

    told = summarise(units)
    if _is_told(output, told.mark):
        documents = tuple(
            ResultDocument(output / name) for name in (_BOOK, _PAGE)
        )
        return SummaryFiles(output, documents, is_unchanged=True)
    try:
        books = [
            Output(_BOOK, summary_workbook(told, output)),
            Output(_PAGE, summary_page(told, output)),
        ]
        written = write_outputs(output, books, {_MARK: told.mark})
    except Exception as error:  # what became of the units must not be lost
        failures = failure_findings(error, output)
        return SummaryFiles(output, (), failures, failures[0].message)
    return SummaryFiles(output, told_documents(written), kept_findings(written))


def _is_told(output: Path, mark: str) -> bool:
    """Whether the summary that lies there says the same already."""
    receipt = read_receipt(output)
    states = set(file_states(output, receipt).values())
    return receipt.get(_MARK) == mark and states == {FRESH}
