"""Devices, pipes, huge files and links that lead elsewhere stand where files should: each is refused, none is read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from reportgen.core.errors import OutputError
from reportgen.core.plain_files import NotPlainError, read_plain, stays_in
from reportgen.outputs.file_states import file_states
from reportgen.outputs.print_store import FOLDER, read_base, read_print
from reportgen.outputs.receipt import FILES, RECEIPT, SET, read_receipt
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output, left_behind

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no devices, no pipes"
)
FORM = Output("表.docx", b"form")
UNIT = {"单位": "示范单位"}


def put_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def put_device(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def put_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5_000_000_000)


ODD = pytest.mark.parametrize("put", [put_pipe, put_device, put_huge])


@ODD
def test_what_is_no_file_of_sane_size_is_not_read(put, tmp_path: Path) -> None:
    put(tmp_path / "odd")
    with pytest.raises(NotPlainError):
        read_plain(tmp_path / "odd")


@ODD
def test_a_document_that_is_none_stops_its_unit_with_a_reason(
    put, tmp_path: Path
) -> None:
    write_outputs(tmp_path, [FORM], UNIT)
    put(tmp_path / FORM.name)
    with pytest.raises(OutputError, match="文件"):
        file_states(tmp_path, {FILES: {}, SET: [FORM.name]})
    with pytest.raises(OutputError, match="文件"):
        write_outputs(tmp_path, [FORM], UNIT)


@ODD
def test_a_receipt_that_is_none_is_told_and_not_written_over(
    put, tmp_path: Path
) -> None:
    put(tmp_path / RECEIPT)
    assert read_receipt(tmp_path) == {}
    with pytest.raises(OutputError, match="文件"):
        write_outputs(tmp_path, [FORM], UNIT)


@ODD
def test_a_store_that_is_none_holds_nothing(put, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    put(tmp_path / FOLDER / "base.zip")
    assert read_base(tmp_path, "0" * 64) is None
    assert read_print(tmp_path, "0" * 16) is None


def test_a_folder_of_ours_that_leads_elsewhere_is_not_used(
    tmp_path: Path,
) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    here.mkdir()
    elsewhere.mkdir()
    theirs = elsewhere / ".a.1.2.tmp"
    theirs.write_text("not ours")
    (here / FOLDER).symlink_to(elsewhere)
    assert not stays_in(here / FOLDER, here)
    assert list(left_behind(here)) == []
    with pytest.raises(OutputError, match="快捷链接"):
        write_outputs(
            here, [FORM, Output(f"{FOLDER}/history/表.docx", b"older")], UNIT
        )
    assert os.listdir(elsewhere) == [theirs.name]
