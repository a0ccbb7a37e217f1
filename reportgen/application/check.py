"""What is found in units, without anything being made."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.application.unit_files import UnitFiles, unit_files
from reportgen.application.workplace import Workplace
from reportgen.batch.time_limit import within_time
from reportgen.batch.twins import refusal_of_twins, twins_among
from reportgen.batch.up_to_date import open_conflicts_in
from reportgen.checks.units.extracts import Extract, extract
from reportgen.checks.units.run import check_run
from reportgen.core.file_names import unit_folder
from reportgen.core.findings import (
    Finding,
    Findings,
    Severity,
    failure_findings,
)
from reportgen.outputs.receipt import read_receipt
from reportgen.pipeline import (
    PackCache,
    documents_of_set,
    placed,
    prepare,
)
from reportgen.recognition.annotated import write_reviews
from reportgen.recognition.check_summary import write_summary
from reportgen.recognition.contradictions import (
    Statements,
    contradictions,
    statements_of,
)
from reportgen.recognition.reading.office_files import is_document
from reportgen.recognition.unit_loading import title_of, told_in
from reportgen.view.printed_in import PrintedDocument


class CheckRequest(NamedTuple):
    """What is wanted: which findings of which units."""

    paths: tuple[Path, ...]
    pack: str = ""  # instead of the one that each unit names
    codes: frozenset[str] = frozenset()  # none: all
    least: Severity = Severity.ADVICE  # and what is worse
    output: Path = Path()  # where documents of these units lie
    annotate: bool = False  # and copies of Word documents with comments

    def picks(self, finding: Finding) -> bool:
        """Whether that finding is wanted."""
        is_bad = finding.severity.rank <= self.least.rank
        return is_bad and (not self.codes or finding.code in self.codes)


class CheckedUnit(NamedTuple):
    """One unit: its findings that are wanted, how many others there are, or why it could not be read."""

    file: Path
    title: str = ""
    findings: Findings = ()
    hidden: int = 0
    failed: bool = False

    @property
    def kind(self) -> str:
        """What its findings are told of where they show in no document of the set."""
        return "文中" if is_document(self.file) else "整份填报文件"


class CheckReport(NamedTuple):
    """All units of the request."""

    found: UnitFiles
    units: tuple[CheckedUnit, ...]

    @property
    def findings(self) -> Findings:
        """Everything that is wanted."""
        of_units = (finding for one in self.units for finding in one.findings)
        return (*self.found.empty, *of_units)

    @property
    def is_complete(self) -> bool:
        """Whether every file could be read."""
        return not self.found.empty and not any(
            one.failed for one in self.units
        )


class _Read(NamedTuple):
    """A unit that was read, until all of them are."""

    file: Path
    folder: Path | None = None  # where its documents would be
    title: str = ""
    findings: Findings = ()
    extract: Extract | None = None
    documents: tuple[PrintedDocument, ...] = ()
    stated: Statements | None = None  # of a Word document


def check(
    request: CheckRequest,
    workplace: Workplace,
    *,
    on_unit: Callable[[Path], None] = lambda _: None,
) -> CheckReport:
    """Reads and checks all units, each alone and then together. `on_unit` is told each file when it was read."""
    found = unit_files(request.paths, documents=True)
    packs = workplace.packs()
    read = []
    for file in found.files:
        read.append(_read(file, packs, request))
        on_unit(file)
    units = [_picked(one, request) for one in _with_twins(_together(read))]
    if request.annotate:
        write_reviews({one.file: one.findings for one in units})
        write_summary((one.file, one.title, one.findings) for one in units)
    return CheckReport(found, tuple(units))


def _read(file: Path, packs: PackCache, request: CheckRequest) -> _Read:
    try:
        with within_time():
            draft = prepare(file, packs, request.pack)
        documents = () if is_document(file) else documents_of_set(draft)
        unit = draft.loaded.unit
        found = told_in(draft.findings, draft.loaded, file)
        made = (
            file
            if is_document(file)
            else unit_folder(request.output, unit.year, unit.name)
        )
        return _Read(
            file,
            made,
            title_of(unit),
            (
                *placed(found, documents),
                *open_conflicts_in(made, read_receipt(made)),
            ),
            extract(draft.facts, draft.loaded, found),
            documents,
            statements_of(draft.loaded, file) if is_document(file) else None,
        )
    except Exception as error:
        # a fault of the program in one unit must not stop the others either
        return _Read(file, findings=failure_findings(error, file))


def _together(read: Sequence[_Read]) -> Iterable[_Read]:
    """Each with what only the units together show."""
    found = check_run(one.extract for one in read if one.extract)
    apart = contradictions(one.stated for one in read if one.stated)
    for one in read:
        more = found.get(one.extract.file, ()) if one.extract else ()
        others = apart.get(one.file, ())
        findings = (*one.findings, *placed(more, one.documents), *others)
        yield one._replace(findings=findings)


def _with_twins(read: Iterable[_Read]) -> Iterable[_Read]:
    """Each of those of one unit and year with a finding that names the others: `build` refuses them."""
    units = list(read)
    twins = twins_among((one.file, one.folder) for one in units)
    for one in units:
        others = twins.get(one.file)
        refusal = refusal_of_twins(others) if others else None
        told = failure_findings(refusal, one.file) if refusal else ()
        yield one._replace(findings=(*told, *one.findings))


def _picked(one: _Read, request: CheckRequest) -> CheckedUnit:
    if one.folder is None:
        return CheckedUnit(one.file, findings=one.findings, failed=True)
    wanted = tuple(filter(request.picks, one.findings))
    hidden = sum(
        not (found.waived or request.picks(found)) for found in one.findings
    )
    return CheckedUnit(one.file, one.title, wanted, hidden)
