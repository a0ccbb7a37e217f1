"""What the checks and the figures say of a unit as its file stands now; worked out once for each state of the file."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.application.web.desk import Desk, DeskUnit, digest_of
from reportgen.core.findings import (
    Finding,
    Findings,
    Severity,
    failure_findings,
)
from reportgen.pipeline import Draft, prepare

_KIND = "checked"
_KEPT = 6  # drafts that are kept: those a person goes back and forth between


@dataclass(frozen=True)
class CheckedFile:
    """The findings of a unit, and its draft where one could be made."""

    digest: str
    findings: Findings
    draft: Draft | None = None
    failed: bool = False  # no draft can be made of it

    def count(
        self,
        severity: Severity,
    ) -> int:
        """How many findings there are of that severity, waived ones left out."""
        return sum(1 for one in self.open if one.severity is severity)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody has waived."""
        return tuple(one for one in self.findings if not one.waived)


def checked(
    desk: Desk,
    unit: DeskUnit,
    *,
    drafted: bool = False,
) -> CheckedFile:
    """The unit as it stands; with `drafted` its draft as well, where there can be one."""
    known = desk.remembered.get((_KIND, unit.id))
    if isinstance(known, CheckedFile) and known.digest == digest_of(unit):
        is_enough = known.draft is not None or known.failed or not drafted
        if is_enough:
            return known
    with desk.packs_at_hand() as packs:
        digest = digest_of(unit)
        try:
            draft = prepare(unit.file, packs)
            found = CheckedFile(digest, draft.findings, draft)
        except Exception as error:  # told of this unit, the page goes on
            failures = failure_findings(error, unit.file)
            found = CheckedFile(digest, failures, failed=True)
        _remember(desk, unit, found)
    return found


def _remember(
    desk: Desk,
    unit: DeskUnit,
    found: CheckedFile,
) -> None:
    """Keeps it; of units that were looked at long ago only the findings."""
    desk.remembered.pop((_KIND, unit.id), None)  # so that it is the newest
    desk.remembered[_KIND, unit.id] = found
    drafts = [
        (key, held)
        for key, held in desk.remembered.items()
        if isinstance(held, CheckedFile) and held.draft
    ]
    for key, held in drafts[:-_KEPT]:
        desk.remembered[key] = CheckedFile(held.digest, held.findings)
