"""reportgen schema."""

from __future__ import annotations

from reportgen.application.schema import schema as unit_schema
from reportgen.cli.show import say_json


def schema() -> None:
    """打印 unit.yaml 的 JSON Schema，供编辑器提示和校验使用。"""
    say_json(unit_schema())
