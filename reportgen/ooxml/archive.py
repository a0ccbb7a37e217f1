"""Reads a zip as a bounded tuple of members; no library that trusts zips sees it before."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from reportgen.ooxml.zip_writer import Member, Packed

MAX_MEMBERS = 2_000
MAX_TOTAL = 60_000_000
MAX_PART = 20_000_000
MAX_RATIO = 150  # Word's own xml packs 10 to 20 times
RATIO_FROM = 5_000_000  # smaller parts may pack as well as they can

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_LOCAL_SIGN = b"PK\x03\x04"
_END_OF_DIRECTORY = b"PK\x05\x06"
_LONG_END, _LONG_ENDS = (
    b"PK\x06\x06",
    76,
)  # and its length with that of the locator
_MAX_DIRECTORY = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_STORED = 0
_DEFLATED = 8
_BROKEN = (
    zipfile.BadZipFile,
    struct.error,
    ValueError,
    EOFError,
    NotImplementedError,
    OverflowError,
)


@dataclass(eq=False)
class ArchiveError(Exception):
    """A zip that is not read: what is wrong, in which member, and what to do about it."""

    message: str
    part: str = ""
    hint: str = "请用 Word 或 WPS 打开后另存为新的 .docx"


class TooLargeError(ArchiveError):
    """A zip that would grow beyond all bounds."""


def _every(_name: str) -> bool:
    return True


def read_archive(
    data: bytes, wanted: Callable[[str], object] = _every
) -> tuple[Member, ...]:
    """The files of the zip that are wanted, in its order; raises ArchiveError when it is broken, too
    large or not plain."""
    return tuple(
        Member(*one[:4], _inflated(one)) for one in packed_members(data, wanted)
    )


def packed_members(
    data: bytes, wanted: Callable[[str], object] = _every
) -> Iterator[Packed]:
    """The same as they lie in the zip: their content is neither unpacked nor looked at."""
    for entry in _entries(data):
        if not entry.filename.endswith("/") and wanted(entry.filename):
            yield _packed(data, entry)


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    """The directory of the zip, within limits."""
    _refuse_other_formats(data)
    _refuse_large_directory(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except _BROKEN as error:
        raise ArchiveError("文件不完整或已损坏，不能作为 .docx 打开") from error
    _refuse_sizes(entries)
    seen: set[str] = set()
    for entry in entries:
        _refuse_name(entry)
        if entry.filename.lower() in seen:
            raise ArchiveError("同名部件出现了两次", part=entry.filename)
        seen.add(entry.filename.lower())
    return entries


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise ArchiveError(
            "文件是空的（0 字节）", hint="请换成完整的 .docx 模板"
        )
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
            "文件不完整（缺少结尾）",
            hint="可能没有复制或下载完，请重新取得原文件",
        )
    count, size = struct.unpack_from("<HI", data, end + 10)
    if end >= _LONG_ENDS and data.startswith(_LONG_END, end - _LONG_ENDS):
        # zip64 says it once more in longer numbers, and these count
        count, size = struct.unpack_from("<QQ", data, end - _LONG_ENDS + 32)
    if count > MAX_MEMBERS or size > _MAX_DIRECTORY:
        raise _too_many(count)


def _too_many(count: int) -> ArchiveError:
    return TooLargeError(f"内含 {count} 个部件，超过上限 {MAX_MEMBERS}")


def _refuse_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Raises ArchiveError where there is too much of it."""
    if len(entries) > MAX_MEMBERS:
        raise _too_many(len(entries))
    for entry in entries:
        _refuse_size(entry)
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL:
        raise TooLargeError(
            f"过大，展开后共 {total // 1_000_000} MB，超过上限 {MAX_TOTAL // 1_000_000} MB"
        )


def _refuse_size(entry: zipfile.ZipInfo) -> None:
    if entry.file_size > MAX_PART:
        raise TooLargeError(
            f"过大，展开后有 {entry.file_size // 1_000_000} MB，超过上限 {MAX_PART // 1_000_000} MB",
            part=entry.filename,
            hint="请压缩图片或换用正常的模板",
        )
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > RATIO_FROM and ratio > MAX_RATIO:
        raise TooLargeError(
            "压缩率异常，疑为压缩炸弹",
            part=entry.filename,
            hint="请换用正常的模板",
        )


def _refuse_name(entry: zipfile.ZipInfo) -> None:
    """Raises ArchiveError for a name that leads elsewhere, and for what Word does not read."""
    name = entry.filename
    if entry.orig_filename != name or _leaves_the_folder(name):
        raise ArchiveError(
            "部件名不合法（含 ..、绝对路径、反斜杠或控制字符）", part=name
        )
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveError(
            "部件加了密码", part=name, hint="请去掉密码后另存为 .docx"
        )
    if entry.compress_type not in {_STORED, _DEFLATED}:
        raise ArchiveError("用了 Word 不认识的压缩方法", part=name)


def _leaves_the_folder(name: str) -> bool:
    foreign = "\\" in name or ":" in name or min(name, default=" ") < " "
    return foreign or name.startswith("/") or ".." in name.split("/")


def _packed(data: bytes, entry: zipfile.ZipInfo) -> Packed:
    """One file as it lies in the zip."""
    try:
        header = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    except struct.error as error:
        raise ArchiveError("文件不完整或已损坏", part=entry.filename) from error
    start = entry.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
    packed = data[start : start + entry.compress_size]
    if header[0] != _LOCAL_SIGN or len(packed) != entry.compress_size:
        raise ArchiveError("文件不完整或已损坏", part=entry.filename)
    return Packed(
        entry.filename, entry.compress_type, entry.CRC, packed, entry.file_size
    )


def _inflated(member: Packed) -> bytes:
    """The content; no more of it is unpacked than the directory says there is."""
    plain = member.packed
    if member.method == _DEFLATED:
        try:
            plain = zlib.decompressobj(-15).decompress(plain, member.size + 1)
        except zlib.error as error:
            raise ArchiveError(
                "内容无法解压，文件已损坏", part=member.name
            ) from error
    if len(plain) != member.size or zlib.crc32(plain) != member.crc:
        raise ArchiveError("内容与校验值不符，文件已损坏", part=member.name)
    return plain
