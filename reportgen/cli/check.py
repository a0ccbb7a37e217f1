"""reportgen check."""

import typer

from reportgen.application.check import (
    CheckedUnit,
    CheckReport,
    CheckRequest,
    check as check_units,
)
from reportgen.cli.fix import fix_files
from reportgen.cli.options import (
    OUTPUTS,
    Annotate,
    ApplyFixes,
    Codes,
    Fixing,
    LeastSeverity,
    PackName,
    StrictCheck,
    TextOrJson,
    UnitPaths,
)
from reportgen.cli.reference import known_code
from reportgen.cli.show import (
    Lines,
    counts,
    exit_code,
    finding_line,
    findings_shape,
    grouped,
    has_errors,
    indented,
    say,
    say_json,
)
from reportgen.cli.workplace import workplace
from reportgen.core.findings import Severity, worst_first

_SEVERITIES = {severity.label: severity for severity in Severity}


def check(
    paths: UnitPaths,
    pack: PackName = "",
    code: Codes = None,
    least: LeastSeverity = "提示",
    strict: StrictCheck = False,
    fix: Fixing = False,
    apply: ApplyFixes = False,
    annotate: Annotate = False,
    format: TextOrJson = "text",
) -> int:
    """检查填报内容，列出问题，不生成文件。

    有错误时退出码为 1，有文件读不了为 3，其余为 0。
    """
    if apply and not fix:
        raise typer.BadParameter("要和 --fix 一起用", param_hint="--apply")
    if fix:
        return fix_files(paths, apply=apply, as_json=format == "json")
    codes = frozenset(map(known_code, code or ()))
    request = CheckRequest(
        tuple(paths), pack, codes, _SEVERITIES[least], OUTPUTS, annotate
    )
    report = check_units(request, workplace())
    if format == "json":
        say_json(findings_shape(report.findings))
    else:
        say(_lines(report))
    is_bad = has_errors(report.findings, warnings=strict)
    return exit_code(not report.is_complete, is_bad)


def _lines(report: CheckReport) -> Lines:
    """Unit by unit, within one document by document, the worst first."""
    yield from map(finding_line, report.found.empty)
    for unit in report.units:
        yield from _unit(unit)
    if report.found.told_unread:
        yield report.found.told_unread


def _unit(unit: CheckedUnit) -> Lines:
    title = f"（{unit.title}）" if unit.title and unit.findings else ""
    yield f"{unit.file}：{_counts(unit)}{title}"
    if unit.failed:
        yield from indented(worst_first(unit.findings))
        return
    for document, findings in grouped(unit.findings):
        yield f"  {document or unit.kind}"
        yield from indented(findings, 4)


def _counts(unit: CheckedUnit) -> str:
    """What was found, and how much of it was not asked for."""
    if not unit.hidden:
        return counts(unit.findings)
    told = counts(unit.findings, "没有所选代码、程度的问题")
    return f"{told}；另有 {unit.hidden} 处不在所选的代码、程度之内，没有列出"
