"""Files that were dropped on a page, kept out of sight of everything else, each under an id of our own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

from reportgen.application.web.desk import Desk, UnknownUnitError
from reportgen.core.errors import OutputError
from reportgen.core.file_names import safe_name, sha256
from reportgen.core.plain_files import stays_in
from reportgen.outputs.whole_files import Output, refusal, replace_all

FOLDER = ".reportgen/收到的文件"
_KEPT = 40  # drops that are kept
_ID = re.compile("[0-9a-f]{16}")
_LONGEST_ENDING = 8
_GONE = "找不到放上来的文件，它可能已经清理了"
_OUTSIDE = "存放收到文件的文件夹通向别处，没有写"


class NewFile(NamedTuple):
    """A file as a browser sends it: the name it says, and what is in it."""

    name: str
    data: bytes


class Dropped(NamedTuple):
    """What was dropped at one time: its id, and the files where they lie now."""

    id: str
    files: tuple[Path, ...]


def keep_files(
    desk: Desk,
    sent: list[NewFile],
) -> Dropped:
    """Writes the files under names that cannot lead anywhere; raises OutputError where there is none."""
    given = [one for one in sent if one.data]
    if not given:
        raise OutputError("没有收到文件", hint="请选一个有内容的文件")
    named = _with_plain_names(given)
    marks = [f"{name} {sha256(data)}" for name, data in named.items()]
    mark = sha256("\n".join(marks).encode("utf-8", "replace"))[:16]
    folder = _home(desk) / mark
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(folder, error, hint="请检查文件夹的权限") from None
    replace_all(folder, [Output(*one) for one in named.items()])
    _forget_old(desk, folder)
    return Dropped(mark, tuple(folder / name for name in named))


def find_files(
    desk: Desk,
    mark: str,
) -> Dropped:
    """The files of that id; raises UnknownUnitError where they are gone."""
    folder = _home(desk) / mark
    if not _ID.fullmatch(mark) or not folder.is_dir():
        raise UnknownUnitError(_GONE, hint="请再放一次")
    files = (one for one in folder.iterdir() if not one.name.startswith("."))
    found = tuple(
        sorted(one for one in files if one.is_file() and not one.is_symlink())
    )
    if not found:
        raise UnknownUnitError(_GONE, hint="请再放一次")
    return Dropped(mark, found)


def _with_plain_names(given: list[NewFile]) -> dict[str, bytes]:
    """The files by names without folders, each once."""
    found: dict[str, bytes] = {}
    for number, one in enumerate(given, start=1):
        name = plain_name(one.name)
        if name in found:
            name = plain_name(f"{number} {name}")
        found[name] = one.data
    return found


def plain_name(name: str) -> str:
    """The last part of a name, as every system takes it; its ending stays."""
    last = name.replace("\\", "/").rpartition("/")[2].lstrip(". ")
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING or not ending.isalnum():
        return safe_name(last)
    return f"{safe_name(stem)}.{ending.lower()}"


def _home(desk: Desk) -> Path:
    home = desk.folder / FOLDER
    if not stays_in(home, desk.folder):
        raise OutputError(_OUTSIDE, place=home, hint="请移走这个快捷链接")
    return home


def _forget_old(
    desk: Desk,
    newest: Path,
) -> None:
    """Drops of long ago go; nobody looks at them any more."""
    folders = [one for one in _home(desk).iterdir() if one.is_dir()]
    folders.sort(key=lambda one: one.stat().st_mtime)
    for one in folders[:-_KEPT]:
        if one != newest and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)
