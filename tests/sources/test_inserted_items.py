"""An item put into a list of the file: where it belongs, every other line as it was."""

from __future__ import annotations

import pytest

from reportgen.core.errors import ValueRefused
from reportgen.sources.text import SourceText
from reportgen.sources.write_back import Insert, written_back
from reportgen.sources.yaml_tree import build_tree

ITEM = (("名称", "丙"), ("说明", "一, 二"))
LINES = """单位: 甲馆
指标:   # 两行
  - {名称: 甲}   # 第一行

  - 名称: 乙
    说明: 长
    # 还有一句
项目: {名称: 绿化}
"""
CASES = {
    "lines": (LINES, ("指标",)),
    "one line": ("指标: [{名称: 甲}, {名称: 乙}]\n项目: 绿化\n", ("指标",)),
    "empty": ("指标: []\n项目: 绿化\n", ("指标",)),
    "missing": ("单位: 甲馆\n项目: 绿化", ("指标",)),
    "missing below": ("资金:\n  预算: 5\n项目: 绿化\n", ("资金", "来源", "行")),
    "missing in braces": ("资金: {预算: 5}\n项目: 绿化\n", ("资金", "来源")),
    "in an item": (
        "项目:\n  - {名称: 绿化, 资金: {}}\n",
        ("项目", 0, "资金", "来源"),
    ),
}


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("case", CASES)
def test_it_stands_where_it_belongs(case: str, position: int) -> None:
    text, path = CASES[case]
    document = build_tree(SourceText("unit.yaml", text, ""))

    new = written_back(document, [Insert(path, position, ITEM)])

    items = build_tree(SourceText("unit.yaml", new, "")).data
    for step in path:
        items = items[step]
    assert items[min(position, len(items) - 1)] == dict(ITEM)
    typed = {line.strip() for line in new.split("\n")}
    if case in {"lines", "missing", "missing below"}:
        assert {line.strip() for line in text.split("\n")} <= typed


def test_two_of_them_and_one_that_cannot_be_written() -> None:
    document = build_tree(SourceText("unit.yaml", LINES, ""))
    first, second = (Insert(("指标",), 2, (("名称", name),)) for name in "丙丁")
    new = written_back(document, [second, first])
    assert new.index("丙") < new.index("丁")

    alias = "甲: &a [{名称: 甲}]\n指标: *a\n"
    shared = build_tree(SourceText("unit.yaml", alias, ""))
    with pytest.raises(ValueRefused):
        written_back(shared, [Insert(("指标",), 0, ITEM)])
