"""What the texts and conditions of a pack may say, and what is said of what they may not."""

from __future__ import annotations

import time
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.core.errors import PackError
from reportgen.core.value import Value
from reportgen.language.expressions import KeptCode, Language

NAMES: dict[str, Any] = {
    "单位": {
        "名称": "甲馆",
        "items": "数据",
        "人员": {"在职": Value("15", Decimal(15))},
    },
    "指标": [{"三级": "讲座", "达标": True}, {"三级": "展览", "达标": False}],
    "空": "",
}


def text(source: str) -> str:
    return Language("示例/snippets.yaml").text(source)(NAMES)


def value(source: str) -> Any:
    return Language("示例/snippets.yaml").value(source)(NAMES)


def refused(source: str, *, expression: bool = False) -> str:
    with pytest.raises(PackError) as stopped:
        value(source) if expression else text(source)
    assert str(stopped.value).startswith("示例/snippets.yaml：“")
    assert source[:60] in stopped.value.message
    return stopped.value.message


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ 单位.名称 }}有{{ 单位.人员.在职 }}人", "甲馆有15人"),
        ("{{ 单位.items }}", "数据"),
        ("{{ 单位['名称'] }}{{ 指标[1].三级 }}", "甲馆展览"),
        (
            "{% for 一 in 指标 %}{{ loop.index }}{{ 一.三级 }}{% if not loop.last %}、{% endif %}{% endfor %}",
            "1讲座、2展览",
        ),
        ("{{ 指标|map(attribute='三级')|join('、') }}", "讲座、展览"),
        ("{{ 指标|selectattr('达标')|map(attribute='三级')|first }}", "讲座"),
        ("{{ 指标|length }}项", "2项"),
        (
            "{{ 空 or '未填' }}{% if 单位.人员.在职 > 9.5 %}多{% endif %}",
            "未填多",
        ),
        ("{% set 名 = 单位.名称 %}{{ 名 ~ '分馆' }}", "甲馆分馆"),
        ("{{ 简介|default('无') }}{% if 简介 is defined %}有{% endif %}", "无"),
        ("{{ '{{ 7*7 }}' }}", "{{ 7*7 }}"),
    ],
)
def test_what_a_text_may_say(source: str, printed: str) -> None:
    assert text(source) == printed


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("指标 and 单位.人员.在职 >= 15", True),
        ("单位.人员.在职 == 15", True),
        ("空", ""),
        ("指标|length", 2),
        ("项目列表 is defined", False),
        ("'甲' in 单位.名称", True),
    ],
)
def test_what_a_condition_may_say(source: str, result: object) -> None:
    assert value(source) == result


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ 单位.名字 }}", "没有名称「名字」，是否应为「名称」"),
        ("{{ 单位.qqq }}", "没有名称「qqq」"),
        ("{{ 单们.名称 }}", "没有名称「单们」，是否应为「单位」"),
        ("{{ 单位.人.在职 }}", "没有名称「人」"),
        ("{% for 一 in 指标们 %}{% endfor %}", "没有名称「指标们」"),
        ("{{ 指标|map(attribute='四级')|join }}", "没有名称「四级」"),
        ("{{ 指标[7] }}", "没有名称「7」"),
        ("{{ 单位.名称.upper }}", "没有名称「upper」"),
        ("{{ 单位['keys'] }}", "没有名称「keys」"),
        ("{{ 单位.名称.__class__ }}", "名称不能以下划线开头：__class__"),
        ("{{ x.__class__ }}", "名称不能以下划线开头：__class__"),
        ("{{ 单位['__class__'] }}", "没有名称「__class__」"),
        ("{{ 指标|map(attribute='__class__')|join }}", "没有名称「__class__」"),
        ("{{ _x }}", "名称不能以下划线开头：_x"),
        ("{{ 单位.items() }}", "不能使用 函数调用"),
        ("{{ range(9) }}", "不能使用 函数调用"),
        ("{{ loop.cycle('a') }}", "不能使用 函数调用"),
        ("{% macro m() %}{% endmacro %}", "不能使用 Macro"),
        ("{% include 'x' %}", "不能使用 Include"),
        ("{% import 'x' as y %}", "不能使用 Import"),
        ("{% extends 'x' %}", "不能使用 Extends"),
        ("{{ 9 ** 9 ** 9 }}", "不能使用 乘方"),
        ("{{ '甲' * 99999999 }}", "只有数字才能计算"),
        ("{{ '%999999999d' % 1 }}", "不能使用 取余"),
        ("{{ 单位|attr('名称') }}", "没有过滤器 attr，可以用的有"),
        ("{{ 单位|pprint }}", "没有过滤器 pprint"),
        ("{% if 1 is divisibleby 1 %}{% endif %}", "没有判断 is divisibleby"),
        ("{{ 单位 }}", "是一组数据，不能直接打印"),
        ("{{ 指标 }}", "是一组数据，不能直接打印"),
        ("{{ 指标[0].达标 }}", "是“真/假”，不能直接打印"),
        ("{{ none }}", "值是空的（None），不能打印"),
        ("{{ 单位.名称", "写法有误"),
        ("{% if 单位 %}", "写法有误"),
        ("{% endfor %}", "写法有误"),
        ("{{ }}", "写法有误"),
        ("{{ 单位.名称 - 1 }}", "只有数字才能计算"),
        ("{{ 9999999999 * 9999999999 * 99999999999 }}", "计算的数太大"),
        ("{{ 单位|escape }}", "没有过滤器 escape"),
        ("{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "无法使用"),
        ("{{ " + "9" * 5000 + " }}", "无法使用"),
        ("{% if 1 < 2 < 3 %}{% endif %}", "不能连续比较"),
        ("{% for self in 指标 %}{% endfor %}", "self 不能用作"),
        ("{{ self }}", "没有名称「self」"),
        ("{% for a in 指标 %}" * 60 + "{% endfor %}" * 60, "无法使用"),
    ],
    ids=lambda text: text[:24],
)
def test_what_a_text_may_not_say(source: str, says: str) -> None:
    assert says in refused(source)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("资金.执行率 < 90", "没有名称「资金」"),
        ("单位.名字", "没有名称「名字」，是否应为「名称」"),
        ("单位.名称 ==", "写法有误"),
        ("单位.名称() ", "不能使用 函数调用"),
        ("().__class__", "名称不能以下划线开头"),
        ("1 if", "写法有误"),
        ("", "这里只写条件或名称，不写花括号"),
        ("{{ 单位.名称 }}", "这里只写条件或名称，不写花括号"),
        ("1) %}{% set x = (2", "这里只写条件或名称，不写花括号"),
    ],
)
def test_what_a_condition_may_not_say(source: str, says: str) -> None:
    assert says in refused(source, expression=True)


