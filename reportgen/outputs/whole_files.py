"""Files written whole or not at all: beside their targets, flushed, then renamed; one run at a time in a folder."""

import errno
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import (
    AbstractContextManager,
    ExitStack,
    contextmanager,
    nullcontext,
    suppress,
)
from dataclasses import dataclass, field
from functools import cached_property
from io import RawIOBase
from pathlib import Path
from types import MappingProxyType

from reportgen.core.errors import OutputError
from reportgen.core.file_names import sha256
from reportgen.core.plain_files import NotPlainError, read_plain, stays_in
from reportgen.outputs.print_store import FOLDER, HISTORY

if sys.platform != "win32":
    import fcntl

_FLUSHED_AT_ONCE = 16
_flushers: list[ThreadPoolExecutor] = []
_LEFT_BEHIND = re.compile(
    r"\..*\.\d+\.tmp"
)  # by a run that was killed while it wrote


FileMark = tuple[int, int, int] | None


@dataclass(frozen=True)
class Output:
    """One file to be written: its name within the unit's folder and its bytes.

    Of a document that was just printed also the XML of what can be seen in it, so that it need not be opened again.
    `role` is what it is, by whatever name: pack, form and project.
    """

    name: str
    data: bytes
    seen: Mapping[str, bytes] | None = field(
        default=None, repr=False, compare=False
    )
    role: str = ""

    @cached_property
    def digest(self) -> str:
        """The sha256 of the bytes."""
        return sha256(self.data)


def left_behind(folder: Path) -> Iterator[Path]:
    """What a run that was killed left half written."""
    for place in (folder, folder / FOLDER, folder / HISTORY):
        with suppress(OSError):
            names = list(filter(_LEFT_BEHIND.fullmatch, os.listdir(place)))
            if names and stays_in(place, folder):
                yield from map(place.joinpath, names)


def read_file(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none; raises OutputError."""
    with refusing(path), suppress(FileNotFoundError):
        return read_plain(path)
    return None


def mark_of(path: Path) -> FileMark:
    """Number, size and time of a file, by which a change is seen without reading it; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One run at a time in `folder`, which is made when it is not there; another waits until this one has written."""
    with refusing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (
            locked_by_file(folder)
            if sys.platform == "win32"
            else _locked(folder)
        )
    with lock:
        _remove(left_behind(folder))
        yield


def _locked(folder: Path) -> AbstractContextManager[object]:
    """The folder itself locked, so that no lock file stays behind, and 0.1 s of start-up are spared."""
    handle = os.open(folder, os.O_RDONLY)
    if sys.platform != "win32":
        with suppress(OSError):  # some network drives cannot lock
            fcntl.flock(handle, fcntl.LOCK_EX)
    held = ExitStack()
    held.callback(os.close, handle)
    return held


def locked_by_file(folder: Path) -> AbstractContextManager[object]:
    """A file in the folder locked, for Windows, which cannot lock a folder."""
    from filelock import FileLock  # noqa: PLC0415  0.1 s, and only Windows needs it

    _refuse_elsewhere(folder / FOLDER, folder)
    (folder / FOLDER).mkdir(exist_ok=True)
    try:
        return FileLock(folder / FOLDER / "lock").acquire()
    except (OSError, NotImplementedError):  # some network drives cannot lock
        return nullcontext()


def replace_all(
    folder: Path,
    outputs: Sequence[Output],
    guarded: Mapping[str, FileMark] = MappingProxyType({}),
) -> frozenset[str]:
    """Every file whole or as it was: all written beside their targets and flushed, then renamed in their order.

    A rename that is refused (a file open in Word on Windows) does not stop the other files. A file that no longer has
    the mark by which it is `guarded` is left as it is; the names of these are returned.
    """
    for place in {str(Path(output.name).parent) for output in outputs} - {"."}:
        _refuse_elsewhere(folder / place, folder)
        with refusing(folder / place):
            (folder / place).mkdir(parents=True, exist_ok=True)
    beside = [
        (beside_of(folder / output.name, number), folder / output.name)
        for number, output in enumerate(outputs)
    ]
    try:
        for start in range(0, len(outputs), _FLUSHED_AT_ONCE):
            part = slice(start, start + _FLUSHED_AT_ONCE)
            _write_flushed(beside[part], outputs[part])
        return _rename_all(beside, outputs, guarded)
    finally:
        _remove(temporary for temporary, _ in beside)


def _rename_all(
    beside: Sequence[tuple[Path, Path]],
    outputs: Sequence[Output],
    guarded: Mapping[str, FileMark],
) -> frozenset[str]:
    late: set[str] = set()
    refused: list[OutputError] = []
    for (temporary, path), output in zip(beside, outputs, strict=True):
        name = output.name
        if name in guarded and mark_of(path) != guarded[name]:
            late.add(name)
            continue
        try:
            temporary.replace(path)
        except OSError as error:
            refused.append(refusal(path, error))
    if refused:
        raise refused[0]
    return frozenset(late)


def _remove(files: Iterable[Path]) -> None:
    for path in files:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _refuse_elsewhere(place: Path, folder: Path) -> None:
    """Raise OutputError where a folder of ours is a link to one that somebody else keeps."""
    if not stays_in(place, folder):
        raise OutputError(
            "这是指向别处的快捷链接，不能往里写文件",
            "请删去这个链接后重新生成",
            place=place,
        )


def is_there(path: Path, data: bytes) -> bool:
    """Whether the file holds just that."""
    with suppress(OSError):
        return not path.is_symlink() and read_plain(path) == data
    return False


def beside_of(path: Path, number: int) -> Path:
    """Where a file is written before it gets its name."""
    return path.with_name(f".{path.name[:40]}.{number}.{os.getpid()}.tmp")


def _write_flushed(
    paths: Sequence[tuple[Path, Path]], outputs: Sequence[Output]
) -> None:
    """Writes `outputs` and waits until they are on the disk: ten flushed at once take it as long as one."""
    with ExitStack() as opened:
        flushed = []
        for (temporary, path), output in zip(paths, outputs, strict=True):
            with refusing(path):
                file = opened.enter_context(temporary.open("wb", buffering=0))
                _write_all(file, output.data)
            flushed.append((path, _flusher().submit(os.fsync, file.fileno())))
        wait(
            [future for _, future in flushed]
        )  # all of them, before a file is closed
        for path, future in flushed:
            with refusing(path):
                future.result()


def _write_all(file: RawIOBase, data: bytes) -> None:
    """A raw file may take less than it was given."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) or 0 :]


def _flusher() -> ThreadPoolExecutor:
    """The threads of this process that wait for the disk."""
    if not _flushers:
        _flushers.append(ThreadPoolExecutor(_FLUSHED_AT_ONCE))
    return _flushers[0]


def _rest() -> None:
    """Ends those threads: a process that has threads must not be forked."""
    while _flushers:
        _flushers.pop().shutdown()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_rest)


