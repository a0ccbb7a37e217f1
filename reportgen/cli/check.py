"""reportgen check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from reportgen.cli.inputs import unit_files
from reportgen.cli.show import by_severity, counts, exit_code, finding_line, pack_search, print_json
from reportgen.finding import Finding, failure_findings
from reportgen.pipeline import Shelf, prepare


def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="文件或文件夹", help="一个或多个 unit.yaml，或含有它们的文件夹。")
    ],
    pack: Annotated[
        str, typer.Option("--pack", metavar="模板包", help="改用这个模板包，不用文件中写的「模板」。")
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="有警告时也按有错误处理（退出码 1）。")] = False,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", metavar="text|json", help="结果的格式，默认 text。")
    ] = "text",
) -> int:
    """检查填报内容，列出问题，不生成文件。"""
    shelf = Shelf(pack_search())
    files, findings = unit_files(paths)
    stopped = bool(findings)
    if format == "text":
        typer.echo("".join(f"{finding_line(finding)}\n" for finding in findings), nl=False)
    for file in files:
        found, failed = _check_one(file, shelf, pack)
        findings += found
        stopped = stopped or failed
        if format == "text":
            typer.echo(f"{file}：{counts(found)}")
            typer.echo("".join(f"  {finding_line(finding)}\n" for finding in by_severity(found)), nl=False)
    if format == "json":
        print_json(findings)
    return exit_code(findings, stopped=stopped, strict=strict)


def _check_one(file: Path, shelf: Shelf, pack: str) -> tuple[tuple[Finding, ...], bool]:
    try:
        return prepare(file, shelf, pack).findings, False
    except Exception as error:  # a fault of the program in one unit must not stop the others either
        return failure_findings(error, str(file)), True
