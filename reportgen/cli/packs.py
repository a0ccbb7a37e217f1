"""reportgen pack …"""

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Annotated

import typer

from reportgen.application import packs
from reportgen.cli.show import (
    EXIT_CLEAN,
    EXIT_STOPPED,
    counts,
    exit_code,
    finding_line,
    from_here,
    has_errors,
    indented,
    say,
)
from reportgen.cli.workplace import workplace
from reportgen.core.findings import worst_first

_NO_CASE = "（示例中没有这种情况）"
_SOURCE = "要改说法、要看什么情况下用哪一条，请加 --source 看原文。"
_PACKS = Path("templates")  # where a new one is put
_Pack = Annotated[
    str, typer.Argument(metavar="模板包", help="模板包的名称或文件夹。")
]


def list_packs() -> int:
    """列出可用的模板包和各自的文件。"""
    code = EXIT_CLEAN
    for one in packs.list_packs(workplace()):
        head = f"{one.name}（{from_here(one.folder)}）："
        if one.failures:
            told = "\n".join(map(finding_line, one.failures))
            typer.echo(f"{head}无法使用\n{told}", err=True)
            code = EXIT_STOPPED
            continue
        say([f"{head}{one.title}"])
        for document in one.documents:
            scope = document.scope
            template = document.template
            say([f"  {document.name}（{scope}一份，模板 {template}）"])
    return code


def check_pack(
    pack: _Pack,
) -> int:
    """检查模板包：模板是否安全完整，标签是否认识，该打印的是否都有，示例能否生成。"""
    findings = packs.check_pack(pack, workplace())
    say(
        [f"模板包 {pack}：{counts(findings)}", *indented(worst_first(findings))]
    )
    return exit_code((), has_errors(findings))


def list_sentences(
    pack: _Pack = "standard",
    source: Annotated[
        bool,
        typer.Option(
            "--source", help="列出原文：什么情况下用、怎样写，供改写时抄用。"
        ),
    ] = False,
) -> int:
    """列出模板包自动成文的全部语句：哪一节、编号、用示例填报文件写出来的样子。"""
    if source:
        typer.echo(packs.sentence_sources(pack, workplace()), nl=False)
        return EXIT_CLEAN
    sentences = packs.pack_sentences(pack, workplace())
    for section, group in groupby(sentences, key=itemgetter(0)):
        told = (f"  {one[1]}  {one[2] or _NO_CASE}" for one in group)
        say([f"【{section}】", *told])
    say([_SOURCE])
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
