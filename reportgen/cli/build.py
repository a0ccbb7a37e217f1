"""reportgen build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportgen.cli.inputs import unit_files
from reportgen.cli.show import by_severity, counts, exit_code, finding_line, pack_search, print_json
from reportgen.errors import OutputError
from reportgen.finding import Finding, Severity, failure_findings
from reportgen.outputs import Written, left_over
from reportgen.pipeline import Draft, Shelf, prepare, target_folder, worst, write

_SHOWN = 5


@dataclass(slots=True)
class Run:
    """What one `build` has done so far."""

    shelf: Shelf
    output: Path
    pack: str
    strict: bool
    bundled: bool
    findings: list[Finding] = field(default_factory=list)
    documents: list[Path] = field(default_factory=list)
    stopped: bool = False
    built: int = 0
    folders: dict[Path, Path] = field(default_factory=dict)


def build(
    paths: Annotated[
        list[Path], typer.Argument(metavar="文件或文件夹", help="一个或多个 unit.yaml，或含有它们的文件夹。")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="文件夹", help="输出文件夹，默认 outputs。")] = Path(
        "outputs"
    ),
    pack: Annotated[
        str, typer.Option("--pack", metavar="模板包", help="改用这个模板包，不用文件中写的「模板」。")
    ] = "",
    bundled: Annotated[bool, typer.Option("--bundle", help="另外把整套文件合订成一个 Word 文件。")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="检查发现错误时不生成文件。")] = False,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", metavar="text|json", help="结果的格式，默认 text。")
    ] = "text",
) -> int:
    """生成自评表和自评报告。

    生成的文件在“输出文件夹/年度/单位名称”里；改过的文件不会被覆盖。
    """
    run = Run(Shelf(pack_search()), output, pack, strict, bundled)
    files, empty = unit_files(paths)
    run.findings += empty
    run.stopped = bool(empty)
    say: Callable[[str], None] = typer.echo if format == "text" else _silent
    for finding in empty:
        say(finding_line(finding))
    for file in files:
        say("\n".join(_build_one(file, run)))
    if len(files) > 1:
        say(f"共 {len(files)} 个单位：生成 {run.built} 个，没有生成 {len(files) - run.built} 个。")
    if format == "json":
        print_json(run.findings, run.documents)
    return exit_code(run.findings, stopped=run.stopped)


def _silent(text: str) -> None:
    """What --format json says in lines."""


def _build_one(file: Path, run: Run) -> Iterator[str]:
    """Builds one unit and tells it, line by line; a failure is told and the next unit goes on."""
    try:
        draft = prepare(file, run.shelf, run.pack)
        unit = draft.loaded.unit
        yield f"{unit.name}（{unit.year}年度，模板包 {draft.tools.pack.name}）"
        run.findings += draft.findings
        if run.strict and worst(draft.findings) is Severity.ERROR:
            yield "  检查发现错误，按 --strict 的要求没有生成文件。"
        else:
            yield from _written(_write(draft, file, run), run)
            run.built += 1
        yield from _told(draft, file)
    except Exception as error:  # a fault of the program in one unit must not stop the others either
        failures = failure_findings(error, str(file))
        run.findings += failures
        run.stopped = True
        yield f"{file}：没有{'全部' if isinstance(error, OutputError) else ''}生成"
        yield from (f"  {finding_line(finding)}" for finding in failures)


def _write(draft: Draft, file: Path, run: Run) -> list[Written]:
    folder = target_folder(draft, run.output)
    first = run.folders.setdefault(folder, file)
    if first != file:
        raise OutputError(
            f"与 {first} 的年度和单位名称相同，输出文件夹会重复", hint="请核对其中一份的「单位.名称」或「年度」"
        )
    return write(draft, folder, bundled=run.bundled)


def _written(written: list[Written], run: Run) -> Iterator[str]:
    run.documents += [one.path for one in written if one.path.suffix == ".docx"]
    kept = [one for one in written if one.kept]
    folder = written[0].path.parent if written else run.output
    yield f"  已生成 {len(written) - len(kept)} 份文件，位于 {folder}"
    yield from (f"    {one.path.name}" for one in written if not one.kept)
    for one in kept:
        run.findings.append(Finding("OUT002", Severity.ERROR, one.kept, one.place))
        yield f"  未更新 {one.path.name}：{one.kept}"
    old = [path.name for path in left_over(folder, written)]
    if old:
        yield f"  文件夹里另有以前生成、这次没有生成的文件，不用时请删去：{'、'.join(old)}"


def _told(draft: Draft, file: Path) -> Iterator[str]:
    findings = by_severity(draft.findings)
    if not findings:
        yield "  检查：未发现问题"
        return
    yield f"  检查：{counts(findings)}" + (f"，前 {_SHOWN} 处如下" if len(findings) > _SHOWN else "")
    yield from (f"    {finding_line(finding)}" for finding in findings[:_SHOWN])
    if len(findings) > _SHOWN:
        yield f"    查看全部：reportgen check {file}"
