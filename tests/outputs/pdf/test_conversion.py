"""Many documents, of which some hang, break or cannot be read: the others become PDF, and each failure is told."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from stub_office import StubOffice

from reportgen.outputs.pdf.conversion import A_RUN, Converted, convert_each
from reportgen.outputs.pdf.office_program import Office, find_office

SECONDS = 1.5


@pytest.fixture
def stub(tmp_path: Path) -> StubOffice:
    (tmp_path / "office").mkdir()
    return StubOffice(tmp_path / "office")


def documents(folder: Path, *contents: str) -> list[Path]:
    files = []
    for number, content in enumerate(contents):
        (folder / str(number)).mkdir()
        file = folder / str(number) / "自评表.docx"
        file.write_text(content, encoding="utf-8")
        files.append(file)
    return files


def converted(
    files: list[Path], stub: StubOffice, at_once: int = 1
) -> dict[Path, Converted]:
    office = Office(str(stub.program), SECONDS)
    return {
        one.source: one for one in convert_each(files, office, at_once=at_once)
    }


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().split()[2] != "Z"


def test_one_that_hangs_is_told_and_the_others_are_made(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = documents(tmp_path, "a", "b", "HANG", "d", "e", "f")

    made = converted(files, stub, at_once=2)

    assert sorted(made) == files
    assert [bool(made[one].data) for one in files] == [
        True,
        True,
        False,
        True,
        True,
        True,
    ]
    assert "超过 2 秒，停下重试一次仍是这样" in made[files[2]].failure


def test_what_hangs_is_tried_again_alone_and_leaves_no_process(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = documents(tmp_path, "a", "HANG", "c")

    converted(files, stub)

    assert [begun for _, begun in stub.runs] == [
        ["a", "HANG", "c"],
        ["HANG"],
        ["c"],
    ]
    time.sleep(0.1)
    assert stub.children
    assert not any(map(is_running, stub.children))


def test_what_hung_once_is_made_the_second_time(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = documents(tmp_path, "a", "ONCE")

    made = converted(files, stub)

    assert all(one.data for one in made.values())


def test_one_at_which_it_breaks_is_told(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = documents(tmp_path, "a", "CRASH", "c")

    made = converted(files, stub)

    assert "中断" in made[files[1]].failure
    assert made[files[0]].data
    assert made[files[2]].data


def test_one_that_cannot_be_opened_is_told_and_was_tried_twice(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = documents(tmp_path, "a", "REFUSE", "c")

    made = converted(files, stub)

    assert "打不开这份文件" in made[files[1]].failure
    assert [begun for _, begun in stub.runs].count(["REFUSE"]) == 1


def test_one_that_is_not_there_is_told(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = [*documents(tmp_path, "a"), tmp_path / "没有.docx"]

    made = converted(files, stub)

    assert "读不了" in made[files[1]].failure
    assert made[files[0]].data


def test_it_is_started_anew_every_so_many_files_and_each_worker_has_a_profile(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = documents(tmp_path, *map(str, range(2 * A_RUN + 5)))

    converted(files, stub, at_once=2)

    assert max(len(begun) for _, begun in stub.runs) <= A_RUN
    assert len(stub.runs) >= 3
    assert len({profile for profile, _ in stub.runs}) == 2


def test_whoever_wants_no_more_ends_what_is_under_way(
    tmp_path: Path, stub: StubOffice
) -> None:
    files = documents(tmp_path, "a", "HANG")
    results = convert_each(files, Office(str(stub.program), 60), at_once=2)

    next(results)
    while not stub.children:
        time.sleep(0.05)
    results.close()

    assert not any(map(is_running, stub.children))


def test_a_fault_is_not_swallowed(tmp_path: Path) -> None:
    files = documents(tmp_path, "a")

    with pytest.raises(FileNotFoundError):
        list(convert_each(files, Office(str(tmp_path / "no-program"))))


def test_the_profile_runs_no_macros_and_replaces_fonts(
    tmp_path: Path, stub: StubOffice
) -> None:
    office = Office(str(stub.program), fonts=(("仿宋 & 楷", "宋体"),))

    office.convert([], "pdf", tmp_path, tmp_path / "profile")

    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    said = settings.read_text("utf-8")
    assert "<value>仿宋 &amp; 楷</value>" in said
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in said
    assert '"BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in said


def test_it_is_found_on_the_path_or_not_at_all(
    stub: StubOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(stub.folder))
    found = find_office()
    monkeypatch.setenv("PATH", "")

    assert found is not None
    assert found.program == str(stub.program)
    assert find_office() is None
