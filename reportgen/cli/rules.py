"""reportgen rules."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from reportgen.checks.failures import failure_explained
from reportgen.checks.rule_docs import rule_text, rules_markdown
from reportgen.checks.rules import EVERY_RULE


def rules(
    code: Annotated[
        str,
        typer.Argument(
            metavar="代码", help="只看这一条，例如 BUD001；不写则列出全部。"
        ),
    ] = "",
    format: Annotated[
        Literal["text", "markdown"],
        typer.Option("--format", metavar="text|markdown", help="显示格式，默认 text。"),
    ] = "text",
) -> int:
    """说明检查什么、为什么检查。"""
    explained = failure_explained(code.strip().upper())
    if explained:
        typer.echo(explained)
        return 0
    wanted = [
        rule for rule in EVERY_RULE if not code or rule.code == code.strip().upper()
    ]
    if not wanted:
        codes = "、".join(dict.fromkeys(rule.code for rule in EVERY_RULE))
        typer.echo(f"没有代码为「{code}」的规则；现有：{codes}", err=True)
        return 2
    typer.echo(
        rules_markdown(wanted)
        if format == "markdown"
        else "\n\n".join(rule_text(rule) for rule in wanted)
    )
    return 0
