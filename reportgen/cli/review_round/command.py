"""reportgen review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.review_round.making import review as make_review
from reportgen.cli.options import PackName
from reportgen.cli.show import exit_code, say
from reportgen.cli.workplace import workplace

_FOLDER = Path("复核")


def review(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件或文件夹",
            help="填报文件、采集表、各单位的自评表（Word），或含有它们的文件夹。",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="文件夹", help="写到哪里，默认“复核”。"
        ),
    ] = _FOLDER,
    pack: PackName = "",
) -> int:
    """生成各单位的复核表（Word、Excel）和复核报告，先按检查结果填好。

    填好的复核表用 reportgen import 导入，写回填报文件。已有的复核表不会被覆盖。
    """
    done = make_review(paths, pack, output, workplace())
    say(done.lines(output))
    return exit_code(bool(done.failures), False)
