"""Items of a list that a sentence tells one by one: what is typed among them in Word goes to the list of the file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from word_edits import edit, paragraph

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
PACKS = ("standard", "lukou", "hubei")


@pytest.fixture(params=PACKS)
def report(request: pytest.FixtureRequest, reportgen: Run) -> Path:
    shutil.copy(REPOSITORY / "templates" / request.param / "example.yaml", UNIT)
    reportgen("build", UNIT)
    found = (one for one in sorted(Path("outputs").rglob("*.docx")))
    return next(one for one in found if "一是" in duties_line(one))


def duties() -> list[str]:
    text = UNIT.read_text(encoding="utf-8")
    listed = re.search(r"  职责:[^\n]*\n((?:    - .*\n)+)", text)
    assert listed
    return [one.strip()[2:] for one in listed[1].splitlines()]


def duties_line(path: Path) -> str:
    from word_edits import texts

    return next((one for one in texts(path) if one.startswith("主要职责")), "")


def type_over(path: Path, old: str, new: str) -> None:
    """Types over a part of the sentence in which the duties stand, whatever its runs are."""

    def change(document: object) -> None:
        found = paragraph(document, "主要职责")
        text = found.text
        assert old in text
        first, *others = found.runs
        first.text = text.replace(old, new, 1)
        for one in others:
            one.text = ""

    edit(path, change)


def test_one_that_was_added_at_the_end(report: Path, reportgen: Run) -> None:
    before = duties()
    line = duties_line(report)
    type_over(report, line, f"{line.removesuffix('。')}；五是承办专题展览。")

    told = reportgen("pull", report, "--apply")

    assert "可以带回 1 处" in told.out
    assert "单位.职责" in told.out
    assert duties() == [*before, "承办专题展览"]
    assert "改写" not in UNIT.read_text(encoding="utf-8")
    again = reportgen("build", UNIT)
    assert "RBK" not in again.out
    assert duties_line(report).endswith("是承办专题展览。")
    assert "可以带回 0 处" in reportgen("pull", report).out or (
        "没有改动" in reportgen("pull", report).out
    )


def test_one_that_was_put_between_and_one_reworded_and_one_taken_out(
    report: Path, reportgen: Run
) -> None:
    first, *others = duties()
    line = duties_line(report)
    start = line.index("一是")
    type_over(
        report,
        line[start:],
        f"一是{first}，并按期公开；二是管理临时库房。",
    )

    reportgen("pull", report, "--apply")

    assert duties() == [f"{first}，并按期公开", "管理临时库房"]
    assert others


def test_a_number_that_was_typed_wrong_is_written_once(
    report: Path, reportgen: Run
) -> None:
    before = duties()
    line = duties_line(report)
    type_over(report, line, f"{line.removesuffix('。')}；二是承办专题展览。")
    reportgen("pull", report, "--apply")

    told = reportgen("pull", report, "--apply")

    assert "可以带回 0 处" in told.out
    assert duties() == [*before, "承办专题展览"]
    assert "改写" not in UNIT.read_text(encoding="utf-8")
    assert "RBK" not in reportgen("build", UNIT).out


def test_a_sentence_behind_an_item_is_no_item(
    report: Path, reportgen: Run
) -> None:
    before = duties()
    line = duties_line(report)
    type_over(report, line, f"{line}另有一处库房；二是借用的。")

    reportgen("pull", report, "--apply")

    assert duties() == before
    assert "改写" in UNIT.read_text(encoding="utf-8")


def test_words_beside_the_list_reword_the_sentence_as_ever(
    report: Path, reportgen: Run
) -> None:
    before = duties()
    type_over(report, "主要职责：", "主要职责有：")

    reportgen("pull", report, "--apply")

    assert duties() == before
    assert "改写" in UNIT.read_text(encoding="utf-8")
