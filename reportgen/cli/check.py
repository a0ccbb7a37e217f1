"""reportgen check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportgen.checks.units.run import Extract, check_run, extract
from reportgen.cli.inputs import unit_files
from reportgen.cli.show import (
    by_severity,
    counts,
    exit_code,
    finding_line,
    grouped,
    pack_search,
    print_json,
)
from reportgen.core.findings import Finding, Severity, failure_findings
from reportgen.pipeline import PackCache, documents_of_set, placed, prepare
from reportgen.view.printed_in import PrintedDocument

_ELSEWHERE = "不在成套文件中的内容"
_SEVERITIES = {severity.label: severity for severity in Severity}


@dataclass(slots=True)
class CheckedUnit:
    """What is kept of a unit until all are read: its findings, what the rules over the run need, its documents."""

    file: Path
    title: str = ""
    findings: list[Finding] = field(default_factory=list)
    failed: bool = False
    extract: Extract | None = None
    documents: tuple[PrintedDocument, ...] = ()


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件或文件夹", help="一个或多个 unit.yaml，或含有它们的文件夹。"
        ),
    ],
    pack: Annotated[
        str,
        typer.Option(
            "--pack", metavar="模板包", help="改用这个模板包，不用文件中写的「模板」。"
        ),
    ] = "",
    code: Annotated[
        list[str] | None,
        typer.Option(
            "--code", metavar="代码", help="只看这一条规则，例如 BUD001；可以写几次。"
        ),
    ] = None,
    least: Annotated[
        Literal["错误", "警告", "提示"],
        typer.Option(
            "--min-severity",
            metavar="错误|警告|提示",
            help="只看这个程度及以上的，默认全部。",
        ),
    ] = "提示",
    strict: Annotated[
        bool, typer.Option("--strict", help="有警告时也按有错误处理（退出码 1）。")
    ] = False,
    format: Annotated[
        Literal["text", "json"],
        typer.Option("--format", metavar="text|json", help="结果的格式，默认 text。"),
    ] = "text",
) -> int:
    """检查填报内容，列出问题，不生成文件。"""
    files, empty = unit_files(paths)
    text = format == "text"
    packs = PackCache(pack_search())
    units = [_check_one(file, packs, pack, with_documents=text) for file in files]
    _check_together(units)
    codes = {one.strip().upper() for one in code or ()}
    for unit in units:
        if not unit.failed:
            unit.findings = [
                one
                for one in unit.findings
                if _is_wanted(one, codes, _SEVERITIES[least])
            ]
    findings = [*empty, *(finding for unit in units for finding in unit.findings)]
    if text:
        typer.echo("".join(f"{line}\n" for line in _told(empty, units)), nl=False)
    else:
        print_json(findings)
    return exit_code(
        findings,
        stopped=bool(empty) or any(unit.failed for unit in units),
        strict=strict,
    )


def _check_one(
    file: Path, packs: PackCache, pack: str, *, with_documents: bool
) -> CheckedUnit:
    try:
        draft = prepare(file, packs, pack)
        documents = documents_of_set(draft) if with_documents and draft.findings else ()
        unit = draft.loaded.unit
        return CheckedUnit(
            file=file,
            title=f"{unit.name}，{unit.year}年度",
            findings=list(placed(draft.findings, documents)),
            extract=extract(draft.facts, draft.loaded, draft.findings),
            documents=documents,
        )
    except (
        Exception
    ) as error:  # a fault of the program in one unit must not stop the others either
        return CheckedUnit(
            file, findings=list(failure_findings(error, str(file))), failed=True
        )


def _check_together(units: Sequence[CheckedUnit]) -> None:
    """Adds what only the units together show."""
    found = check_run(unit.extract for unit in units if unit.extract)
    for unit in units:
        if unit.extract:
            unit.findings += placed(found.get(unit.extract.file, ()), unit.documents)


def _is_wanted(finding: Finding, codes: set[str], least: Severity) -> bool:
    order = list(Severity)
    return (not codes or finding.code in codes) and order.index(
        finding.severity
    ) <= order.index(least)


def _told(empty: Sequence[Finding], units: Sequence[CheckedUnit]) -> Iterator[str]:
    """Unit by unit, within one document by document, the worst first."""
    yield from map(finding_line, empty)
    for unit in units:
        title = f"（{unit.title}）" if unit.title and unit.findings else ""
        yield f"{unit.file}：{counts(unit.findings)}{title}"
        if unit.failed:
            yield from (
                f"  {finding_line(finding)}" for finding in by_severity(unit.findings)
            )
            continue
        for document, findings in grouped(unit.findings):
            yield f"  {document or _ELSEWHERE}"
            yield from (f"    {finding_line(finding)}" for finding in findings)
