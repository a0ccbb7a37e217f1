"""Paragraphs that a person cut, joined or changed in one place: every figure they left alone stays a name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import REPOSITORY, Told, write_worded
from word_edits import cut, edit, join, paragraph, retype, texts

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
ADDED = "另有说明附后。"


def built(reportgen: Run, source: Path, name: str) -> Path:
    if "standard" in source.parts:
        write_worded(source, UNIT)
    else:
        shutil.copy(source, UNIT)
    assert reportgen("build", UNIT).code == 0
    return next(Path("outputs").rglob(name))


def example(reportgen: Run, pack: str, name: str) -> Path:
    source = REPOSITORY / "templates" / pack / "example.yaml"
    return built(reportgen, source, name)


def text() -> str:
    return UNIT.read_text(encoding="utf-8")


def figures(line: str) -> set[str]:
    """The figures that are no names."""
    return set(re.findall(r"\d[\d.,]*", re.sub(r"\{\{.*?\}\}", "", line)))


def with_end(holding: str) -> Callable[[Any], object]:
    return lambda document: paragraph(document, holding).add_run(ADDED)


def with_end_joined(first: str, second: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        join(document, first, second)
        paragraph(document, second).add_run(ADDED)

    return change


def with_end_cut(behind: str) -> Callable[[Any], object]:
    return lambda document: cut(document, behind).add_run(ADDED)


def with_end_less(taken: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        held = paragraph(document, taken)
        retype(document, taken, "")
        held.add_run(ADDED)

    return change


STANDARD = ("standard", "1 *.docx")
EZHOU = ("ezhou", "附件3-2 *.docx")
HECHENG = ("hecheng", "3 *.docx")


@pytest.mark.parametrize(
    ("document", "change", "words"),
    [
        (STANDARD, with_end("按支出性质分"), set()),
        (STANDARD, with_end_joined("12项绩效指标中", "纳入自评的"), set()),
        (STANDARD, with_end_joined("2024年，本单位", "98.12%，年末"), set()),
        (STANDARD, with_end_cut("年中调整后全年预算648.40万元，"), set()),
        (STANDARD, with_end_less("，无下属单位"), {"26", "1", "9"}),
        (EZHOU, with_end("其中：基本支出"), set()),
        (EZHOU, with_end("公用经费控制率97.86%"), set()),
        (EZHOU, with_end_cut("公用经费控制率97.86%，"), set()),
        (HECHENG, with_end("测土配方施肥推广全年预算"), set()),
        (
            HECHENG,
            with_end_joined("部门整体支出全年预算", "评价共性指标框架"),
            set(),
        ),
    ],
)
def test_figures_that_nobody_touched_stay_names_that_the_checks_know(
    document: tuple[str, str],
    change: Callable[[Any], object],
    words: set[str],
    reportgen: Run,
) -> None:
    report = example(reportgen, *document)
    edit(report, change)
    now = texts(report)

    told = reportgen("pull", report, "--apply")

    (line,) = (one for one in text().split("\n") if ADDED in one)
    assert "已写回" in told.out
    assert figures(line) == words
    assert "TXT004" not in reportgen("check", UNIT).out
    report.unlink()
    reportgen("build", UNIT)
    assert texts(report) == now


def test_a_paragraph_cut_before_the_data_changed_brings_both_halves_home(
    reportgen: Run,
) -> None:
    report = example(reportgen, *STANDARD)
    edit(report, lambda one: cut(one, "预算执行率达到100%；"))
    new = text().replace("全年执行数: 51.60", "全年执行数: 51.50")
    UNIT.write_text(new, encoding="utf-8")
    reportgen("build", UNIT)
    edit(report, with_end("地方文献数字化全年预算"))

    told = reportgen("pull", report, "--apply")

    lines = text().split("\n")
    last = next(n for n, one in enumerate(lines) if ADDED in one)
    assert "RBK" not in told.out
    assert "达到100%；" in lines[last - 1]
    assert figures(lines[last]) == set()


def test_paragraphs_that_were_only_joined_are_told_and_not_written(
    reportgen: Run,
) -> None:
    report = example(reportgen, *STANDARD)
    edit(report, lambda one: join(one, "2024年，本单位", "98.12%，年末"))
    before, now = text(), texts(report)

    told = reportgen("pull", report, "--apply")
    reportgen("build", UNIT)

    assert "并进了别的段落" in told.out
    assert text() == before
    assert texts(report) == now


def test_paragraphs_of_two_sections_in_one_are_a_question(
    reportgen: Run,
) -> None:
    report = example(reportgen, *STANDARD)
    edit(report, with_end_joined("围绕年度目标", "经自评，本单位"))
    before = text()

    told = reportgen("pull", report, "--apply")

    assert "几节的段落并成的" in told.out
    assert text() == before


@pytest.mark.parametrize(
    ("typed", "is_known"),
    [
        ("{{ 项目列表['地方文献数字化'].资金.执行率 }}", True),
        ("{{ (项目列表|selectattr('名称', 'eq', '甲')|first).名称 }}", True),
        ("{{ 项目表['地方文献数字化'].资金.执行率 }}", False),
        ("{{ }}", False),
    ],
)
def test_what_a_unit_may_write_is_no_leftover(
    typed: str, is_known: bool, reportgen: Run
) -> None:
    shutil.copy(REPOSITORY / "templates/standard/example.yaml", UNIT)
    UNIT.write_text(
        text().replace("叙述:\n", f'叙述:\n  自评结论: "为{typed}。"\n', 1),
        encoding="utf-8",
    )

    told = reportgen("check", UNIT).out

    assert ("TXT004" not in told) == is_known


def test_what_comes_home_stands_in_its_own_block(reportgen: Run) -> None:
    report = example(reportgen, *STANDARD)
    edit(report, with_end("按支出性质分"))
    edit(report, with_end("全年执行51.60万元，预算执行率86.00%"))

    reportgen("pull", report, "--apply")

    lines = text().split("\n")
    heads = [n for n, one in enumerate(lines) if re.match(" *# [-=]{4}", one)]
    assert all(re.match(r" *- 名称|\w+:|", lines[n + 1]) for n in heads)
    below = "".join(lines[n + 1] for n in heads)
    assert "叙述" not in below
    assert "预算安排与执行" not in below
