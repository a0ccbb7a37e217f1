import re

import pytest
from hypothesis import given, strategies as st

from reportgen.narrative.wording import (
    enumerate_names,
    folded,
    numbered,
    one_by_one,
    sentence,
    side_by_side,
    tidy,
    with_reason,
    without_end,
    without_number,
)


@pytest.mark.parametrize(
    ("source", "one_line"),
    [
        (
            "甲\n    {% if x %}乙\n    {% endif %}丙",
            "甲{% if x %}乙{% endif %}丙",
        ),
        ("{% if x %} ，{% endif %} 。", "{% if x %}，{% endif %}。"),
        ("{{ x }} {{ y }}", "{{ x }}{{ y }}"),
        ("共 {{ x }} 项", "共{{ x }}项"),
        (
            "{% if a == 'b c' %}x y{% endif %}",
            "{% if a == 'b c' %}x y{% endif %}",
        ),
        ("  {{ x }}  ", "{{ x }}"),
    ],
)
def test_the_layout_of_a_snippet_leaves_no_blanks(
    source: str, one_line: str
) -> None:
    assert folded(source) == one_line


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("完成，。", "完成。"),
        ("完成。。", "完成。"),
        ("甲；，乙", "甲；乙"),
        ("甲、、乙，，丙", "甲、乙，丙"),
        ("主要产出：。", "主要产出。"),
        ("达到！。", "达到！"),
        ("（，甲，）", "（甲）"),
        ("甲（乙）。", "甲（乙）。"),
        ("甲，（）。", "甲。"),
        ("甲、：！", "甲！"),
        ("等级为“优”。", "等级为“优”。"),
        ("主要职责：一是甲；二是乙。", "主要职责：一是甲；二是乙。"),
        ("原因是甲\n乙", "原因是甲乙"),
        ("see a\nb", "see a b"),
        ("中共 XX 委员会办公室", "中共 XX 委员会办公室"),
        ("预算400万元万元", "预算400万元"),
        ("预算523.12万万元", "预算523.12万元"),
        ("预算997561.26元万元", "预算997561.26元"),
        ("预算1.2亿元万元", "预算1.2亿元"),
        ("预算400万元", "预算400万元"),
        ("", ""),
    ],
)
def test_a_passage_is_one_line_with_single_marks(
    text: str, tidied: str
) -> None:
    assert tidy(text) == tidied


@given(st.text("甲乙a1。，、；：！？（）“”\n ", max_size=40))
def test_no_marks_are_doubled_and_no_words_are_lost(text: str) -> None:
    tidied = tidy(text)

    assert not re.search(
        r"[，、；：。]{2}|[！？（“][，、；。]|[，、；：][）！？]|（）|\n",
        tidied,
    )
    assert re.findall(r"[甲乙a1]", tidied) == re.findall(r"[甲乙a1]", text)


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("甲", "甲。"),
        ("甲。", "甲。"),
        ("甲；", "甲。"),
        ("甲！", "甲！"),
        ("“甲。”", "“甲。”"),
        ("甲…", "甲…"),
        ("", ""),
        ("甲 ", "甲。"),
    ],
)
def test_a_sentence_ends(text: str, ended: str) -> None:
    assert sentence(text) == ended


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("甲。", "甲"),
        ("甲；。", "甲"),
        ("甲：", "甲"),
        ("甲）", "甲）"),
        ("甲. ", "甲"),
    ],
)
def test_a_text_within_a_sentence_does_not_end_it(
    text: str, open_: str
) -> None:
    assert without_end(text) == open_


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("一、甲", "甲"),
        ("（一）甲", "甲"),
        ("(1)甲", "甲"),
        ("1.甲", "甲"),
        ("1、甲", "甲"),
        ("12．甲", "甲"),
        ("一是甲", "甲"),
        ("二是：甲", "甲"),
        ("十一、甲", "甲"),
        ("1.5亿元未支付", "1.5亿元未支付"),
        ("3、4月份支付较慢", "3、4月份支付较慢"),
        ("一、二季度支付较慢", "一、二季度支付较慢"),
        ("2021年支付较慢", "2021年支付较慢"),
        ("甲一、乙", "甲一、乙"),
    ],
)
def test_a_typed_list_number_goes_and_nothing_else(
    text: str, bare: str
) -> None:
    assert without_number(text) == bare


@pytest.mark.parametrize(
    ("style", "first"),
    [("（一）", "（一）甲"), ("1.", "1.甲"), ("1、", "1、甲"), ("", "甲")],
)
def test_lists_are_numbered(style: str, first: str) -> None:
    assert numbered(["甲", "乙"], style, [1, 2])[0] == first
    assert numbered(["甲"], style, [1]) == ["甲"]
    assert numbered([], style, []) == []


def test_long_lists_go_on_counting() -> None:
    assert (
        numbered(["甲"] * 12_000, "（一）", range(1, 12_001))[-1]
        == "（一万二千）甲"
    )


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["甲"], "甲"),
        (["甲", "", "乙", "甲"], "甲、乙"),
        (list("甲乙丙丁戊己"), "甲、乙、丙、丁、戊、己"),
        (list("甲乙丙丁戊己庚"), "甲、乙、丙、丁、戊、己等7项"),
        ([], ""),
    ],
)
def test_names_are_enumerated(names: list[str], said: str) -> None:
    assert enumerate_names(names) == said


def test_what_is_counted_can_be_said() -> None:
    assert enumerate_names(list("甲乙丙丁戊己庚"), "个项目").endswith(
        "己等7个项目"
    )


def test_several_texts_in_one_sentence() -> None:
    assert one_by_one(["1.甲；", "二、乙。"]) == "一是甲；二是乙"
    assert one_by_one(["甲。"]) == "甲"
    assert one_by_one([]) == ""
    assert side_by_side(["（一）甲。", "乙"]) == "甲；乙"


@pytest.mark.parametrize(
    ("text", "lead", "said"),
    [
        ("资金到位晚。", "原因是", "，原因是资金到位晚"),
        ("由于资金到位晚", "原因是", "，由于资金到位晚"),
        ("因为资金到位晚", "主要原因是", "，因为资金到位晚"),
        ("原因是资金到位晚", "原因是", "，原因是资金到位晚"),
        ("主要原因：资金到位晚", "主要原因是", "，主要原因是资金到位晚"),
        ("资金到位晚", "。执行偏差的原因是", "。执行偏差的原因是资金到位晚"),
        ("由于资金到位晚", "。执行偏差的原因是", "。由于资金到位晚"),
        ("无", "原因是", ""),
        ("无。", "原因是", ""),
        ("/", "原因是", ""),
        ("—", "原因是", ""),
        ("", "原因是", ""),
        (" ", "原因是", ""),
    ],
)
def test_reasons_join_the_sentence(text: str, lead: str, said: str) -> None:
    assert with_reason(text, lead) == said
