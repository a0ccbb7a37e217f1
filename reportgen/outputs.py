"""Documents on disk: safe names, whole files only, and nothing written over what a person changed.

The receipt is written first and names what is about to be written as well as what stood there before, so that a run
that is killed in the middle never mistakes its own file for a person's.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.errors import OutputError, Place

RECEIPT = "receipt.json"
_LONGEST = 120  # bytes of a name; Windows allows 260 characters for a whole path, Linux 255 bytes for a name
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")


@dataclass(frozen=True, slots=True)
class Output:
    """One file to be written: its name within the unit's folder and its bytes."""

    name: str
    data: bytes


def safe_name(text: str, *, fallback: str = "未命名") -> str:
    """`text` as a file or folder name that Windows, Linux and a USB stick accept; at most 120 bytes.

    Characters that no file name may hold become _, reserved names (CON, NUL …) get a _ in front; a name that had to be
    cut ends with a mark made from the whole, so that two long names stay two.
    """
    name = _UNSAFE.sub("_", text.encode("utf-8", "replace").decode("utf-8")).strip(" .\u3000\t")
    if not name.strip("_ ."):
        name = fallback + ("" if not text.strip() else "_" + _mark(text))
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name.encode()) > _LONGEST:
        cut = name.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip(" .")
        name = f"{cut}_{_mark(text)}"
    return name


def _mark(text: str) -> str:
    return sha256(text.encode("utf-8", "replace"))[:8]


def sha256(data: bytes) -> str:
    """The sha256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one output: `kept` when a person has changed the file and it was left alone."""

    path: Path
    kept: str = ""

    @property
    def place(self) -> Place:
        """The file as a place."""
        return Place(str(self.path))


def write_outputs(folder: Path, outputs: list[Output], receipt: dict[str, Any]) -> list[Written]:
    """Writes `outputs` and the receipt into `folder`; raises OutputError, leaving every old file whole."""
    _make_folder(folder)
    before = read_receipt(folder)
    known: dict[str, Any] = before.get("文件", {})
    kept = {output.name: why for output in outputs if (why := _why_kept(folder / output.name, known, output))}
    files = {
        output.name: known.get(output.name, {})
        if output.name in kept
        else {"sha256": sha256(output.data), "前次": _present(folder / output.name)}
        for output in outputs
    }
    _replace(folder / RECEIPT, json.dumps({**receipt, "文件": files}, ensure_ascii=False, indent=1).encode())
    for output in outputs:
        if output.name not in kept:
            _replace(folder / output.name, output.data)
    return [Written(folder / output.name, kept.get(output.name, "")) for output in outputs]


def read_receipt(folder: Path) -> dict[str, Any]:
    """The receipt in `folder`, or an empty one where there is none or it cannot be read."""
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return receipt if isinstance(receipt, dict) else {}


def _why_kept(path: Path, known: dict[str, Any], output: Output) -> str:
    """Why the file at `path` must be left alone, or ""."""
    for owner in (path.with_name("~$" + path.name[2:]), path.with_name(f".~lock.{path.name}#")):
        if owner.exists():
            return "文件正在 Word 或 WPS 中打开，未更新；请关闭后重新生成"
    present = _present(path)
    entry = known.get(path.name, {})
    if not present or present in (sha256(output.data), entry.get("sha256"), entry.get("前次")):
        return ""
    return "文件在生成后被修改过，已保留修改、未覆盖；需要新稿时请先把它改名或移走，再重新生成"


def _present(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _refused(path, error) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from None


def _replace(path: Path, data: bytes) -> None:
    """The whole file or none: written beside its target, flushed, renamed."""
    beside = path.with_name(f".{path.name[:40]}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> OutputError:
    if isinstance(error, PermissionError):
        return OutputError("没有写入权限", place=Place(str(path)), hint="请换一个输出文件夹（-o），或关闭正在打开它的程序")
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return OutputError("同名文件占用了文件夹的位置", place=Place(str(path)), hint="请换一个输出文件夹（-o）")
    if error.errno in (28, 27, 122):  # ENOSPC, EFBIG, EDQUOT
        return OutputError("磁盘空间不足，文件未写入，原有文件未受影响", place=Place(str(path)), hint="请清理磁盘后重新生成")
    return OutputError(f"无法写入（{error.strerror or error}）", place=Place(str(path)), hint="请换一个输出文件夹（-o）")
