"""reportgen undo: the last writing taken back; and the file that is written stays the file it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from test_pull_and_diff import replaced

Run = Callable[..., Told]
UNIT = Path("unit.yaml")


@pytest.fixture
def form(reportgen: Run) -> Path:
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", UNIT)
    reportgen("build", UNIT)
    return next(Path("outputs").rglob("2 *.docx"))


def test_writings_are_taken_back_one_after_the_other(
    form: Path, reportgen: Run
) -> None:
    texts = [UNIT.read_bytes()]
    for old, new in (("30场", "32场"), ("及时完成", "如期完成")):
        replaced(form, old, new)
        assert "reportgen undo" in reportgen("pull", form, "--apply").out
        texts.append(UNIT.read_bytes())
    assert len(set(texts)) == 3

    for before in (texts[1], texts[0]):
        told = reportgen("undo", UNIT)
        assert told.code == 0
        assert UNIT.read_bytes() == before
    assert reportgen("undo", UNIT).code == 3
    assert len(list(Path(".reportgen/history").iterdir())) == 2


def test_what_was_changed_since_is_not_taken_back(
    form: Path, reportgen: Run
) -> None:
    replaced(form, "30场", "32场")
    reportgen("pull", form, "--apply")
    UNIT.write_bytes(UNIT.read_bytes() + "# 人工补充\n".encode())
    before = UNIT.read_bytes()

    told = reportgen("undo", UNIT)

    assert told.code == 3
    assert "又改过" in told.text
    assert UNIT.read_bytes() == before


def test_nothing_to_take_back(form: Path, reportgen: Run) -> None:
    assert "没有可以撤销的写回" in reportgen("undo", UNIT).text
    assert "找不到这份文件" in reportgen("undo", "没有.yaml").text


@pytest.mark.skipif(os.name == "nt", reason="rights and links of Unix")
@pytest.mark.parametrize("kind", ["plain", "symbolic", "hard"])
def test_the_file_keeps_its_links_and_its_rights(
    kind: str, form: Path, reportgen: Run, tmp_path: Path
) -> None:
    kept = tmp_path / "共享" / "某单位.yaml"
    kept.parent.mkdir()
    shutil.copy(UNIT, kept)
    if kind == "symbolic":
        UNIT.unlink()
        UNIT.symlink_to(kept)
    if kind == "hard":
        UNIT.unlink()
        os.link(kept, UNIT)
    UNIT.chmod(0o600)
    replaced(form, "30场", "32场")

    for command in (("pull", form, "--apply"), ("undo", UNIT)):
        assert reportgen(*command).code == 0
        assert UNIT.stat().st_mode & 0o777 == 0o600
        assert UNIT.is_symlink() == (kind == "symbolic")
        if kind != "plain":
            assert UNIT.samefile(kept)
            assert ("32场" in kept.read_text(encoding="utf-8")) == (
                command[0] == "pull"
            )
