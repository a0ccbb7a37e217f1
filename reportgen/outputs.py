"""Documents on disk: safe names, whole files only, and nothing written over what a person changed.

All files of a unit are written beside their targets and flushed; then the receipt gets its name, then they get theirs.
The receipt names what is about to stand there as well as what stood there before, so that a run that is killed in the
middle never mistakes its own file for a person's.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from io import RawIOBase
from pathlib import Path
from typing import Any

from reportgen.errors import OutputError, Place

if sys.platform != "win32":
    import fcntl

RECEIPT = "receipt.json"
_LONGEST = 120  # bytes of a name; Windows allows 260 characters for a whole path, Linux 255 bytes for a name
_LONGEST_WITH_SUFFIX = 200
_FLUSHED_AT_ONCE = 16
_flushers: list[ThreadPoolExecutor] = []
_LOOKALIKES = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]|^~\$")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?")
_LEFT_BEHIND = re.compile(r"\..*\.\d+\.tmp")  # by a run that was killed while it wrote

_EDITED = "文件在生成后被修改过，已保留修改、未覆盖；需要新稿时请先把它改名或移走，再重新生成"
_UNKNOWN = "这里已有同名文件，没有它的生成记录，已保留、未覆盖；需要新稿时请先把它改名或移走，再重新生成"
_OPEN = "文件正在 Word 或 WPS 中打开，未更新；请关闭后重新生成（没有打开的，请删除隐藏文件 {owner}）"


Receipt = dict[str, Any]


class FileState(Enum):
    """How a file of the set lies on disk: as printed, of an earlier printing, changed by a person, not there."""

    FRESH = "最新"
    OLD = "旧稿"
    EDITED = "已修改"
    MISSING = "缺失"


@dataclass(frozen=True, slots=True)
class Output:
    """One file to be written: its name within the unit's folder and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one output: `kept` says why the file was left alone, "" when it is up to date."""

    path: Path
    kept: str = ""

    @property
    def place(self) -> Place:
        """The file as a place."""
        return Place(str(self.path))


def safe_name(text: str, *, fallback: str = "未命名") -> str:
    """`text` as a file or folder name that Windows, Linux and a USB stick accept; at most 120 bytes.

    Characters that no file name may hold become their full-width likeness (A/B -> A／B). A name that had to be altered
    more than that, or cut, ends with a mark made from the whole, so that two different names stay two.
    """
    typed = unicodedata.normalize("NFC", text).strip().translate(_LOOKALIKES)
    name = _UNSEEN.sub("_", typed).strip(" .\u3000")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if not name.strip("_"):
        name = fallback.translate(_LOOKALIKES)
    if typed and (name != typed or len(name.encode()) > _LONGEST):
        cut = name.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip(" .")
        name = f"{cut}_{sha256(typed.encode('utf-8', 'replace'))[:8]}"
    return name


def _anyone(before: Receipt) -> None:
    """Lets whoever comes write to the folder."""


