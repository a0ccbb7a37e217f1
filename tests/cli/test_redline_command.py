"""reportgen redline: two versions in, one with tracked changes out; neither is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from command_line import Told

from reportgen.ooxml.document import open_document
from reportgen.ooxml.names import W

Run = Callable[..., Told]


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "旧.docx", tmp_path / "新.docx"
    for path, text in zip(paths, ("支出12万元", "支出13万元"), strict=True):
        document = docx.Document()
        document.add_paragraph(text)
        document.save(str(path))
    return paths


def test_the_changes_are_written_beside_the_new_one(
    reportgen: Run, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    before = [one.read_bytes() for one in versions]

    told = reportgen("redline", *versions)

    assert (told.code, told.err) == (0, "")
    assert told.out == "新 对照.docx：修订 2 处（增 1、删 1）\n"
    body = open_document((tmp_path / "新 对照.docx").read_bytes(), "").body
    assert [one.text for one in body.iter(f"{W}delText")] == ["12"]
    assert [one.read_bytes() for one in versions] == before


def test_two_that_read_the_same_are_told(
    reportgen: Run, versions: tuple[Path, Path]
) -> None:
    told = reportgen("redline", versions[0], versions[0], "-o", "同.docx")

    assert "文字相同" in told.out


def test_no_file_is_written_over(
    reportgen: Run, versions: tuple[Path, Path]
) -> None:
    old, new = versions
    before = old.read_bytes()

    told = reportgen("redline", old, new, "-o", old)

    assert told.code == 3
    assert "没有覆盖" in told.err
    assert old.read_bytes() == before


def test_what_is_no_document_is_told(
    reportgen: Run, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK")

    told = reportgen("redline", versions[0], tmp_path / "坏.docx")

    assert told.code == 3
    assert "坏.docx" in told.err
