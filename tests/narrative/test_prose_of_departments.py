"""What a department says of its subordinate units: how many of which grade, the last with its cause, who left money."""

from __future__ import annotations

from pathlib import Path

import pytest
from narrative_support import TEMPLATES

from reportgen.core.value import Value
from reportgen.pipeline import PackCache, prepare

SHELF = PackCache((TEMPLATES,))
HEAD = "模板: standard\n年度: 2024\n"
BUREAU = """
单位: {名称: 江口县林业局}
下属单位: [东林场.yaml, 西林场.yaml, 苗圃.yaml]
本级:
  资金: {年初预算数: 300, 全年预算数: 300, 全年执行数: 300}
"""
UNIT = """
单位: {{名称: 江口县{name}}}
资金: {{年初预算数: 100, 全年预算数: 100, 全年执行数: {spent}, 分值: 10}}
指标:
  - {{一级: 产出指标, 二级: 数量指标, 三级: 造林面积, 指标值: ≥90亩, 实际值: {done}亩, 分值: 90, 偏差原因: {why}}}
"""

Texts = dict[str, list[Value]]


@pytest.fixture
def told(tmp_path: Path) -> Texts:
    bureau = tmp_path / "局.yaml"
    bureau.write_text(HEAD + BUREAU, encoding="utf-8")
    for name, spent, done, why in (
        ("东林场", 98, 96, ""),
        ("西林场", 92, 90, ""),
        ("苗圃", 20, 27, "春旱苗木枯死；秋季补造"),
    ):
        text = UNIT.format(name=name, spent=spent, done=done, why=why)
        (tmp_path / f"{name}.yaml").write_text(HEAD + text, encoding="utf-8")
    texts: Texts = prepare(bureau, SHELF).view["叙述"]
    return texts


def test_grades_are_counted_and_the_last_has_its_cause(told: Texts) -> None:
    said = "".join(told["自评结论"])
    assert "3个下属单位自评“优”2个、“差”1个，平均76分" in said
    assert "最高的是江口县东林场（99.8分），最低的是江口县苗圃（29分）" in said
    assert "江口县苗圃主要扣在造林面积（63分），原因是春旱苗木枯死。" in said


def test_who_left_the_money_is_named_with_the_share(told: Texts) -> None:
    said = "".join(told["资金执行情况"])
    assert (
        "下属单位的结转结余资金主要在江口县苗圃（80.00万元，占88.89%）。"
        in said
    )


def test_unit_that_fell_short_is_a_problem_with_its_measure(
    told: Texts,
) -> None:
    at = next(n for n, text in enumerate(told["存在问题"]) if "苗圃" in text)
    assert "自评等级为“差”。得" in told["存在问题"][at]
    assert told["改进措施"][at].endswith("督促江口县苗圃落实措施：秋季补造。")