def sha256(data: bytes) -> str:
    """The sha256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()


def write_outputs(
    folder: Path, outputs: list[Output], receipt: Receipt, *, claim: Callable[[Receipt], None] = _anyone
) -> list[Written]:
    """Writes `outputs` and the receipt into `folder`; raises OutputError, leaving every old file whole.

    A file that a person has changed is kept. Files of earlier runs that are no longer wanted stay, and stay known.
    `claim` is shown the receipt that lies there and raises OutputError where the folder is another's.
    """
    with _alone_in(folder):
        before = read_receipt(folder)
        _refuse_other_unit(folder, before, receipt)
        claim(before)
        known = _entries(before)
        written, due, files = [], [], {}
        for output in outputs:
            path, entry = folder / output.name, known.get(output.name, {})
            present = _present(path)
            kept = _why_kept(path, output, present, entry)
            written.append(Written(path, kept))
            files[output.name] = entry if kept else _entry(output, present, entry)
            if not kept and (present != sha256(output.data) or path.is_symlink()):
                due.append(output)
        files |= {name: one for name, one in known.items() if name not in files and (folder / name).exists()}
        kept_names = [one.path.name for one in written if one.kept]
        content = {**receipt, "成套": [one.name for one in outputs], "保留": kept_names, "文件": files}
        record = _record(content)
        if not _is_there(folder / RECEIPT, record):
            due.insert(0, Output(RECEIPT, record))
        _replace(folder, due)
    return written


def _record(content: Receipt) -> bytes:
    """The receipt as JSON, a line for each key: with `indent` json is ten times slower."""
    lines = (f"{_text(key)}: {_text(value)}" for key, value in content.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "backslashreplace")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def left_over(folder: Path, written: list[Written]) -> list[Path]:
    """Files that an earlier run wrote to `folder` and this one did not: of a project that was renamed, for instance."""
    names = {one.path.name for one in written}
    return [folder / name for name in _entries(read_receipt(folder)) if name not in names]


def file_states(folder: Path, receipt: Receipt) -> dict[str, FileState]:
    """Each file of the set that `receipt` is of, as it lies in `folder`; the others of the folder are left out."""
    entries, names = _entries(receipt), receipt.get("成套")
    kept = receipt.get("保留") or ()
    return {
        name: _file_state(folder / name, entries.get(name, {}), kept=name in kept)
        for name in (names if isinstance(names, list) else ())
        if isinstance(name, str) and _is_file_name(name)
    }


def _file_state(path: Path, entry: dict[str, Any], *, kept: bool) -> FileState:
    present = _present(path)
    if not present:
        return FileState.MISSING
    if present == entry.get("sha256"):
        return FileState.OLD if kept else FileState.FRESH
    return FileState.OLD if present == entry.get("前次") else FileState.EDITED


def is_half_written(folder: Path) -> bool:
    """Whether a run that was killed left something in `folder` that is to be cleared away."""
    with suppress(OSError):
        return any(_LEFT_BEHIND.fullmatch(name) for name in os.listdir(folder))
    return False


def read_receipt(folder: Path) -> Receipt:
    """The receipt in `folder`, or an empty one where there is none or it cannot be read."""
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return receipt if isinstance(receipt, dict) else {}


def _entries(receipt: Receipt) -> dict[str, dict[str, Any]]:
    """The files of a receipt by name; whatever in it is damaged is as if it were not there."""
    files = receipt.get("文件")
    if not isinstance(files, dict):
        return {}
    return {name: entry for name, entry in files.items() if isinstance(entry, dict) and _is_file_name(name)}


def _is_file_name(name: str) -> bool:
    return os.path.basename(name) == name and 0 < len(name.encode("utf-8", "replace")) <= _LONGEST_WITH_SUFFIX


def _entry(output: Output, present: str, entry: dict[str, Any]) -> dict[str, Any]:
    """What the receipt says of a file that is about to be written over `present`."""
    new = sha256(output.data)
    if present == new:
        return entry if entry.get("sha256") == new else {"sha256": new}
    return {"sha256": new, "前次": present} if present else {"sha256": new}


def _refuse_other_unit(folder: Path, before: Receipt, receipt: Receipt) -> None:
    """Two names may be one folder, on a disk that does not tell a from A for instance."""
    there, here = before.get("单位"), receipt.get("单位")
    if there and here and there != here:
        raise OutputError(
            f"这个文件夹里是另一单位「{there}」的文件，与「{here}」的文件夹同名",
            place=Place(str(folder)),
            hint="请修改其中一份的「单位.名称」，或换一个输出文件夹（-o）",
        )


def _why_kept(path: Path, output: Output, present: str, entry: dict[str, Any]) -> str:
    """Why the file at `path`, whose sha256 is `present`, must be left alone, or ""."""
    if not present or present == sha256(output.data):
        return ""
    owner = next((one for one in _owner_files(path) if one.exists()), None)
    if owner:
        return _OPEN.format(owner=owner.name)
    if present in (entry.get("sha256"), entry.get("前次")):
        return ""
    return _EDITED if entry else _UNKNOWN


def _owner_files(path: Path) -> Iterator[Path]:
    """The hidden files by which Word (with and without the first two letters), WPS and LibreOffice say it is open."""
    for name in (f"~${path.name[2:]}", f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#"):
        yield path.with_name(name)


def _present(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise refusal(path, error) from None


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One run at a time in `folder`, which is made when it is not there; another waits until this one has written.

    The folder itself is locked, so that no lock file stays behind. (The filelock package costs 0.1 s of start-up.)
    Windows cannot do that; two runs at once there may leave files that the next run takes for edited ones.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else -1
    except OSError as error:
        raise refusal(folder, error) from None
    try:
        if sys.platform != "win32":
            with suppress(OSError):  # some network drives cannot lock
                fcntl.flock(handle, fcntl.LOCK_EX)
        _clear_away(folder)
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def _clear_away(folder: Path) -> None:
    """Removes what a run that was killed left half written."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _LEFT_BEHIND.fullmatch(path.name):
                path.unlink()


