"""A wrong unit.yaml: every problem at once, each with file, line, column and a way out; English keys alike."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from reportgen.core.findings import Finding, Rejected
from reportgen.model.loading import LoadedUnit, load_unit


def loaded(folder: Path, text: str) -> LoadedUnit:
    file = folder / "unit.yaml"
    file.write_text(text, encoding="utf-8")
    return load_unit(file)


def problems(folder: Path, text: str) -> tuple[Finding, ...]:
    with pytest.raises(Rejected) as stopped:
        loaded(folder, text)
    assert {finding.place.file for finding in stopped.value.findings} == {
        str(folder / "unit.yaml")
    }
    return stopped.value.findings


def problem(folder: Path, text: str) -> tuple[str, int, int, str, str]:
    (one,) = problems(folder, text)
    return one.code, one.place.line, one.place.column, one.path, one.message


HEAD = "年度: 2024\n单位: {名称: 青禾县图书馆}\n"  # two lines


@pytest.mark.parametrize(
    ("text", "code", "column", "path", "says"),
    [
        (
            "资金: {全年预算: 5}",
            "DAT004",
            6,
            "资金.全年预算",
            "不认识的键「全年预算」；是否应为「全年预算数」",
        ),
        (
            "资金: {qqq: 5}",
            "DAT004",
            6,
            "资金.qqq",
            "不认识的键「qqq」；这里可以填：年初预算数、全年预算数、",
        ),
        (
            "资金: {执行: }",
            "DAT004",
            6,
            "资金.执行",
            "不认识的键「执行」；是否应为「执行率」",
        ),
        ("全年执行数: 5", "DAT004", 1, "全年执行数", "应写在「资金」下面"),
        ("三级: 培训场次", "DAT004", 1, "三级", "应写在「指标」下面"),
        (
            "资金: {自评结果: {总分: 5}}",
            "DAT004",
            6,
            "资金.自评结果",
            "「自评结果」应写在最外层",
        ),
        (
            "year: 2025",
            "DAT004",
            1,
            "year",
            "它与「年度」是同一项，请删去其中一个",
        ),
        (
            "资金: 5",
            "DAT005",
            5,
            "资金",
            "这里应有下级项目（换行后缩进两格填写），实际只有一个值",
        ),
        ("资金: [5]", "DAT005", 5, "资金", "实际是一个列表"),
        (
            "指标: 无",
            "DAT005",
            5,
            "指标",
            "这里应是列表，每一项单独一行、以“- ”开头；没有内容时留空即可",
        ),
        (
            "项目: {名称: 甲}",
            "DAT005",
            5,
            "项目",
            "这里应是列表，每一项单独一行、以“- ”开头",
        ),
        ("叙述: 你好", "DAT005", 5, "叙述", "这里应有下级项目"),
        (
            "填报: {负责人: [甲]}",
            "DAT005",
            11,
            "填报.负责人",
            "这里应填一段文字",
        ),
        (
            "资金: {调整原因: {a: b}}",
            "DAT005",
            12,
            "资金.调整原因",
            "加上英文双引号",
        ),
        (
            "资金: {全年执行数: [1]}",
            "DAT005",
            13,
            "资金.全年执行数",
            "这里应填一个值，实际是一个列表；例如 89.97",
        ),
        (
            "资金: {全年执行数: 八十九}",
            "DAT006",
            13,
            "资金.全年执行数",
            "“八十九”不是金额；请填阿拉伯数字，例如 89.97",
        ),
        (
            "资金: {全年执行数: 1e5}",
            "DAT006",
            13,
            "资金.全年执行数",
            "“1e5”不是金额",
        ),
        (
            "资金: {全年执行数: 100美元}",
            "DAT006",
            13,
            "资金.全年执行数",
            "“100美元”不是金额",
        ),
        (
            "资金: {执行率: 九成}",
            "DAT006",
            11,
            "资金.执行率",
            "“九成”不是百分比；请填阿拉伯数字，例如 99.76%",
        ),
        (
            "资金: {全年执行数: -3}",
            "DAT009",
            13,
            "资金.全年执行数",
            "“-3”小于0；金额不能为负数",
        ),
        (
            "资金: {全年执行数: −3元}",
            "DAT009",
            13,
            "资金.全年执行数",
            "“−3元”小于0；金额不能为负数",
        ),
        ("指标: [{分值: 十}]", "DAT006", 11, "指标[1].分值", "“十”不是分值"),
        ("指标: [甲]", "DAT005", 6, "指标[1]", "这里应有下级项目"),
        (
            "指标: [{三级: 甲, 指标值: [1]}]",
            "DAT005",
            19,
            "指标[1].指标值",
            "例如 ≥95%、30场、高质量完成",
        ),
        (
            "项目: [{名称: 甲}, {主管部门: 乙}]",
            "DAT010",
            15,
            "项目[2].名称",
            "缺少必填项「项目[2].名称」；请补上",
        ),
        (
            "项目: [{名称: }]",
            "DAT010",
            11,
            "项目[1].名称",
            "必填项「项目[1].名称」是空的；请填写",
        ),
        (
            "项目: [{名称: ' '}]",
            "DAT010",
            11,
            "项目[1].名称",
            "名称是空的；请填写",
        ),
        (
            "填报日期: 去年",
            "DAT005",
            7,
            "填报日期",
            "“去年”不是日期；请写成 2025-03-15",
        ),
        (
            "填报日期: 2024-02-30",
            "DAT005",
            7,
            "填报日期",
            "“2024-02-30”不是日期",
        ),
        (
            "一级分值: {产出指标: 五十}",
            "DAT006",
            14,
            "一级分值.产出指标",
            "“五十”不是分值",
        ),
        (
            "叙述: {存在问题: [甲, {b: c}]}",
            "DAT005",
            16,
            "叙述.存在问题[2]",
            "加上英文双引号",
        ),
    ],
)
def test_one_problem(
    tmp_path: Path, text: str, code: str, column: int, path: str, says: str
) -> None:
    found = problem(tmp_path, HEAD + text + "\n")

    assert found[:4] == (code, 3, column, path)
    assert found[4].startswith(
        path if code != "DAT010" else ("缺少", "必填", path)
    )
    assert says in found[4]
    assert len(found[4]) < 200


def test_an_empty_item_of_a_list_is_named(tmp_path: Path) -> None:
    assert problem(tmp_path, HEAD + "指标:\n  - {三级: 甲}\n  -\n")[:4] == (
        "DAT005",
        5,
        4,
        "指标[2]",
    )


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        (
            "年度: 2024\n单位: {简称: 图书馆}\n",
            "单位.名称",
            "缺少必填项「单位.名称」；请补上，例如 名称: …",
        ),
        (
            "单位: {名称: 甲}\n",
            "年度",
            "缺少必填项「年度」；请补上，例如 年度: …",
        ),
        ("年度: 2024\n", "单位", "缺少必填项「单位」"),
        ("年度:\n单位: {名称: 甲}\n", "年度", "必填项「年度」是空的；请填写"),
        (
            "年度: 二〇二四\n单位: {名称: 甲}\n",
            "年度",
            "“二〇二四”不是年度；请填四位数字，例如 2024",
        ),
        ("年度: 20240\n单位: {名称: 甲}\n", "年度", "“20240”不是年度"),
    ],
)
def test_what_must_be_there(
    tmp_path: Path, text: str, path: str, says: str
) -> None:
    found = problem(tmp_path, text)

    assert found[3] == path
    assert says in found[4]


def test_all_problems_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "年度: 今年\n单位:\n  简称: 甲\n资金:\n  全年执行数: 八十九\n  年初预算: 3\n"
    text += "指标:\n  - {分值: x}\n  - 甲\n项目: 无\n"

    found = [(one.place.line, one.path) for one in problems(tmp_path, text)]

    assert found == [
        (1, "年度"),
        (2, "单位.名称"),
        (5, "资金.全年执行数"),
        (6, "资金.年初预算"),
        (8, "指标[1].分值"),
        (9, "指标[2]"),
        (10, "项目"),
    ]


def test_chinese_colons_are_named_line_by_line(tmp_path: Path) -> None:
    found = [
        (one.place.line, one.place.column, one.message)
        for one in problems(tmp_path, COLONS)
    ]

    assert found == [
        (
            3,
            3,
            "“名称：”用了全角冒号；请改为半角冒号加一个空格，写成“名称: 甲”",
        ),
        (
            4,
            3,
            "“性质：”用了全角冒号；请改为半角冒号加一个空格，写成“性质: 事业单位”",
        ),
        (
            6,
            5,
            "“一级：”用了全角冒号；请改为半角冒号加一个空格，写成“一级: 产出指标”",
        ),
        (8, 3, "“全年预算数:”的冒号后面缺少空格；请写成“全年预算数: 5”"),
    ]


COLONS = """年度: 2024
单位:
  名称：甲
  性质：事业单位
