"""Edited documents of a unit whose name or year was corrected in unit.yaml: they are followed, or told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from project_files import OWN, PACKS, UNIT, edit, put, start, text, words

Run = Callable[..., Told]


@pytest.fixture(params=PACKS)
def built(request: pytest.FixtureRequest, reportgen: Run) -> Path:
    """The folder of a unit that was just built."""
    start(request.param)
    reportgen("build", UNIT)
    return folders()[0]


def folders() -> list[Path]:
    return sorted(Path("outputs/").glob("*/*"))


def new_folder(built: Path) -> Path:
    (found,) = [one for one in folders() if one != built]
    return found


def rename_unit() -> None:
    name = re.findall(r"(?m)^  名称: (\S+)", text())[0]
    put(name, f"{name}（本级）")


def correct_year() -> None:
    put("年度: 2024", "年度: 2023")


def rename_and_correct() -> None:
    rename_unit()
    correct_year()


CHANGES = pytest.mark.parametrize(
    "change", [rename_unit, correct_year, rename_and_correct]
)


def forms(folder: Path) -> list[Path]:
    return sorted(folder.glob("*自评表*.docx"))


@CHANGES
def test_the_edits_are_in_the_new_files(
    change: Callable[[], None], built: Path, reportgen: Run
) -> None:
    old = forms(built)
    edited = {one.name: edit(one) for one in old}
    before = [one.read_bytes() for one in old]
    change()

    told = reportgen("build", UNIT)

    assert told.code == 0
    folder = new_folder(built)
    for one in old:
        assert set(edited[one.name]) <= set(words(folder / one.name))
        assert f"修改来自 {one}" in told.out
    assert [one.read_bytes() for one in old] == before
    after = [one.read_bytes() for one in forms(folder)]
    again = reportgen("build", UNIT, "--force")
    assert f"{built}/" not in again.out
    assert [one.read_bytes() for one in forms(folder)] == after
    assert "没有变化" in reportgen("build", UNIT).out


def test_they_come_home_from_there(built: Path, reportgen: Run) -> None:
    _, typed = edit(forms(built)[-1])
    rename_unit()
    reportgen("build", UNIT)

    reportgen("pull", forms(new_folder(built))[-1], "--apply")

    assert typed in text()
    assert "（本级）" in text()


@CHANGES
def test_without_the_prints_it_is_told(
    change: Callable[[], None], built: Path, reportgen: Run
) -> None:
    form = forms(built)[0]
    edit(form)
    shutil.rmtree(built / ".reportgen")
    change()

    told = reportgen("build", UNIT)

    (line,) = [one for one in told.out.splitlines() if str(form) in one]
    assert "人工改过" in line
    assert "对照着改" in line
    assert OWN not in words(new_folder(built) / form.name)


def test_what_is_edited_in_the_old_folder_later(
    built: Path, reportgen: Run
) -> None:
    rename_unit()
    reportgen("build", UNIT)
    first, second = forms(built)[:2]
    folder = new_folder(built)
    edit(first)
    edit(second)
    other = edit(folder / second.name)

    told = reportgen("build", UNIT)

    assert OWN in words(folder / first.name)
    assert f"修改来自 {first}" in told.out
    (line,) = [one for one in told.out.splitlines() if str(second) in one]
    assert "对照着改" in line
    assert set(other) <= set(words(folder / second.name))


def test_next_year_s_paper_takes_nothing(built: Path, reportgen: Run) -> None:
    form = forms(built)[0]
    edit(form)
    put("年度: 2024", "年度: 2025")
    data = re.sub(r"(?<=[≥≤])(?=\d)|(?<=实际值: )(?=\d)", "1", text())
    UNIT.write_text(data.replace("三级: ", "三级: 本年"), encoding="utf-8")

    told = reportgen("build", UNIT)

    assert OWN not in words(new_folder(built) / form.name)
    assert str(form) in told.out
    assert "对照着改" in told.out
    assert str(form) not in reportgen("build", UNIT, "--force").out


def test_a_folder_that_was_renamed_by_hand(built: Path, reportgen: Run) -> None:
    edit(forms(built)[0])
    own = built.with_name("定稿")
    built.rename(own)

    reportgen("build", UNIT, "--force")

    assert OWN in words(forms(built)[0])


def test_a_bundle_is_told_only(built: Path, reportgen: Run) -> None:
    reportgen("build", UNIT, "--bundle")
    bundle = next(built.glob("*合订本*.docx"))
    edit(bundle)
    rename_unit()

    told = reportgen("build", UNIT, "--bundle")

    assert told.code == 0
    (line,) = [one for one in told.out.splitlines() if str(bundle) in one]
    assert "对照着改" in line


def test_one_that_a_killed_run_did_not_write_is_taken_over_again(
    built: Path, reportgen: Run
) -> None:
    form = forms(built)[0]
    edit(form)
    rename_unit()
    reportgen("build", UNIT)
    (new_folder(built) / form.name).unlink()

    reportgen("build", UNIT)

    assert OWN in words(new_folder(built) / form.name)
