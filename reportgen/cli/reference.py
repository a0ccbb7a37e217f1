"""reportgen rules, reportgen schema."""

from typing import Annotated, Literal

import typer

from reportgen.application.reference import rule_texts, schema as unit_schema
from reportgen.cli.show import say, say_json


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
) -> None:
    """说明检查什么、为什么检查。"""
    code = known_code(code)
    say([rule_texts(code, markdown=format == "markdown")])


def known_code(typed: str) -> str:
    """The code as it is written; raises BadParameter where nothing has it."""
    code = typed.strip().upper()
    if not rule_texts(code):
        told = f"没有代码「{typed}」；列出全部：reportgen rules"
        raise typer.BadParameter(told)
    return code


def schema() -> None:
    """打印 unit.yaml 的 JSON Schema，供编辑器提示和校验使用。"""
    say_json(unit_schema())
