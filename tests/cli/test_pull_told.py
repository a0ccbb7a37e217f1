"""What pull says of edits that it does not write, and how lists are numbered on after them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import REPOSITORY, Told
from word_edits import added_behind, delete, edit, row, texts

Run = Callable[..., Told]
UNIT = Path("unit.yaml")


def example(reportgen: Run, pack: str, name: str) -> Path:
    shutil.copy(REPOSITORY / "templates" / pack / "example.yaml", UNIT)
    assert reportgen("build", UNIT).code == 0
    return next(Path("outputs").rglob(name))


def without_row(holding: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        taken = row(document, holding)._tr
        taken.getparent().remove(taken)

    return change


@pytest.mark.parametrize(
    ("pack", "name", "change", "key"),
    [
        ("hecheng", "3 *.docx", lambda one: delete(one, "2.监测"), "职责[2]"),
        ("standard", "2 *.docx", without_row("图书外借"), "指标[2]"),
        (
            "standard",
            "3-2 *.docx",
            without_row("数字化页数"),
            "项目[2].指标[1]",
        ),
        ("ezhou", "附件3-1 *.docx", without_row("公益课程班次"), "指标["),
    ],
)
def test_what_was_deleted_is_told_by_the_key_that_holds_it(
    pack: str,
    name: str,
    change: Callable[[Any], object],
    key: str,
    reportgen: Run,
) -> None:
    document = example(reportgen, pack, name)
    edit(document, change)

    told = reportgen("pull", document).out

    assert "可以带回 0 处" in told
    assert "不是从填报文件印出来的" not in told
    assert re.search(rf"请在填报文件中删去 \S*{re.escape(key)}", told)


def test_a_box_that_was_ticked_is_told_by_what_holds_it(
    reportgen: Run,
) -> None:
    form = example(reportgen, "ezhou", "附件2-1 *.docx")

    def tick(document: Any) -> None:
        for table in document.tables:
            for paragraph in table._cells:
                for run in paragraph.paragraphs[0].runs:
                    if "□" in run.text:
                        run.text = run.text.replace("□", "☑", 1)
                        return

    edit(form, tick)

    told = reportgen("pull", form).out

    assert "不是从填报文件印出来的" not in told
    assert "「选项」" in told


def test_a_row_that_the_data_dropped_does_not_come_home_as_a_new_one(
    reportgen: Run,
) -> None:
    form = example(reportgen, "standard", "2 *.docx")

    def correct(document: Any) -> None:
        cell = next(
            one for one in row(document, "图书外借").cells if "16.9" in one.text
        )
        run = next(one for one in cell.paragraphs[0].runs if "16.9" in one.text)
        run.text = run.text.replace("16.9", "16.8")

    edit(form, correct)
    lines = UNIT.read_text(encoding="utf-8").split("\n")
    left = [one for one in lines if not ("图书外借" in one and "指标值" in one)]
    UNIT.write_text("\n".join(left), encoding="utf-8")
    reportgen("build", UNIT)

    told = reportgen("pull", form, "--apply").out

    assert "可以带回 0 处" in told
    assert "已经没有" in told
    assert "图书外借" not in "".join(
        one
        for one in UNIT.read_text(encoding="utf-8").split("\n")
        if "指标值" in one
    )


@pytest.mark.parametrize(
    ("pack", "name", "change", "first", "numbers"),
    [
        (
            "hecheng",
            "3 *.docx",
            lambda one: delete(one, "2.监测"),
            "推广农作物",
            "123",
        ),
        (
            "hecheng",
            "3 *.docx",
            lambda one: added_behind(one, "2.监测", "3.评比示范户。"),
            "推广农作物",
            "12345",
        ),
        (
            "ezhou",
            "附件3-2 *.docx",
            lambda one: added_behind(one, "1.线上课程", "1.教师人数不足。"),
            "线上课程年播放量没有",
            "1234",
        ),
    ],
)
def test_lists_are_numbered_on(
    pack: str,
    name: str,
    change: Callable[[Any], object],
    first: str,
    numbers: str,
    reportgen: Run,
) -> None:
    report = example(reportgen, pack, name)
    edit(report, change)

    reportgen("build", UNIT)

    lines = texts(report)
    at = next(n for n, one in enumerate(lines) if first in one)
    held = [one[:2] for one in lines[at : at + len(numbers)]]
    assert held == [f"{one}." for one in numbers]
