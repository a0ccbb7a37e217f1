"""Edited forms of projects that are moved, renamed, added or taken out in unit.yaml: an edit stays with its project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from project_files import (
    ADDED,
    OWN,
    PACKS,
    UNIT,
    add_in_front,
    edit,
    form_of,
    names,
    put,
    reverse,
    start,
    take_out,
    text,
    words,
)

Run = Callable[..., Told]
DELETE = "不用时请删去"


@pytest.fixture(params=PACKS)
def built(request: pytest.FixtureRequest, reportgen: Run) -> Path:
    """The folder of a unit that was just built."""
    start(request.param)
    reportgen("build", UNIT)
    return form_of(names()[0]).parent


def is_settled(reportgen: Run, *forms: Path) -> bool:
    """Whether a build changes nothing more."""
    before = [one.read_bytes() for one in forms]
    again = reportgen("build", UNIT, "--force")
    return again.code == 0 and [one.read_bytes() for one in forms] == before


@pytest.mark.parametrize("change", [add_in_front, reverse])
def test_the_edits_of_every_project_stay_with_it(
    change: Callable[[], None], built: Path, reportgen: Run
) -> None:
    known = names()
    edited = {name: edit(form_of(name)) for name in known}
    old = {name: form_of(name).name for name in known}
    change()

    told = reportgen("build", UNIT)

    assert told.code == 0
    may_go = told.out.partition(DELETE)[2].partition("\n")[0]
    for name in known:
        assert f"自评表（{name}）" not in may_go
        form = form_of(name)
        assert form.name in told.out
        assert set(edited[name]) <= set(words(form))
        if form.name != old[name]:
            assert f"{old[name]}）" in told.out
    assert is_settled(reportgen, *map(form_of, known))


def test_only_the_new_one_is_new(built: Path, reportgen: Run) -> None:
    first = names()[0]
    edit(form_of(first))
    add_in_front()

    reportgen("build", UNIT)

    assert OWN not in words(form_of(ADDED))
    put("全年执行数: 3}", "全年执行数: 2.5}")
    told = reportgen("build", UNIT)
    assert told.out.count("人工改过") == 1
    assert OWN in words(form_of(first))


def test_new_figures_come_into_a_form_that_moved(
    built: Path, reportgen: Run
) -> None:
    name = names()[-1]
    edit(form_of(name))
    put(f"主管部门: {unit_of()}", "主管部门: 本级政府办公室")
    reverse()

    reportgen("build", UNIT)

    there = words(form_of(name))
    assert OWN in there
    assert "本级政府办公室" in there


def unit_of() -> str:
    line = next(one for one in text().splitlines() if "主管部门: " in one)
    return line.partition("主管部门: ")[2]


def test_it_comes_home_to_its_project(built: Path, reportgen: Run) -> None:
    name = names()[-1]
    _, typed = edit(form_of(name))
    mailed = Path("mailed.docx")
    shutil.copy(form_of(name), mailed)
    add_in_front()
    reportgen("build", UNIT)

    of_copy = reportgen("pull", mailed)
    reportgen("pull", form_of(name), "--apply")

    assert typed in of_copy.out
    assert "可以带回 1 处" in of_copy.out
    assert text().index(typed) > text().index(f"名称: {name}")


def test_a_form_that_was_given_another_name_keeps_it(
    built: Path, reportgen: Run
) -> None:
    edit(form_of(names()[0]))
    own = built / "我的定稿.docx"
    form_of(names()[0]).rename(own)
    add_in_front()

    reportgen("build", UNIT)
    put("全年执行数: 3}", "全年执行数: 2.5}")
    told = reportgen("build", UNIT)

    assert OWN in words(own)
    assert own.name in told.out
    assert not list(built.glob(f"*-2 *自评表（{names()[1]}）.docx"))


@pytest.mark.parametrize("position", [0, -1])
def test_one_that_was_taken_out_is_kept_and_named(
    position: int, built: Path, reportgen: Run
) -> None:
    form, other = form_of(names()[position]), names()[position - 1]
    edit(form)
    edit(form_of(other))
    before = form.read_bytes()
    take_out(position)

    told = reportgen("build", UNIT)
    again = reportgen("build", UNIT)

    assert told.code == again.code == 0
    for one in (told, again):
        (line,) = [line for line in one.out.splitlines() if form.name in line]
        assert "人工改过" in line
        assert DELETE not in line
    assert form.read_bytes() == before
    assert OWN in words(form_of(other))


def test_one_that_nobody_touched_may_go(built: Path, reportgen: Run) -> None:
    form = form_of(names()[0])
    take_out(0)

    told = reportgen("build", UNIT)

    (line,) = [line for line in told.out.splitlines() if form.name in line]
    assert DELETE in line


@pytest.mark.parametrize("change", [add_in_front, reverse])
def test_old_numbers_that_nobody_touched_do_not_lie_beside_the_new_ones(
    change: Callable[[], None], built: Path, reportgen: Run
) -> None:
    known = names()
    old = {name: form_of(name) for name in known}
    before = {one: one.read_bytes() for one in old.values()}
    change()

    rehearsed = reportgen("build", UNIT, "--dry-run")
    assert all(one.exists() for one in old.values())
    told = reportgen("build", UNIT)

    assert "history" not in rehearsed.out
    moved = [one for name, one in old.items() if form_of(name) != one]
    assert moved
    for one in moved:
        assert not one.exists()
        assert one.name in told.out.partition(".reportgen/history：")[2]
        kept = (one.parent / ".reportgen/history").glob(f"{one.stem}.*.docx")
        assert before[one] in [each.read_bytes() for each in kept]
    assert DELETE not in told.out
    assert "没有变化" in reportgen("build", UNIT).out
    assert is_settled(reportgen, *map(form_of, known))


@pytest.mark.parametrize("moved", [False, True])
def test_one_that_was_renamed_takes_its_edits_along(
    built: Path, reportgen: Run, *, moved: bool
) -> None:
    name = names()[0]
    old = form_of(name)
    edited = edit(old)
    put(f"名称: {name}\n", f"名称: {name}（二期）\n")
    if moved:
        add_in_front()

    told = reportgen("build", UNIT)

    form = form_of(f"{name}（二期）")
    there = words(form)
    assert set(edited) <= set(there)
    assert name not in there
    assert not old.exists()
    assert f"{form.name}：" in told.out
    assert f"（修改来自 {old}）" in told.out
    assert is_settled(reportgen, form)


def test_another_project_in_the_place_of_one_takes_nothing(
    built: Path, reportgen: Run
) -> None:
    form = form_of(names()[0])
    edit(form)
    take_out(0)
    add_in_front()

    told = reportgen("build", UNIT)

    assert OWN not in words(form_of(ADDED))
    assert OWN in words(form)
    assert form.name in told.out
    assert DELETE not in told.out.partition(form.name)[0]


@pytest.mark.parametrize("change", [add_in_front, reverse])
def test_without_the_prints_nothing_is_lost(
    change: Callable[[], None], built: Path, reportgen: Run
) -> None:
    name = names()[0]
    form = form_of(name)
    edit(form)
    before = form.read_bytes()
    shutil.rmtree(built / ".reportgen")
    change()

    told = reportgen("build", UNIT)

    assert form.read_bytes() == before
    (line,) = [line for line in told.out.splitlines() if form.name in line]
    assert "人工改过" in line
    assert "对照着改" in line
    assert DELETE not in line
    new = [one for one in built.glob(f"*自评表（{name}）.docx") if one != form]
    assert OWN not in words(new[0])


def test_an_edit_in_a_file_left_behind_goes_on_at_once(
    built: Path, reportgen: Run
) -> None:
    name = names()[0]
    old = form_of(name)
    print_of_then = old.read_bytes()
    add_in_front()
    reportgen("build", UNIT)
    old.write_bytes(print_of_then)  # from a mail, or from where it was copied
    edit(old)

    told = reportgen("build", UNIT)

    assert f"（修改来自 {old}）" in told.out
    assert OWN in words(form_of(name))
    assert is_settled(reportgen, form_of(name))


def test_a_rehearsal_moves_nothing_and_asks_for_no_deletion(
    built: Path, reportgen: Run
) -> None:
    form = form_of(names()[0])
    edit(form)
    before = form.read_bytes()
    add_in_front()

    told = reportgen("build", UNIT, "--dry-run")

    assert form.read_bytes() == before
    assert f"（修改来自 {form}）" in told.out
    assert form.name not in told.out.partition(DELETE)[2]


def test_a_pack_that_only_numbers_its_forms(
    pack_copy: Callable[[str], Path], reportgen: Run
) -> None:
    manifest = pack_copy("numbered") / "pack.yaml"
    manifest.write_text(
        manifest.read_text("utf-8").replace("（{{ 项目.名称 }}）", ""), "utf-8"
    )
    start("standard")
    put("模板: standard", "模板: numbered")
    reportgen("build", UNIT)
    folder = next(Path("outputs").rglob("3-1 *.docx")).parent
    form = "3-{} 项目支出绩效自评表.docx"
    edited = edit(folder / form.format(3))
    name = names()[2]
    add_in_front()

    told = reportgen("build", UNIT)

    assert told.code == 0
    assert "旧稿" not in told.out
    assert {*edited, name} <= set(words(folder / form.format(4)))
    for number in (1, 2, 3):
        assert OWN not in words(folder / form.format(number))
    assert names()[2] in words(folder / form.format(3))
    edit(folder / form.format(2))
    before = (folder / form.format(2)).read_bytes()
    take_out(1)

    told = reportgen("build", UNIT)

    assert f"未更新 {form.format(2)}" in told.out
    assert (folder / form.format(2)).read_bytes() == before
    assert set(edited) <= set(words(folder / form.format(3)))


def test_what_is_typed_into_the_old_form_of_a_project_that_moved_goes_on(
    built: Path, reportgen: Run
) -> None:
    second = names()[1]
    old = form_of(second)
    print_of_then = old.read_bytes()
    take_out(0)
    reportgen("build", UNIT)
    old.write_bytes(print_of_then)  # from a mail, or from where it was copied
    _, typed = edit(old)

    told = reportgen("build", UNIT)

    form = form_of(second)
    assert form != old
    assert typed in words(form)
    assert f"修改来自 {old}" in told.out
    assert is_settled(reportgen, form)
