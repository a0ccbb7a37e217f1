"""Edits that people made in documents brought home into unit.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from reportgen.application.edited import NO_BASE, Edited, prepare_unit, read_edited
from reportgen.application.unit_text import write_unit_text
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError, Place
from reportgen.core.findings import Finding, Severity, failure_findings
from reportgen.pipeline import BUNDLED
from reportgen.readback.pull.proposals import pull as pull_edits
from reportgen.readback.pull.trial import taken

_NO_UNIT = "找不到它的填报文件"
_NO_UNIT_HINT = "请用 --unit 写明填报文件"
_BUNDLE = "合订本里改的内容带不回填报文件；请在单份文件里改，合订本重新生成时跟着改"


@dataclass(frozen=True, slots=True)
class PulledDocument:
    """What one document brings home: how unit.yaml would change, line by line, what it cannot bring, and why not."""

    file: Path
    unit: Path | None = None
    edits: int = 0
    proposals: int = 0
    changes: tuple[str, ...] = ()  # a unified diff of the file, without its head
    findings: tuple[Finding, ...] = ()
    remark: str = ""
    applied: bool = False
    failures: tuple[Finding, ...] = ()  # why nothing of it could be read or written


def pull(
    files: Sequence[Path],
    output: Path,
    unit: Path | None,
    workplace: Workplace,
    *,
    apply: bool,
) -> Iterator[PulledDocument]:
    """What each of `files` brings home, one after the other: with `apply` it is written before the next is read."""
    for file in files:
        try:
            edited = read_edited(file, output, unit, workplace)
            yield _pulled(edited, workplace, apply=apply)
        except Exception as error:
            # one file that cannot be read does not stop the others
            yield PulledDocument(file, failures=failure_findings(error, str(file)))


def _pulled(edited: Edited, workplace: Workplace, *, apply: bool) -> PulledDocument:
    if not edited.edits:
        return PulledDocument(edited.file, edited.unit)
    place = Place(str(edited.file))
    if edited.unit is None:
        raise OutputError(_NO_UNIT, place=place, hint=_NO_UNIT_HINT)
    draft = prepare_unit(edited.unit, edited.pack, workplace)
    found = pull_edits(
        edited.edits,
        draft.loaded,
        draft.computed,
        draft.view,
        draft.tools.pack.snippets,
        place.file,
    )
    new, home = taken(draft.loaded, found, place.file)
    unsure = (
        () if edited.sure else (Finding("RBK008", Severity.WARNING, NO_BASE, place),)
    )
    old, is_applied = draft.loaded.document.source.text, apply and bool(home.proposals)
    if is_applied:
        write_unit_text(edited.unit, old, new)
    return PulledDocument(
        edited.file,
        edited.unit,
        len(edited.edits),
        len(home.proposals),
        _changes(old, new),
        (*unsure, *home.findings),
        _BUNDLE if edited.file.name.endswith(BUNDLED) else "",
        is_applied,
    )


def _changes(old: str, new: str) -> tuple[str, ...]:
    lines = unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=1)
    return tuple(lines)[2:]
