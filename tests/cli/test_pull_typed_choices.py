"""Boxes in a line that a person typed anew as a whole: the bookmarks are gone, the marks are still there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Told
from test_pull_choices import UNIT, form, of_project
from word_edits import edit

Run = Callable[..., Told]
__all__ = ["form"]


def typed_anew(holding: str, line: str) -> Callable[[Any], None]:
    """The paragraph with those words as one run of its own."""

    def change(document: Any) -> None:
        for one in document.element.body.iter("{*}p"):
            texts = list(one.iter("{*}t"))
            if holding in "".join(each.text or "" for each in texts):
                for child in list(one):
                    if not child.tag.endswith(("}r", "}pPr")):
                        one.remove(child)
                texts = list(one.iter("{*}t"))
                texts[0].text = line
                for other in texts[1:]:
                    other.text = ""
                return
        raise AssertionError(holding)

    return change


@pytest.mark.parametrize(
    ("holding", "line", "now"),
    [
        (
            "市直专项",
            "1、部门预算项目 □    2、市直专项 ☑    3、市对下转移支付项目 □",
            "项目类别: 市直专项",
        ),
        (
            "新增性项目",
            "1、持续性项目□  2、新增性项目√",
            "项目属性: 新增性项目",
        ),
        (
            "一次性项目",
            "1、常年性项目 ☐ 2、延续性项目 ○ 3、一次性项目 ■",
            "项目类型: 一次性项目",
        ),
    ],
)
def test_they_are_read_from_the_line(
    holding: str, line: str, now: str, form: Path, reportgen: Run
) -> None:
    assert now not in of_project()
    edit(form, typed_anew(holding, line))

    told = reportgen("pull", form, "--apply")

    assert "1 处" in told.out
    assert now in of_project()


@pytest.mark.parametrize(
    "line",
    [
        "1、部门预算项目 □    2、市直专项 □    3、市对下转移支付项目 □",
        "本项目属于部门预算项目",
    ],
)
def test_what_says_nothing_is_told(
    line: str, form: Path, reportgen: Run
) -> None:
    before = UNIT.read_bytes()
    edit(form, typed_anew("市直专项", line))

    told = reportgen("pull", form, "--apply")

    assert "选项.项目类别" in told.out
    assert UNIT.read_bytes() == before
