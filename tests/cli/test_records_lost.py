"""Records that somebody deleted: what can be known from the documents and the prints is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from command_line import Told
from word_edits import added_behind, edit, texts

Run = Callable[..., Told]
Unit = Callable[..., Path]
FOLDER = Path("outputs/2024/示范单位")
REPORT = FOLDER / "1 部门整体支出绩效自评报告.docx"
STORE = FOLDER / ".reportgen/base.zip"
FUNDS = "资金: {{年初预算数: 5, 全年预算数: 5, 全年执行数: {}}}\n"
OWN = "以上情况已经公示。"


def printed_and_edited(reportgen: Run, unit: Unit) -> None:
    reportgen("build", unit(more=FUNDS.format(5)))
    edit(REPORT, lambda one: added_behind(one, "100.00%", OWN))


def test_without_receipt_an_edited_document_is_merged_from_its_print(
    reportgen: Run, unit: Unit
) -> None:
    printed_and_edited(reportgen, unit)
    (FOLDER / "receipt.json").unlink()

    reportgen("build", unit(more=FUNDS.format(4)))

    told = "\n".join(texts(REPORT))
    assert OWN in told
    assert "80.00%" in told
    assert "100.00%" not in told


def test_without_receipt_a_print_that_nobody_touched_is_replaced(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=FUNDS.format(5)))
    (FOLDER / "receipt.json").unlink()

    told = reportgen("build", unit(more=FUNDS.format(4)))

    assert "人工改过" not in told.out
    assert "80.00%" in "\n".join(texts(REPORT))
    assert not (FOLDER / ".reportgen/history").exists()


def test_prints_that_were_deleted_are_made_again(
    reportgen: Run, unit: Unit
) -> None:
    file = unit(more=FUNDS.format(5))
    reportgen("build", file)
    STORE.unlink()

    reportgen("build", file)
    edit(REPORT, lambda one: added_behind(one, "100.00%", OWN))
    reportgen("build", unit(more=FUNDS.format(4)))

    assert OWN in texts(REPORT)
    assert "80.00%" in "\n".join(texts(REPORT))


def test_the_print_of_a_document_that_was_left_is_kept(
    reportgen: Run, unit: Unit
) -> None:
    printed_and_edited(reportgen, unit)
    (FOLDER / "receipt.json").unlink()
    owner = REPORT.with_name(f"~${REPORT.name}")  # Word has it open
    owner.touch()
    for executed in (4, 3):
        reportgen("build", unit(more=FUNDS.format(executed)))

    owner.unlink()
    reportgen("build", unit(more=FUNDS.format(2)))

    told = "\n".join(texts(REPORT))
    assert OWN in told
    assert "40.00%" in told


def test_a_print_that_nobody_touched_brings_nothing_home_when_its_base_is_gone(
    reportgen: Run, unit: Unit
) -> None:
    file = unit(more=FUNDS.format(5))
    reportgen("build", file)
    mailed = Path("mailed.docx")
    mailed.write_bytes(REPORT.read_bytes())
    reportgen("build", unit(more=FUNDS.format(4)))
    STORE.unlink()

    told = reportgen("pull", mailed)

    assert "RBK008" not in told.out
    assert "→" not in told.out
    edit(mailed, lambda one: added_behind(one, "100.00%", OWN))
    assert "RBK008" in reportgen("pull", mailed).out
