"""A value that was given in parts is filled in part by part, and stays in parts in the file."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient
from web_desk import Page

from reportgen.application.web.desk import DeskUnit

APART = "{原因: 书架到货晚, 措施: 提前招标, 时限: 6月底前}"
PROBLEMS = """叙述:
  存在问题:
    - 人手不够
    - 问题: 设备旧
      措施: 更新两台
"""


@pytest.fixture
def apart(unit: DeskUnit, browser: TestClient) -> Page:
    """The library with a reason and a problem given in parts."""
    text = unit.file.read_text("utf-8")
    text = text.replace("资金:\n", f"资金:\n  偏差原因: {APART}\n", 1)
    start = text.index("\n叙述:\n") + 1
    end = text.index("\n\n", start)
    text = text[:start] + PROBLEMS + text[end:]
    unit.file.write_text(text, "utf-8")
    return Page(browser, unit)


def shown(page: Page, section: str) -> str:
    address = f"/units/{page.unit.id}/form/{section}"
    return page.browser.get(address).text


def test_each_part_is_a_field_and_the_whole_is_none(apart: Page) -> None:
    text = shown(apart, "0")
    for part in ("问题", "原因", "措施", "责任", "时限"):
        assert f'data-dotted="资金.偏差原因.{part}"' in text
    assert ">书架到货晚</textarea>" in text
    assert 'data-dotted="资金.偏差原因"' not in text


def test_a_list_of_texts_and_parts_is_shown_one_by_one(apart: Page) -> None:
    text = shown(apart, "3")
    assert 'data-dotted="叙述.存在问题[1]"' in text
    assert 'data-dotted="叙述.存在问题[2].措施"' in text


@pytest.mark.parametrize(
    ("path", "new", "line"),
    [
        (["资金", "偏差原因", "措施"], "年初招标", "措施: 年初招标"),
        (["资金", "偏差原因", "责任"], "采编部", "责任: 采编部"),
        (["叙述", "存在问题", 0], "人手紧", "- 人手紧"),
        (["叙述", "存在问题", 1, "措施"], "换三台", "措施: 换三台"),
        (["叙述", "存在问题", 1, "责任"], "办公室", "责任: 办公室"),
    ],
)
def test_one_part_is_written_where_it_stands(
    apart: Page, path: list[Any], new: str, line: str
) -> None:
    before = apart.text
    was = {"措施": "提前招标" if path[0] == "资金" else "更新两台"}
    old = "人手不够" if path[-1] == 0 else was.get(str(path[-1]), "")
    answer = apart.put(path, new, old)
    assert not answer.get("error")
    assert line in apart.text
    assert "原因: 书架到货晚" in apart.text
    assert abs(len(apart.text) - len(before)) < 20


def test_a_part_is_emptied(apart: Page) -> None:
    apart.put(["资金", "偏差原因", "措施"], "", "提前招标")
    assert "提前招标" not in apart.text
    assert "书架到货晚" in apart.text
    assert not apart.live()["failed"]


@pytest.mark.parametrize(
    "path",
    [
        ["资金", "偏差原因", "别的"],
        ["资金", "全年执行数", "原因"],
        ["叙述", "存在问题", 1, "措施", "措施"],
        ["叙述", "存在问题", "措施"],
        ["单位", "名称", 0],
    ],
)
def test_what_is_no_part_is_not_written(apart: Page, path: list[Any]) -> None:
    before = apart.text
    assert apart.put(path, "坏")["error"]
    assert apart.text == before


def test_what_has_become_parts_meanwhile_is_not_written_over(
    apart: Page,
) -> None:
    before = apart.text
    answer = apart.put(["资金", "偏差原因"], "一段文字")
    assert "分几部分" in answer["findings"][0]["message"]
    assert apart.text == before


def test_a_block_that_is_no_text_is_mended_by_typing(
    unit: DeskUnit, browser: TestClient
) -> None:
    """偏差原因: 因为: 雨天, whose colon makes a block of it."""
    text = unit.file.read_text("utf-8")
    wrong = text.replace("资金:\n", "资金:\n  偏差原因: {因为: 雨天}\n", 1)
    unit.file.write_text(wrong, "utf-8")
    page = Page(browser, unit)
    assert page.live()["failed"]
    page.put(["资金", "偏差原因"], "因为雨天", "因为：雨天")
    assert "偏差原因: 因为雨天" in page.text
    assert not page.live()["failed"]
