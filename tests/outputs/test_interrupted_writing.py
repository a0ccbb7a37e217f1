"""What is on disk after a run was killed, ran out of space, or was not alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.outputs.receipt import RECEIPT
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals and limits of Unix"
)

NAMES = ("1 报告.docx", "2 自评表.docx", "3-1 项目.docx")
WRITE = """
import sys
from pathlib import Path
from reportgen.core.errors import OutputError
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output

NAMES = ("1 报告.docx", "2 自评表.docx", "3-1 项目.docx")
def write(folder, text, size=1):
    outputs = [Output(name, (name + text).encode() * size) for name in NAMES]
    return [one.kept for one in write_outputs(Path(folder), outputs, {"单位": "示范单位"})]
"""
KILLED = (
    WRITE
    + """
import os, signal, threading
left = int(sys.argv[2])
one_at_a_time = threading.Lock()
def step():
    global left
    with one_at_a_time:
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
def fsync(handle, flush=os.fsync):  # what is done once for each file, just before it gets its name
    step()
    flush(handle)
    step()
os.fsync = fsync
write(sys.argv[1], "new")
"""
)
LIMITED = (
    WRITE
    + """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    write(sys.argv[1], "new", 10_000)
except OutputError as error:
    print(error)
"""
)
FULL = (
    WRITE
    + """
try:
    write(sys.argv[1], "new", 20_000)
except OutputError as error:
    print(error)
"""
)
MANY_TIMES = (
    WRITE
    + """
for number in range(25):
    kept = write(sys.argv[1], f"{sys.argv[2]}{number}", 5_000)
    assert kept == ["", "", ""], "our own files were taken for edited ones"
"""
)


def run(
    program: str, *arguments: object, check: bool = True
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(
        command, check=check, capture_output=True, text=True, timeout=60
    )


def outputs(text: str) -> list[Output]:
    return [Output(name, (name + text).encode()) for name in NAMES]


def kept(folder: Path, text: str) -> list[str]:
    return [
        one.kept
        for one in write_outputs(folder, outputs(text), {"单位": "示范单位"})
    ]


def test_a_killed_run_leaves_whole_files_and_the_next_goes_on(
    tmp_path: Path,
) -> None:
    killed = 0
    for after in range(8):  # receipt and three files, each flushed and renamed
        folder = tmp_path / str(after)
        kept(folder, "old")
        killed += run(KILLED, folder, after, check=False).returncode == -9

        for name in NAMES:
            assert (folder / name).read_bytes() in {
                (name + "old").encode(),
                (name + "new").encode(),
            }
        assert kept(folder, "newer") == ["", "", ""]
        assert sorted(path.name for path in folder.iterdir()) == sorted(
            [*NAMES, RECEIPT]
        )
        assert (folder / NAMES[2]).read_bytes() == (NAMES[2] + "newer").encode()
    assert killed == 8


def test_a_run_killed_twice_still_knows_its_files(tmp_path: Path) -> None:
    kept(tmp_path, "old")
    for after in (5, 3, 7, 2):
        run(KILLED, tmp_path, after, check=False)

    assert kept(tmp_path, "newer") == ["", "", ""]


def test_an_edit_after_a_killed_run_is_kept(tmp_path: Path) -> None:
    kept(tmp_path, "old")
    run(KILLED, tmp_path, 4, check=False)
    (tmp_path / NAMES[1]).write_bytes(b"edited")

    assert [bool(reason) for reason in kept(tmp_path, "newer")] == [
        False,
        True,
        False,
    ]
    assert (tmp_path / NAMES[1]).read_bytes() == b"edited"


def test_a_file_that_outgrows_the_limit_leaves_the_old_one_whole(
    tmp_path: Path,
) -> None:
    kept(tmp_path, "old")

    said = run(LIMITED, tmp_path).stdout

    assert (
        "磁盘空间不足，这份文件没有写入，原有文件完好；请清理磁盘后重新生成"
        in said
    )
    assert NAMES[0] in said
    assert "Traceback" not in said
    assert (tmp_path / NAMES[0]).read_bytes() == (NAMES[0] + "old").encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*NAMES, RECEIPT]
    )
    assert kept(tmp_path, "newer") == ["", "", ""]


def test_a_full_disk_leaves_the_old_files_whole(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmp_path)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        kept(tmp_path, "old")

        said = run(FULL, tmp_path).stdout

        assert "磁盘空间不足" in said
        assert all(
            (tmp_path / name).read_bytes() == (name + "old").encode()
            for name in NAMES
        )
        assert kept(tmp_path, "newer") == ["", "", ""]
    finally:
        subprocess.run(
            ["umount", str(tmp_path)], check=True, capture_output=True
        )


def test_two_runs_at_once_leave_whole_files_that_both_know(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", MANY_TIMES, str(tmp_path)]
    both = [
        subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True)
        for name in ("甲", "乙")
    ]
    said = [one.communicate(timeout=60)[1] for one in both]

    assert said == ["", ""]
    for name in NAMES:
        text = (tmp_path / name).read_bytes().decode()
        assert text in {f"{name}甲24" * 5_000, f"{name}乙24" * 5_000}
    assert kept(tmp_path, "newer") == ["", "", ""]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*NAMES, RECEIPT]
    )
