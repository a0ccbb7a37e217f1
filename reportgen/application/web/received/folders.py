"""A folder that was dropped on the page: what lies together in one of its folders is of one unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from reportgen.application.unit_files import UNITS
from reportgen.application.web.desk import Desk
from reportgen.application.web.received.drafts import DraftMade, make_draft
from reportgen.application.web.received.uploads import (
    Dropped,
    NewFile,
    find_files,
    keep_files,
)
from reportgen.core.errors import OutputError
from reportgen.core.findings import failure_findings
from reportgen.recognition.reading.office_files import READABLE
from reportgen.workbooks.collection.filled.unit_loading import WORKBOOKS

_WANTED = frozenset((*READABLE, *WORKBOOKS, *UNITS))
_MOST = 30  # folders at a time: more would push out what was kept before
_NONE = "文件夹里没有能读的文件"
_NONE_HINT = "请放 Word 文件（.docx）、采集表（.xlsx）或 PDF"
_MANY_HINT = "请分几次放"
_STOPPED = "已停止，没有读"


class DroppedFolder(NamedTuple):
    """Files that lay together: the name of their folder, and what was kept of it."""

    name: str
    dropped: Dropped


class FolderRead(NamedTuple):
    """What came of one folder: a new unit, or why there is none."""

    name: str
    made: DraftMade | None
    failure: str = ""


def keep_folders(
    desk: Desk,
    sent: Sequence[NewFile],
) -> tuple[DroppedFolder, ...]:
    """The files that can be read, folder by folder; raises OutputError where there are none, or too many."""
    folders: dict[str, list[NewFile]] = {}
    for one in sent:
        path = PurePosixPath(one.name.replace("\\", "/"))
        is_hidden = path.name.startswith((".", "~$"))
        if path.suffix.lower() in _WANTED and one.data and not is_hidden:
            folders.setdefault(str(path.parent), []).append(one)
    if not folders:
        raise OutputError(_NONE, hint=_NONE_HINT)
    if len(folders) > _MOST:
        told = f"一共有 {len(folders)} 个文件夹，超过 {_MOST} 个"
        raise OutputError(told, hint=_MANY_HINT)
    return tuple(
        DroppedFolder(PurePosixPath(name).name, keep_files(desk, files))
        for name, files in sorted(folders.items())
    )


def find_folders(
    desk: Desk,
    marks: Sequence[str],
    names: Sequence[str],
) -> tuple[DroppedFolder, ...]:
    """Those that were kept under these ids; raises UnknownUnitError where one is gone."""
    pairs = zip(marks[:_MOST], names, strict=False)
    return tuple(
        DroppedFolder(name, find_files(desk, mark)) for mark, name in pairs
    )


def read_folders(
    desk: Desk,
    folders: Sequence[DroppedFolder],
    year: str,
    step: Callable[[str], None],
    stopped: Callable[[], bool],
) -> tuple[FolderRead, ...]:
    """A new unit of each folder; one that cannot be read does not stop the others."""
    found = []
    for one in folders:
        if stopped():
            found.append(FolderRead(one.name, None, _STOPPED))
            continue
        found.append(_read(desk, one, year))
        step(one.name)
    return tuple(found)


def _read(
    desk: Desk,
    one: DroppedFolder,
    year: str,
) -> FolderRead:
    try:
        return FolderRead(one.name, make_draft(desk, one.dropped.files, year))
    except Exception as error:  # told beside its name, the others are read
        (first, *_) = failure_findings(error, one.name)
        return FolderRead(one.name, None, first.message)
