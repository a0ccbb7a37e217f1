"""豁免: findings that the unit lets stand, with a reason; a waiver that nothing needs is a finding itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.finding import Finding, Severity
from reportgen.model.loading import LoadedUnit
from reportgen.model.unit import Waiver

UNUSED = "WVR001"


def waived(findings: Iterable[Finding], loaded: LoadedUnit) -> Iterator[Finding]:
    """`findings`, those that a waiver names marked with its reason; then WVR001 for each waiver without one."""
    waivers = loaded.unit.waivers
    used: set[int] = set()
    for finding in findings:
        match = next((n for n, waiver in enumerate(waivers) if _names(waiver, finding)), None)
        if match is None:
            yield finding
        else:
            used.add(match)
            yield replace(finding, waived=_reason(waivers[match]))
    for position, waiver in enumerate(waivers):
        if position not in used:
            message = f"豁免的 {waiver.code}（{waiver.path}）没有对应的问题；请删去这条豁免，或核对代码和位置"
            place = loaded.place(("豁免", position))
            yield Finding(UNUSED, Severity.WARNING, message, place, f"豁免[{position + 1}]")


def _names(waiver: Waiver, finding: Finding) -> bool:
    """Whether the waiver names this finding: the same code, at that field and nowhere else."""
    return waiver.code.strip().upper() == finding.code and waiver.path.strip() == finding.path


def _reason(waiver: Waiver) -> str:
    return f"{waiver.reason}（{waiver.by}）" if waiver.by else waiver.reason
