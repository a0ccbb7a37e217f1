"""reportgen restore: a document, or some places of it, taken back from its history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from docx import Document
from word_edits import added_behind, edit, texts

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
OWN = "这是审稿时自己加的一段。"
VISITS = ("38个", "39个")


def put(old: str, new: str) -> None:
    text = UNIT.read_text(encoding="utf-8")
    assert old in text
    UNIT.write_text(text.replace(old, new), encoding="utf-8")


def cells(path: Path) -> list[str]:
    tables = Document(str(path)).tables
    return [cell.text for table in tables for cell in table._cells]


@pytest.fixture
def report(reportgen: Run) -> Path:
    """A report in which a person added a paragraph and into which newer figures were merged."""
    source = REPOSITORY / "templates" / "standard" / "example.yaml"
    UNIT.write_bytes(source.read_bytes())
    reportgen("build", UNIT)
    (path,) = Path("outputs").glob("*/*/1 *.docx")
    edit(path, lambda one: added_behind(one, "（一）单位概况", OWN))
    put(*VISITS)
    reportgen("build", UNIT)
    return path


def numbered(told: Told, holding: str) -> str:
    """The number in brackets of the line with some words."""
    line = next(one for one in told.out.splitlines() if holding in one)
    return line.partition("[")[2].partition("]")[0]


def test_what_there_is_is_listed_in_words(report: Path, reportgen: Run) -> None:
    told = reportgen("restore", report)

    assert told.code == 0
    assert "可以恢复的有 3 份" in told.out
    for one in (
        "[1] 合并、恢复以前留存的一份（20",
        "[2] 最近一次生成时印的",
        "[3] 再往前第 1 次",
    ):
        assert one in told.out


def test_nothing_is_written_without_apply(report: Path, reportgen: Run) -> None:
    before = report.read_bytes()

    told = reportgen("restore", report, "--from", 1)

    assert "流动服务点·实际完成值：39个 → 38个" in told.out.replace(
        "」", ""
    ).replace("「", "")
    assert "没有写入" in told.out
    assert report.read_bytes() == before


def test_the_whole_document_and_back_again(
    report: Path, reportgen: Run
) -> None:
    merged = report.read_bytes()

    reportgen("restore", report, "--from", 1, "--apply")

    assert VISITS[0] in cells(report)
    assert VISITS[1] not in cells(report)
    assert OWN in texts(report)

    told = reportgen("undo", report)
    assert told.code == 0
    assert "流动服务点" in told.out
    assert report.read_bytes() == merged


def test_one_place_of_an_older_print(report: Path, reportgen: Run) -> None:
    """The words of a cell come back and stay, with all else as it is now."""
    told = reportgen("restore", report, "--from", 3)
    number = numbered(told, "流动服务点·实际完成值")
    now = texts(report)

    reportgen("restore", report, "--from", 3, "--only", number, "--apply")

    assert VISITS[0] in cells(report)
    assert texts(report) == now
    told = reportgen("build", UNIT, "--force")
    assert VISITS[0] in cells(report)
    assert OWN in texts(report)


def test_a_deleted_paragraph_comes_back_where_it_stood(
    report: Path, reportgen: Run
) -> None:
    before = texts(report)
    gone = next(one for one in before if one.startswith("流动服务点39个"))

    def delete(document) -> None:
        paragraph = next(one for one in document.paragraphs if one.text == gone)
        paragraph._p.getparent().remove(paragraph._p)

    edit(report, delete)
    told = reportgen("restore", report, "--from", 2)
    number = numbered(told, f"增 （三）产出指标完成情况：{gone[:10]}")

    reportgen("restore", report, "--from", 2, "--only", number, "--apply")

    assert texts(report) == before
    assert "RBK" not in reportgen("build", UNIT).out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--from", 9), "没有第 9 份可以恢复的"),
        (("--from", 1, "--only", "7-30", "--apply"), "没有第"),
        (("--from", 1, "--only", "甲"), "不是项号"),
    ],
)
def test_what_is_not_there(
    options: tuple[object, ...], reason: str, report: Path, reportgen: Run
) -> None:
    before = report.read_bytes()
    told = reportgen("restore", report, *options)
    assert told.code in {2, 3}
    assert reason in told.text
    assert report.read_bytes() == before


def test_a_document_that_is_gone(report: Path, reportgen: Run) -> None:
    """Of a print only a part is kept; what was kept before a merge is whole."""
    report.unlink()

    assert "找不到这份文件" in reportgen("restore", report, "--from", 2).text
    reportgen("restore", report, "--from", 1, "--apply")

    assert OWN in texts(report)
