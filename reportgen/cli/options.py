"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

UnitPaths = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件或文件夹", help="一个或多个 unit.yaml，或含有它们的文件夹。"
    ),
]
EditedFiles = Annotated[
    list[Path],
    typer.Argument(metavar="文件", help="一份或多份生成后改过的 .docx。"),
]
OutputFolder = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="文件夹", help="输出文件夹，默认 outputs。"),
]
OUTPUTS = Path("outputs")
PackName = Annotated[
    str,
    typer.Option(
        "--pack", metavar="模板包", help="改用这个模板包，不用文件中写的「模板」。"
    ),
]
UnitFile = Annotated[
    Path | None,
    typer.Option(
        "--unit",
        metavar="填报文件",
        help="没有生成记录时，写明由哪份 unit.yaml 生成。",
    ),
]
TextOrJson = Annotated[
    Literal["text", "json"],
    typer.Option("--format", metavar="text|json", help="结果的格式，默认 text。"),
]
