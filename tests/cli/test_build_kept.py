"""A document that a build had to leave alone is brought up to date by the next one that can."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from command_line import Told
from docx import Document

Run = Callable[..., Told]
Unit = Callable[..., Path]
FOLDER = Path("outputs/2024/示范单位")
REPORT = FOLDER / "1 部门整体支出绩效自评报告.docx"
OWN = "经党组会议研究，本报告已经公示。"


def funds(executed: int) -> str:
    return f"资金: {{年初预算数: 5, 全年预算数: 5, 全年执行数: {executed}}}\n"


def edited(path: Path) -> None:
    document = Document(str(path))
    document.paragraphs[-1].insert_paragraph_before(OWN)
    document.save(str(path))


def told_in(path: Path) -> str:
    return "\n".join(one.text for one in Document(str(path)).paragraphs)


def test_a_merged_document_that_was_open_is_not_taken_for_up_to_date(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=funds(5)))
    edited(REPORT)
    reportgen("build", unit(more=funds(4)))
    lock = REPORT.with_name(f".~lock.{REPORT.name}#")
    lock.touch()
    assert (
        "正在 Word 或 WPS 中打开" in reportgen("build", unit(more=funds(3))).out
    )
    lock.unlink()

    assert "已修改" in reportgen("status", "unit.yaml").out
    reportgen("build", "unit.yaml")

    assert "60.00%" in told_in(REPORT)
    assert OWN in told_in(REPORT)


def test_status_names_every_document_that_says_it_is_the_one(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=funds(5)))
    copies = FOLDER / "报告（定稿）.docx", FOLDER / "报告（报送）.docx"
    REPORT.rename(copies[0])
    shutil.copy(*copies)

    told = reportgen("status", "unit.yaml")

    assert told.code == 1
    assert "请把要用的一份改回原名" in told.out
    assert all(str(path) in told.out for path in copies)
