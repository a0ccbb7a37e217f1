"""Names of files and units that would steer a terminal are shown as what they are; a folder that is gone is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import REPOSITORY

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no such names there"
)
EXAMPLE = (REPOSITORY / "templates/standard/example.yaml").read_bytes()
UNIT = "青禾县图书馆"


def run(*typed: str, folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "reportgen", *typed]
    paths = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        command, cwd=folder, env=paths, capture_output=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def test_nothing_in_a_name_reaches_the_terminal_as_more_than_text(
    tmp_path: Path,
) -> None:
    other = '"青\u202e禾\u2066乙馆"'.encode()
    (tmp_path / "a\x1b[31mred\x07.yaml").write_bytes(EXAMPLE)
    (tmp_path / "b\u202elmay.yaml").write_bytes(
        EXAMPLE.replace(UNIT.encode(), other)
    )
    wrong = tmp_path / "c\x1b]0;title\x07.yaml"
    wrong.write_bytes(b"a: [")
    told = [
        run(*typed, folder=tmp_path)
        for typed in (
            ("build", "."),
            ("check", "."),
            ("status", "."),
            ("explain", wrong.name),
            ("build", ".", "--pack", "\x1b[31m"),
            ("\x1b[31m",),
        )
    ]
    for _, text in told:
        assert text
        assert not set(text) & set("\x1b\x07\u202e\u2066")
    assert "a<U+001B>[31mred<U+0007>.yaml" in told[1][1]


def test_names_that_are_no_utf_8_cost_nobody_the_summary(
    tmp_path: Path,
) -> None:
    folder = os.fsencode(tmp_path)
    for name, unit in ((b"\xb5\xa5.yaml", "甲馆"), (b"b.yaml", "乙馆")):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(EXAMPLE.replace(UNIT.encode(), unit.encode()))
    code, text = run("build", ".", "-o", "out", folder=tmp_path)
    assert (code, "汇总表.xlsx" in text) == (0, True)
    assert (tmp_path / "out" / "汇总.html").is_file()


def test_one_file_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.yaml").write_bytes(EXAMPLE)
    os.mkfifo(tmp_path / "b.yaml")
    code, text = run("build", "gone.yaml", "b.yaml", "a.yaml", folder=tmp_path)
    assert code == 3
    assert "生成 1 个，没有生成 2 个" in text


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f'rmdir "{gone}"; exec {sys.executable} -m reportgen build a.yaml'
    paths = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        cwd=gone,
        env=paths,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 3
    assert "当前文件夹已被删除或移走" in done.stderr.decode()
