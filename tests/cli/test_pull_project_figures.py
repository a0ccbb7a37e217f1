"""Figures of projects in a paragraph that comes home stay names, whoever the paragraph belongs to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, write_worded
from docx import Document

Run = Callable[..., Told]
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"
MORE = "另见附件。"


@pytest.fixture
def report(reportgen: Run) -> Path:
    write_worded(EXAMPLE, "unit.yaml")
    reportgen("build", "unit.yaml")
    return next(Path("outputs").rglob("1 *.docx"))


def paragraph_with(path: Path, text: str) -> str:
    texts = [one.text for one in Document(str(path)).paragraphs]
    return next(one for one in texts if text in one)


def add(path: Path, holding: str) -> None:
    document = Document(str(path))
    next(one for one in document.paragraphs if holding in one.text).add_run(
        MORE
    )
    document.save(str(path))


@pytest.mark.parametrize(
    ("holding", "name"),
    [
        (
            "地方文献数字化全年预算",
            "项目列表['地方文献数字化'].资金.全年执行数",
        ),
        ("预算执行率86.00%。", "项目.资金.全年执行数"),
    ],
)
def test_they_follow_the_data(
    holding: str, name: str, report: Path, reportgen: Run
) -> None:
    before = paragraph_with(report, holding)
    assert "51.60" in before
    add(report, holding)

    reportgen("pull", report, "--apply")

    text = Path("unit.yaml").read_text(encoding="utf-8")
    assert f"{{{{ {name} }}}}" in text
    Path("unit.yaml").write_text(
        text.replace("全年执行数: 51.60", "全年执行数: 51.50"), encoding="utf-8"
    )
    report.unlink()
    reportgen("build", "unit.yaml")
    after = paragraph_with(report, MORE)
    assert "51.50" in after
    assert "{{" not in after


def test_a_name_stays_a_name_and_a_figure_typed_over_is_not_taken(
    report: Path, reportgen: Run
) -> None:
    add(report, "地方文献数字化全年预算")

    told = reportgen("pull", report).out

    assert "}}地方文献数字化" not in told
    assert "；地方文献数字化全年预算{{" in told
