"""reportgen schema."""

from __future__ import annotations

import json

import typer

from reportgen.model.unit import Unit


def schema() -> int:
    """打印 unit.yaml 的 JSON Schema，供编辑器提示和校验使用。"""
    shape = Unit.model_json_schema(by_alias=True)
    shape["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    shape["title"] = "unit.yaml"
    typer.echo(json.dumps(shape, ensure_ascii=False, indent=2))
    return 0
