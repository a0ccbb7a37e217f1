"""The shape of unit.yaml for editors."""

from __future__ import annotations

from typing import Any

from reportgen.model.unit import Unit


def schema() -> dict[str, Any]:
    """The JSON Schema of unit.yaml."""
    shape = Unit.model_json_schema(by_alias=True)
    shape["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    shape["title"] = "unit.yaml"
    return shape
