"""Files to text: decoding, size limits, and what to say when a file is not the text it should be."""

import codecs
import hashlib
import re
import stat
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple, NoReturn

from reportgen.core.errors import Place
from reportgen.core.findings import ERROR, Finding, Rejected

MAX_BYTES = 16 * 1024 * 1024

_SAVE_AS = "请在记事本或WPS中“另存为”并选择 UTF-8 编码"

# What a file is when its first bytes say so; people drop the wrong file more often than a broken one.
_SIGNATURES = (
    (b"PK\x03\x04", "Word、Excel 文档或压缩包"),
    (b"PK\x05\x06", "压缩包"),
    (
        b"\xd0\xcf\x11\xe0",
        "旧版 Word、Excel 文档（.doc、.xls）或加了密码的文档",
    ),
    (b"%PDF", "PDF 文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)
_BY_SUFFIX = {
    ".docx": "Word 文档（.docx）",
    ".docm": "Word 文档（.docm）",
    ".xlsx": "Excel 工作簿（.xlsx）",
    ".xlsm": "Excel 工作簿（.xlsm）",
    ".pptx": "演示文稿（.pptx）",
    ".zip": "压缩包（.zip）",
}


class SourceText(NamedTuple):
    """One file as text: the path as typed, line ends as LF, and the sha256 of the bytes as they lie on disk."""

    path: str
    text: str
    sha256: str


def read_text(path: Path) -> SourceText:
    """The text of a file in UTF-8 (with or without BOM) or UTF-16 with BOM; Rejected (DAT001) for anything else."""
    data = read_limited(path)
    text = _decode(path, data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        _refuse(
            path,
            "文件是空的；请填写内容（unit.yaml 可以用 reportgen new 生成一份带说明的）",
        )
    _refuse_nul(path, text, data)
    return SourceText(str(path), text, hashlib.sha256(data).hexdigest())


def _refuse(
    path: Path, message: str, *, line: int = 0, column: int = 0
) -> NoReturn:
    """Say why a file cannot be read."""
    raise Rejected(
        [
            Finding(
                "DAT001",
                ERROR,
                message,
                Place(str(path), line, column),
            )
        ]
    ) from None


def read_limited(path: Path) -> bytes:
    """The bytes of a file that is one, and not too large."""
    too_large = f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像是手工填写的；请检查是否选错了文件"
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            _refuse(path, "这是文件夹，不是文件；请指定文件夹里的 yaml 文件")
        if not stat.S_ISREG(mode):  # a pipe or a device could be read for ever
            _refuse(
                path, "这不是普通文件（可能是管道或设备）；请指定一个 yaml 文件"
            )
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        _refuse(path, _missing(path))
    except PermissionError:
        _refuse(
            path,
            "没有读取这个文件的权限，或文件正被其他程序占用；请关闭占用它的程序，或检查文件权限",
        )
    except OSError as error:
        _refuse(
            path, f"文件无法读取（系统错误 {error.errno}）；请检查路径和磁盘"
        )
    except ValueError:  # a NUL in the path
        _refuse(path, "路径中含有空字符，不是有效的路径；请检查文件名")
    if len(data) > MAX_BYTES:
        _refuse(path, too_large)
    return data


def _missing(path: Path) -> str:
    """The message for a missing file, with the most similar name in its folder."""
    folder = path.parent
    try:
        names = sorted(
            entry.name for entry in folder.iterdir() if entry.is_file()
        )
    except OSError:
        return f"找不到文件，文件夹“{folder}”也不存在或打不开；请检查路径"
    close = [
        name for name in names if Path(name).stem == path.stem
    ] or get_close_matches(path.name, names, n=1)
    if close:
        return f"找不到文件；同一文件夹里有“{close[0]}”，是否应为它"
    return "找不到文件；请检查文件名和路径"


def _decode(path: Path, data: bytes) -> str:
    """The text of the bytes, in one of the encodings that are read."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            named = _BY_SUFFIX.get(path.suffix.lower(), kind)
            _refuse(
                path,
                f"这是{named}，不是 yaml 文本文件；请指定填写数据的 yaml 文件（例如 unit.yaml）",
            )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            _refuse(
                path,
                f"文件开头标明是 UTF-16 编码，内容却不完整或已损坏；{_SAVE_AS}",
            )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts behind the BOM that it has taken away.
        offset = error.start + (
            len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        )
        _refuse(
            path, _not_utf8(data, offset), line=data.count(b"\n", 0, offset) + 1
        )


def _not_utf8(data: bytes, offset: int) -> str:
    """Why these bytes are not UTF-8, which they cease to be at `offset`."""
    before = data[:offset].decode("utf-8", "replace")
    if re.search(r"[\u2e80-\ud7ff\uf900-\uffef]", before.lstrip("\ufeff")):
        return f"该文件是UTF-8编码，但从这一行起有损坏的字节（可能复制或下载不完整）；请修正这一行后，{_SAVE_AS[1:]}"
    if b"\0" in data:
        return f"该文件不是UTF-8编码（看起来是UTF-16），{_SAVE_AS}"
    for encoding, name in (("gb18030", "GBK"), ("big5", "Big5（繁体）")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if re.search(r"[\u4e00-\u9fff]", text):
            return f"该文件不是UTF-8编码（看起来是{name}），{_SAVE_AS}"
    return f"该文件不是UTF-8编码，{_SAVE_AS}"


def _refuse_nul(path: Path, text: str, data: bytes) -> None:
    """Refuse a text with signs of value 0, which no text has."""
    at = text.find("\0")
    if at < 0:
        return
    if data.count(0) * 4 > len(
        data
    ):  # every other byte of ASCII text in UTF-16
        _refuse(path, f"该文件不是UTF-8编码（看起来是UTF-16），{_SAVE_AS}")
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    _refuse(
        path,
        "文件里有空字符（U+0000），可能已损坏或不是文本文件；请删去这个字符后重新保存",
        line=line,
        column=column,
    )
