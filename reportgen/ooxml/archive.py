"""Reads a zip as a bounded tuple of members, before any library that trusts zips may see it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from reportgen.ooxml.zip_writer import Member

MAX_MEMBERS = 2_000
MAX_TOTAL = 60_000_000
MAX_PART = 20_000_000
MAX_RATIO = (
    150  # Word's own xml packs 10 to 20 times; only counts for parts over RATIO_FROM
)
RATIO_FROM = 5_000_000

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_END_OF_DIRECTORY = b"PK\x05\x06"
_MAX_DIRECTORY = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_STORED, _DEFLATED = 0, 8


class ArchiveError(Exception):
    """A zip that is not read: what is wrong, in which member, and what to do about it."""

    def __init__(
        self,
        message: str,
        *,
        part: str = "",
        hint: str = "请用 Word 或 WPS 打开后另存为新的 .docx",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.part = part
        self.hint = hint


def read_archive(data: bytes) -> tuple[Member, ...]:
    """Every file of the zip, in its order; raises ArchiveError when it is broken, too large or not plain."""
    _refuse_other_formats(data)
    _refuse_large_directory(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (
        zipfile.BadZipFile,
        struct.error,
        ValueError,
        EOFError,
        NotImplementedError,
        OverflowError,
    ) as error:
        raise ArchiveError("文件不完整或已损坏，不能作为 .docx 打开") from error
    _refuse_sizes(entries)
    _refuse_names(entries)
    return tuple(
        _member(data, entry) for entry in entries if not entry.filename.endswith("/")
    )


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise ArchiveError("文件是空的（0 字节）", hint="请换成完整的 .docx 模板")
    if data.startswith(_OLE):
        raise ArchiveError(
            "这是旧的 .doc 格式或加了打开密码的文件",
            hint="请在 Word 或 WPS 中去掉密码，另存为 .docx",
        )
    if not data.startswith(b"PK"):
        raise ArchiveError(
            "不是 Word 文档（.docx），只是改了扩展名",
            hint="请换成 Word 或 WPS 保存的 .docx",
        )


def _refuse_large_directory(data: bytes) -> None:
    end = data.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(data) < end + 22:
        raise ArchiveError(
            "文件不完整（缺少结尾）", hint="可能没有复制或下载完，请重新取得原文件"
        )
    count, size = struct.unpack_from("<HI", data, end + 10)
    if count > MAX_MEMBERS or size > _MAX_DIRECTORY:
        raise ArchiveError(f"内含 {count} 个部件，超过上限 {MAX_MEMBERS}")


def _refuse_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_MEMBERS:
        raise ArchiveError(f"内含 {len(entries)} 个部件，超过上限 {MAX_MEMBERS}")
    total = 0
    for entry in entries:
        total += entry.file_size
        if entry.file_size > MAX_PART:
            raise ArchiveError(
                f"展开后有 {entry.file_size // 1_000_000} MB，超过上限 {MAX_PART // 1_000_000} MB",
                part=entry.filename,
                hint="请压缩图片或换用正常的模板",
            )
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(
            entry.compress_size, 1
        ):
            raise ArchiveError(
                "压缩率异常，疑为压缩炸弹", part=entry.filename, hint="请换用正常的模板"
            )
    if total > MAX_TOTAL:
        raise ArchiveError(
            f"展开后共 {total // 1_000_000} MB，超过上限 {MAX_TOTAL // 1_000_000} MB"
        )


def _refuse_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if entry.orig_filename != name or _leaves_the_folder(name):
            raise ArchiveError(
                "部件名不合法（含 ..、绝对路径、反斜杠或控制字符）", part=name
            )
        if name.lower() in seen:
            raise ArchiveError("同名部件出现了两次", part=name)
        seen.add(name.lower())
        if entry.flag_bits & _ENCRYPTED:
            raise ArchiveError(
                "部件加了密码", part=name, hint="请去掉密码后另存为 .docx"
            )
        if entry.compress_type not in {_STORED, _DEFLATED}:
            raise ArchiveError("用了 Word 不认识的压缩方法", part=name)


def _leaves_the_folder(name: str) -> bool:
    return (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or any(char < " " for char in name)
    )


def _member(data: bytes, entry: zipfile.ZipInfo) -> Member:
    try:
        header = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    except struct.error as error:
        raise ArchiveError("文件不完整或已损坏", part=entry.filename) from error
    start = entry.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
    packed = data[start : start + entry.compress_size]
    if header[0] != b"PK\x03\x04" or len(packed) != entry.compress_size:
        raise ArchiveError("文件不完整或已损坏", part=entry.filename)
    plain = _inflated(packed, entry)
    if len(plain) != entry.file_size or zlib.crc32(plain) != entry.CRC:
        raise ArchiveError("内容与校验值不符，文件已损坏", part=entry.filename)
    return Member(entry.filename, entry.compress_type, entry.CRC, packed, plain)


def _inflated(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type == _STORED:
        return packed
    try:
        return zlib.decompressobj(-15).decompress(packed, entry.file_size + 1)
    except zlib.error as error:
        raise ArchiveError("内容无法解压，文件已损坏", part=entry.filename) from error
