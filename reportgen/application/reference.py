"""What there is to look up: what is checked and why, and the shape of unit.yaml for editors."""

from typing import Any

from reportgen.checks.failures import failure_explained
from reportgen.checks.rule_docs import rule_text, rules_markdown
from reportgen.checks.rules import EVERY_RULE
from reportgen.model.unit import Unit


def rule_texts(code: str = "", *, markdown: bool = False) -> str:
    """All rules as text, or the one with `code`, or what a failure with that code means; "" where there is none."""
    explained = failure_explained(code)
    if explained:
        return explained
    wanted = [rule for rule in EVERY_RULE if code in {"", rule.code}]
    if markdown and wanted:
        return rules_markdown(wanted)
    return "\n\n".join(map(rule_text, wanted))


def schema() -> dict[str, Any]:
    """The JSON Schema of unit.yaml."""
    shape = Unit.model_json_schema(by_alias=True)
    shape["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    shape["title"] = "unit.yaml"
    return shape