指标:
  - 一级：产出指标
资金:
  全年预算数:5
"""

ENGLISH = """year: 2024
profile: {name: 青禾县图书馆, staff: {serving: 26}}
filled_on: 2025-03-14
funds:
  initial: 100
  revised: 997561.26元
  by_nature: [{name: 基本支出, executed: 60}]
indicators:
  - {dimension: 产出指标, category: 数量指标, name: 讲座, target: ≥30场, actual: 31场, weight: 10}
projects: [{name: 甲, 实施单位: 乙}]
narrative: {存在问题: 无}
"""


def test_english_keys_are_accepted_alike(tmp_path: Path) -> None:
    file = loaded(tmp_path, ENGLISH)
    unit = file.unit

    assert (unit.year, unit.name, unit.profile.staff.serving) == (
        "2024",
        "青禾县图书馆",
        26,
    )
    assert unit.funds.revised == Decimal("99.756126")
    assert unit.indicators[0].target is not None
    assert unit.indicators[0].target.relation == "≥"
    assert unit.projects[0].performer == "乙"
    assert unit.narrative == {"存在问题": ("无",)}


def test_places_of_english_keys(tmp_path: Path) -> None:
    file = loaded(tmp_path, ENGLISH)

    assert str(file.place(("资金", "全年预算数"))).endswith("unit.yaml 第6行")
    assert file.place(("资金", "按支出性质", 0, "全年执行数")).line == 7
    assert file.place(("指标", 0, "实际值")).column == 71
    assert (
        file.place(("项目", 0, "资金", "执行率")).line == 10
    )  # not there: the project that lacks it
    assert file.typed(("资金", "全年预算数")) == "997561.26元"
    assert file.typed(("项目", 0, "资金", "执行率")) is None


def test_problems_of_english_keys_stand_where_they_were_typed(
    tmp_path: Path,
) -> None:
    text = "year: 2024\nprofile:\n  name: 甲\n  short: 乙\nfunds:\n  initial: 八十九\nindicators:\n  - target: [1]\n"

    assert [
        (one.place.line, one.place.column) for one in problems(tmp_path, text)
    ] == [
        (4, 3),
        (6, 12),
        (8, 13),
    ]


def test_an_empty_key_is_as_if_left_out(tmp_path: Path) -> None:
    text = (
        HEAD
        + "一级分值: {产出指标: }\n叙述: {单位概况: , 存在问题: [甲, '']}\n资金:\n指标:\n基础数据: {明细: {差旅费: }}\n"
    )

    unit = loaded(tmp_path, text).unit

    assert unit.dimension_weights == {}
    assert unit.narrative == {"单位概况": (), "存在问题": ("甲",)}
    assert (unit.funds.revised, unit.indicators, unit.base_data.rows) == (
        None,
        (),
        {},
    )


def test_numbers_remember_how_they_were_typed(tmp_path: Path) -> None:
    text = (
        HEAD
        + "资金: {年初预算数: '１,２００.50万元', 执行率: 99.7６％, 分值: 010}\n填报日期: 2025年3月4日\n"
    )

    unit = loaded(tmp_path, text).unit
    funds = unit.funds

    assert funds.initial is not None
    assert (funds.initial, funds.initial.text) == (
        Decimal("1200.50"),
        "１,２００.50万元",
    )
    assert funds.execution_rate == Decimal("0.9976")
    assert funds.weight is not None
    assert (funds.weight, funds.weight.text) == (10, "010")
    assert unit.filled_on is not None
    assert unit.filled_on.isoformat() == "2025-03-04"


def test_paragraphs_are_lines(tmp_path: Path) -> None:
    text = (
        HEAD
        + "叙述:\n  存在问题: |\n    一段。\n\n    又一段。\n  改进措施: [' 甲 ', '', \"乙\\n丙\"]\n"
    )

    narrative = loaded(tmp_path, text).unit.narrative

    assert narrative == {
        "存在问题": ("一段。", "又一段。"),
        "改进措施": ("甲", "乙", "丙"),
    }


def refusals(folder: Path, text: str) -> tuple[Finding, ...]:
    try:
        loaded(folder, text)
    except Rejected as stopped:
        return stopped.findings
    return ()


KEYS = st.sampled_from(
    [
        "年度",
        "单位",
        "名称",
        "资金",
        "全年预算数",
        "执行率",
        "按支出性质",
        "明细",
        "指标",
        "指标值",
        "实际值",
        "分值",
        "得分",
        "一级分值",
        "项目",
        "叙述",
        "基础数据",
        "共性指标",
        "选项",
        "year",
        "funds",
    ]
) | st.text("名称：: ab", min_size=1, max_size=3)
TREES = st.recursive(
    st.sampled_from(
        ["甲", "", "100", "-5", "≥95%", "名称：甲", "a:b", "2024", "无"]
    )
    | st.none(),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4)
    ),
    max_leaves=12,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.dictionaries(KEYS, TREES, max_size=6))
def test_any_tree_is_a_unit_or_is_refused_with_places(
    tmp_path: Path, tree: dict[str, object]
) -> None:
    text = json.dumps(
        {"单位": {"名称": "甲"}, "年度": "2024"} | tree,
        ensure_ascii=False,
        indent=1,
    )

    assert all(
        one.message and one.place.line for one in refusals(tmp_path, text)
    )
