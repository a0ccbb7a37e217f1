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
    values = [(Value(shown, path=path), shown, "") for path, shown in slots]
    spans = list(spans_of(text, values))
    assert [value.path for _, _, value in spans] == found
    assert all(text[start:end] == value for start, end, value in spans)


@pytest.mark.parametrize(
    "text",
    [
        "合同价31.50万元，实付31.50万元。",
        "签约额31.50万元，结算时实付31.50万元。",
        "控制价为31.50万元。实付31.50万元，余款31.50万元。",
    ],
)
def test_a_figure_that_is_alike_by_chance_is_none(text: str) -> None:
    value = Value("31.50", path="资金.全年执行数")
    at = text.index("实付") + 2
    found = list(spans_of(text, [(value, value, "实付")]))
    assert found == [(at, at + 5, value)]


def test_words_that_are_gone_lead_nowhere() -> None:
    value = Value("9", path="甲")
    found = spans_of("共9项，另有9项。", [(value, value, "总共")])
    assert [start for start, _, _ in found] == [1]
