"""reportgen send, reportgen collect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.collect import (
    ROUND,
    collect as collect_forms,
    send as send_forms,
)
from reportgen.cli.options import OUTPUTS, OutputFolder, PackName
from reportgen.cli.show import say
from reportgen.cli.workplace import workplace

_ROSTER = "应交单位的 Excel 名单：单位，还可以有简称、主管部门、联系方式、项目、年度。"
_YEAR = "填报哪一年的，如 2024；不写时取名单里的年度或标题里的年份。"
_BEFORE = "去年的填报文件在哪个文件夹；有的单位先填好去年的内容。"


def send(
    roster: Annotated[Path, typer.Argument(metavar="名单", help=_ROSTER)],
    output: OutputFolder = OUTPUTS,
    pack: PackName = "",
    before: Annotated[
        Path | None, typer.Option("--from", metavar="文件夹", help=_BEFORE)
    ] = None,
    year: Annotated[
        str, typer.Option("--year", metavar="年度", help=_YEAR)
    ] = "",
) -> None:
    """按名单给每个单位生成一份预先填好的采集表，放在一个文件夹里，可以打包发出。"""
    send_forms(roster, output, pack, before, year, workplace())
    say([f"已生成各单位的采集表和填报通知，位于 {output}。"])


def collect(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="收到的文件放在哪里。")
    ],
    roster: Annotated[
        Path, typer.Option("--roster", metavar="名单", help=_ROSTER)
    ],
    output: OutputFolder = OUTPUTS,
) -> None:
    """收各单位交回的采集表：谁交了、谁没交，检查、生成文件，给有问题的单位出退回单。"""
    done = collect_forms(folder, roster, output, workplace())
    say([f"{done.told}，收齐情况.xlsx 和退回单位于 {output / ROUND}。"])
