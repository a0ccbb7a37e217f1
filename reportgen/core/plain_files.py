"""Reads a file whole, if it is one: a device or a pipe never ends, and a huge file fills the memory."""

import errno
import os
import stat
from pathlib import Path

MAX_FILE = 200_000_000
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class NotPlainError(OSError):
    """What cannot be read as a file, and why, in Chinese."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EINVAL, reason)
        self.reason = reason


def read_plain(path: Path, most: int = MAX_FILE) -> bytes:
    """The bytes of a file; raises OSError, NotPlainError where it is none or has more than `most` bytes.

    It is opened first and then looked at, so that nobody can put another in its place between the two.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS)
    except ValueError:  # a NUL in its name
        raise NotPlainError("路径中含有空字符，不是有效的路径") from None
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "", str(path))
        if not stat.S_ISREG(status.st_mode):
            raise NotPlainError("这不是普通文件（可能是管道或设备）")
        if status.st_size > most:
            raise NotPlainError(f"文件超过 {most // 1_000_000} MB")
        data = file.read(most + 1)
    if len(data) > most:  # it grew meanwhile, or does not say how large it is
        raise NotPlainError(f"文件超过 {most // 1_000_000} MB")
    return data


def stays_in(path: Path, folder: Path) -> bool:
    """Whether `path`, with all links followed, lies in `folder`."""
    try:
        home = os.path.realpath(folder)
        return os.path.commonpath((os.path.realpath(path), home)) == home
    except (OSError, ValueError):
        return False
