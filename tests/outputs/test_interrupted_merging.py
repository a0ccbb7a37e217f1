"""A run that is killed while it merges: the file of the person stays whole, and the next run merges it rightly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals of Unix"
)

BUILD = """
import io, os, signal, sys, zipfile
from dataclasses import dataclass
from pathlib import Path
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output

folder, text, left = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

def docx(words):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), words)
    return buffer.getvalue()

def words(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()

@dataclass
class Merging:
    data: bytes
    findings: tuple = ()
    changes: tuple = ()
    resaved: bool = False
    uncommented: tuple = ()

def merge(base, theirs, ours, name, known):  # what is new is what ours does not share with base
    return Merging(theirs if base == ours else docx(words(theirs).replace(words(base), words(ours))))

def replace(self, target, really=Path.replace):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return really(self, target)

Path.replace = replace
if text == "edit":
    file = folder / "1 报告.docx"
    file.write_bytes(docx(words(file.read_bytes()) + "+own"))
elif text == "show":
    print(words((folder / "1 报告.docx").read_bytes()))
else:
    outputs = [Output("1 报告.docx", docx(text)), Output("2 自评表.docx", docx(text + "2"))]
    write_outputs(folder, outputs, {"单位": "示范单位"}, merge=merge)
"""


def run(
    folder: Path, text: str, *, killed_after: int = 1000
) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        BUILD,
        str(folder),
        text,
        str(killed_after),
    ]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    "after", range(6)
)  # history, store, receipt, two documents, and none
def test_nothing_of_a_person_is_lost_wherever_the_kill_comes(
    after: int, tmp_path: Path
) -> None:
    assert run(tmp_path, "old").returncode == 0
    assert run(tmp_path, "edit").returncode == 0

    stopped = run(tmp_path, "new", killed_after=after)
    shown = run(tmp_path, "show").stdout.strip()
    again = run(tmp_path, "newer")

    assert stopped.returncode == (-9 if after < 5 else 0), stopped.stderr
    assert shown in {"old+own", "new+own"}
    assert again.returncode == 0, again.stderr
    assert run(tmp_path, "show").stdout.strip() == "newer+own"
    kept = [
        path
        for path in (tmp_path / ".reportgen/history").iterdir()
        if path.suffix == ".docx"
    ]
    assert kept
    assert not [path for path in tmp_path.rglob(".*.tmp")]


def test_a_run_killed_again_and_again_merges_in_the_end(tmp_path: Path) -> None:
    run(tmp_path, "old")
    run(tmp_path, "edit")
    for after, text in (
        (3, "a"),
        (1, "b"),
        (4, "c"),
        (2, "d"),
        (0, "e"),
        (3, "f"),
    ):
        run(tmp_path, text, killed_after=after)
        assert run(tmp_path, "show").stdout.strip().endswith("+own")

    assert run(tmp_path, "last").returncode == 0
    assert run(tmp_path, "show").stdout.strip() == "last+own"
