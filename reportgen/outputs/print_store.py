"""What was printed, kept beside the documents: without it nobody can tell later what a person changed.

`.reportgen/base.zip` in a unit's folder holds, under its sha256, each document as it was printed, less what never
changes by printing (styles, fonts, pictures). `.reportgen/history` holds each document as it was before a merge.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from reportgen.core.plain_files import NotPlainError, read_plain, stays_in
from reportgen.ooxml.archive import ArchiveError, packed_members, read_archive
from reportgen.ooxml.document_identity import Identity, identity_of
from reportgen.ooxml.zip_writer import (
    Member,
    Packed,
    lay_out,
    own_members,
    stored,
    write_zip,
)

FOLDER = ".reportgen"
STORE = f"{FOLDER}/base.zip"
HISTORY = f"{FOLDER}/history"
UNDONE = "撤销"  # in the name of a file that is kept: it was taken back
_LEFT_OUT = (
    "word/styles.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/webSettings.xml",
    "word/fontTable.xml",
    "word/theme/",
    "word/media/",
    "word/fonts/",
    "word/embeddings/",
    "docProps/app.xml",
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


def read_print(folder: Path, print_id: str) -> bytes | None:
    """The document that says of itself that it is that print; None where the store lacks it."""
    with suppress(OSError, ArchiveError):
        for member in read_archive(_store(folder)):
            identity = identity_of(member.data)
            if identity is not None and identity.print_id == print_id:
                return member.data
    return None


def own_print(
    folder: Path, latest: bytes | None, identity: Identity | None
) -> bytes | None:
    """The print that a document came from, which may be the `latest`; of one without a number it is that."""
    print_id = identity.print_id if identity else ""
    known = identity_of(latest) if latest else None
    if not print_id or (known and known.print_id == print_id):
        return latest
    return read_print(folder, print_id)


def packed_store(
    folder: Path, printed: Mapping[str, bytes], wanted: frozenset[str] | None
) -> bytes | None:
    """The store with `printed` (docx by sha256) and whatever of `wanted` it holds already; None where it has all.

    Without `wanted` it keeps all that it holds.
    """
    known = _members(folder)
    new = printed.keys() - known.keys()
    kept = known.keys() if wanted is None else known.keys() & wanted
    if not new and len(kept) == len(known):
        return None
    held: dict[str, Member | Packed] = {
        digest: known[digest] for digest in kept
    }
    held |= {
        digest: stored(digest, stripped(printed[digest])) for digest in new
    }
    return write_zip(lay_out(held[digest] for digest in sorted(held)), {})


def _members(folder: Path) -> dict[str, Packed]:
    """The documents in the store as they lie there, by their sha256."""
    with suppress(OSError, ArchiveError):
        return {one.name: one for one in packed_members(_store(folder))}
    return {}


def stripped(docx: bytes) -> bytes:
    """A docx that was printed here without the parts that merging does not look at; what stays is copied as it lies."""
    kept = (
        one for one in own_members(docx) if not one.name.startswith(_LEFT_OUT)
    )
    return write_zip(lay_out(kept), {})


def kept_of(folder: Path, name: str) -> Iterator[tuple[int, Path]]:
    """The files that were kept of `name` when something else was put in its place, each with its number."""
    stem, dot, suffix = map(re.escape, name.rpartition("."))
    numbered = re.compile(
        rf"{stem}{dot}(\d{{1,9}})(?:\.{UNDONE})?{dot}{suffix}"
    )
    with suppress(OSError):
        for path in (folder / HISTORY).iterdir():
            if found := numbered.fullmatch(path.name):
                yield int(found[1]), path


def history_name(folder: Path, name: str) -> str:
    """Where the file `name` goes before something is put in its place: a number higher than all there."""
    last, _ = max(kept_of(folder, name), default=(0, folder))
    return f"{HISTORY}/{Path(name).stem}.{last + 1}{Path(name).suffix}"
