"""How findings and failures look on a terminal and as JSON; the exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import typer

from reportgen.core.errors import ReportgenError
from reportgen.core.findings import Finding, Rejected, Severity, fault_text

EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, EXIT_STOPPED = 0, 1, 2, 3
_ORDER = list(Severity)


def pack_search() -> tuple[Path, ...]:
    """Where packs are looked for: the working folder's templates/ first, so that what staff restyle there is used."""
    here = Path(__file__).resolve().parent.parent
    return (Path("templates"), here / "templates", here.parent / "templates")


def failure_text(error: Exception) -> str:
    """A failure as lines for the terminal."""
    if not isinstance(error, ReportgenError):
        return f"错误 {fault_text(error)}"
    if isinstance(error, Rejected):
        return "\n".join(finding_line(finding) for finding in error.findings)
    return f"错误 {error}"


def finding_line(finding: Finding) -> str:
    """错误 SCO001 unit.yaml 第94行 自评结果.分值合计：…; one that the unit waived says so, and why."""
    path = (
        f" {finding.path}"
        if finding.path and not finding.message.startswith(finding.path)
        else ""
    )
    how = (
        f"已豁免（{finding.severity.label}）"
        if finding.waived
        else finding.severity.label
    )
    reason = f"；豁免理由：{finding.waived}" if finding.waived else ""
    return f"{how} {finding.code} {finding.place}{path}：{finding.message}{reason}"


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first, then in the order of the file; what is waived comes last."""
    return sorted(
        findings,
        key=lambda one: (*_rank(one), one.place.file, one.place.line, one.code),
    )


def _rank(finding: Finding) -> tuple[bool, int]:
    return bool(finding.waived), _ORDER.index(finding.severity)


def grouped(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """The findings by the document in which they show, the document with the worst first."""
    groups: dict[str, list[Finding]] = {}
    for finding in by_severity(findings):
        groups.setdefault(finding.document.removesuffix(".docx"), []).append(finding)
    yield from groups.items()


def counts(findings: Sequence[Finding]) -> str:
    """错误 3 处、警告 1 处; what is waived counts for nothing."""
    numbers = [
        (one.label, sum(f.severity is one and not f.waived for f in findings))
        for one in Severity
    ]
    numbers.append(("已豁免", sum(bool(f.waived) for f in findings)))
    return (
        "、".join(f"{label} {number} 处" for label, number in numbers if number)
        or "未发现问题"
    )


def exit_code(
    findings: Iterable[Finding], *, stopped: bool, strict: bool = False
) -> int:
    """The worst: 3 when something could not go on, 1 for errors (with `strict` warnings too) that are not waived."""
    if stopped:
        return EXIT_STOPPED
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return (
        EXIT_FINDINGS
        if any(one.severity in bad and not one.waived for one in findings)
        else EXIT_CLEAN
    )


def print_json(
    findings: Iterable[Finding], documents: Iterable[Path] | None = None
) -> None:
    """The JSON of `check` and `build`: what counts, and apart from it what the unit waived, with the reason."""
    ordered = by_severity(findings)
    shape: dict[str, object] = {
        "findings": [one.as_json() for one in ordered if not one.waived],
        "waived": [
            {**one.as_json(), "reason": one.waived} for one in ordered if one.waived
        ],
    }
    if documents is not None:
        shape["documents"] = [str(path) for path in documents]
    typer.echo(json.dumps(shape, ensure_ascii=False, indent=2))
