"""reportgen restore."""

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.restore import (
    Restored,
    restore as take_back,
    versions_of,
)
from reportgen.cli.pull import item_numbers
from reportgen.cli.show import Lines, say


def restore(
    file: Annotated[
        Path,
        typer.Argument(metavar="文件", help="生成过的一份 .docx。"),
    ],
    version: Annotated[
        int,
        typer.Option(
            "--from",
            metavar="份号",
            min=0,
            help="从哪一份恢复；不写时列出有哪几份。",
        ),
    ] = 0,
    only: Annotated[
        str,
        typer.Option(
            "--only",
            metavar="项号",
            help="只恢复这几处，如 1,3；不写时整份恢复。",
        ),
    ] = "",
    apply: Annotated[
        bool, typer.Option("--apply", help="写入文件；不写这一项时只显示。")
    ] = False,
) -> None:
    """从留存的文件恢复一份文档，或其中几处。

    合并以前的文档、最近 10 次生成时印的都留着。先列出有哪几份，再看某一份与现在哪些地方不同，最后写入。
    现在的文件先留存一份，恢复错了用 reportgen undo 撤销。
    """
    if not version:
        say(_versions(file))
        return
    done = take_back(file, version, only=item_numbers(only), apply=apply)
    say(_restored(file, done))


def _versions(file: Path) -> Lines:
    found = versions_of(file)
    yield f"{file}：可以恢复的有 {len(found)} 份"
    for number, one in enumerate(found, start=1):
        yield f"  [{number}] {one.label}"
    if found:
        yield "  看某一份与现在有哪些不同：加 --from 份号"


def _restored(file: Path, one: Restored) -> Lines:
    yield f"{file}：恢复成{one.version.label}，不同 {len(one.changes)} 处"
    for number, change in enumerate(one.changes, start=1):
        yield f"  [{number}] {change.text}"
    if one.left:
        yield f"  {one.left} 处带有图片、图表或分节，没有恢复"
    if one.is_done:
        yield f"  已恢复。要撤销：reportgen undo {file}"
        yield "  再执行 reportgen build 时，恢复的文字按人工改过的对待，数据的变化照常合并"
    else:
        yield "  以上没有写入；整份恢复加 --apply，只恢复几处的加 --only 项号 --apply"
