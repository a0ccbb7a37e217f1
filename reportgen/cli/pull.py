"""reportgen diff, and pull, which takes home what diff shows."""

import re
from typing import Annotated

import typer

from reportgen.application.edited import NO_BASE
from reportgen.application.pull import (
    PulledDocument,
    diff as diff_documents,
    pull as pull_documents,
)
from reportgen.cli.options import OUTPUTS, EditedFiles, OutputFolder, UnitFile
from reportgen.cli.show import (
    EXIT_CLEAN,
    Lines,
    exit_code,
    failure_lines,
    from_here,
    indented,
    say,
)
from reportgen.cli.workplace import workplace


def diff(
    files: EditedFiles, output: OutputFolder = OUTPUTS, unit: UnitFile = None
) -> int:
    """列出在 Word、WPS 里改了哪些内容：改、增、删、移，各在哪里。

    不改动任何文件。没有改动时退出码为 0，有改动为 1，读不了为 3。
    要把新旧两份文件做成带修订的 Word 对照稿，用 reportgen redline。
    """
    code = EXIT_CLEAN
    for one in diff_documents(files, output, unit, workplace()):
        say(_diff_lines(one))
        code = max(code, exit_code(one.failures, one.edits))
    return code


def _diff_lines(one: PulledDocument) -> Lines:
    yield from failure_lines(one.file, one.failures)
    edited = one.edited
    if edited is None:
        return
    told = "没有改动，只是重新保存过" if edited.resaved else "没有改动"
    yield f"{one.file}：{f'改动 {one.edits} 处' if one.edits else told}"
    if not edited.sure:
        yield f"  {NO_BASE}"
    yield from (f"  {edit.text}" for edit in edited.edits)


def pull(
    files: EditedFiles,
    apply: Annotated[
        bool, typer.Option("--apply", help="写回填报文件；不写这一项时只显示。")
    ] = False,
    only: Annotated[
        str,
        typer.Option("--only", metavar="项号", help="只要这几项，如 1,3。"),
    ] = "",
    output: OutputFolder = OUTPUTS,
    unit: UnitFile = None,
) -> int:
    """把在 Word、WPS 里改的内容带回填报文件 unit.yaml。

    先显示填报文件会怎样改；加 --apply 才写回。只改动相应的值，说明、次序和其他写法都不变。
    计算得出的数不能带回，会说明它由哪些数算出。
    """
    code = EXIT_CLEAN
    for one in pull_documents(
        files, output, unit, workplace(), apply=apply, only=item_numbers(only)
    ):
        say(_lines(one))
        code = max(code, exit_code(one.failures, one.findings))
    if only and not apply:
        say([f"第 {only} 项也没有写入；要写回请一起写上 --only {only} --apply"])
    return code


def item_numbers(typed: str) -> list[int]:
    """The numbers of items as they are typed: 1,3 or 1，3 or 2-4."""
    found: list[int] = []
    for part in re.split(r"[,，、\s]+", typed.strip()) if typed.strip() else ():
        span = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", part, re.ASCII)
        if span is None:
            message = f"“{part}”不是项号，项号写成 1,3 或 2-4"
            raise typer.BadParameter(message, param_hint="--only")
        found += range(int(span[1]), int(span[2] or span[1]) + 1)
    return found


def _lines(one: PulledDocument) -> Lines:
    if one.failures:
        yield from failure_lines(one.file, one.failures)
        return
    if not one.edits:
        yield f"{one.file}：没有改动"
        return
    yield f"{one.file}：改动 {one.edits} 处，可以带回 {len(one.items)} 处"
    items = (item.text for item in one.items)
    lines = (one.remark, *items, *one.changes)
    yield from (f"  {line}" for line in lines if line)
    yield from indented(one.findings)
    if one.applied and one.edited and one.edited.unit:
        unit = from_here(one.edited.unit)
        yield f"  已写回 {unit}，{one.applied} 处；请再执行 reportgen build {unit}。要撤销：reportgen undo {unit}"
    elif one.items:
        yield "  以上没有写入；确认后加 --apply 写回，只要其中几项的加 --only 项号"
