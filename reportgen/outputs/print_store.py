"""What was printed, kept beside the documents: without it nobody can tell later what a person changed.

`.reportgen/base.zip` in a unit's folder holds, under its sha256, each document as it was printed, less what never
changes by printing (styles, fonts, pictures). `.reportgen/history` holds each document as it was before a merge.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from reportgen.core.plain_files import NotPlainError, read_plain, stays_in
from reportgen.ooxml.archive import ArchiveError, packed_members, read_archive
from reportgen.ooxml.zip_writer import lay_out, own_members, stored, write_zip

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


def _store(folder: Path) -> bytes:
    """The store; raises OSError, also where it lies outside of the folder."""
    if not stays_in(folder / STORE, folder):
        raise NotPlainError("这是指向别处的快捷链接")
    return read_plain(folder / STORE)


def read_base(folder: Path, digest: str) -> bytes | None:
    """The document with that sha256 as it was printed into `folder`; None where the store lacks or lost it."""
    with suppress(OSError, ArchiveError):
        store = _store(folder)
        for member in read_archive(store, lambda name: name == digest):
            return member.data
    return None


def known_bases(folder: Path) -> frozenset[str]:
    """The sha256 of every document in the store."""
    with suppress(OSError, ArchiveError):
        store = _store(folder)
        return frozenset(member.name for member in packed_members(store))
    return frozenset()


def packed_store(
    folder: Path, printed: Mapping[str, bytes], wanted: frozenset[str] | None
) -> bytes | None:
    """The store with `printed` (docx by sha256) and whatever of `wanted` it holds already; None where it has all.

    Without `wanted` it keeps all that it holds.
    """
    known = known_bases(folder)
    new = printed.keys() - known
    kept = known if wanted is None else known & wanted
    if not new and kept == known:
        return None
    old = ((digest, read_base(folder, digest)) for digest in kept)
    held = {digest: data for digest, data in old if data is not None}
    held |= {digest: stripped(printed[digest]) for digest in new}
    bases = (stored(digest, held[digest]) for digest in sorted(held))
    return write_zip(lay_out(bases), {})


def stripped(docx: bytes) -> bytes:
    """A docx that was printed here without the parts that merging does not look at; what stays is copied as it lies."""
    kept = (one for one in own_members(docx) if not one.name.startswith(_LEFT_OUT))
    return write_zip(lay_out(kept), {})


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
