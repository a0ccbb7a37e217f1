"""A folder in which one run keeps for the next what it compiled; everything in it may be deleted at any time.

What is kept is code that will be run. So a file counts only when it and its folder belong to the user and nobody else
may write there, when it is whole, and when this program, this Python and these libraries wrote it. Any other is as if
it were not there, without a word: it costs time, never a document.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER, find_spec
from pathlib import Path

from reportgen.core.version import program_version

MAX_FOLDER = 50_000_000  # bytes
MAX_FILE = 10_000_000
MAX_AGE = 90 * 24 * 3600  # seconds since it was last of use

_SUFFIX = ".kept"
_UNFINISHED = ".tmp"
_LIBRARIES = (
    "jinja2",
    "docxtpl",
    "docx",
    "lxml",
)  # what they make of a template is what is kept
_DIGEST = hashlib.sha256().digest_size
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def load(folder: Path | None, key: str) -> bytes | None:
    """What was kept in `folder` under `key`; None where there is nothing, or nothing to be trusted."""
    if folder is None or not _is_private(folder):
        return None
    path = _path(folder, key)
    try:
        with open(os.open(path, os.O_RDONLY | _FLAGS), "rb") as file:
            if not _is_ours(os.fstat(file.fileno()), stat.S_ISREG):
                return None
            kept = file.read(MAX_FILE + _DIGEST)
        os.utime(path)  # what is of use stays
    except OSError:
        return None
    digest = kept[:_DIGEST]
    content = kept[_DIGEST:]
    return content if digest == _digest(key, content) else None


def save(folder: Path | None, key: str, content: bytes) -> None:
    """Keeps `content` in `folder` under `key`: the whole of it or nothing, also where several runs do so at once."""
    if folder is None or len(content) > MAX_FILE:
        return
    path = _path(folder, key)
    beside = path.with_name(f"{path.stem}.{os.getpid()}{_UNFINISHED}")
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder):
            return
        try:
            with open(
                os.open(
                    beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600
                ),
                "wb",
            ) as file:
                file.write(_digest(key, content) + content)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        _clear_away(folder, path.stat().st_mtime)


def _is_private(folder: Path) -> bool:
    try:
        return _is_ours(os.lstat(folder), stat.S_ISDIR)
    except (OSError, ValueError):
        return False


def _is_ours(status: os.stat_result, kind: Callable[[int], bool]) -> bool:
    """Whether it is what it should be, belongs to the user and can be written by nobody else."""
    if (
        sys.platform == "win32"
    ):  # its access lists are not seen here: nothing is kept
        return False
    return (
        kind(status.st_mode)
        and status.st_uid == os.geteuid()
        and not status.st_mode & 0o022
    )


def _path(folder: Path, key: str) -> Path:
    return folder / (
        hashlib.sha256(f"{_maker()} {key}".encode()).hexdigest()[:32] + _SUFFIX
    )


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()


@cache
def _maker() -> str:
    """Everything on which what is kept depends beside its own source."""
    mark = hashlib.sha256(
        f"{program_version()} {sys.version}".encode() + MAGIC_NUMBER
    )
    for library in _LIBRARIES:
        spec = find_spec(library)
        if spec is not None and spec.origin is not None:
            with suppress(
                OSError
            ):  # its __init__ holds its version; a library in a zip goes by its path
                status = os.stat(spec.origin)
                mark.update(
                    f"{spec.origin} {status.st_size} {status.st_mtime_ns}".encode()
                )
                mark.update(Path(spec.origin).read_bytes())
    return mark.hexdigest()


def _clear_away(folder: Path, now: float) -> None:
    """Drops what was of no use for long, and beyond MAX_FOLDER what was so for longest."""
    with os.scandir(folder) as entries:
        found = [
            (one.stat(follow_symlinks=False), one.path)
            for one in entries
            if one.name.endswith((_SUFFIX, _UNFINISHED))
        ]
    size = 0
    for status, path in sorted(
        found, key=lambda one: one[0].st_mtime, reverse=True
    ):
        size += status.st_size
        if size > MAX_FOLDER or now - status.st_mtime > MAX_AGE:
            with suppress(OSError):
                os.unlink(path)
