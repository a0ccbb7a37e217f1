"""Writes a docx from members that lie ready and members that were just printed; the same input gives the same bytes."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

try:
    from isal import isal_zlib
except ImportError:  # the optional extra `fast`
    isal_zlib = None

_STORED = 0
_DEFLATED = 8
_VERSION = 20
_UTF8_NAME = 0x800
# 1980-01-01 00:00: a zip date must not tell when a document was printed
_TIME = 0
_DATE = 0x21
# window bits and memory level: more memory takes longer to set up and to slide
_SMALL = (-13, 6)
_LARGE = (-15, 6)
_SMALL_SIZE = 8_192
_TINY_SIZE = 1_024  # setting up deflate takes longer than 500 bytes are worth
_LOCAL_SIGN = b"PK\x03\x04"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class Packed(NamedTuple):
    """One file of the zip as it lies there; `size` is that of its content."""

    name: str
    method: int
    crc: int
    packed: bytes
    size: int


class Member(NamedTuple):
    """The same with its content."""

    name: str
    method: int
    crc: int
    packed: bytes
    data: bytes

    @property
    def size(self) -> int:
        """The size of the content."""
        return len(self.data)


class StaticZip(NamedTuple):
    """The members that never change, already laid out: local entries, their directory and how many they are."""

    entries: bytes
    directory: bytes
    members: int


def stored(name: str, data: bytes) -> Member:
    """A new member, not packed."""
    return Member(name, _STORED, zlib.crc32(data), data, data)


def lay_out(members: Iterable[Member | Packed]) -> StaticZip:
    """The members as they lie in the template (their compressed bytes are copied), ready to be joined."""
    entries = bytearray()
    directory = bytearray()
    count = 0
    for member in members:
        fields = (member.crc, len(member.packed), member.size)
        local, central = _headers(
            member.name, member.method, fields, len(entries)
        )
        entries += local + member.packed
        directory += central
        count += 1
    return StaticZip(bytes(entries), bytes(directory), count)


def write_zip(
    static: StaticZip, printed: Mapping[str, Sequence[bytes]], *, level: int = 6
) -> bytes:
    """The zip: the static entries first, then each printed member (given as chunks), deflated."""
    chunks = [static.entries]
    directory = [static.directory]
    offset = len(static.entries)
    for name, content in printed.items():
        method, packed, fields = _packed(content, level)
        local, central = _headers(name, method, fields, offset)
        chunks += (local, packed)
        directory.append(central)
        offset += len(local) + len(packed)
    index = b"".join(directory)
    count = static.members + len(printed)
    chunks += (
        index,
        _END.pack(b"PK\x05\x06", 0, 0, count, count, len(index), offset, 0),
    )
    return b"".join(chunks)


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The zip of these parts, each deflated."""
    return write_zip(
        lay_out(()), {name: (data,) for name, data in parts.items()}
    )


def _packed(
    content: Sequence[bytes], level: int
) -> tuple[int, bytes, tuple[int, int, int]]:
    """The method, the packed bytes, and the three header fields crc, packed size, size."""
    whole = sum(map(len, content))
    if whole < _TINY_SIZE:
        stored = b"".join(content)
        return _STORED, stored, (zlib.crc32(stored), whole, whole)
    packed, crc = _deflated(
        content, _SMALL if whole < _SMALL_SIZE else _LARGE, level
    )
    return _DEFLATED, packed, (crc, len(packed), whole)


def _deflated(
    content: Sequence[bytes], settings: tuple[int, int], level: int
) -> tuple[bytes, int]:
    """The packed bytes, and their crc before they were packed."""
    crc = 0
    packed = []
    if isal_zlib is not None:
        deflater = isal_zlib.compressobj(1, _DEFLATED, -15)
        crc32 = isal_zlib.crc32
    else:
        deflater = zlib.compressobj(level, _DEFLATED, *settings)
        crc32 = zlib.crc32
    for chunk in content:
        crc = crc32(chunk, crc)
        packed.append(deflater.compress(chunk))
    packed.append(deflater.flush())
    return b"".join(packed), crc


def _headers(
    name: str, method: int, fields: tuple[int, int, int], offset: int
) -> tuple[bytes, bytes]:
    raw = name.encode("utf-8")
    flags = 0 if name.isascii() else _UTF8_NAME
    common = (_VERSION, flags, method, _TIME, _DATE, *fields, len(raw), 0)
    local = _LOCAL.pack(_LOCAL_SIGN, *common) + raw
    central = (
        _CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, offset)
        + raw
    )
    return local, central


def own_members(data: bytes) -> Iterator[Packed]:
    """The members of a zip that was written here, entry by entry: nobody else had it, so nothing in it is doubted."""
    offset = 0
    while data.startswith(_LOCAL_SIGN, offset):
        _, _, _, method, _, _, crc, packed, size, named, extra = (
            _LOCAL.unpack_from(data, offset)
        )
        head = offset + _LOCAL.size
        name = data[head : head + named].decode("utf-8")
        start = head + named + extra
        offset = start + packed
        yield Packed(name, method, crc, data[start:offset], size)
