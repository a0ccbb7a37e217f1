"""A copy of an old print that was put back over the new one: the build goes on from the print that it came from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from docx import Document
from test_pull_and_diff import replaced

Run = Callable[..., Told]
UNIT = Path("unit.yaml")


def text() -> str:
    return UNIT.read_text(encoding="utf-8")


def put(old: str, new: str) -> None:
    assert old in text()
    UNIT.write_text(text().replace(old, new, 1), encoding="utf-8")


def cells(path: Path) -> list[str]:
    tables = Document(str(path)).tables
    return [cell.text for one in tables for cell in one._cells]


@pytest.fixture
def form(reportgen: Run) -> Path:
    """A form that was printed anew after its data changed; old.docx is a copy of the first print."""
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", UNIT)
    reportgen("build", UNIT)
    form = next(Path("outputs").rglob("2 *.docx"))
    shutil.copy(form, "old.docx")
    put("30场", "67场")
    reportgen("build", UNIT)
    return form


def is_settled(reportgen: Run, form: Path) -> bool:
    """Whether a build changes nothing more."""
    before = form.read_bytes()
    again = reportgen("build", UNIT, "--force")
    return again.code == 0 and form.read_bytes() == before


def test_an_edited_one_is_brought_up_to_date(
    form: Path, reportgen: Run
) -> None:
    replaced(Path("old.docx"), "大于14000次", "大于15000次")
    shutil.copy("old.docx", form)

    told = reportgen("build", UNIT)

    assert told.code == 0
    assert f"人工改过，已保留修改并合并 {form.name}：更新" in told.out
    assert "大于15000次" in cells(form)
    assert "67场" in cells(form)
    assert "30场" not in cells(form)
    assert is_settled(reportgen, form)
    assert "改动 1 处" in reportgen("diff", form).out


def test_only_what_was_changed_in_it_comes_home(
    form: Path, reportgen: Run
) -> None:
    replaced(Path("old.docx"), "大于14000次", "大于15000次")
    shutil.copy("old.docx", form)
    reportgen("build", UNIT)

    told = reportgen("pull", form, "--apply")

    assert "改动 1 处，可以带回 1 处" in told.out
    assert "大于15000次" in text()
    assert "67场" in text()


def test_one_that_nobody_touched_is_replaced(
    form: Path, reportgen: Run
) -> None:
    new = form.read_bytes()
    shutil.copy("old.docx", form)
    assert "需重新生成" in reportgen("status", UNIT).out

    told = reportgen("build", UNIT)

    assert "人工改过" not in told.out
    assert f"旧稿没有人改过，已换成新稿 {form.name}" in told.out
    assert form.read_bytes() == new
    put("67场", "68场")
    assert "旧稿" not in reportgen("build", UNIT).out
    put("68场", "69场")
    assert "旧稿" not in reportgen("build", UNIT).out
    assert "没有变化" in reportgen("build", UNIT).out


def test_one_that_was_only_saved_again_is_replaced(
    form: Path, reportgen: Run
) -> None:
    Document("old.docx").save(str(form))
    assert "需重新生成" in reportgen("status", UNIT).out

    told = reportgen("build", UNIT)

    assert "未改动，只是重新保存过" in told.out
    assert "67场" in cells(form)
    assert is_settled(reportgen, form)
    reportgen("pull", form, "--apply")
    assert "67场" in text()


def test_a_conflict_with_what_changed_since_is_told(
    form: Path, reportgen: Run
) -> None:
    replaced(Path("old.docx"), "30场", "31场")
    shutil.copy("old.docx", form)

    told = reportgen("build", UNIT)

    assert "RBK004" in told.out
    assert "31场" in cells(form)


def test_the_merged_file_of_before_is_no_loss(
    form: Path, reportgen: Run
) -> None:
    replaced(form, "大于14000次", "大于15000次")
    put("67场", "68场")
    reportgen("build", UNIT)
    merged = form.read_bytes()
    put("68场", "69场")
    reportgen("build", UNIT)
    form.write_bytes(merged)

    reportgen("build", UNIT)

    assert {"大于15000次", "69场"} <= set(cells(form))
    assert is_settled(reportgen, form)


@pytest.mark.parametrize("is_edited", [True, False])
def test_one_whose_print_is_gone_is_never_called_up_to_date(
    form: Path, reportgen: Run, *, is_edited: bool
) -> None:
    for count in range(67, 78):
        put(f"{count}场", f"{count + 1}场")
        reportgen("build", UNIT)
    if is_edited:
        replaced(Path("old.docx"), "大于14000次", "大于15000次")
    shutil.copy("old.docx", form)
    before = form.read_bytes()

    told = reportgen("build", UNIT)
    again = reportgen("build", UNIT)

    assert told.code == again.code == 1
    assert f"未更新 {form.name}" in told.out
    assert "请把它移到别处" in again.out
    assert "没有新内容" not in again.out
    assert form.read_bytes() == before
    assert "已修改" in reportgen("status", UNIT).out
    Path("old.docx").unlink()
    form.rename("old.docx")
    assert reportgen("build", UNIT).code == 0
    assert "78场" in cells(form)
