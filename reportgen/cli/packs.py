"""reportgen pack …"""

from __future__ import annotations

import typer

from reportgen.cli.show import failure_text, pack_search
from reportgen.errors import ReportgenError
from reportgen.packs.pack import load_pack, pack_folders


def list_packs() -> int:
    """列出可用的模板包和各自的文件。"""
    code, search = 0, pack_search()
    for folder in pack_folders(search):
        try:
            manifest = load_pack(folder, search).manifest
        except ReportgenError as error:
            typer.echo(f"{folder.name}（{folder}）：无法使用\n{failure_text(error)}", err=True)
            code = 3
            continue
        typer.echo(f"{manifest.name}（{folder}）：{manifest.title}")
        for one in manifest.documents:
            typer.echo(f"  {one.name}（每个{one.scope}一份，模板 {one.template}）")
    return code
