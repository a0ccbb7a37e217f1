"""How findings and failures look on a terminal and as JSON; the exit codes."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import typer

from reportgen.core.control_chars import harmless
from reportgen.core.errors import ReportgenError
from reportgen.core.findings import (
    ERROR,
    WARNING,
    Finding,
    Rejected,
    Severity,
    fault_text,
    worst_first,
)

_WAIVED = "已豁免"
EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_STOPPED = 3

Lines = Iterator[str]


def exit_code(stopped: object, seen: object) -> int:
    """The code of a command that was `stopped`, or that has `seen` something a person has to look at."""
    if stopped:
        return EXIT_STOPPED
    return EXIT_FINDINGS if seen else EXIT_CLEAN


def say(lines: Iterable[str]) -> None:
    """Each of `lines` on the terminal, at once."""
    typer.echo("".join(f"{harmless(line)}\n" for line in lines), nl=False)


def from_here(path: Path) -> Path:
    """`path` as it would be typed: short where it lies below the working folder."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def say_json(shape: object) -> None:
    """The answer for another program."""
    typer.echo(json.dumps(shape, ensure_ascii=False, indent=2))


def failure_text(error: Exception) -> str:
    """A failure as lines for the terminal."""
    if not isinstance(error, ReportgenError):
        return f"错误 {fault_text(error)}"
    if isinstance(error, Rejected):
        return "\n".join(finding_line(finding) for finding in error.findings)
    return f"错误 {error}"


def finding_line(finding: Finding) -> str:
    """错误 SCO001 unit.yaml 第94行 自评结果.分值合计：…; one that the unit waived says so, and why."""
    path = finding.path
    how = finding.severity.label
    reason = ""
    message = finding.message.removeprefix(f"{path}：")
    shown = "" if finding.place.in_words else path
    where = f"{finding.place} {shown}".rstrip()
    if finding.waived:
        how = f"{_WAIVED}（{how}）"
        reason = f"；豁免理由：{finding.waived}"
    return f"{how} {finding.code} {where}：{message}{reason}"


def failure_lines(file: Path, failures: Iterable[Finding]) -> Lines:
    """Why nothing came of a file."""
    return (f"{file}：{finding_line(found)}" for found in failures)


def indented(findings: Iterable[Finding], by: int = 2) -> Lines:
    """A line for each of `findings`."""
    return (f"{' ' * by}{finding_line(finding)}" for finding in findings)


def grouped(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """The findings by the document in which they show, the document with the worst first."""
    groups: dict[str, list[Finding]] = {}
    for finding in worst_first(findings):
        groups.setdefault(finding.document.removesuffix(".docx"), []).append(
            finding
        )
    yield from groups.items()


def counts(findings: Sequence[Finding], none: str = "未发现问题") -> str:
    """错误 3 处、警告 1 处; what is waived counts for nothing; `none` where there is nothing."""
    counted = Counter(map(_counted_as, findings))
    labels = [*(one.label for one in Severity), _WAIVED]
    told = [f"{one} {counted[one]} 处" for one in labels if counted[one]]
    return "、".join(told) or none


def _counted_as(finding: Finding) -> str:
    """Under which word it is counted."""
    return _WAIVED if finding.waived else finding.severity.label


def has_errors(findings: Iterable[Finding], *, warnings: bool = False) -> bool:
    """Whether there are errors (or `warnings`) that are not waived."""
    bad = {ERROR, WARNING} if warnings else {ERROR}
    return any(one.severity in bad and not one.waived for one in findings)


def findings_shape(findings: Iterable[Finding]) -> dict[str, object]:
    """The JSON of `check` and `build`: what counts, and apart from it what the unit waived, with the reason."""
    ordered = worst_first(findings)
    return {
        "findings": [one.as_json() for one in ordered if not one.waived],
        "waived": [
            {**one.as_json(), "reason": one.waived}
            for one in ordered
            if one.waived
        ],
    }


def file_names(paths: Iterable[Path]) -> str:
    """甲.docx、乙.docx."""
    return "、".join(path.name for path in paths)
