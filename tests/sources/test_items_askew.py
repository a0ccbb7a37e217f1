"""The first line of an item that stands a column or two askew is told, and none of the lines below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.model.loading import load_unit

TEXT = """\
模板: standard
年度: 2023
单位:
  名称: 松溪县水文站
  人员:
    编制: 18
    在职: 17
填报:
  日期: 2024-03-05
资金:
  年初预算数: 410
  全年预算数: 420
  全年执行数: 400
项目:
  - 名称: 雨量站维护
    实施单位: 松溪县水文站
    资金:
      年初预算数: 60
      全年预算数: 62
      全年执行数: 61
    年度目标:
      预期目标: 维护雨量站
      完成情况: 已维护
  - 名称: 测船大修
    实施单位: 松溪县水文站
    资金:
      年初预算数: 30
      全年预算数: 30
      全年执行数: 29
    叙述:
      存在问题:
        - 工期偏紧
        - 配件晚到
      改进措施: 提前订货
"""
LINES = TEXT.split("\n")


def told(folder: Path, text: str) -> list[tuple[int, str]]:
    file = folder / "unit.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    try:
        load_unit(file)
    except Rejected as rejected:
        return [(one.place.line, one.code) for one in rejected.findings]
    return []


def moved(*moves: tuple[int, int]) -> str:
    lines = list(LINES)
    for number, shift in moves:
        line = lines[number - 1]
        bare = line.lstrip(" ")
        lines[number - 1] = " " * (len(line) - len(bare) + shift) + bare
    return "\n".join(lines)


@pytest.mark.parametrize("shift", [-2, -1, 1, 2])
def test_the_head_of_a_further_item(tmp_path: Path, shift: int) -> None:
    """What is below it belongs to it, and not to the item before."""
    found = told(tmp_path, moved((24, shift)))
    assert found == [(24, "DAT002")]


@pytest.mark.parametrize("shift", [-2, -1, 1, 2])
def test_an_item_below_items_with_longer_blocks(
    tmp_path: Path, shift: int
) -> None:
    third = "\n".join(["", *LINES[23:29], *LINES[29:]]).replace("测船", "缆道")
    lines = (TEXT.rstrip("\n") + third).split("\n")
    at = len(LINES)
    bare = lines[at - 1].lstrip(" ")
    assert bare.startswith("- 名称: 缆道")
    lines[at - 1] = " " * (2 + shift) + bare
    assert told(tmp_path, "\n".join(lines)) == [(at, "DAT002")]


def test_lines_in_their_places_are_no_slips(tmp_path: Path) -> None:
    assert told(tmp_path, TEXT) == []


def test_keys_written_twice_stay_told(tmp_path: Path) -> None:
    twice = [*LINES[:13], *LINES[10:13], *LINES[13:]]
    found = told(tmp_path, "\n".join(twice))
    assert found == [(14, "DAT003"), (15, "DAT003"), (16, "DAT003")]


def test_other_mistakes_stay_told(tmp_path: Path) -> None:
    wrong = TEXT.replace("410", "四百").replace("编制: 18", "编织数: 18")
    found = told(tmp_path, wrong.replace("晚到\n", "晚到\n        配件贵\n"))
    assert [line for line, _ in found] == [6, 11, 34]


def test_an_item_of_an_inner_list(tmp_path: Path) -> None:
    """It stays in the list that ended just above it, and not in the outer one."""
    rows = "    指标:\n" + "".join(
        f"      - {{一级: 产出指标, 二级: 数量指标, 三级: 站{n}, 指标值: 1处}}\n"
        for n in range(3)
    )
    lines = TEXT.replace("    年度目标:\n", rows + "    年度目标:\n").split(
        "\n"
    )
    lines[22] = lines[22][2:]
    assert told(tmp_path, "\n".join(lines)) == [(23, "DAT002")]
