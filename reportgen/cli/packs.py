"""reportgen pack …"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.pack_audit import audit_pack, copy_pack
from reportgen.cli.show import (
    by_severity,
    counts,
    exit_code,
    failure_text,
    finding_line,
    pack_search,
)
from reportgen.core.errors import OutputError, Place, ReportgenError
from reportgen.outputs.whole_files import refusal
from reportgen.packs.pack import load_pack, pack_folders
from reportgen.packs.sentence_list import sentences_markdown
from reportgen.pipeline import PackCache


def list_packs() -> int:
    """列出可用的模板包和各自的文件。"""
    code, search = 0, pack_search()
    for folder in pack_folders(search):
        try:
            manifest = load_pack(folder, search).manifest
        except ReportgenError as error:
            typer.echo(
                f"{folder.name}（{folder}）：无法使用\n{failure_text(error)}", err=True
            )
            code = 3
            continue
        typer.echo(f"{manifest.name}（{folder}）：{manifest.title}")
        for one in manifest.documents:
            typer.echo(f"  {one.name}（每个{one.scope}一份，模板 {one.template}）")
    return code


def check_pack(
    pack: Annotated[
        str, typer.Argument(metavar="模板包", help="模板包的名称或文件夹。")
    ],
) -> int:
    """检查模板包：模板是否安全完整，标签是否认识，该打印的是否都有，示例能否生成。"""
    findings = list(audit_pack(pack, PackCache(pack_search())))
    typer.echo(f"模板包 {pack}：{counts(findings)}")
    typer.echo(
        "".join(f"  {finding_line(finding)}\n" for finding in by_severity(findings)),
        nl=False,
    )
    return exit_code(findings, stopped=False)


def list_sentences(
    pack: Annotated[
        str, typer.Argument(metavar="模板包", help="模板包的名称或文件夹。")
    ] = "standard",
) -> int:
    """列出模板包自动成文的全部语句：编号、什么情况下用、怎样写，供改写时参考。"""
    typer.echo(sentences_markdown(PackCache(pack_search()).tools(pack).pack), nl=False)
    return 0


def new_pack(
    name: Annotated[str, typer.Argument(metavar="名称", help="新模板包的名称。")],
    source: Annotated[
        str,
        typer.Option(
            "--from", metavar="模板包", help="从哪个模板包复制，默认 standard。"
        ),
    ] = "standard",
) -> int:
    """复制一个模板包到 templates 文件夹，供修改成本地区的表式。"""
    target = Path("templates") / name
    if not name.strip() or Path(name).name != name or name in {".", ".."}:
        raise OutputError(
            f"“{name}”不能作为模板包的名称", hint="请用不含 / \\ 的名称，例如 某某县"
        )
    try:
        copy_pack(PackCache(pack_search()).tools(source).pack, target, name)
    except FileExistsError:
        raise OutputError(
            "文件夹已经存在，没有改动", place=Place(str(target)), hint="请换一个名称"
        ) from None
    except OSError as error:
        raise refusal(target, error, hint="请换一个文件夹运行") from None
    typer.echo(
        f"已新建 {target}。用 Word 或 WPS 打开其中的 .docx 修改，再用 reportgen pack check {name} 检查。"
    )
    return 0
