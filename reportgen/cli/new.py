"""reportgen new."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.cli.show import pack_search
from reportgen.core.errors import OutputError, PackError, Place
from reportgen.outputs.whole_files import refusal
from reportgen.packs.pack import find_pack


def new(
    path: Annotated[
        Path, typer.Argument(metavar="文件", help="新文件的名字，默认 unit.yaml。")
    ] = Path("unit.yaml"),
    pack: Annotated[
        str,
        typer.Option(
            "--pack", metavar="模板包", help="按哪个模板包填写，默认 standard。"
        ),
    ] = "standard",
) -> int:
    """新建一份带说明的 unit.yaml，照着填写即可。"""
    form = find_pack(pack, pack_search()) / "unit.yaml"
    if not form.is_file():
        raise PackError(
            f"模板包「{pack}」没有空白的 unit.yaml",
            place=Place(str(form)),
            hint="请用 --pack standard",
        )
    try:
        if path.is_dir():
            path = path / "unit.yaml"
        with path.open("xb") as file:
            file.write(form.read_bytes())
    except FileExistsError:
        raise OutputError(
            "文件已经存在，没有改动", place=Place(str(path)), hint="请换一个文件名"
        ) from None
    except OSError as error:
        raise refusal(path, error, hint="请换一个文件名或文件夹") from None
    typer.echo(
        f"已新建 {path}。填写后用 reportgen check {path} 检查，用 reportgen build {path} 生成文件。"
    )
    return 0
