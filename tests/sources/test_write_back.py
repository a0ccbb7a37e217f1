"""One value written back: it is read as wanted, everything else as before, and no other byte changes."""

from __future__ import annotations

from difflib import unified_diff

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.core.errors import ValueRefused
from reportgen.sources.file_bytes import encoded
from reportgen.sources.text import SourceText
from reportgen.sources.write_back import Put, written_back
from reportgen.sources.yaml_tree import YamlDocument, build_tree

UNIT = """# 第一行说明
年度: 2024   # 评价年度
单位:
  名称: "青禾县图书馆"
  职责: [借阅, 培训]

指标:
  - {一级: 产出指标, 三级: 讲座, 指标值: ≥30场, 实际值: 32场}   # 照台账
  - 一级: 效益指标
    三级: '读者'
    偏差原因:
    实际值: 5万人
叙述:
  存在问题:
    - 座位少。
    - |
      第二段第一行
      第二行
  # 末尾说明
"""


def document(text: str) -> YamlDocument:
    return build_tree(SourceText("unit.yaml", text, ""))


def changed(before: str, after: str) -> list[str]:
    lines = unified_diff(
        before.split("\n"), after.split("\n"), lineterm="", n=0
    )
    return [
        line
        for line in lines
        if line[:1] in "+-" and line[:3] not in {"+++", "---"}
    ]


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (
            ("指标", 0, "实际值"),
            "33场",
            ["三级: 讲座, 指标值: ≥30场, 实际值: 33场}   # 照台账"],
        ),
        (
            ("指标", 0, "实际值"),
            "33场，另加1场",
            ["实际值: 33场，另加1场}   # 照台账"],
        ),
        (
            ("指标", 0, "实际值"),
            "33场, 另加1场",
            ['实际值: "33场, 另加1场"}   # 照台账'],
        ),
        (
            ("指标", 0, "偏差原因"),
            "天气好",
            ["实际值: 32场, 偏差原因: 天气好}   # 照台账"],
        ),
        (("指标", 1, "偏差原因"), "天气好", ["    偏差原因: 天气好"]),
        (("指标", 1, "三级"), "it's", ["    三级: 'it''s'"]),
        (("指标", 1, "得分"), "5", ["    得分: 5"]),
        (("单位", "名称"), "青禾县“新”馆", ['  名称: "青禾县“新”馆"']),
        (("单位", "职责", 1), "展览", ["  职责: [借阅, 展览]"]),
        (("单位", "简称"), "图书馆", ["  简称: 图书馆"]),
        (("年度",), "2025", ["年度: 2025   # 评价年度"]),
        (
            ("叙述", "存在问题", 0),
            "座位少：{{ 资金.执行率 }}。",
            ["    - 座位少：{{ 资金.执行率 }}。"],
        ),
        (
            ("叙述", "改进措施"),
            ("增加座位。", "加开夜场。"),
            ["  改进措施:", "    - 增加座位。", "    - 加开夜场。"],
        ),
    ],
)
def test_only_the_value_changes(
    path: tuple[str | int, ...], value: str | tuple[str, ...], lines: list[str]
) -> None:
    new = written_back(document(UNIT), [Put(path, value)])

    added = [line[1:] for line in changed(UNIT, new) if line[0] == "+"]
    assert len(added) == len(lines)
    assert all(
        line.endswith(end) for line, end in zip(added, lines, strict=True)
    )
    found: object = document(new).data
    for step in path:
        found = found[step]  # type: ignore[index]
    assert found == (value if isinstance(value, str) else list(value))


def test_a_block_of_text_stays_a_block() -> None:
    new = written_back(
        document(UNIT), [Put(("叙述", "存在问题", 1), "第二段第一行\n改了")]
    )
    assert "    - |-\n      第二段第一行\n      改了\n  # 末尾说明" in new


def test_a_section_that_was_one_text_becomes_a_list() -> None:
    new = written_back(
        document("叙述:\n  问题: 无   # 说明\n年度: 2024\n"),
        [Put(("叙述", "问题"), ("甲。", "乙。"))],
    )
    assert document(new).data == {
        "叙述": {"问题": ["甲。", "乙。"]},
        "年度": "2024",
    }
    assert "# 说明" in new


LISTED = (
    "叙述:\n  问题:\n    - 甲。   # 甲的说明\n    # 乙的说明\n    - |\n      乙。"
    "\n      续。\n    - 丙。\n年度: 2024\n"
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (
            ("甲。", "丙。"),
            LISTED.replace("    - |\n      乙。\n      续。\n", ""),
        ),
        (
            ("甲。", "乙。\n续。\n", "丙。", "丁。"),
            LISTED.replace("年度", "    - 丁。\n年度"),
        ),
        (
            ("甲。", "乙。\n续。\n", "丙一。", "丙二。"),
            LISTED.replace("- 丙。", "- 丙一。\n    - 丙二。"),
        ),
    ],
)
def test_the_items_of_a_list_that_stay_keep_their_lines(
    value: tuple[str, ...], written: str
) -> None:
    assert (
        written_back(document(LISTED), [Put(("叙述", "问题"), value)])
        == written
    )


def test_paragraphs_have_a_line_each() -> None:
    long = "全年预算执行进度快于序时进度，各项目标如期完成。"
    new = written_back(
        document("叙述:\n  问题: 无\n年度: 2024\n"),
        [Put(("叙述", "问题"), (long, "乙。"))],
    )
    assert new == f"叙述:\n  问题:\n    - {long}\n    - 乙。\n年度: 2024\n"


def test_keys_that_are_not_there_are_added_with_what_holds_them() -> None:
    new = written_back(
        document("年度: 2024\n"), [Put(("叙述", "存在问题"), "无。")]
    )
    assert new == "年度: 2024\n叙述:\n  存在问题: 无。\n"


def test_what_an_alias_brings_is_not_written() -> None:
    text = "甲: &a {x: 1}\n乙: *a\n"
    with pytest.raises(ValueRefused, match="引用"):
        written_back(document(text), [Put(("乙", "x"), "2")])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_bom_stay(ends: str, bom: bytes) -> None:
    original = bom + UNIT.replace("\n", ends).encode()
    new = written_back(document(UNIT), [Put(("指标", 1, "得分"), "5")])
    assert encoded(original, UNIT, UNIT) == original
    assert (
        encoded(original, UNIT, new) == bom + new.replace("\n", ends).encode()
    )


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")),
    max_size=12,
)
PLACES = st.sampled_from(
    [
        ("指标", 0, "实际值"),
        ("指标", 1, "三级"),
        ("指标", 1, "偏差原因"),
        ("单位", "名称"),
        ("叙述", "存在问题", 0),
    ]
)


@settings(max_examples=150, deadline=None)
@given(PLACES, TEXTS)
def test_whatever_is_written_is_read_again(
    path: tuple[str | int, ...], value: str
) -> None:
    try:
        new = written_back(document(UNIT), [Put(path, value)])
    except ValueRefused:
        assert (
            not value.strip()
            or "\ufeff" in value
            or value in {"~", "null"}
            or not value.isprintable()
        )
        return
    assert len(changed(UNIT, new)) <= 2
