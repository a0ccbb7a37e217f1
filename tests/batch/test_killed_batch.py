"""A batch that was killed, ran out of space or was not alone: every file whole, and the next run goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from many_units import build, command, contents, jobs_of, states, unit_text

from reportgen.batch.run import build_locally

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals and mounts of Unix"
)

Units = Callable[..., list[Path]]
Run = Callable[..., Told]
KILLS = 8  # benchmarks/kill_batch.py does it 50 times and more
UNITS = 24


def start(*arguments: object, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def documents(folder: Path) -> dict[str, bytes]:
    return {
        name: data
        for name, data in contents(folder).items()
        if name.endswith(".docx")
    }


def units_of(folder: Path) -> dict[str, bytes]:
    """The files of all units with their receipts; the summary also says which were built in the last run."""
    return contents(folder / "2024")


def test_a_batch_killed_again_and_again_ends_as_if_undisturbed(
    units: Units, tmp_path: Path
) -> None:
    files = units(UNITS)
    build(files, tmp_path / "undisturbed")
    wanted = units_of(tmp_path / "undisturbed")
    dice = random.Random(5)

    for _ in range(KILLS):
        killed = start("build", "单位", "-o", "out", "--jobs", 2, cwd=tmp_path)
        assert killed.stdout
        for _ in range(dice.randrange(4)):  # so many units are told before
            killed.stdout.readline()
        time.sleep(dice.random() / 20)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.communicate()
        for name, data in units_of(tmp_path / "out").items():
            assert not name.endswith(".docx") or data == wanted[name], (
                "half a document"
            )

    assert set(states(build(files, tmp_path / "out"))) <= {"生成", "未变"}
    assert units_of(tmp_path / "out") == wanted


def test_killed_while_it_rebuilds_old_documents(
    units: Units, tmp_path: Path
) -> None:
    files = units(UNITS)
    build(files, tmp_path / "out")
    old = documents(tmp_path / "out")
    for number, file in enumerate(files):
        file.write_text(
            unit_text(f"第{number}小学", number + 50), encoding="utf-8"
        )
    build(files, tmp_path / "undisturbed")
    new = documents(tmp_path / "undisturbed")

    killed = start("build", "单位", "-o", "out", "--jobs", 2, cwd=tmp_path)
    assert killed.stdout
    killed.stdout.readline()
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()

    left = documents(tmp_path / "out")
    assert sorted(left) == sorted(old)
    assert all(left[name] in {old[name], new[name]} for name in left)
    assert set(states(build(files, tmp_path / "out"))) <= {"生成", "未变"}
    assert documents(tmp_path / "out") == new


def test_two_batches_at_once_into_one_folder(
    units: Units, tmp_path: Path
) -> None:
    files = units(UNITS)
    build(files, tmp_path / "undisturbed")

    both = [
        start("build", "单位", "-o", "out", "--jobs", 2, cwd=tmp_path)
        for _ in range(2)
    ]
    said = [one.communicate(timeout=60) for one in both]

    assert [one.returncode for one in both] == [0, 0], said
    assert units_of(tmp_path / "out") == units_of(tmp_path / "undisturbed")


def test_interrupted_by_ctrl_c(units: Units, tmp_path: Path) -> None:
    units(300)

    with start("build", "单位", "--jobs", 2, cwd=tmp_path) as running:
        assert running.stdout
        assert running.stderr
        out = "".join(running.stdout.readline() for _ in range(3))
        os.killpg(running.pid, signal.SIGINT)
        out += running.stdout.read()
        err = running.stderr.read()

    assert running.returncode == 3
    assert "Traceback" not in err
    assert "正在停止" in err
    assert "再执行同一条命令会接着做" in err
    told = [line for line in out.splitlines() if line.startswith("[")]
    assert 3 <= len(told) < 300
    assert len(list((tmp_path / "outputs/2024").iterdir())) == len(
        told
    )  # whatever was written was told
    assert (tmp_path / "outputs" / "汇总表.xlsx").is_file()
    assert not list((tmp_path / "outputs").rglob(".*.tmp"))


@pytest.fixture
def mounted(tmp_path: Path) -> Callable[[str], Path]:
    """Mounts a small file system in memory, or skips."""
    folders: list[Path] = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(folders)}"
        folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
            check=False,
            capture_output=True,
        )
        if done.returncode:
            pytest.skip("mounting is not allowed here")
        folders.append(folder)
        return folder

    yield mount  # type: ignore[misc]
    for folder in folders:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def test_a_disk_that_is_full(
    units: Units, reportgen: Run, tmp_path: Path, mounted: Callable[[str], Path]
) -> None:
    files = units(UNITS)
    build(files, tmp_path / "undisturbed")
    wanted = documents(tmp_path / "undisturbed")
    disk = mounted("size=700k")

    done = reportgen("build", "单位", "-o", disk, "--jobs", 2)

    assert done.code == 3
    assert "磁盘空间不足" in done.out
    there = documents(disk)
    assert 0 < len(there) < len(wanted)
    assert all(data == wanted[name] for name, data in there.items())
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    assert reportgen("build", "单位", "-o", disk).code == 0
    assert documents(disk) == wanted


def test_a_folder_that_is_read_only(
    units: Units, reportgen: Run, tmp_path: Path, mounted: Callable[[str], Path]
) -> None:
    files = units(UNITS)
    disk = mounted("size=64m")
    reportgen("build", "单位", "-o", disk)
    before = contents(disk)
    files[3].write_text(unit_text("第3小学", 99), encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

    done = reportgen("build", "单位", "-o", disk)

    assert done.code == 3
    assert "第3小学：没有生成：磁盘是只读的" in done.out
    assert done.out.count("没有变化") == UNITS
    assert contents(disk) == before


def test_memory_does_not_grow_with_the_number_of_units(
    units: Units, tmp_path: Path
) -> None:
    files = units(56)

    def peak(count: int, folder: str) -> int:
        jobs, packs = jobs_of(files[:count], tmp_path / folder)
        tracemalloc.reset_peak()
        deque(build_locally(jobs, packs), maxlen=0)
        return tracemalloc.get_traced_memory()[1]

    peak(4, "warm")
    tracemalloc.start()
    try:
        few, many = peak(8, "few"), peak(56, "many")
    finally:
        tracemalloc.stop()
    assert many < 1.3 * few
