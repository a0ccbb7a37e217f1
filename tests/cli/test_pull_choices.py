"""Boxes of a form that a person ticked or emptied in Word."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import REPOSITORY, Told
from word_edits import edit

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
EMPTY, TICKED = "□", "☑"


@pytest.fixture
def form(reportgen: Run) -> Path:
    shutil.copy(REPOSITORY / "templates" / "ezhou" / "example.yaml", UNIT)
    assert reportgen("build", UNIT).code == 0
    return next(Path("outputs").rglob("附件2-1 *.docx"))


def marked(choice: str, mark: str) -> Callable[[Any], None]:
    """Puts a mark into the box behind the words of a choice."""

    def change(document: Any) -> None:
        for paragraph in document.element.body.iter("{*}p"):
            texts = list(paragraph.iter("{*}t"))
            named = (n for n, one in enumerate(texts) if choice in one.text)
            for n in named:
                box = next(
                    one
                    for one in texts[n:]
                    if one.text and one.text.strip() in {EMPTY, TICKED}
                )
                box.text = mark
                return
        raise AssertionError(choice)

    return change


def of_project() -> str:
    """What the file says of the first project."""
    text = UNIT.read_text(encoding="utf-8")
    name = "- 名称: 青少年公益课程"
    return text.partition(name)[2].partition("\n  - 名称")[0]


def mark_all(form: Path, marks: dict[str, str]) -> None:
    for choice, mark in marks.items():
        edit(form, marked(choice, mark))


@pytest.mark.parametrize(
    ("marks", "now"),
    [
        ({"部门预算项目": EMPTY, "市直专项": TICKED}, "项目类别: 市直专项"),
        ({"新增性项目": "√", "持续性项目": EMPTY}, "项目属性: 新增性项目"),
        ({"一次性项目": "■", "常年性项目": "☐"}, "项目类型: 一次性项目"),
    ],
)
def test_they_are_the_choice_in_the_file(
    marks: dict[str, str], now: str, form: Path, reportgen: Run
) -> None:
    assert now not in of_project()
    mark_all(form, marks)

    told = reportgen("pull", form, "--apply")

    assert "1 处" in told.out
    assert now in of_project()
    assert "可以带回 0 处" in reportgen("pull", form).out
    assert reportgen("build", UNIT).code == 0
    assert "可以带回 1" not in reportgen("pull", form).out


@pytest.mark.parametrize(
    "marks",
    [{"部门预算项目": EMPTY}, {"持续性项目": "☐"}, {"常年性项目": "◯"}],
)
def test_that_nothing_is_chosen_is_told(
    marks: dict[str, str], form: Path, reportgen: Run
) -> None:
    before = UNIT.read_bytes()
    mark_all(form, marks)

    told = reportgen("pull", form, "--apply")

    assert "选项.项目" in told.out
    assert UNIT.read_bytes() == before


def test_another_mark_for_what_was_chosen_is_no_change(
    form: Path, reportgen: Run
) -> None:
    mark_all(form, {"部门预算项目": "√"})
    assert "可以带回 0 处" in reportgen("pull", form).out
