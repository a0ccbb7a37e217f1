"""A file of a user written in its place: through links to it, with the rights and the owner that it has."""

import os
from contextlib import suppress
from pathlib import Path

from reportgen.outputs.whole_files import beside_of, refusing

_HINT = "请关闭正在打开它的程序，或检查文件权限"


def write_same_file(path: Path, data: bytes) -> None:
    """Replaces the content of a file that is there; raises OutputError, leaving it whole unless it has several names.

    A file with several names (hard links), or of another owner, is written where it lies.
    """
    target = Path(os.path.realpath(path))
    with refusing(path, hint=_HINT):
        known = target.stat()
        if known.st_nlink > 1 or not _is_own(known.st_uid):
            _overwrite(target, data)
        else:
            _replace(target, data, known)


def _is_own(owner: int) -> bool:
    return not hasattr(os, "geteuid") or owner == os.geteuid()


def _overwrite(target: Path, data: bytes) -> None:
    with target.open("r+b") as file:
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _replace(target: Path, data: bytes, known: os.stat_result) -> None:
    beside = beside_of(target, 0)
    try:
        handle = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        if hasattr(os, "chown"):
            with suppress(OSError):  # a group that one is not in
                os.chown(beside, -1, known.st_gid)
        beside.chmod(known.st_mode & 0o7777)
        beside.replace(target)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