DOUBLED = "{% set a = a ~ a %}" * 40
PAIRED = "{% set a = [a, a] %}" * 60
ROUND = "{% for 一 in 多 %}"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{% set a = '甲' %}" + DOUBLED + "{{ a }}", "太多"),
        (
            "{% set a = '甲' %}" + "{% set a = 单位.名称|join(a ~ a) %}" * 40,
            "太多",
        ),
        (ROUND * 5 + "甲" + "{% endfor %}" * 5, "太多"),
        (ROUND * 5 + "{% endfor %}" * 5, "太多"),
        (
            "{% set a = [1] %}" + PAIRED + "{% if a == a %}{% endif %}",
            "互相比较",
        ),
        (
            "{% set a = [1] %}" + PAIRED + "{% if [a] == [a, a] %}{% endif %}",
            "互相比较",
        ),
        (
            "{% set a = [1] %}" + PAIRED + "{% if a in [a] %}{% endif %}",
            "用 in 查找",
        ),
        (
            "{% set a = [1] %}" + PAIRED + "{% if a is eq(a) %}{% endif %}",
            "互相比较",
        ),
        ("{% set a = '甲' %}" + "{% set a = 多|取(a ~ a) %}" * 40, "太多"),
        (
            "{{ 多|map(attribute='一')|join(多|map(attribute='一')|join) }}",
            "太多",
        ),
        ("{{ 单位.名称 }}" * 70_000, "太多"),
        ("{{ 单位.名称" + " ~ 单位.名称" * 90_000 + " }}", "太多"),
    ],
)
def test_nothing_grows_beyond_all_bounds(source: str, says: str) -> None:
    filters = {"取": lambda rows, mark: mark.join("一" for _ in rows)}
    names = {**NAMES, "多": [{"一": "甲" * 100}] * 300}
    start = time.process_time()

    with pytest.raises(PackError, match=says) as stopped:
        Language("示例/snippets.yaml", filters=filters).told_once(source, names)

    assert str(stopped.value).startswith("示例/snippets.yaml：“")
    assert time.process_time() - start < 3


def test_a_phrase_within_a_text_draws_on_the_same_budget() -> None:
    languages: list[Language] = []
    phrase = ROUND + "{{ 多|深入 }}{% endfor %}"
    names = {"多": ["一"] * 40}

    def deeper(rows: list[str]) -> str:
        return languages[0].text(phrase)(names)

    languages.append(Language("示例/snippets.yaml", filters={"深入": deeper}))
    with pytest.raises(PackError):
        languages[0].text(phrase)(names)
    assert languages[0].text("{{ 多|length }}")(names) == "40"


def test_own_texts_are_printed_and_never_read_as_a_template() -> None:
    names = {"名称": "{{ 7*7 }}{% for %}{{ x.__class__ }}"}

    assert Language("x").text("{{ 名称 }}")(names) == names["名称"]


def test_nothing_takes_long() -> None:
    start = time.perf_counter()

    for source in (
        "{{ " + "单位." * 2000 + "名称 }}",
        "{%" * 3000,
        "{{" * 3000,
        "{{ " + "not " * 3000 + "空 }}",
    ):
        with pytest.raises(PackError):
            text(source)
    assert time.perf_counter() - start < 3


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "{{ ",
                " }}",
                "{% if ",
                "{% for 一 in ",
                " %}",
                "{% endif %}",
                "{% endfor %}",
                "单位",
                "指标",
                ".",
                "名称",
                "一",
                *"|()[]'<1~甲_=,",
                "join",
                "length",
                "not ",
                "==",
            ]
        ),
        max_size=12,
    )
)
def test_any_text_is_told_or_refused_as_a_pack_error(pieces: list[str]) -> None:
    for tell in (text, value):
        with suppress(PackError):
            tell("".join(pieces))


def test_the_values_of_a_text_are_taken_down_while_they_are_wanted() -> None:
    language = Language("示例/snippets.yaml")
    tell = language.text("{{ 空 }}设在{{ 单位.名称 }}")
    empty, name = Value("", path="空"), Value("甲馆", path="单位.名称")
    names = {"空": empty, "单位": {"名称": name}}

    with language.slots() as wanted:
        tell(names)
    tell(names)

    assert [(one.path, text, lead) for one, text, lead in wanted] == [
        ("空", "", ""),
        ("单位.名称", "甲馆", "设在"),
    ]


def test_a_text_of_one_unit_leaves_nothing_behind_for_the_thousands_after_it() -> (
    None
):
    kept = KeptCode()
    language = Language("示例/snippets.yaml", kept=kept)

    assert language.told_once("本馆即{{ 单位.名称 }}", NAMES) == "本馆即甲馆"

    assert kept.codes == {}
