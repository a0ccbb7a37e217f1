"""What a person should look at after a merge comes first in what build says, and stands in 问题清单.xlsx."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from command_line import Told
from docx import Document

Run = Callable[..., Told]
Unit = Callable[..., Path]
FOLDER = Path("outputs/2024/示范单位")
REPORT = FOLDER / "1 部门整体支出绩效自评报告.docx"
BEFORE = "资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 5}\n"
AFTER = "资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 4}\n"


def retyped(path: Path, old: str, new: str) -> int:
    """Types over every printed `old`; how many there were."""
    document = Document(str(path))
    runs = [
        run
        for one in document.paragraphs
        for run in one.runs
        if old in run.text
    ]
    for run in runs:
        run.text = run.text.replace(old, new)
    document.save(str(path))
    return len(runs)


def rows_of_book() -> list[tuple[str, str, str]]:
    sheet = openpyxl.load_workbook(FOLDER / "问题清单.xlsx").active
    return [
        (row[2], row[5], row[6]) for row in sheet.iter_rows(3, values_only=True)
    ]


@pytest.fixture
def told(reportgen: Run, unit: Unit) -> Told:
    reportgen("build", unit(more=BEFORE))
    assert retyped(REPORT, "100.00%", "99.00%")
    return reportgen("build", unit(more=AFTER))


def test_conflicts_come_before_all_that_the_checks_found(told: Told) -> None:
    codes = re.findall(
        r"^ *(?:错误|警告|提示|建议) ([A-Z]{3}\d{3}) ", told.out, re.MULTILINE
    )
    of_merging = [one for one in codes if one.startswith("RBK")]
    assert of_merging
    assert codes[: len(of_merging)] == of_merging
    assert "合并后请核对" in told.out


def test_conflicts_stand_in_the_workbook_with_their_document(
    told: Told,
) -> None:
    found = [row for row in rows_of_book() if row[0].startswith("RBK")]
    assert found
    assert all(message in told.out for _, message, _ in found)
    assert {document for *_, document in found} == {REPORT.name}


def test_settled_ones_are_gone_from_the_workbook(
    told: Told, reportgen: Run, unit: Unit
) -> None:
    assert told.code == 0
    assert retyped(REPORT, "99.00%", "80.00%")
    assert retyped(REPORT, "年末无结转结余", "未支出1.00万元")
    after = reportgen("build", unit(more=AFTER), "--force")
    assert "RBK" not in after.out
    assert not [row for row in rows_of_book() if row[0].startswith("RBK")]
