"""What was printed, kept beside the documents: without it nobody can tell later what a person changed.

`.reportgen/base.zip` in a unit's folder holds, under its sha256, each document as it was printed, less what never
changes by printing (styles, fonts, pictures). `.reportgen/history` holds each document as it was before a merge.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

FOLDER = ".reportgen"
STORE = f"{FOLDER}/base.zip"
HISTORY = f"{FOLDER}/history"
_LEFT_OUT = (
    *(
        "word/styles.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/webSettings.xml",
        "word/fontTable.xml",
    ),
    *(
        "word/theme/",
        "word/media/",
        "word/fonts/",
        "word/embeddings/",
        "docProps/app.xml",
    ),
)
_TIME = (1980, 1, 1, 0, 0, 0)  # the same documents give the same store
_LARGEST = 100_000_000  # bytes of one document in the store
_BROKEN = (OSError, zipfile.BadZipFile, ValueError, NotImplementedError)
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


def read_base(folder: Path, digest: str) -> bytes | None:
    """The document with that sha256 as it was printed into `folder`; None where the store lacks or lost it."""
    with (
        suppress(KeyError, RuntimeError, EOFError, *_BROKEN),
        zipfile.ZipFile(folder / STORE) as store,
    ):
        if store.getinfo(digest).file_size <= _LARGEST:
            return store.read(digest)
    return None


def known_bases(folder: Path) -> frozenset[str]:
    """The sha256 of every document in the store."""
    with suppress(*_BROKEN), zipfile.ZipFile(folder / STORE) as store:
        return frozenset(store.namelist())
    return frozenset()


def packed_store(
    folder: Path, printed: Iterable[tuple[str, bytes]], wanted: frozenset[str]
) -> bytes | None:
    """The store with `printed` (sha256 and docx) and whatever of `wanted` it holds already; None where it has all."""
    known = known_bases(folder)
    new = {digest: data for digest, data in printed if digest not in known}
    if not new and known <= wanted:
        return None
    old = {
        digest: data
        for digest in known & wanted
        if (data := read_base(folder, digest)) is not None
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as store:
        for digest, data in sorted(
            {**old, **{digest: stripped(data) for digest, data in new.items()}}.items()
        ):
            store.writestr(zipfile.ZipInfo(digest, _TIME), data)
    return buffer.getvalue()


def stripped(docx: bytes) -> bytes:
    """A docx that was printed here without the parts that merging does not look at; what stays is copied as it lies."""
    entries: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for info, entry in _entries(docx):
        name = info.filename.encode()
        flags, method = info.flag_bits, info.compress_type
        common = (
            20,
            flags,
            method,
            0,
            0x21,
            info.CRC,
            info.compress_size,
            info.file_size,
            len(name),
            0,
        )
        directory.append(
            _CENTRAL.pack(b"PK\x01\x02", 20, *common, 0, 0, 0, 0, offset) + name
        )
        entries.append(entry)
        offset += len(entry)
    index = b"".join(directory)
    end = _END.pack(
        b"PK\x05\x06", 0, 0, len(entries), len(entries), len(index), offset, 0
    )
    return b"".join((*entries, index, end))


def _entries(docx: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        infos = archive.infolist()
    for info in infos:
        if info.filename.startswith(_LEFT_OUT):
            continue
        *_, name, extra = _LOCAL.unpack_from(docx, info.header_offset)
        end = info.header_offset + _LOCAL.size + name + extra + info.compress_size
        yield info, docx[info.header_offset : end]


def history_name(folder: Path, name: str) -> str:
    """Where the document `name` goes before it is merged: a number that no file there has."""
    stem, suffix = Path(name).stem, Path(name).suffix
    taken: set[str] = set()
    with suppress(OSError):
        taken = {path.name for path in (folder / HISTORY).iterdir()}
    return next(
        f"{HISTORY}/{one}"
        for n in range(1, len(taken) + 2)
        if (one := f"{stem}.{n}{suffix}") not in taken
    )
