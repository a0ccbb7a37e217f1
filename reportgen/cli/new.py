"""reportgen new."""

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.new_unit import new_unit
from reportgen.cli.show import say
from reportgen.cli.workplace import workplace


def new(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="文件",
            help="新文件的名字，默认 unit.yaml；写成 采集表.xlsx 就是 Excel 采集表。",
        ),
    ] = Path("unit.yaml"),
    pack: Annotated[
        str,
        typer.Option(
            "--pack", metavar="模板包", help="按哪个模板包填写，默认 standard。"
        ),
    ] = "",
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="去年的文件",
            help="去年的填报文件、采集表或 Word 文件；采集表先填好单位、项目、指标和指标值，去年的数列在“历年”里。",
        ),
    ] = None,
) -> None:
    """新建一份带说明的 unit.yaml 或 Excel 采集表，照着填写即可。"""
    made = new_unit(path, pack, workplace(), source)
    check = f"reportgen check {made}"
    build = f"reportgen build {made}"
    say([f"已新建 {made}。填写后用 {check} 检查，用 {build} 生成文件。"])
