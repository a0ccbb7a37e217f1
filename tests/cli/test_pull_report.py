"""Paragraphs of a report come home: the next print says what the person wrote, and nothing else has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, write_worded
from docx import Document
from docx.text.paragraph import Paragraph

Run = Callable[..., Told]
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"


def report_of(source: Path, number: str, reportgen: Run) -> Path:
    shutil.copy(source, "unit.yaml")
    reportgen("build", "unit.yaml")
    return next(Path("outputs").rglob(f"{number} *.docx"))


def change(
    path: Path, holding: str, how: Callable[[Paragraph], object]
) -> None:
    document = Document(str(path))
    how(next(one for one in document.paragraphs if holding in one.text))
    document.save(str(path))


def removed(paragraph: Paragraph) -> None:
    holder = paragraph._p.getparent()
    assert holder is not None
    holder.remove(paragraph._p)


def told(path: Path) -> list[str]:
    return [one.text for one in Document(str(path)).paragraphs if one.text]


def test_a_chapter_comes_home_with_names_only_for_what_they_print(
    reportgen: Run,
) -> None:
    report = report_of(EXAMPLE, "1", reportgen)
    change(report, "年度绩效目标：", lambda one: one.add_run("另见附件。"))
    wanted = told(report)

    reportgen("pull", report, "--apply")
    report.unlink()
    reportgen("build", "unit.yaml")

    assert told(report) == wanted


def test_a_paragraph_that_stays_beside_what_the_unit_writes_is_not_written_twice(
    reportgen: Run,
) -> None:
    write_worded(EXAMPLE, "unit.yaml")
    reportgen("build", "unit.yaml")
    report = next(Path("outputs").rglob("1 *.docx"))
    before = Path("unit.yaml").read_text(encoding="utf-8")
    change(
        report,
        "流动服务点未达到年度指标值",
        lambda one: one.add_run("另见附件。"),
    )
    wanted = told(report)

    pulled = reportgen("pull", report, "--apply")
    reportgen("build", "unit.yaml")

    after = Path("unit.yaml").read_text(encoding="utf-8")
    assert "已写回" in pulled.out
    assert after.startswith(before.rstrip())
    assert after.count("另见附件") == 1
    assert "{{ 指标['流动服务点'].实际值 }}" in after
    assert told(report) == wanted


def test_a_paragraph_of_the_unit_that_was_taken_out_goes_alone(
    reportgen: Run,
) -> None:
    report = report_of(REPOSITORY / "inputs" / "xiangshan.yaml", "3", reportgen)
    change(report, "绩效目标设置不够具体明确", removed)
    left = len(told(report))

    reportgen("pull", report, "--apply")
    built = reportgen("build", "unit.yaml")

    assert "绩效目标设置不够具体明确" not in Path("unit.yaml").read_text(
        encoding="utf-8"
    )
    assert "RBK" not in built.out
    assert len(told(report)) == left
    assert any("财务人员培训力度不够" in one for one in told(report))


@pytest.mark.parametrize("holding", ["2.社会效益情况：", "3.生态效益情况："])
def test_the_label_of_a_paragraph_is_the_template_s(
    holding: str, reportgen: Run
) -> None:
    report = report_of(REPOSITORY / "inputs" / "hecheng.yaml", "5-1", reportgen)
    change(report, holding, lambda one: one.add_run("另见附件。"))

    reportgen("pull", report, "--apply")
    report.unlink()
    reportgen("build", "unit.yaml")

    (said,) = (one for one in told(report) if one.startswith(holding))
    assert said.count(holding[2:]) == 1
    assert said.endswith("另见附件。")


def test_a_line_that_was_broken_is_layout(reportgen: Run) -> None:
    form = report_of(EXAMPLE, "2", reportgen)
    document = Document(str(form))
    cell = next(
        c
        for table in document.tables
        for row in table.rows
        for c in row.cells
        if "≥40个" in c.text
    )
    cell.paragraphs[0].runs[0].add_break()
    document.save(str(form))

    assert "可以带回 0 处" in reportgen("pull", form).out
