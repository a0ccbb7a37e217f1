"""What people changed in documents since these were printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.application.edited import NO_BASE, read_edited
from reportgen.application.workplace import Workplace
from reportgen.core.findings import Findings, failure_findings


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """One document: each edit in a line, a remark on how it was compared, or why it could not be."""

    file: Path
    edits: tuple[str, ...] = ()
    remark: str = ""
    resaved: bool = False  # no word was changed, and still it is not as printed
    failures: Findings = ()


def diff(
    files: Sequence[Path], output: Path, unit: Path | None, workplace: Workplace
) -> Iterator[DocumentDiff]:
    """The edits in each of `files`, printed into `output`; one that cannot be read does not stop the others."""
    for file in files:
        try:
            edited = read_edited(file, output, unit, workplace)
        except Exception as error:
            yield DocumentDiff(file, failures=failure_findings(error, file))
            continue
        edits = tuple(one.text for one in edited.edits)
        remark = "" if edited.sure else NO_BASE
        yield DocumentDiff(file, edits, remark, edited.resaved)
