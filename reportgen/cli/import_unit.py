"""reportgen import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.import_unit import (
    Imported,
    checked_pack,
    import_unit,
)
from reportgen.cli.options import PackName, TextOrJson
from reportgen.cli.show import say, say_json
from reportgen.cli.workplace import workplace

_SHOWN = 12


def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件",
            help="同一个单位的自评表、自评报告：.docx；装有 LibreOffice 时，.doc、.wps、.odt、.pdf 等也可以。",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="文件",
            help="草稿写到哪个 .yaml 文件，默认用第一个文件的名字，写在当前文件夹。",
        ),
    ] = None,
    pack: PackName = "",
    format: TextOrJson = "text",
) -> int:
    """读别处做的 Word 自评表、自评报告，写成 unit.yaml 草稿。

    拿不准的在草稿里注明“请核对”；没有放进去的文字列在草稿末尾。已有的文件不会被覆盖。
    """
    here = workplace()
    target = output or Path(f"{files[0].stem}.yaml")
    named = checked_pack(pack, here)
    made = import_unit(files, here, pack=named, output=target)
    if format == "json":
        say_json(_shape(made, target))
    else:
        say(_lines(made, target))
    return 0


def _shape(made: Imported, target: Path) -> dict[str, object]:
    return {
        "output": str(target),
        "pack": made.pack,
        "values": [
            {
                "path": one.path,
                "value": one.value,
                "place": one.place.spot,
                "doubt": one.doubt,
            }
            for one in made.values
        ],
        "labels": [one._asdict() for one in made.labels],
        "left": [one._asdict() for one in made.left],
    }


def _lines(made: Imported, target: Path) -> Iterator[str]:
    yield f"已写入 {target}：读出 {len(made.values)} 项，模板包 {made.pack}。"
    if made.doubts:
        yield f"拿不准的 {made.doubts} 项，草稿里注明“请核对”。"
    if made.left:
        yield f"没有放进去的文字 {len(made.left)} 处，列在草稿末尾："
        for one in made.left[:_SHOWN]:
            reason = f"（{one.reason}）" if one.reason else ""
            yield f"  {one.spot}{reason}：{one.text[:40]}"
        if len(made.left) > _SHOWN:
            yield "  ……"
    yield f"核对后用 reportgen check {target} 检查，用 reportgen build {target} 生成文件。"
