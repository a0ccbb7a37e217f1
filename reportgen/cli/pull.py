"""reportgen pull."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.edited import NO_BASE, Edited, prepare_unit, read_edited
from reportgen.cli.show import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_STOPPED,
    failure_text,
    finding_line,
)
from reportgen.core.errors import OutputError, Place
from reportgen.core.findings import Finding, Severity
from reportgen.outputs.whole_files import Output, replace_all
from reportgen.pipeline import BUNDLED
from reportgen.readback.pull.proposals import pull as pull_edits
from reportgen.readback.pull.trial import taken
from reportgen.sources.write_back import encoded

_NO_UNIT = "找不到它的填报文件"
_NO_UNIT_HINT = "请用 --unit 写明填报文件"
_BUNDLE = "合订本里改的内容带不回填报文件；请在单份文件里改，合订本重新生成时跟着改"
_MOVED = "填报文件在比较时被改动，没有写回"


def pull(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="文件", help="一份或多份生成后改过的 .docx。"),
    ],
    apply: Annotated[
        bool, typer.Option("--apply", help="写回填报文件；不写这一项时只显示。")
    ] = False,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="文件夹", help="输出文件夹，默认 outputs。"
        ),
    ] = Path("outputs"),
    unit: Annotated[
        Path | None,
        typer.Option(
            "--unit",
            metavar="填报文件",
            help="没有生成记录时，写明由哪份 unit.yaml 生成。",
        ),
    ] = None,
) -> int:
    """把在 Word、WPS 里改的内容带回填报文件 unit.yaml。

    先显示填报文件会怎样改；加 --apply 才写回。只改动相应的值，说明、次序和其他写法都不变。
    计算得出的数不能带回，会说明它由哪些数算出。
    """
    code = EXIT_CLEAN
    for file in files:
        try:
            code = max(code, _one(read_edited(file, output, unit), apply=apply))
        except (
            Exception
        ) as error:  # one file that cannot be read does not stop the others
            typer.echo(f"{file}：{failure_text(error)}")
            code = EXIT_STOPPED
    return code


def _one(edited: Edited, *, apply: bool) -> int:
    if not edited.edits:
        typer.echo(f"{edited.file}：没有改动")
        return EXIT_CLEAN
    if edited.unit is None:
        raise OutputError(_NO_UNIT, place=Place(str(edited.file)), hint=_NO_UNIT_HINT)
    draft = prepare_unit(edited.unit, edited.pack)
    found = pull_edits(
        edited.edits,
        draft.loaded,
        draft.computed,
        draft.view,
        draft.tools.pack.snippets,
        str(edited.file),
    )
    new, pulled = taken(draft.loaded, found, str(edited.file))
    findings = list(pulled.findings)
    if not edited.sure:
        findings.insert(
            0, Finding("RBK008", Severity.WARNING, NO_BASE, Place(str(edited.file)))
        )
    typer.echo(
        f"{edited.file}：改动 {len(edited.edits)} 处，可以带回 {len(pulled.proposals)} 处"
    )
    if edited.file.name.endswith(BUNDLED):
        typer.echo(f"  {_BUNDLE}")
    old = draft.loaded.document.source.text
    typer.echo(
        "".join(f"  {line}\n" for line in _diff(edited.unit, old, new)), nl=False
    )
    typer.echo("".join(f"  {finding_line(one)}\n" for one in findings), nl=False)
    if pulled.proposals and apply:
        _write(edited.unit, old, new)
        typer.echo(
            f"  已写回 {edited.unit}，{len(pulled.proposals)} 处；请重新运行 build"
        )
    elif pulled.proposals:
        typer.echo("  以上没有写入；确认后加 --apply 写回")
    return EXIT_FINDINGS if findings else EXIT_CLEAN


def _diff(unit: Path, old: str, new: str) -> list[str]:
    lines = unified_diff(
        old.split("\n"), new.split("\n"), str(unit), str(unit), lineterm="", n=1
    )
    return list(lines)[2:]


def _write(unit: Path, old: str, new: str) -> None:
    original = unit.read_bytes()
    if encoded(original, old, old) != original:
        raise OutputError(_MOVED, place=Place(str(unit)), hint="请重新运行同一命令")
    replace_all(unit.parent, [Output(unit.name, encoded(original, old, new))])
