"""Slips of the pen in a unit.yaml: told at the line that is wrong, with what to type instead."""

from __future__ import annotations

import pytest
from yaml_texts import problems, read, refused

from reportgen.core.findings import Finding, Rejected


def _refused(text: str) -> Finding:
    finding = refused(text)
    assert finding.code in {"DAT002", "DAT005"}
    return finding


LIST = "单位:\n  职责:\n    - 负责监测\n{}\n    - 健康教育\n  内设机构数: 6\n"


@pytest.mark.parametrize("place", ["between", "last"])
@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "    -承担免疫",
            "减号后面缺少空格；列表的每一项以“- ”（英文减号加一个空格）开头，请写成“- 承担免疫”",
        ),
        ("    — 承担免疫", "不用“—”；请写成“- 承担免疫”"),
        ("    －承担免疫", "不用“－”；请写成“- 承担免疫”"),
        ("    2、承担免疫", "序号由程序编；请写成“- 承担免疫”"),
        ("    （2）承担免疫", "序号由程序编；请写成“- 承担免疫”"),
    ],
)
def test_an_item_without_its_dash_is_told_at_its_own_line(
    line: str, says: str, place: str
) -> None:
    text = LIST.format(line)
    finding = _refused(
        text if place == "between" else text.replace("    - 健康教育\n", "")
    )

    assert (finding.place.line, finding.place.column) == (4, 5)
    assert says in finding.message


def test_of_several_items_without_a_dash_each_is_told() -> None:
    found = problems(LIST.format("    -甲\n    -乙\n    -丙"))
    assert [one.place.line for one in found] == [4, 5, 6]


def test_a_row_of_indicators_without_its_dash() -> None:
    finding = _refused("指标:\n  - {三级: 甲}\n  {三级: 乙}\n  - {三级: 丙}\n")

    assert finding.place.line == 3
    assert "前面少了“- ”" in finding.message


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("职责:\n    -负责\n    - 承担\n", 2, "请写成“- 负责”"),
        ("职责:\n  - 负责\n    - 承担\n", 3, "缩进比上一项多"),
        ("职责:\n  - 负责\n    -承担\n", 3, "请写成“- 承担”"),
    ],
)
def test_items_that_yaml_would_run_together_in_silence(
    text: str, line: int, says: str
) -> None:
    finding = _refused(text)

    assert finding.place.line == line
    assert says in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "a: 下降\n  -5%左右\n",
        "a: |\n  -甲\n  - 乙\n",
        'a: "甲\n  - 乙"\n',
        "a:\n  -5\n",
    ],
)
def test_a_dash_that_is_content_is_read(text: str) -> None:
    assert read(text).data["a"]


UNIT = "单位:\n  名称: 甲中心\n  简称: 甲\n{}\n  预算级次: 二级\n  职责: 乙\n"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            "性质: 公益",
            "“性质:”的缩进与它上下几行不同；同一层的键要从同一列开始，请在前面空 2 格",
        ),
        ("  性质 公益", "这一行没有冒号；请写成“性质: 公益”"),
        ("  性质公益", "这一行没有冒号；请写成“性质公益:”"),
        ("   性质: 公益", "“性质:”的缩进比上一行多"),
        (" 性质: 公益", "请在前面空 2 格"),
        ("　　性质: 公益", "半角空格"),
        ("\u00a0 性质: 公益", "不换行空格（U+00A0）缩进"),
        ("  性质：公益", "写成“性质: 公益”"),
        ("  性质:公益", "写成“性质: 公益”"),
        ("\t性质: 公益", "制表符"),
    ],
)
def test_a_key_is_told_at_its_own_line(typed: str, says: str) -> None:
    finding = _refused(UNIT.format(typed))

    assert finding.place.line == 4
    assert says in finding.message


def test_the_first_key_of_a_block_without_its_indentation() -> None:
    finding = _refused(
        "年度: 2024\n资金:\n年初预算数: 860\n  全年预算数: 900\n"
    )

    assert finding.place.line == 3
    assert "请在前面空 2 格" in finding.message


