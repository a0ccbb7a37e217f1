"""How the files of a set lie on disk, by their receipt: nothing is made and nothing written to find out."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from reportgen.core.file_names import sha256
from reportgen.outputs.receipt import (
    LEFT,
    MERGED,
    PRINTED,
    SET,
    Entry,
    Receipt,
    entries_of,
    is_file_name,
    is_print,
    name_on_disk,
)
from reportgen.outputs.whole_files import left_behind, read_file


class FileState(Enum):
    """How a file of the set lies on disk: as printed, of an earlier printing, changed by a person, changed and then
    brought up to date, not there."""

    FRESH = "最新"
    OLD = "旧稿"
    EDITED = "已修改"
    MERGED = "已合并"
    MISSING = "缺失"


def file_states(folder: Path, receipt: Receipt) -> dict[str, FileState]:
    """Each file of the set that `receipt` is of, as it lies in `folder`; the others of the folder are left out.

    None of them where the receipt does not say, or says wrongly, which files the set has.
    """
    names, kept = receipt.get(SET), receipt.get(LEFT)
    if not isinstance(names, list) or not all(map(_is_named, names)):
        return {}
    left, entries = kept if isinstance(kept, list) else (), entries_of(receipt)
    return {
        name: _file_state(
            folder, name, entries.get(name, {}), kept=name in left
        )
        for name in names
    }


def _is_named(name: object) -> bool:
    return isinstance(name, str) and is_file_name(name)


def _file_state(
    folder: Path, name: str, entry: Entry, *, kept: bool
) -> FileState:
    present = digest_of(folder / name_on_disk(name, entry))
    if not present:
        return FileState.MISSING
    if present == entry.get(PRINTED):
        return FileState.OLD if kept else FileState.FRESH
    if present == entry.get(MERGED):
        # kept: what is new since then has not come in
        return FileState.EDITED if kept else FileState.MERGED
    is_old = is_print(present, entry)
    return FileState.OLD if is_old else FileState.EDITED


def digest_of(path: Path) -> str:
    """The sha256 of a file, "" where there is none; raises OutputError."""
    data = read_file(path)
    return "" if data is None else sha256(data)


def is_half_written(folder: Path) -> bool:
    """Whether a run that was killed left something in `folder` that is to be cleared away."""
    return any(True for _ in left_behind(folder))
