"""A target put together from a relation, a value and a measure that stand in columns of their own."""

import re

from reportgen.model.values import NOTHING

_RELATION = re.compile(r"[≥≤=＝><＞＜≧≦═⩾⩽]|大于等于|小于等于|大于|小于|等于")
_NUMBER = re.compile(r"[\d.,，]+%?")
_SIGNS = {
    "大于等于": "≥",
    "小于等于": "≤",
    "大于": "＞",
    "小于": "＜",
    "等于": "=",
}


def whole_target(
    relation: str,
    value: str,
    measure: str,
) -> str:
    """≤, 30, 万元 -> ≤30万元; a value in words, or one that says all itself, stays as it is."""
    relation = _SIGNS.get(relation.strip(), relation.strip())
    value = value.strip()
    has_relation = _RELATION.fullmatch(relation) is not None
    if not value or not has_relation:
        relation = ""
    if _RELATION.match(value):
        relation = ""
    measure = measure.strip()
    bare = _RELATION.sub("", value)
    is_number = _NUMBER.fullmatch(bare.strip()) is not None
    if (
        not is_number
        or measure in NOTHING
        or bare.endswith(("%", measure or "%"))
    ):
        measure = ""
    return f"{relation}{value}{measure}"