@pytest.mark.parametrize(
    ("typed", "column", "says"),
    [
        ("{编制: 45，在职: 41}", 10, "请写成“编制: 45, 在职: …”"),
        (
            "{编制: 45 在职: 41}",
            10,
            "“45 在职”中间缺少英文逗号；请写成“编制: 45, 在职: …”",
        ),
        (
            "{原因: 主要是: 排队}",
            10,
            '“原因”的内容里有英文冒号；请改用中文冒号，或给内容加上英文双引号，写成 原因: "主要是: 排队"',
        ),
        ("{原因: 3 #台排队}", 12, '写成 原因: "3 #台排队"'),
        ("{编制: 45, 在职: 41", 5, "这里的“{”没有对应的“}”"),
        ("{编制: 45, 在职: 41｝", 20, "花括号“｝”是全角的"),
        ("｛编制: 45, 在职: 41｝", 5, "花括号“｛”是全角的"),
        ("{原因: 排队}较长}", 13, "“}”是内容的一部分时"),
        ("{编制：45, 在职: 41}", 6, "写成“编制: 45”"),
        ("{编制:45, 在职: 41}", 6, "写成“编制: 45”"),
        ("{原因: 高峰, 排队}", 14, "“排队”前面的英文逗号把内容断开了"),
        (
            "{金额: 1,972.5, 在职: 4}",
            12,
            "“1,972.5”里的千分位逗号把这个数断开了；花括号里的数不写逗号，请写成 1972.5",
        ),
        ("{目标: ≥26,000剂次}", 14, "请写成 26000"),
        ("{办公室, 财务科}", 6, "并列的几项请用方括号"),
        ("{目标: >=95%, 实际: 97%}", 10, '例如 ">=95%"，或写成 ≥95%'),
    ],
)
def test_a_slip_in_braces_is_named(typed: str, column: int, says: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(f"人员: {typed}\n年度: 2024\n")
    first = caught.value.findings[0]

    assert first.place.line == 1
    assert says in first.message
    assert first.place.column == column


def test_a_comma_left_out_at_the_end_of_a_line_in_braces() -> None:
    finding = _refused("人员: {\n  编制: 45  # 人\n  在职: 41}\n")

    assert finding.place.line == 2
    assert "少了英文逗号" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "a: {b: 1 , c: }\n",
        "a: {b : 1, 'c': 2}\n",
        "a: {b: 1, # 说明\n  c: 2}\n",
        "a: {}\n",
    ],
)
def test_sound_braces_are_read(text: str) -> None:
    assert read(text).data


# A “ #” behind a value: YAML takes the rest of the line for a comment


@pytest.mark.parametrize(
    ("typed", "value", "lost"),
    [
        ("名称: 登革热防控 #2\n", "登革热防控", "#2"),
        ("名称: 登革热防控 #二期 之一\n", "登革热防控", "#二期 之一"),
        ("名称: #2楼改造\n", None, "#2楼改造"),
    ],
)
def test_a_number_sign_that_may_be_content_is_warned_of(
    typed: str, value: str | None, lost: str
) -> None:
    document = read(f"项目:\n  - {typed}")
    (warning,) = document.warnings

    assert document.data["项目"][0]["名称"] == value
    assert (warning.code, warning.severity.value, warning.path) == (
        "DAT013",
        "warning",
        "项目[1].名称",
    )
    assert warning.place.line == 2
    assert f"“{lost}”" in warning.message


@pytest.mark.parametrize(
    "text",
    [
        "名称: 甲 # 全称\n",
        "名称:   # 全称\n",
        "名称: 甲#2\n",
        '名称: "甲 #2"\n',
        '名称: "甲" #2\n',
        "#2\n名称: 甲\n",
    ],
)
def test_a_comment_or_a_number_sign_that_is_read_is_not(text: str) -> None:
    assert read(text).warnings == ()
