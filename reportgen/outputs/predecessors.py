"""Edited documents that go on under another name: their project was renamed or moved, their unit was renamed."""

from collections.abc import (
    Collection,
    Iterator,
)
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reportgen.core.file_names import sha256
from reportgen.ooxml.document_identity import identity_of, renamed_in
from reportgen.outputs.file_states import digest_of
from reportgen.outputs.print_store import own_print, read_base
from reportgen.outputs.receipt import (
    BEFORE_MERGE,
    OLDER_BASE,
    PRINTED,
    ROLE,
    Entry,
    Receipt,
    entries_of,
    name_on_disk,
    prints_of,
)
from reportgen.outputs.whole_files import Output, is_there, read_file


class Predecessor(NamedTuple):
    """A document that a person edited: the name that it was printed under, what the receipt of that run says of it."""

    name: str
    path: Path
    entry: Entry
    receipt: Receipt
    data: bytes

    @property
    def base_digest(self) -> str:
        """The sha256 of the print that it came from; that of a merge that a kill cut short is older."""
        is_cut = sha256(self.data) == self.entry.get(BEFORE_MERGE)
        return str(self.entry.get(OLDER_BASE if is_cut else PRINTED, ""))

    def base(self, now: Output) -> bytes | None:
        """The print that it came from, which may be what is printed `now`; None where it is no longer kept."""
        folder, digest = self.path.parent, self.base_digest
        is_now = digest == now.digest
        known = now.data if is_now else read_base(folder, digest)
        return own_print(folder, known, identity_of(self.data))

    def give_way(self, heir: Path) -> None:
        """Goes from the folder in which its `heir` has another name, unless a person saved it just now."""
        is_moved = heir.parent == self.path.parent and heir != self.path
        if is_moved and is_there(self.path, self.data):
            with suppress(OSError):
                self.path.unlink()


def edited_documents(
    folder: Path, receipt: Receipt, wanted: Collection[str]
) -> Iterator[Predecessor]:
    """The documents in `folder`, but for those `wanted`, that differ from every print of them; raises OutputError."""
    moved = renamed_documents(folder, receipt, wanted)
    for name, entry in entries_of(receipt).items():
        names = moved.get(name) or [name_on_disk(name, entry)]
        path = folder / names[0]
        is_one = name not in wanted and len(names) == 1
        data = read_file(path) if is_one else None
        if data is not None and sha256(data) not in prints_of(entry):
            yield Predecessor(name, path, entry, receipt, data)


def is_free(folder: Path, name: str, entry: Entry) -> bool:
    """Whether the document of that name has no edits that could be lost: it is as printed, or not there."""
    present = digest_of(folder / name_on_disk(name, entry))
    return not present or present in prints_of(entry)


def left_over(
    folder: Path,
    receipt: Receipt,
    names: Collection[str],
    edited: Collection[Path],
) -> tuple[Path, ...]:
    """Files that earlier runs wrote to `folder` without those `names` and what is `edited`: of a project that was
    renamed, for instance."""
    paths = (
        folder / name_on_disk(name, entry)
        for name, entry in entries_of(receipt).items()
        if name not in names
    )
    return tuple(one for one in paths if one not in edited and one.exists())


def is_in_role(entry: Entry, role: str) -> bool:
    """Whether what was printed was a document of that role, as far as is known."""
    return entry.get(ROLE) in {None, role}


def renamed_documents(
    folder: Path, receipt: Receipt, names: Collection[str]
) -> dict[str, list[str]]:
    """For each document that is no longer there under its name, those in `folder` that say they are that document.

    `names` are not looked at. Left out is what could be neither replaced nor merged: to give it another name is how one
    asks for a new print.
    """
    known = entries_of(receipt)
    gone = {one for one in known if not (folder / one).exists()}
    found = renamed_in(folder, receipt, gone, {*names, *known})
    return {
        name: [
            path.name
            for path in paths
            if _can_follow(folder, path, known[name])
        ]
        for name, paths in found.items()
    }


def _can_follow(folder: Path, path: Path, entry: Entry) -> bool:
    digest = str(entry.get(PRINTED, ""))
    return read_base(folder, digest) is not None or digest_of(path) == digest
