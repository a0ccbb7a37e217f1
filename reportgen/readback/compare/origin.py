"""Which print a document came from: by the number of the print in it, or else by its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.ooxml.document_identity import Identity
from reportgen.outputs.print_store import (
    own_print,
    read_base,
    read_print,
)
from reportgen.outputs.receipt import (
    PRINTED,
    Receipt,
    earlier_prints,
    entries_of,
    read_receipt,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was printed: the folder with its receipt, its name there, and how it was printed."""

    folder: Path
    name: str
    receipt: Receipt
    base: bytes | None  # the very print that the document came from
    latest: bytes | None  # the last one
    written: frozenset[str]  # the sha256 of what a build left there


def origin_of(
    file: Path, identity: Identity | None, folders: Sequence[Path]
) -> Origin | None:
    """The print that `file`, which says that it is `identity`, came from: in its own folder under its own name, or else
    in one of `folders`, by what it says of itself; None where no receipt knows it."""
    receipt = read_receipt(file.parent)
    if file.name in entries_of(receipt) and (
        identity is None or identity.is_of(receipt)
    ):
        return _origin(file.parent, file.name, receipt, identity)
    if identity is None:
        return None
    name = f"{identity.name}.docx"
    for folder in (file.parent, *folders):
        receipt = read_receipt(folder)
        if name in entries_of(receipt) and identity.is_of(receipt):
            return _origin(folder, name, receipt, identity)
    return _without_receipt(file.parent, name, identity)


def _without_receipt(
    folder: Path, name: str, identity: Identity
) -> Origin | None:
    """The print that is still kept beside a document whose receipt is lost."""
    kept = read_print(folder, identity.print_id) if identity.print_id else None
    return Origin(folder, name, {}, kept, None, frozenset()) if kept else None


def _origin(
    folder: Path, name: str, receipt: Receipt, identity: Identity | None
) -> Origin:
    known = entries_of(receipt)[name]
    earlier = earlier_prints(known)
    written = (one for one in known.values() if isinstance(one, str))
    latest = read_base(folder, str(known.get(PRINTED, "")))
    # one that does not say which it is came from the print, where there was only one
    is_known = bool(identity and identity.print_id) or not earlier
    base = own_print(folder, latest, identity) if is_known else None
    return Origin(
        folder, name, receipt, base, latest, frozenset((*written, *earlier))
    )
