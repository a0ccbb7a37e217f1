"""reportgen import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.import_unit import convert_unit, import_unit
from reportgen.application.review_round.returned import write_review
from reportgen.cli.options import PackName, TextOrJson
from reportgen.cli.show import say, say_json
from reportgen.cli.workplace import workplace


def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件",
            help="同一个单位的自评表、自评报告（.docx、.pdf）或采集表；.wps 等其他格式要另有办公软件转换，见手册。",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="文件",
            help="草稿写到哪个 .yaml 文件，写 .xlsx 则生成采集表；默认用第一个文件的名字，写在当前文件夹。",
        ),
    ] = None,
    year: Annotated[
        str,
        typer.Option(
            "--year",
            metavar="年度",
            help="拿去年的表作今年的底稿：名称、目标留着，完成值转为上年值，得分和文字空着。",
        ),
    ] = "",
    pack: PackName = "",
    format: TextOrJson = "text",
) -> int:
    """读别处做的 Word 自评表、自评报告，写成 unit.yaml 草稿。

    拿不准的在草稿里注明“请核对”；没有放进去的文字列在草稿末尾。已有的文件不会被覆盖。
    """
    if len(files) == 1 and _is_converted(files[0], pack, output):
        return 0
    made = import_unit(files, pack, output, year, workplace())
    if format == "json":
        say_json(made.as_json())
    else:
        say(made.lines())
    return 0


def _is_converted(file: Path, pack: str, output: Path | None) -> bool:
    """Whether a unit was written in its other form; says where."""
    written = write_review(file, output)
    if written:
        say(written.lines())
        return True
    target = convert_unit(file, pack, output, workplace())
    if target:
        say([f"已写入 {target}，各项照原来的写法。"])
    return target is not None
