"""How findings and failures look on a terminal and as JSON; the exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from reportgen.errors import ReportgenError
from reportgen.finding import Finding, Rejected, Severity, fault_text

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
    """错误 SCO001 unit.yaml 第94行 自评结果.分值合计：…"""
    path = f" {finding.path}" if finding.path and not finding.message.startswith(finding.path) else ""
    return f"{finding.severity.label} {finding.code} {finding.place}{path}：{finding.message}"


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first, then in the order of the file."""
    return sorted(findings, key=lambda one: (_ORDER.index(one.severity), one.place.file, one.place.line, one.code))


def counts(findings: Sequence[Finding]) -> str:
    """错误 3 处、警告 1 处."""
    numbers = [(one.label, sum(f.severity is one for f in findings)) for one in Severity]
    return "、".join(f"{label} {number} 处" for label, number in numbers if number) or "未发现问题"


def exit_code(findings: Iterable[Finding], *, stopped: bool, strict: bool = False) -> int:
    """The worst: 3 when something could not go on, 1 for errors (with `strict` warnings too) that are not waived."""
    if stopped:
        return EXIT_STOPPED
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return EXIT_FINDINGS if any(one.severity in bad and not one.waived for one in findings) else EXIT_CLEAN


def print_json(findings: Iterable[Finding], documents: Iterable[Path] | None = None) -> None:
    """The JSON of `check` and `build`."""
    shape: dict[str, object] = {"findings": [finding.as_json() for finding in by_severity(findings)]}
    if documents is not None:
        shape["documents"] = [str(path) for path in documents]
    typer.echo(json.dumps(shape, ensure_ascii=False, indent=2))
