"""reportgen pull of a copy of an older print: only what was changed in the copy comes home."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from test_pull_and_diff import replaced

Run = Callable[..., Told]
UNIT = Path("unit.yaml")


def text() -> str:
    return UNIT.read_text(encoding="utf-8")


@pytest.fixture
def form(reportgen: Run) -> Path:
    """The form of a unit that was just built, with two copies of it: B.docx and C.docx."""
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", UNIT)
    reportgen("build", UNIT)
    form = next(Path("outputs").rglob("2 *.docx"))
    shutil.copy(form, "B.docx")
    shutil.copy(form, "C.docx")
    return form


def test_old_figures_of_a_second_copy_do_not_come_home(
    form: Path, reportgen: Run
) -> None:
    replaced(Path("B.docx"), "大于14000次", "大于15000次")
    replaced(Path("C.docx"), "30场", "32场")
    reportgen("pull", "B.docx", "--apply")
    reportgen("build", UNIT)

    told = reportgen("pull", "C.docx", "--apply")

    assert told.code == 0
    assert "改动 1 处，可以带回 1 处" in told.out
    assert "大于15000次" in text()
    assert "32场" in text()


def test_what_both_changed_is_a_question(form: Path, reportgen: Run) -> None:
    replaced(Path("B.docx"), "大于14000次", "大于15000次")
    replaced(Path("C.docx"), "大于14000次", "大于16000次")
    reportgen("pull", "B.docx", "--apply")
    reportgen("build", UNIT)
    before = text()

    told = reportgen("pull", "C.docx", "--apply")

    assert told.code == 1
    assert "RBK003" in told.out
    assert text() == before


def test_a_merged_document_goes_on_from_the_new_print(
    form: Path, reportgen: Run
) -> None:
    replaced(form, "30场", "32场")
    UNIT.write_text(
        text().replace("大于14000次", "大于15000次"), encoding="utf-8"
    )
    reportgen("build", UNIT)
    UNIT.write_text(
        text().replace("大于15000次", "大于16000次"), encoding="utf-8"
    )

    told = reportgen("pull", form, "--apply")

    assert told.code == 0
    assert "改动 1 处，可以带回 1 处" in told.out
    assert "大于16000次" in text()


def test_a_print_of_ten_builds_ago_is_no_longer_known(
    form: Path, reportgen: Run
) -> None:
    replaced(Path("B.docx"), "30场", "32场")
    for count in range(14001, 14010):
        UNIT.write_text(
            text().replace(f"大于{count - 1}次", f"大于{count}次"),
            encoding="utf-8",
        )
        reportgen("build", UNIT)
    assert "RBK008" not in reportgen("pull", "B.docx").out
    UNIT.write_text(
        text().replace("大于14009次", "大于14010次"), encoding="utf-8"
    )
    reportgen("build", UNIT)

    assert "RBK008" in reportgen("pull", "B.docx").out


def test_a_lost_receipt_does_not_lose_the_print(
    form: Path, reportgen: Run
) -> None:
    replaced(form, "30场", "32场")
    UNIT.write_text(
        text().replace("大于14000次", "大于15000次"), encoding="utf-8"
    )
    (form.parent / "receipt.json").unlink()

    told = reportgen("pull", form, "--unit", UNIT, "--apply")

    assert told.code == 0
    assert "32场" in text()
    assert "大于15000次" in text()
