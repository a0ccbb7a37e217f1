"""A key that is not in the glossary: what it most likely means, and where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.model.loading import load_unit
from reportgen.model.problems import owner_of
from reportgen.model.synonyms import _WORDS, meanings
from reportgen.model.unit import Indicator, Project, Unit

HEAD = "年度: 2024\n单位: {名称: 青禾县图书馆}\n"


def said(folder: Path, text: str) -> str:
    file = folder / "unit.yaml"
    file.write_text(HEAD + text + "\n", encoding="utf-8")
    with pytest.raises(Rejected) as stopped:
        load_unit(file)
    (finding,) = stopped.value.findings
    assert finding.code == "DAT004"
    return finding.message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "资金: {年初预算数: 1, 预算数: 5}",
            "不认识的键「预算数」；是否应为「全年预算数」",
        ),
        ("资金: {预算数: 5}", "是否应为「年初预算数」或「全年预算数」"),
        ("资金: {initial: 1, 预算数: 5}", "是否应为「全年预算数」"),
        (
            "资金: {全年预算数: 1, 全年预算: 5}",
            "不认识的键「全年预算」；它与「全年预算数」是同一项，请删去其中一个",
        ),
        ("指标: [{三级: 甲, 完成值: 5}]", "是否应为「实际值」"),
        ("指标: [{三级: 甲, 实际完成值: 5}]", "是否应为「实际值」"),
        ("指标: [{三级: 甲, 年度指标值: 5}]", "是否应为「指标值」"),
        ("指标: [{三级: 甲, 权重: 5}]", "是否应为「分值」"),
        ("指标: [{三级: 甲, 自评得分: 5}]", "是否应为「得分」"),
        ("指标: [{三级: 甲, 未完成原因: 雨}]", "是否应为「偏差原因」"),
        ("指标: [{三级指标: 甲}]", "是否应为「三级」"),
        ("执行数: 5", "「执行数」在这里叫「全年执行数」，应写在「资金」下面"),
        ("资金: {三级: 甲}", "「三级」应写在「指标」下面"),
        ("在职人数: 5", "「在职人数」在这里叫「在职」，应写在「人员」下面"),
    ],
)
def test_a_wrong_key(tmp_path: Path, text: str, says: str) -> None:
    assert says in said(tmp_path, text)


def test_the_words_of_the_trade_mean_keys_that_exist() -> None:
    models = [Unit, Project, Indicator]
    blocks = ["单位", "单位.人员", "填报", "资金", "年度目标", "自评结果"]
    models += [
        found for at in blocks if (found := owner_of(Unit, at.split(".")))
    ]
    keys = {
        field.alias for model in models for field in model.model_fields.values()
    }
    sections = {"存在问题"}

    assert set(_WORDS) <= keys | sections
    words = [word for typed in _WORDS.values() for word in typed.split()]
    assert not set(words) & keys
    assert all(meanings(word) for word in words)
