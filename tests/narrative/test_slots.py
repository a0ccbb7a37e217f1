"""Where values stand in a finished text: surely, or not at all."""

from __future__ import annotations

import pytest

from reportgen.core.value import Value
from reportgen.narrative.slots import spans_of


@pytest.mark.parametrize(
    ("text", "slots", "found"),
    [
        (
            "执行8.00万元，占80%。",
            [("甲", "8.00"), ("乙", "80%")],
            ["甲", "乙"],
        ),
        ("共18项，完成8项。", [("甲", "8")], ["甲"]),
        ("共18项。", [("甲", "8")], []),
        ("共1.8万元。", [("甲", "8"), ("乙", "1")], []),
        ("一是甲；二是乙。", [("丙", "甲")], []),
        ("先乙乙后甲甲。", [("一", "甲甲"), ("二", "乙乙")], ["一"]),
        ("完成8，8。", [("甲", "8"), ("乙", "8")], ["甲", "乙"]),
    ],
)
def test_spans(
    text: str, slots: list[tuple[str, str]], found: list[str]
) -> None:
    values = [(Value(shown, path=path), shown) for path, shown in slots]
    spans = list(spans_of(text, values))
    assert [value.path for _, _, value in spans] == found
    assert all(text[start:end] == value for start, end, value in spans)
