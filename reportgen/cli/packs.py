"""reportgen pack …"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportgen.application import packs
from reportgen.cli.show import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_STOPPED,
    counts,
    finding_line,
    has_errors,
    indented,
    say,
)
from reportgen.cli.workplace import workplace
from reportgen.core.findings import worst_first

_PACKS = Path("templates")  # where a new one is put


def list_packs() -> int:
    """列出可用的模板包和各自的文件。"""
    code = EXIT_CLEAN
    for one in packs.list_packs(workplace()):
        if one.failures:
            told = "\n".join(map(finding_line, one.failures))
            typer.echo(
                f"{one.name}（{one.folder}）：无法使用\n{told}", err=True
            )
            code = EXIT_STOPPED
            continue
        say([f"{one.name}（{one.folder}）：{one.title}"])
        for document in one.documents:
            scope, template = document.scope, document.template
            say([f"  {document.name}（每个{scope}一份，模板 {template}）"])
    return code


def check_pack(
    pack: Annotated[
        str, typer.Argument(metavar="模板包", help="模板包的名称或文件夹。")
    ],
) -> int:
    """检查模板包：模板是否安全完整，标签是否认识，该打印的是否都有，示例能否生成。"""
    findings = packs.check_pack(pack, workplace())
    say(
        [f"模板包 {pack}：{counts(findings)}", *indented(worst_first(findings))]
    )
    return EXIT_FINDINGS if has_errors(findings) else EXIT_CLEAN


def list_sentences(
    pack: Annotated[
        str, typer.Argument(metavar="模板包", help="模板包的名称或文件夹。")
    ] = "standard",
) -> int:
    """列出模板包自动成文的全部语句：编号、什么情况下用、怎样写，供改写时参考。"""
    typer.echo(packs.pack_sentences(pack, workplace()), nl=False)
    return EXIT_CLEAN


def new_pack(
    name: Annotated[
        str, typer.Argument(metavar="名称", help="新模板包的名称。")
    ],
    source: Annotated[
        str,
        typer.Option(
            "--from", metavar="模板包", help="从哪个模板包复制，默认 standard。"
        ),
    ] = "standard",
) -> int:
    """复制一个模板包到 templates 文件夹，供修改成本地区的表式。"""
    target = packs.new_pack(name, source, _PACKS, workplace())
    check = f"reportgen pack check {name}"
    say(
        [
            f"已新建 {target}。用 Word 或 WPS 打开其中的 .docx 修改，再用 {check} 检查。"
        ]
    )
    return EXIT_CLEAN