_ELSEWHERE = "请换一个输出文件夹（-o）"
_FULL = ("磁盘空间不足，这份文件没有写入，原有文件完好", "请清理磁盘后重新生成")
_IN_THE_WAY = (
    "同名文件占用了文件夹的位置",
    "请移走该文件，或换一个输出文件夹（-o）",
)
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.EDQUOT: _FULL,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: (
        "同名文件夹占用了文件的位置",
        "请移走该文件夹，或换一个输出文件夹（-o）",
    ),
    errno.EROFS: ("磁盘是只读的", _ELSEWHERE),
    errno.ENOENT: ("文件夹不存在（可以先新建这个文件夹）", _ELSEWHERE),
    errno.ENAMETOOLONG: ("路径太长", "请换一个路径较短的输出文件夹（-o）"),
    errno.ELOOP: ("快捷链接绕成了圈", _ELSEWHERE),
}


@contextmanager
def refusing(path: Path, *, hint: str = "") -> Iterator[None]:
    """Tells why `path` cannot be read or written, where what is done with it fails."""
    try:
        yield
    except OSError as error:
        raise refusal(path, error, hint=hint) from None


def refusal(path: Path, error: OSError, *, hint: str = "") -> OutputError:
    """Why `path` cannot be written, in Chinese, with a way out (`hint` where a command knows a better one)."""
    if isinstance(error, PermissionError):
        return OutputError(
            "没有写入权限",
            hint or "请关闭正在打开它的程序，或换一个输出文件夹（-o）",
            place=path,
        )
    if isinstance(error, NotPlainError):
        return OutputError(
            error.reason, hint or "请把它移走，再执行同一条命令", place=path
        )
    reason, usual = _REASONS.get(
        error.errno or 0, (f"无法写入（系统错误 {error.errno}）", _ELSEWHERE)
    )
    return OutputError(reason, hint or usual, place=path)
