"""reportgen diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.edited import NO_BASE, Edited, read_edited
from reportgen.cli.show import EXIT_CLEAN, EXIT_FINDINGS, EXIT_STOPPED, failure_text
from reportgen.readback.compare.edits import Edit
from reportgen.readback.read.paragraph_text import quoted

_SHOWN = 80


def diff(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="文件", help="一份或多份生成后改过的 .docx。"),
    ],
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
    """列出在 Word、WPS 里改了哪些内容：改、增、删、移，各在哪里。

    不改动任何文件。没有改动时退出码为 0，有改动为 1，读不了为 3。
    """
    code = EXIT_CLEAN
    for file in files:
        try:
            edited = read_edited(file, output, unit)
        except (
            Exception
        ) as error:  # one file that cannot be read does not stop the others
            typer.echo(f"{file}：{failure_text(error)}")
            code = EXIT_STOPPED
            continue
        typer.echo(f"{file}：{_summed_up(edited)}")
        if not edited.sure:
            typer.echo(f"  {NO_BASE}")
        typer.echo("".join(f"  {edit_line(one)}\n" for one in edited.edits), nl=False)
        code = max(code, EXIT_FINDINGS) if edited.edits else code
    return code


def _summed_up(edited: Edited) -> str:
    if edited.edits:
        return f"改动 {len(edited.edits)} 处"
    return "没有改动，只是重新保存过" if edited.resaved else "没有改动"


def edit_line(edit: Edit) -> str:
    """An edit in one line: 改 （二）资金执行情况：甲 → 乙."""
    before, after = quoted(edit.before, _SHOWN), quoted(edit.after, _SHOWN)
    if edit.kind == "改":
        return f"改 {edit.where}：{before} → {after or '（空）'}"
    return f"{edit.kind} {edit.where}：{after or before}"
