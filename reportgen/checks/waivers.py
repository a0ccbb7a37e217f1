"""豁免: findings that the unit lets stand, with a reason; a waiver that nothing needs is a finding itself."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reportgen.core.errors import Place
from reportgen.core.findings import WARNING, Finding, Severity
from reportgen.model.loading import LoadedUnit
from reportgen.model.unit import Waiver

UNUSED = "WVR001"


class WaiverRule(NamedTuple):
    """What is said of the waivers themselves, for the manual."""

    code: str
    severity: Severity
    doc: str


UNUSED_WAIVER = WaiverRule(
    UNUSED,
    WARNING,
    """豁免没有对应的问题.

    依据：豁免只针对一处已经查实、可以保留的问题；问题改好以后豁免应当删去，以免掩盖以后的问题。
    反例：
        豁免: [{代码: SCO003, 位置: 自评结果.总分, 理由: 按复核后的分数填报}]
    """,
)
RUN_CODES = frozenset(
    {"TXT002", "TXT007", "AGG002", "AGG003", "AGG004"}
)  # rules over many units may need a waiver that the unit alone does not

Placed = tuple[
    int, Waiver, Place
]  # a waiver, its position in 豁免 and where it stands


def waived(
    findings: Iterable[Finding], loaded: LoadedUnit
) -> Iterator[Finding]:
    """`findings`, those that a waiver names marked with its reason; then WVR001 for each waiver without one."""
    return waived_in_run(findings, _placed(loaded), left=RUN_CODES)


def left_for_run(
    findings: Iterable[Finding], loaded: LoadedUnit
) -> tuple[Placed, ...]:
    """The waivers of codes with rules over the run that none of the unit's own `findings` needed."""
    own = list(findings)
    return tuple(
        one
        for one in _placed(loaded)
        if _code(one[1]) in RUN_CODES
        and not any(_names(one[1], finding) for finding in own)
    )


def waived_in_run(
    findings: Iterable[Finding],
    waivers: Sequence[Placed],
    *,
    left: Collection[str] = (),
) -> Iterator[Finding]:
    """The same for what was found over the run; nothing is said of waivers whose codes are `left` for later."""
    used: set[int] = set()
    for finding in findings:
        match = next((one for one in waivers if _names(one[1], finding)), None)
        if match is None:
            yield finding
        else:
            position, waiver, _ = match
            used.add(position)
            by = f"（{waiver.by}）" if waiver.by else ""
            yield replace(finding, waived=f"{waiver.reason}{by}")
    for position, waiver, place in waivers:
        if position not in used and _code(waiver) not in left:
            yield _unused(position, waiver, place)


def _placed(loaded: LoadedUnit) -> tuple[Placed, ...]:
    return tuple(
        (n, waiver, loaded.place(("豁免", n)))
        for n, waiver in enumerate(loaded.unit.waivers)
    )


def _unused(position: int, waiver: Waiver, place: Place) -> Finding:
    message = f"豁免的 {waiver.code}（{waiver.path}）没有对应的问题；请删去这条豁免，或核对代码和位置"
    path = f"豁免[{position + 1}]"
    return Finding(UNUSED, WARNING, message, place, path)


def _names(waiver: Waiver, finding: Finding) -> bool:
    """Whether the waiver names this finding: the same code, at that field and nowhere else."""
    return _code(waiver) == finding.code and waiver.path.strip() == finding.path


def _code(waiver: Waiver) -> str:
    return waiver.code.strip().upper()
