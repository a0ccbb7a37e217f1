"""What people write into a number cell when there is no number: as if it were left out; a nought stays a nought."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.model.loading import LoadedUnit, load_unit

HEAD = "年度: 2024\n单位: {名称: 青禾县图书馆}\n"


def loaded(folder: Path, text: str) -> LoadedUnit:
    file = folder / "unit.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    return load_unit(file)


@pytest.mark.parametrize(
    "typed", ["无", "不适用", "/", "／", "—", "——", '"-"', "－"]
)
def test_a_word_for_nothing_is_a_blank(tmp_path: Path, typed: str) -> None:
    text = f"资金:\n  全年执行数: {typed}\n  执行率: {typed}\n一级分值: {{产出指标: {typed}}}\n"
    file = loaded(tmp_path, f"{text}指标:\n  - {{三级: 讲座, 得分: {typed}}}\n")
    unit = file.unit

    assert (unit.funds.executed, unit.funds.execution_rate) == (None, None)
    assert unit.dimension_weights == {}
    assert unit.indicators[0].score is None
    assert file.typed(("资金", "全年执行数")) == typed.strip('"')


def test_a_nought_is_a_number(tmp_path: Path) -> None:
    unit = loaded(tmp_path, "资金: {全年执行数: 0, 执行率: 0%}\n").unit
    assert (unit.funds.executed, unit.funds.execution_rate) == (0, 0)


def test_a_word_for_nothing_is_a_text_where_text_stands(tmp_path: Path) -> None:
    text = "资金: {偏差原因: 无}\n指标:\n  - {三级: 讲座, 实际值: 无, 指标值: 不适用}\n叙述: {存在问题: 无}\n"
    unit = loaded(tmp_path, text).unit

    assert unit.funds.reason == "无"
    assert unit.narrative == {"存在问题": ("无",)}
    (indicator,) = unit.indicators
    assert indicator.actual is not None
    assert (indicator.actual.text, indicator.applicable) == ("无", False)


def test_what_must_be_a_number_is_still_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        loaded(tmp_path, "资金: {全年执行数: 无数}\n")
    with pytest.raises(Rejected):
        loaded(tmp_path, "年度: 无\n")


def test_an_unknown_key_with_a_word_for_nothing_is_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(Rejected):
        loaded(tmp_path, "资金: {全年执行: 无}\n")
