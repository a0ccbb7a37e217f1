"""Blanks of a form whose fields the file does not have yet: what was typed comes home in the right place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from docx import Document

Run = Callable[..., Told]
FLOW = """年度: 2024
单位: {名称: 示范单位}
项目:
  - 名称: 甲项目   # 只报了合计
    资金: {年初预算数: 2, 全年预算数: 2, 全年执行数: 2}
"""
BLOCK = """年度: 2024
单位: {名称: 示范单位}
项目:
  - 名称: 甲项目
    资金:
      年初预算数: 2
      资金来源:
        - {名称: 其他资金, 年初预算数: 2}
      全年预算数: 2
"""


def fill(path: Path, row: str, column: int, text: str) -> None:
    """Types into a blank cell of the first row with a cell that reads so."""
    document = Document(str(path))
    rows = [row for table in document.tables for row in table.rows]
    found = next(
        one for one in rows if row in [cell.text for cell in one.cells]
    )
    cell = found.cells[column]
    assert not cell.text
    cell.paragraphs[0].add_run(text)
    document.save(str(path))


def built(text: str, reportgen: Run) -> Path:
    Path("unit.yaml").write_text(text, encoding="utf-8")
    reportgen("build", "unit.yaml")
    return next(Path("outputs").rglob("3-1 *.docx"))


def pulled(form: Path, reportgen: Run) -> str:
    """The file after what was typed came home, and printing it changed nothing."""
    told = reportgen("pull", form, "--apply")
    again = reportgen("build", "unit.yaml")
    assert "RBK" not in told.out + again.out
    assert reportgen("diff", form).out.strip().endswith("没有改动")
    return Path("unit.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [FLOW, BLOCK], ids=["flow", "block"])
def test_amounts_of_a_row_that_the_file_lacks(
    text: str, reportgen: Run
) -> None:
    form = built(text, reportgen)
    fill(form, "其中：当年财政拨款", 2, "1.5")
    fill(form, "其中：当年财政拨款", 4, "1.25")
    fill(form, "上年结转资金", 2, "0.5")

    after = pulled(form, reportgen)

    assert "{名称: 当年财政拨款, 年初预算数: 1.5, 全年执行数: 1.25}" in after
    assert after.index("当年财政拨款") < after.index("上年结转资金")
    assert after.count("资金来源:") == 1
    assert ("# 只报了合计" in after) is ("# 只报了合计" in text)


def test_goals_that_nobody_wrote(reportgen: Run) -> None:
    form = built(FLOW, reportgen)
    document = Document(str(form))
    rows = [row for table in document.tables for row in table.rows]
    labels = next(
        n for n, row in enumerate(rows) if "预期目标" in row.cells[1].text
    )
    for cell, text in (
        (rows[labels + 1].cells[1], "全年开放300天。"),
        (rows[labels + 1].cells[-1], "开放了310天。"),
    ):
        cell.paragraphs[0].add_run(text)
    document.save(str(form))

    after = pulled(form, reportgen)

    assert "预期目标" in after
    assert "全年开放300天。" in after
    assert "开放了310天。" in after.partition("完成情况")[2]


def test_what_is_typed_into_one_project_s_form_is_that_project_s(
    reportgen: Run,
) -> None:
    form = built(FLOW, reportgen)
    document = Document(str(form))
    cells = [c for t in document.tables for row in t.rows for c in row.cells]
    lines = [
        *document.paragraphs,
        *(one for c in cells for one in c.paragraphs),
    ]
    runs = [run for line in lines for run in line.runs]
    next(
        run for run in runs if run.text.rstrip().endswith("填报人：")
    ).text += "甲"
    document.save(str(form))

    after = pulled(form, reportgen)

    assert "填报人: 甲" in after.partition("项目:")[2]
    assert "填报人" not in after.partition("项目:")[0]
