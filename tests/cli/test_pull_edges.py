"""reportgen pull where bookmarks do not tell what can be seen: what is written is what a reader sees, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import REPOSITORY, Told
from docx import Document
from docx.oxml.ns import qn

Run = Callable[..., Told]
UNIT = Path("unit.yaml")


def text() -> str:
    return UNIT.read_text(encoding="utf-8")


@pytest.fixture
def folder(reportgen: Run) -> Path:
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", UNIT)
    reportgen("build", UNIT)
    return next(Path("outputs/2022").iterdir())


def marked_runs(document: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Each bookmark whose value has one run and text behind it: its start, that run's text, the text behind."""
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        following = list(start.itersiblings())
        texts = [list(one.iter(qn("w:t"))) for one in following]
        if len(following) > 2 and following[1].tag == qn("w:bookmarkEnd"):
            behind = [one for part in texts[2:] for one in part]
            if texts[0] and behind:
                yield start, texts[0][0], behind[0]


def figure(document: Any, value: str) -> tuple[Any, Any, Any]:
    found = marked_runs(document)
    return next(one for one in found if one[1].text == value and one[2].text)


@pytest.mark.parametrize(
    ("inside", "behind"),
    [
        ("49", "5亿元"),  # 3.94万 selected, 5亿 typed
        ("493.94", "5{}"),  # a digit typed behind the end of the bookmark
        ("49", "0{}"),  # the end of the value and what is typed lie outside
    ],
)
def test_what_is_typed_over_the_edge_of_a_figure_is_a_question(
    inside: str, behind: str, folder: Path, reportgen: Run
) -> None:
    report = next(folder.glob("1 *.docx"))
    document = Document(str(report))
    value = next(
        one
        for _, one, after in marked_runs(document)
        if one.text.replace(".", "").isdigit() and after.text.startswith("万元")
    )
    _, value, after = figure(document, value.text)
    value.text = value.text[:2] if inside == "49" else value.text
    after.text = behind.format(after.text)
    document.save(str(report))
    before = text()

    told = reportgen("pull", report, "--apply")

    assert told.code == 1
    assert text() == before


def test_what_is_typed_over_the_edge_of_the_only_value_of_a_cell_comes_home_whole(
    folder: Path, reportgen: Run
) -> None:
    form = next(folder.glob("2 *.docx"))
    document = Document(str(form))
    body = document.element.body
    value = next(one for one in body.iter(qn("w:t")) if one.text == "30场")
    run = value.getparent()
    end = next(
        one for one in run.itersiblings() if one.tag == qn("w:bookmarkEnd")
    )
    value.text = "3"
    outside = Document().add_paragraph().add_run("5场次")._r
    end.addnext(outside)
    document.save(str(form))

    told = reportgen("pull", form, "--apply")

    assert "已写回" in told.out
    assert "指标值: 35场次" in text()


def swap(document: Any, one: Any, other: Any) -> None:
    name = qn("w:name")
    first, second = one.get(name), other.get(name)
    one.set(name, second)
    other.set(name, first)


@pytest.mark.parametrize(
    ("also", "names"), [("", "*.docx"), ("（已核对）", "1 *.docx")]
)
def test_bookmarks_that_changed_places_bring_nothing_home(
    also: str, names: str, folder: Path, reportgen: Run
) -> None:
    for file in sorted(folder.glob(names)):
        document = Document(str(file))
        for paragraph in document.element.body.iter(qn("w:p")):
            starts = [
                one
                for one in paragraph.iter(qn("w:bookmarkStart"))
                if one.get(qn("w:name")).startswith("_rg_")
            ]
            if len(starts) > 2:
                swap(document, starts[-2], starts[-1])
                last = list(paragraph.iter(qn("w:t")))[-1]
                last.text = f"{last.text or ''}{also}"
        document.save(str(file))
    before = text()

    told = reportgen("pull", *sorted(folder.glob(names)))

    figures = [line for line in told.out.splitlines() if line.startswith("  [")]
    assert all("叙述." in line or "改写." in line for line in figures)
    assert text() == before


def test_a_line_break_in_a_value_is_a_question(
    folder: Path, reportgen: Run
) -> None:
    form = next(folder.glob("2 *.docx"))
    document = Document(str(form))
    value = next(
        run
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.text == "30场"
    )
    value.text = "30场\n另加2场"
    document.save(str(form))
    before = text()

    told = reportgen("pull", form, "--apply")

    assert "RBK009" in told.out
    assert text() == before


def test_a_value_with_two_new_texts_in_one_document_is_a_question(
    folder: Path, reportgen: Run
) -> None:
    form = next(folder.glob("3-1 *.docx"))
    document = Document(str(form))
    cells = {
        cell._tc: cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    }
    names = [
        run
        for cell in cells.values()
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if run.text == "水电维修费"
    ]
    for run, new in zip(names, ("水电费", "维修费"), strict=False):
        run.text = new
    document.save(str(form))
    before = text()

    told = reportgen("pull", form, "--apply")

    assert told.code == (1 if len(names) > 1 else 0)
    assert (text() == before) == (len(names) > 1)


def test_a_section_whose_words_are_gone_is_not_written_as_none(
    folder: Path, reportgen: Run
) -> None:
    report = next(folder.glob("1 *.docx"))
    document = Document(str(report))
    for paragraph in document.paragraphs[2:-1]:
        if len(paragraph.text) > 30:
            paragraph._p.getparent().remove(paragraph._p)
    document.save(str(report))
    before = text()

    told = reportgen("pull", report, "--apply")

    assert "写“无”" in told.out
    assert "[无]" not in text()
    assert all(line in text() for line in before.splitlines() if "叙述" in line)


def test_words_behind_a_long_name_come_home_once(
    folder: Path, reportgen: Run
) -> None:
    form = next(folder.glob("3-1 *.docx"))
    name = form.stem.partition("（")[2].removesuffix("）")
    document = Document(str(form))
    cell = next(
        one
        for table in document.tables
        for one in table._cells
        if one.text == name
    )
    cell.paragraphs[0].add_run("（含分摊的公共用水部分）")
    document.save(str(form))
    reportgen("pull", form, "--apply")
    once = text()

    reportgen("pull", form, "--apply")

    assert "（含分摊的公共用水部分）" in once
    assert text() == once
