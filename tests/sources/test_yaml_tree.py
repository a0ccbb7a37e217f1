"""YAML to a tree of text with places: what was typed comes back, and every part knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st
from yaml_texts import problems, read, refused

from reportgen.core.errors import Place
from reportgen.core.findings import Rejected
from reportgen.sources import builder
from reportgen.sources.characters import forbidden

UNIT = """\
# 单位
单位:
  名称: 示范单位   # 全称
  "电话": '0012'
  说明: |
    第一行
    第二行
  备注:
项目:
  - 名称: 绿化
    全年预算数: &预算甲 31.6
  - {名称: 保安, 指标: [≥95%, "a\\tb"]}
""".replace("&预算甲", "&b1")


def _leaves(
    tree: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, str):
        yield path, tree
        return
    for step, child in (
        tree.items() if isinstance(tree, dict) else enumerate(tree)
    ):
        yield from _leaves(child, (*path, step))


# Values


@pytest.mark.parametrize(
    "typed",
    [
        *[
            "0012",
            "no",
            "12:30",
            "1.10",
            "2024-01-01",
            "2024-13-45",
            "010_8888",
            "0x1F",
            "1e5",
            ".nan",
            "-.inf",
        ],
        *["110101199003070000000", "true", "NULL", "=", "甲"],
    ],
)
def test_scalars_stay_as_typed(typed: str) -> None:
    assert read(f"a: {typed}\n").data == {"a": typed}


@pytest.mark.parametrize("typed", ["", "~", "null"])
def test_only_plain_nothing_is_nothing(typed: str) -> None:
    document = read(f"a: {typed}\nb: '{typed}'\nc: [x, {typed or '~'}]\n")

    assert document.data == {"a": None, "b": typed, "c": ["x", None]}


def test_nested_tree() -> None:
    assert read(UNIT).data == {
        "单位": {
            "名称": "示范单位",
            "电话": "0012",
            "说明": "第一行\n第二行\n",
            "备注": None,
        },
        "项目": [
            {"名称": "绿化", "全年预算数": "31.6"},
            {"名称": "保安", "指标": ["≥95%", "a\tb"]},
        ],
    }


def test_alias_repeats_what_it_names() -> None:
    assert read("a: &x {k: v}\nb: *x\nc: [&y 1, *y]\n").data == {
        "a": {"k": "v"},
        "b": {"k": "v"},
        "c": ["1", "1"],
    }


@pytest.mark.parametrize("char", "\x7f\x85\x80\u2028\u2029\ufeff")
@pytest.mark.parametrize(
    "written", ["a: x{}y\n", "a: 'x{}y'\n", 'a: "x{}y"\n', "a: |-\n  x{}y\n"]
)
def test_odd_but_allowed_characters_stay(char: str, written: str) -> None:
    document = read(written.format(char) + "b: 1\n")

    assert document.data == {"a": f"x{char}y", "b": "1"}
    assert document.place(["b"]).line == written.count("\n") + 1


def test_both_parsers_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    text = UNIT + "甲: *b1\n"
    fast = read(text)
    monkeypatch.setattr(builder, "LOADER", yaml.SafeLoader)
    slow = read(text)

    assert slow.data == fast.data
    for path, _ in _leaves(
        {"单位": fast.data["单位"]["名称"], "项目": fast.data["项目"]}
    ):
        assert (slow.place(path), slow.span(path)) == (
            fast.place(path),
            fast.span(path),
        )


# Places


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ([], 2, 1),
        (["单位"], 3, 3),
        (["单位", "名称"], 3, 7),
        (["单位", "电话"], 4, 9),
        (["单位", "说明"], 5, 7),
        (["单位", "备注"], 8, 6),
        (["项目", 0], 10, 5),
        (["项目", 1, "指标", 1], 12, 25),
    ],
)
def test_place_of_a_value(
    path: list[str | int], line: int, column: int
) -> None:
    assert read(UNIT).place(path) == Place("unit.yaml", line, column)


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (["单位", "性质"], 2, 1),
        (["单位", "名称", "简称"], 3, 3),
        (["项目", 0, "得分"], 10, 5),
        (["项目", 7], 9, 1),
        (["没有"], 2, 1),
        (["单位", 0], 2, 1),
    ],
)
def test_place_of_what_is_missing_is_its_nearest_key(
    path: list[str | int], line: int, column: int
) -> None:
    assert read(UNIT).place(path) == Place("unit.yaml", line, column)


def test_key_place() -> None:
    document = read(UNIT)

    assert document.key_place(["单位", "电话"]) == Place("unit.yaml", 4, 3)
    assert document.key_place(["项目", 1]) == Place("unit.yaml", 12, 5)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (["单位", "名称"], "示范单位"),
        (["单位", "电话"], "'0012'"),
        (["单位", "说明"], "|\n    第一行\n    第二行\n"),
        (["单位", "备注"], ""),
        (["项目", 0, "全年预算数"], "31.6"),
        (["项目", 1, "指标", 0], "≥95%"),
        (["项目", 1, "指标", 1], '"a\\tb"'),
    ],
)
def test_span_is_the_scalar_as_typed(path: list[str | int], typed: str) -> None:
    span = read(UNIT).span(path)

    assert span is not None
    assert UNIT[slice(*span)] == typed


def test_no_span_for_what_is_no_scalar_of_its_own() -> None:
    document = read("a: &x {k: v}\nb: *x\nc: [&y 1, *y]\n")

    for path in (["a"], ["b"], ["b", "k"], ["c", 1], ["d"], ["a", "k", "z"]):
        assert document.span(path) is None
    assert document.place(["b"]) == Place("unit.yaml", 2, 4)
    assert document.place(["b", "k"]) == Place("unit.yaml", 1, 11)


# Properties

ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates too
NAMES = st.text("甲乙丙丁abc", min_size=1, max_size=4)
TREES = st.dictionaries(
    NAMES,
    st.recursive(
        st.text(st.characters(blacklist_categories=["Cs"]), max_size=12).filter(
            # PyYAML's dumper writes the last three as line breaks, as YAML 1.1 had it
            lambda text: (
                not forbidden(text) and not set(text) & set("\x85\u2028\u2029")
            )
        ),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(NAMES, inner, max_size=4)
        ),
        max_leaves=8,
    ),
    max_size=4,
)


@given(text=ANY_TEXT, allow_unicode=st.booleans())
def test_any_text_comes_back_or_is_refused_by_name(
    text: str, allow_unicode: bool
) -> None:
    dumped = yaml.safe_dump(
        {"项": {"字段": text}}, default_style='"', allow_unicode=allow_unicode
    )

    if not forbidden(text):
        assert read(dumped).data == {"项": {"字段": text}}
        return
    finding = refused(dumped)
    assert (finding.code, finding.path) == ("DAT007", "项.字段")
    assert f"U+{ord(forbidden(text)[0]):04X}" in finding.message


@given(text=ANY_TEXT, quote=st.sampled_from("'\""))
def test_text_typed_raw_comes_back_or_is_refused_by_name(
    text: str, quote: str
) -> None:
    text = text.replace("\n", "")
    inner = (
        text.replace("'", "''")
        if quote == "'"
        else text.replace("\\", "\\\\").replace('"', '\\"')
    )
    typed = f"字段: {quote}{inner}{quote}\n"

    if not forbidden(text):
        assert read(typed).data == {"字段": text}
        return
    finding = refused(typed)
    assert (finding.code, finding.path, finding.place.line) == (
        "DAT007",
        "字段",
        1,
    )
    assert typed[finding.place.column - 1] in forbidden(text)


@given(
    tree=TREES, style=st.sampled_from([None, "'", '"', "|"]), flow=st.booleans()
)
def test_places_and_spans_point_at_what_was_typed(
    tree: Any, style: Any, flow: bool
) -> None:
    text = yaml.safe_dump(
        tree,
        default_style=style,
        default_flow_style=flow,
        allow_unicode=True,
        width=60,
    )
    document = read(text)

    assert document.data == tree
    for path, value in _leaves(tree):
        span = document.span(path)
        assert span is not None
        place = document.place(path)
        assert text.split("\n")[place.line - 1][place.column - 1 :].startswith(
            text[slice(*span)].split("\n")[0]
        )
        if text[span[0] : span[0] + 1] not in "|>":
            assert yaml.load(text[slice(*span)], yaml.BaseLoader) == value


@settings(max_examples=300)
@given(text=st.text("甲a1 \n\t:-：\"'[]{}#&*!|>%@`,?~.<=\\x0b", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read(text)
    except Rejected as refusal:
        for finding in refusal.findings:
            assert finding.message
            assert 0 <= finding.place.line <= text.count("\n") + 1
    else:
        assert isinstance(document.data, dict)


# Refusals


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("单位:\n\t名称: 甲\n", 2, "制表符"),
        ("a: |\n\tx\n", 2, "制表符"),
        ("名称：甲\n人数: 3\n", 1, "写成“名称: 甲”"),
        ("名称: 甲\n人数：3\n年度: 2022\n", 2, "“人数：”用了全角冒号"),
        (
            "单位:\n  名称: 甲\n  性质：事业\n  编制: 3\n",
            3,
            "“性质：”用了全角冒号",
        ),
        ("单位：\n  名称: 甲\n", 1, "写成“单位:”"),
        ("名称:甲\n人数: 3\n", 1, "“名称:”的冒号后面缺少空格"),
        ("名称: 甲\n人数:3\n", 2, "写成“人数: 3”"),
        ('a: "甲\nb: 乙\n', 1, "引号没有成对"),
        ('a: "甲\nb: "乙"\n', 1, "引号没有成对"),
        ('a: "甲"公司\nb: 1\n', 1, "引号之后还有文字“公司”"),
        ("a: [2022]12号\n", 1, "括号之后还有文字“12号”"),
        ("a:\n    b: 1\n  c: 2\n", 3, "缩进没有对齐"),
        ("a: 甲\n  b: 乙\n", 2, "缩进比上一行多"),
        ("a: 甲: 乙\n", 1, "两个“: ”"),
        ("a: %5\n", 1, "不能以“%”开头"),
        ("%5\n", 1, "不能以“%”开头"),
        ("a: @甲\n", 1, "不能以“@”开头"),
        ("a: `甲\n", 1, "不能以“`”开头"),
        ("a: >90%\nb: 1\n", 1, '写成 ">90%"'.replace("写成", "例如")),
        ("a: *注\n", 1, "不能以“*”开头"),
        ("a: !注意\n", 1, "不能以“!”开头"),
        ("a: *x\n", 1, "在前面没有"),
        ("a: {{ 默认 }}\n", 1, '例如 单位概况: "{{ 默认 }}"'),
        ("a: {{ 默认 }} 另外\n", 1, "放进引号里"),
        ("a:\n  - {% if x %}\n", 2, "放进引号里"),
        ("a: -\n", 1, '写成 "-"'),
        ("a: 1\n- b\n", 2, "不能出现列表项"),
        ("a: [1, 2\nb: 3\n", 1, "方括号没有成对"),
        ("a: {x: 1\nb: 3\n", 1, "没有对应的“}”"),
        ("a: 1\n这一行没有键\n", 2, "没有冒号"),
        ('a: "D:\\资料"\n', 1, "反斜杠"),
        ("a: 1\n...\nb: 2\n", 3, "已经结束"),
    ],
)
def test_syntax_errors_say_what_to_do(text: str, line: int, says: str) -> None:
    finding = refused(text)

    assert (finding.code, finding.place.line) == ("DAT002", line)
    assert says in finding.message


def test_syntax_error_names_the_field() -> None:
    finding = refused("项目:\n  - 名称: 甲\n    得分: %5\n")

    assert (finding.path, finding.place) == (
        "项目[1].得分",
        Place("unit.yaml", 3, 9),
    )


def test_every_duplicate_key_is_named_with_both_lines() -> None:
    findings = problems('a: 1\nb:\n  c: 1\n  "c": 2\na: 2\n')

    assert [
        (finding.code, finding.path, finding.place.line) for finding in findings
    ] == [
        ("DAT003", "b.c", 4),
        ("DAT003", "a", 5),
    ]
    assert "第1行" in findings[1].message
    assert "第5行" in findings[1].message


def test_every_forbidden_character_is_named() -> None:
    findings = problems(
        'a: "x\\x0b"\nb:\n  - |\n    甲\n    乙\x1f\n"c\\0": 1\nd: \ufffe\n'
    )

    assert {finding.code for finding in findings} == {"DAT007"}
    assert findings[1].place.column == 6
    assert [(finding.path, finding.place.line) for finding in findings] == [
        ("a", 1),
        ("b[1]", 5),
        ("", 6),
        ("d", 7),
    ]
    for finding, name in zip(
        findings, ["U+000B", "U+001F", "U+0000", "U+FFFE"], strict=True
    ):
        assert name in finding.message


def test_escaped_surrogates_are_named_with_their_companions() -> None:
    finding = refused('名称: "a\\x0bb\\x1f\\0 \\uD800"\n')

    assert (finding.code, finding.path) == ("DAT007", "名称")
    assert "U+000B、U+001F、U+0000、U+D800" in finding.message


@pytest.mark.parametrize(
    "key", ["1", "2024-01-01", "true", "null", "~", "no", "1.5", "12:30"]
)
def test_keys_that_are_no_names_are_refused(key: str) -> None:
    finding = refused(f"名称: 甲\n{key}: 乙\n")

    assert (finding.code, finding.place.line) == ("DAT005", 2)
    assert "键" in finding.message


@pytest.mark.parametrize(
    "text", [": 乙\n", "名称: 甲\n: 乙\n", "名称: 甲\n'': 乙\n"]
)
def test_missing_key_is_refused(text: str) -> None:
    assert "冒号前面没有键名" in refused(text).message


def test_quoted_key_is_a_name() -> None:
    assert read('"2022": 甲\n').data == {"2022": "甲"}


@pytest.mark.parametrize(
    "text", ["? [a]\n: b\n", "? {a: b}\n: c\n", "a: &x 1\n*x : 2\n"]
)
def test_complex_keys_are_refused(text: str) -> None:
    assert refused(text).code == "DAT005"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# 只有注释\n", "DAT001"),
        ("---\n", "DAT001"),
        ("~\n", "DAT001"),
        ("- a\n- b\n", "DAT005"),
        ("只有一段文字\n", "DAT005"),
        ("名称：甲\n", "DAT002"),
        ("a: 1\n---\nb: 2\n", "DAT008"),
        ("a: !!str 1\n", "DAT008"),
        ("a: ! 1\n", "DAT008"),
        ("a: !Ref [x]\n", "DAT008"),
        ("a: &x {k: v}\nb:\n  <<: *x\n", "DAT008"),
        ("a: &x\n  b: *x\n", "DAT008"),
    ],
)
def test_what_a_unit_has_no_use_for_is_refused(text: str, code: str) -> None:
    assert refused(text).code == code
