"""Edits that people made in documents, told, and brought home into unit.yaml."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from reportgen.application.edited import (
    NO_BASE,
    Edited,
    prepare_unit,
    read_edited,
    refuse_other_unit,
)
from reportgen.application.unit_text import write_unit
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError, Place
from reportgen.core.findings import WARNING, Finding, Findings, failure_findings
from reportgen.pipeline import BUNDLED, Draft
from reportgen.readback.pull.items import PullItem, find_rivals, without_twins
from reportgen.readback.pull.proposals import pull as pull_edits
from reportgen.readback.pull.trial import Trial, tried
from reportgen.workbooks.collection.write_back.unit_document import unit_changes

_NO_UNIT = "找不到它的填报文件"
_NO_UNIT_HINT = "请用 --unit 写明填报文件"
_BUNDLE = (
    "合订本里改的内容带不回填报文件；请在单份文件里改，合订本重新生成时跟着改"
)
_CHOOSE = "；没有写入，请用 --only 写明要写回的项号，如 --only 1,3 --apply"
_NO_ITEM = "没有第 {numbers} 项，什么都没有写"
_NO_ITEM_HINT = "请先不加 --only 看一遍各项的项号"


@dataclass
class PulledDocument:
    """One document on its way home: how unit.yaml would change, line by line, what it cannot bring, and why not."""

    file: Path
    edited: Edited | None = None
    draft: Draft | None = None
    items: list[PullItem] = field(default_factory=list)
    changes: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    applied: int = 0  # items of it that were written
    failures: Findings = ()  # why nothing could be read or written

    @property
    def edits(self) -> int:
        """How many there are in it."""
        return len(self.edited.edits) if self.edited else 0

    @property
    def remark(self) -> str:
        """What is to be known of a bundle."""
        is_bundle = self.edits and self.file.name.endswith(BUNDLED)
        return _BUNDLE if is_bundle else ""

    def fail(self, error: Exception) -> None:
        """Nothing of it comes home: one file that cannot be read does not stop the others."""
        self.failures = failure_findings(error, self.file)


def diff(
    files: Sequence[Path], output: Path, unit: Path | None, workplace: Workplace
) -> Iterator[PulledDocument]:
    """The edits in each of `files`, printed into `output`; one that cannot be read does not stop the others."""
    return (_read(file, output, unit, workplace) for file in files)


def pull(
    files: Sequence[Path],
    output: Path,
    unit: Path | None,
    workplace: Workplace,
    *,
    apply: bool,
    only: Sequence[int] = (),
) -> Iterator[PulledDocument]:
    """What each of `files` brings home, all of them compared with the same unit.yaml; with `apply` it is written.

    Of what two documents say otherwise, and of a document whose print is not known, is written only what `only` names
    by its number.
    """
    copies = list(diff(files, output, unit, workplace))
    for copy in copies:
        _prepare(copy, workplace)
    of_units = _by_unit(copies)
    numbers = count(1)
    for those in of_units:
        _compare(those, numbers)
    if _are_known(only, copies) and apply:
        for those in of_units:
            _write(those, only)
    yield from copies


def _compare(copies: Sequence[PulledDocument], numbers: Iterator[int]) -> None:
    """What the documents of one unit bring home, and where they differ."""
    for copy in copies:
        copy.items = list(_items(copy, numbers))
    find_rivals([item for copy in copies for item in copy.items])
    for copy in copies:
        _show(copy)


def _are_known(only: Sequence[int], copies: Sequence[PulledDocument]) -> bool:
    """Whether every number stands for an item; raises OutputError where no failure of a document is the reason."""
    known = {item.number for copy in copies for item in copy.items}
    missing = sorted(set(only) - known)
    if missing and not any(copy.failures for copy in copies):
        told = _NO_ITEM.format(numbers="、".join(map(str, missing)))
        raise OutputError(told, _NO_ITEM_HINT)
    return not missing


def _read(
    file: Path, output: Path, unit: Path | None, workplace: Workplace
) -> PulledDocument:
    copy = PulledDocument(file)
    try:
        copy.edited = read_edited(file, output, unit, workplace)
    except Exception as error:
        copy.fail(error)
    return copy


def _prepare(copy: PulledDocument, workplace: Workplace) -> None:
    """Reads the unit of a document in which something was changed."""
    try:
        if copy.edited and copy.edited.edits:
            copy.draft = _draft(copy.edited, workplace)
    except Exception as error:
        copy.fail(error)


def _draft(edited: Edited, workplace: Workplace) -> Draft:
    """The unit to which the edits belong, as its file reads now."""
    if edited.unit is None:
        raise OutputError(_NO_UNIT, _NO_UNIT_HINT, place=edited.file)
    draft = prepare_unit(edited.unit, edited.pack, workplace)
    refuse_other_unit(edited.file, edited.identity, draft)
    return draft


def _by_unit(copies: Sequence[PulledDocument]) -> list[list[PulledDocument]]:
    """The documents that bring something home, those of one unit together."""
    found: dict[Path, list[PulledDocument]] = {}
    for copy in copies:
        if copy.draft is not None:
            path = copy.draft.loaded.document.source.path
            found.setdefault(Path(path).resolve(), []).append(copy)
    return list(found.values())


def _items(copy: PulledDocument, numbers: Iterator[int]) -> Iterator[PullItem]:
    """What the unit's file would take of the edits; of the others the reasons are added to the findings."""
    edited = copy.edited
    draft = copy.draft
    file = str(copy.file)
    if edited is None or draft is None:
        return
    found = pull_edits(
        edited.edits,
        draft.loaded,
        draft.computed,
        draft.view,
        file,
    )
    if not edited.sure:
        told = NO_BASE + (_CHOOSE if found.proposals else "")
        copy.findings.append(Finding("RBK008", WARNING, told, Place(file)))
    trial = tried(draft.loaded.document, found.proposals)
    copy.findings += [*found.findings, *trial.findings(file)]
    for proposal in found.proposals:
        if proposal in trial.taken:
            yield PullItem(next(numbers), file, proposal)


def _show(copy: PulledDocument) -> None:
    """How the unit's file would change by one document alone, and what of it is a question."""
    if copy.draft is None:
        return
    document = copy.draft.loaded.document
    trial = tried(document, [one.proposal for one in copy.items])
    copy.changes = unit_changes(document, trial.document)
    for item in copy.items:
        copy.findings += item.question()


def _write(copies: Sequence[PulledDocument], only: Sequence[int]) -> None:
    """Writes what is chosen of the documents of one unit, all at once."""
    draft = copies[0].draft
    chosen = [one for copy in copies for one in _chosen(copy, only)]
    if draft is None or not chosen:
        return
    document = draft.loaded.document
    trial = tried(document, without_twins(chosen))
    try:
        write_unit(document, trial.document)
    except Exception as error:
        for copy in copies:
            copy.fail(error)
        return
    for copy in copies:
        _tell_written(copy, _chosen(copy, only), trial)


def _chosen(copy: PulledDocument, only: Sequence[int]) -> list[PullItem]:
    if only:
        return [one for one in copy.items if one.number in only]
    if copy.edited is None or not copy.edited.sure:
        return []
    return [one for one in copy.items if one.rival is None]


def _tell_written(
    copy: PulledDocument, chosen: Sequence[PullItem], trial: Trial
) -> None:
    puts = [one.put for one in trial.taken]
    copy.applied = sum(1 for one in chosen if one.proposal.put in puts)
    own = [one.proposal for one in chosen]
    refused = [one for one in trial.refused if one[0] in own]
    trial = replace(trial, refused=refused)
    copy.findings += trial.findings(str(copy.file))
