"""Rows that come, go and move, however the file writes its lists."""

from __future__ import annotations

from typing import Any

import pytest
from web_desk import Page

from reportgen.sources.text import SourceText
from reportgen.sources.yaml_tree import build_tree

FLOW = "指标: [{三级: 甲, 分值: 5}, {三级: 乙, 分值: 6}, {三级: 丙, 分值: 7}]\n"
BLOCK = """指标:
  - 三级: 甲     # 第一项
    分值: 5
  # 第二项的说明
  - {三级: 乙, 分值: 6}
  - 三级: 丙
    分值: 7
"""
ONE = "指标:\n  - {三级: 甲, 分值: 5}\n"
HEAD = "年度: 2024\n单位: {名称: 某某局}\n"
TAIL = "叙述: {存在问题: 无}\n"


@pytest.fixture(params=[FLOW, BLOCK])
def rows(form: Page, request: pytest.FixtureRequest) -> Page:
    return _with(form, request.param)


def _with(form: Page, rows: str) -> Page:
    form.unit.file.write_text(HEAD + rows + TAIL, "utf-8")
    form.digest = form.live()["digest"]
    return form


def tree(form: Page) -> Any:
    return build_tree(SourceText("", form.text, "")).data


def names(form: Page) -> list[str]:
    return [one.get("三级", "") for one in tree(form)["指标"] or ()]


def step(form: Page, kind: str, position: int, **more: Any) -> Any:
    return form.send(
        {"kind": kind, "path": ["指标"], "position": position, **more}
    )


@pytest.mark.parametrize(
    ("position", "left"), [(0, "乙丙"), (1, "甲丙"), (2, "甲乙")]
)
def test_a_row_is_taken_out(rows: Page, position: int, left: str) -> None:
    step(rows, "remove", position)
    assert names(rows) == list(left)
    assert rows.text.endswith(TAIL)


@pytest.mark.parametrize(("position", "after"), [(0, "乙甲丙"), (1, "甲丙乙")])
def test_a_row_changes_places_with_the_next(
    rows: Page, position: int, after: str
) -> None:
    step(rows, "move", position)
    assert names(rows) == list(after)


@pytest.mark.parametrize("position", [0, 1, 3])
def test_a_row_is_put_in(rows: Page, position: int) -> None:
    step(rows, "insert", position, row={"三级": "丁", "分值": "8"})
    wanted = list("甲乙丙")
    wanted.insert(position, "丁")
    assert names(rows) == wanted


def test_an_empty_row_is_put_in_and_filled(rows: Page) -> None:
    step(rows, "insert", 3, row={})
    rows.put(["指标", 3, "三级"], "丁")
    rows.put(["指标", 3, "指标值"], "≥5个")
    assert tree(rows)["指标"][3] == {"三级": "丁", "指标值": "≥5个"}


def test_the_last_row_goes_and_another_comes(form: Page) -> None:
    _with(form, ONE)
    step(form, "remove", 0)
    assert names(form) == []
    step(form, "insert", 0, row={"三级": "新"})
    assert names(form) == ["新"]


def test_remarks_of_other_rows_stay(form: Page) -> None:
    _with(form, BLOCK)
    step(form, "remove", 2)
    assert "# 第一项" in form.text
    assert "# 第二项的说明" in form.text


@pytest.mark.parametrize(
    ("kind", "position"),
    [("remove", 3), ("remove", -1), ("move", 2), ("move", 9), ("other", 0)],
)
def test_what_is_no_row_changes_nothing(
    rows: Page, kind: str, position: int
) -> None:
    before = rows.text
    assert "error" in step(rows, kind, position)
    assert rows.text == before


def test_a_row_of_other_columns_is_refused(rows: Page) -> None:
    assert "error" in step(rows, "insert", 0, row={"没有": "1"})


def test_rows_below_a_row_are_changed_the_same_way(form: Page) -> None:
    rows = """资金:
  按支出性质:
    - 名称: 基本支出
      全年执行数: 5
    - {名称: 项目支出, 全年执行数: 6}
"""
    _with(form, rows)
    path = ["资金", "按支出性质", 0, "明细"]
    for name in ("工资", "商品"):
        form.send(
            {
                "kind": "insert",
                "path": path,
                "position": 9,
                "row": {"名称": name},
            }
        )
    below = tree(form)["资金"]["按支出性质"][0]["明细"]
    assert [one["名称"] for one in below] == ["工资", "商品"]
    form.send({"kind": "remove", "path": path, "position": 0})
    below = tree(form)["资金"]["按支出性质"][0]["明细"]
    assert [one["名称"] for one in below] == ["商品"]


def test_a_block_of_thirty_rows_and_eight_columns_is_written_at_once(
    form: Page,
) -> None:
    keys = [
        *("一级", "二级", "三级", "指标值"),
        *("实际值", "分值", "得分", "偏差原因"),
    ]
    before = len(tree(form)["指标"])
    block = [[f"{key}{row}" for key in keys] for row in range(30)]
    for cells in block:  # points are numbers
        cells[5] = cells[6] = "2"
    there = [
        {"kind": "put", "path": ["指标", row, key], "text": text}
        for row, cells in enumerate(block[:before])
        for key, text in zip(keys, cells, strict=True)
    ]
    new = [
        {
            "kind": "insert",
            "path": ["指标"],
            "position": before + at,
            "row": dict(zip(keys, cells, strict=True)),
        }
        for at, cells in enumerate(block[before:])
    ]
    form.send(*there, *new)
    found = tree(form)["指标"]
    assert [[one[key] for key in keys] for one in found] == block


@pytest.mark.parametrize(
    "end", ["项目:\n", "", "项目:\n  - {名称: 修路, 资金: {全年预算数: 5}}\n"]
)
def test_a_project_is_added_behind_the_others(form: Page, end: str) -> None:
    _with(form, end)
    before = len(tree(form).get("项目") or ())
    for name in ("种树", "打井: 二期"):
        form.send({"kind": "project", "path": ["项目"], "text": name})
    found = tree(form)["项目"]
    assert [one["名称"] for one in found[before:]] == ["种树", "打井: 二期"]
    assert "指标" in found[-1]
    assert form.live("p1")["counts"]
