"""A paragraph that a person cut in two and wrote anew: its figures are brought up to date, both halves come home."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, write_worded
from docx import Document

Run = Callable[..., Told]
SOURCE = REPOSITORY / "inputs" / "lukou.yaml"
NEW = "其中，"


@pytest.fixture
def report(reportgen: Run) -> Path:
    """The report with one paragraph cut behind its first figure, the second half begun with a word of its own."""
    write_worded(SOURCE, "unit.yaml")
    reportgen("build", "unit.yaml")
    path = next(Path("outputs").rglob("1 *.docx"))
    document = Document(str(path))
    paragraph = next(
        one
        for one in document.paragraphs
        if "全年执行2662.18万元，预算执行率" in one.text
    )
    made = copy.deepcopy(paragraph._p)
    for child in [one for one in made if not one.tag.endswith("}pPr")]:
        made.remove(child)
    runs = [run for run in paragraph.runs if run.text]
    cut = next(n for n, run in enumerate(runs) if "2662.18" in run.text) + 1
    for sibling in [runs[cut]._r, *runs[cut]._r.itersiblings()]:
        made.append(sibling)
    paragraph._p.addnext(made)
    second = next(one for one in document.paragraphs if one._p is made)
    second.runs[0].text = NEW + second.runs[0].text.lstrip("万元，")
    paragraph.add_run("万元。")
    document.save(str(path))
    return path


def told(path: Path) -> list[str]:
    return [one.text for one in Document(str(path)).paragraphs if one.text]


def test_figures_in_either_half_are_brought_up_to_date(
    report: Path, reportgen: Run
) -> None:
    text = Path("unit.yaml").read_text(encoding="utf-8")
    text = text.replace(
        "全年执行数: 2662.18\n  执行率: 100%\n", "全年执行数: 2662.17\n"
    )
    Path("unit.yaml").write_text(text, encoding="utf-8")

    reportgen("build", "unit.yaml")

    assert "全年执行2662.17万元。" in told(report)
    assert any(one.startswith(NEW) for one in told(report))


def test_both_halves_come_home(report: Path, reportgen: Run) -> None:
    halves = [
        one for one in told(report) if one.startswith(("全年执行2662.18", NEW))
    ]
    before = told(report)

    pulled = reportgen("pull", report, "--apply")
    built = reportgen("build", "unit.yaml")

    text = Path("unit.yaml").read_text(encoding="utf-8")
    assert len(halves) == 2
    assert "RBK" not in pulled.out
    assert "    - 全年执行{{ 资金.全年执行数 }}万元。\n" in text
    assert f"    - {NEW}" in text
    assert "RBK" not in built.out
    assert told(report) == before
    report.unlink()
    reportgen("build", "unit.yaml")
    assert told(report) == before


def test_halves_of_a_numbered_paragraph_are_not_printed_again(
    reportgen: Run,
) -> None:
    shutil.copy(REPOSITORY / "inputs" / "wue.yaml", "unit.yaml")
    reportgen("build", "unit.yaml")
    path = next(Path("outputs").rglob("附件3-2 *.docx"))
    document = Document(str(path))
    paragraph = next(
        one
        for one in document.paragraphs
        if one.text.startswith("1.加强预算执行进度的")
    )
    made = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(made)
    second = next(one for one in document.paragraphs if one._p is made)
    for one, text in (
        (paragraph, "1.加强预算执行进度的"),
        (second, "监督管理，提高预算执行率。补充"),
    ):
        for child in [part for part in one._p if not part.tag.endswith("}pPr")]:
            one._p.remove(child)
        one.add_run(text)
    document.save(str(path))
    before = len(told(path))

    reportgen("pull", path, "--apply")
    built = reportgen("build", "unit.yaml")

    assert "RBK004" not in built.out
    assert len(told(path)) == before
