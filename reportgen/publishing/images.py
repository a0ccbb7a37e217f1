"""What pictures say besides what they show: who took them, where, with which device; taken out."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_TOLD = frozenset(
    (*range(0xE1, 0xEE), 0xEF, 0xFE)
)  # EXIF, XMP, comments; not JFIF, nor Adobe's colours
_SCAN, _SIZE = 0xDA, 2
_WRITTEN = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))


def without_remarks(data: bytes) -> bytes:
    """A picture without what is written beside it; other formats than JPEG and PNG stay as they are."""
    try:
        if data.startswith(_JPEG):
            return _JPEG + b"".join(_jpeg_segments(data))
        if data.startswith(_PNG):
            return _PNG + b"".join(_png_chunks(data))
    except (struct.error, IndexError):
        pass  # broken: it is shown as far as it goes
    return data


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at = len(_JPEG)
    while at < len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker == _SCAN:
            yield data[at:]
            return
        end = at + _SIZE + struct.unpack_from(">H", data, at + _SIZE)[0]
        if marker not in _TOLD or _is_profile(data[at + 4 : end]):
            yield data[at:end]
        at = end


def _is_profile(content: bytes) -> bool:
    """Whether a segment holds the colours of the picture."""
    return content.startswith(b"ICC_PROFILE")


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        end = at + length + 12
        if data[at + 4 : at + 8] not in _WRITTEN:
            yield data[at:end]
        at = end
