"""reportgen undo."""

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.undo import undo as undo_writing
from reportgen.cli.show import say


def undo(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", help="要撤销写回的 unit.yaml，或恢复过的 .docx。"
        ),
    ],
) -> None:
    """撤销最后一次写回填报文件的改动，或最后一次恢复的文档。

    pull、check --fix、restore 用 --apply 写入以前的一份都留着，一次撤销一次；写入以后又改过的不撤销。
    """
    done = undo_writing(file)
    say(
        [
            f"{file}：已恢复到最后一次写回以前",
            *(f"  {line}" for line in done.changes),
            f"  撤销以前的一份在 {file.parent / done.kept}",
        ]
    )
