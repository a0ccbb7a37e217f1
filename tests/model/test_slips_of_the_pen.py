"""Slips in typing a unit.yaml that YAML itself lets pass: refused, with the place and what to type instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.model.loading import load_unit

HEAD = "年度: 2024\n单位: {名称: 青禾县图书馆}\n"


def refusals(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "unit.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(Rejected) as stopped:
        load_unit(file)
    return [
        f"{finding.place.line} {finding.message}"
        for finding in stopped.value.findings
    ]


def test_a_comma_in_braces_does_not_cut_a_number_in_silence(
    tmp_path: Path,
) -> None:
    found = refusals(
        tmp_path, "指标:\n  - {三级: 甲, 指标值: ≥1,000人, 分值: 10}\n"
    )
    assert len(found) == 1
    assert "请写成 1000" in found[0]


def test_an_unknown_key_is_refused_even_when_it_is_empty(
    tmp_path: Path,
) -> None:
    assert (
        "不认识的键「全年执行」；是否应为「全年执行数」"
        in refusals(tmp_path, "资金: {全年执行: }\n")[0]
    )


def test_a_known_key_may_stay_empty(tmp_path: Path) -> None:
    file = tmp_path / "unit.yaml"
    file.write_text(
        HEAD + "资金:\n  全年执行数:\n  全年预算数: 3\n", encoding="utf-8"
    )
    assert load_unit(file).unit.funds.executed is None


@pytest.mark.parametrize(
    ("colon", "says"),
    [
        ("：", "用了全角冒号；请改为半角冒号加一个空格，写成"),
        (":", "的冒号后面缺少空格；请写成"),
    ],
)
def test_a_colon_that_yaml_does_not_see_is_named_in_each_line(
    tmp_path: Path, colon: str, says: str
) -> None:
    found = refusals(
        tmp_path, f"资金:\n  全年预算数{colon}100\n  全年执行数{colon}90\n"
    )
    assert found == [
        f"4 “全年预算数{colon}”{says}“全年预算数: 100”",
        f"5 “全年执行数{colon}”{says}“全年执行数: 90”",
    ]
