"""What pull says of edits that it does not write, and how lists are numbered on after them."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import REPOSITORY, Told
from docx import Document
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


def test_a_box_that_was_ticked_comes_home_to_what_holds_it(
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
    assert re.search(r"选项\.项目\S+：\S+ → \S+、\S+", told)


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


@pytest.mark.parametrize("name", ["问题.xlsx", "unit.yaml", "旧稿.doc"])
def test_what_is_no_word_document_is_said_to_be_none(
    name: str, reportgen: Run
) -> None:
    Path(name).write_bytes(b"PK")

    told = reportgen("pull", name)

    assert told.code == 3
    assert "不是 Word 文档" in told.text


def test_items_that_are_not_there_or_not_written_are_told(
    reportgen: Run,
) -> None:
    form = example(reportgen, "standard", "2 *.docx")
    cell = "21.4万人次"

    def correct(document: Any) -> None:
        held = next(
            one for one in row(document, cell).cells if one.text == cell
        )
        held.paragraphs[0].runs[0].text = "21.5万人次"

    edit(form, correct)
    before = UNIT.read_text(encoding="utf-8")

    told = {
        only: reportgen("pull", form, "--only", only)
        for only in ("1", "7", "甲")
    }

    assert (told["1"].code, told["7"].code, told["甲"].code) == (0, 3, 2)
    assert "--only 1 --apply" in told["1"].out
    assert "没有第 7 项" in told["7"].text
    assert "“甲”不是项号" in told["甲"].text
    assert UNIT.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "typed", ["产出指标（50分）", "产出指标(50分)", "产出指标"]
)
def test_a_new_row_takes_the_group_without_its_points(
    typed: str, reportgen: Run
) -> None:
    form = example(reportgen, "standard", "2 *.docx")
    texts_of = [typed, "数量指标", "借阅证", "≥5个", "6个", "2", "2"]

    def add(document: Any) -> None:
        above = row(document, "图书外借")
        made = copy.deepcopy(above._tr)
        above._tr.addnext(made)
        cells = [one for one in made if one.tag.endswith("}tc")]
        columns = [n for n, one in enumerate(cells)]
        words = dict(
            zip(
                columns[len(columns) - len(texts_of) - 1 :],
                texts_of,
                strict=False,
            )
        )
        for n, one in enumerate(cells):
            held = Document().add_paragraph(words.get(n, ""))._p
            for old in [old for old in one if old.tag.endswith("}p")]:
                one.remove(old)
            one.append(held)

    edit(form, add)

    reportgen("pull", form, "--apply")

    line = next(
        one
        for one in UNIT.read_text(encoding="utf-8").split("\n")
        if "借阅证" in one
    )
    assert "产出指标," in line
