"""reportgen redline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.publish.redline import redline_documents
from reportgen.cli.show import from_here, say

_SAME = "两份的文字相同，没有可以对照的改动"
_OUTPUT = "对照稿写到哪个文件，默认“新文件名 对照.docx”。"


def redline(
    old: Annotated[
        Path, typer.Argument(metavar="旧文件", help="以前的一份 Word 文件。")
    ],
    new: Annotated[
        Path, typer.Argument(metavar="新文件", help="现在的一份 Word 文件。")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help=_OUTPUT),
    ] = None,
) -> None:
    """把一份文件的新旧两稿做成带修订的对照稿，供领导看改了哪里。

    在 Word、WPS 里全部接受就是新稿，全部拒绝就是旧稿。两份原来的文件不动。
    """
    target = output or new.with_name(f"{new.stem} 对照.docx")
    made = redline_documents(old, new, target)
    changes = made.came + made.went
    told = f"修订 {changes} 处（增 {made.came}、删 {made.went}）"
    say([f"{from_here(target)}：{told if changes else _SAME}"])
    say(f"  {note}" for note in made.notes)
