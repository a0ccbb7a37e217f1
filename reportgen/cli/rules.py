"""reportgen rules."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from reportgen.application.rule_texts import rule_codes, rule_texts
from reportgen.cli.show import EXIT_CLEAN, EXIT_USAGE, say


def rules(
    code: Annotated[
        str,
        typer.Argument(
            metavar="代码", help="只看这一条，例如 BUD001；不写则列出全部。"
        ),
    ] = "",
    format: Annotated[
        Literal["text", "markdown"],
        typer.Option(
            "--format", metavar="text|markdown", help="显示格式，默认 text。"
        ),
    ] = "text",
) -> int:
    """说明检查什么、为什么检查。"""
    told = rule_texts(code, markdown=format == "markdown")
    if told:
        say([told])
        return EXIT_CLEAN
    known = "、".join(rule_codes())
    typer.echo(f"没有代码为「{code}」的规则；现有：{known}", err=True)
    return EXIT_USAGE