def _replace(folder: Path, outputs: list[Output]) -> None:
    """Every file whole or as it was: all written beside their targets and flushed, then renamed in their order.

    A rename that is refused (a file open in Word on Windows) does not stop the other files.
    """
    beside = [(_beside(folder / output.name, number), folder / output.name) for number, output in enumerate(outputs)]
    try:
        for start in range(0, len(outputs), _FLUSHED_AT_ONCE):
            part = slice(start, start + _FLUSHED_AT_ONCE)
            _write_flushed(beside[part], outputs[part])
        refused = [error for temporary, path in beside if (error := _rename(temporary, path))]
        if refused:
            raise refused[0]
    except BaseException:
        for temporary, _ in beside:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise


def _is_there(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        return path.is_file() and not path.is_symlink() and path.read_bytes() == data
    return False


def _beside(path: Path, number: int) -> Path:
    return path.with_name(f".{path.name[:40]}.{number}.{os.getpid()}.tmp")


def _write_flushed(paths: Sequence[tuple[Path, Path]], outputs: Sequence[Output]) -> None:
    """Writes `outputs` and waits until they are on the disk: ten flushed at once take it as long as one."""
    with ExitStack() as opened:
        flushed = []
        for (temporary, path), output in zip(paths, outputs, strict=True):
            try:
                file = opened.enter_context(temporary.open("wb", buffering=0))
                _write_all(file, output.data)
            except OSError as error:
                raise refusal(path, error) from None
            flushed.append((path, _flusher().submit(os.fsync, file.fileno())))
        wait([future for _, future in flushed])  # all of them, before a file is closed
        for path, future in flushed:
            if isinstance(failure := future.exception(), OSError):
                raise refusal(path, failure) from None
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


def _rename(beside: Path, path: Path) -> OutputError | None:
    try:
        beside.replace(path)
    except OSError as error:
        return refusal(path, error)
    return None


_ELSEWHERE = "请换一个输出文件夹（-o）"
_FULL = ("磁盘空间不足，这份文件没有写入，原有文件完好", "请清理磁盘后重新生成")
_IN_THE_WAY = ("同名文件占用了文件夹的位置", "请移走该文件，或换一个输出文件夹（-o）")
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.EDQUOT: _FULL,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: ("同名文件夹占用了文件的位置", "请移走该文件夹，或换一个输出文件夹（-o）"),
    errno.EROFS: ("磁盘是只读的", _ELSEWHERE),
    errno.ENOENT: ("文件夹不存在，也无法新建", _ELSEWHERE),
    errno.ENAMETOOLONG: ("路径太长", "请换一个路径较短的输出文件夹（-o）"),
    errno.ELOOP: ("快捷链接绕成了圈", _ELSEWHERE),
}


def refusal(path: Path, error: OSError, *, hint: str = "") -> OutputError:
    """Why `path` cannot be written, in Chinese, with a way out (`hint` where a command knows a better one)."""
    place = Place(str(path))
    if isinstance(error, PermissionError):
        return OutputError("没有写入权限", place=place, hint=hint or "请关闭正在打开它的程序，或换一个输出文件夹（-o）")
    reason, usual = _REASONS.get(error.errno or 0, (f"无法写入（系统错误 {error.errno}）", _ELSEWHERE))
    return OutputError(reason, place=place, hint=hint or usual)
