"""Which print a document came from: by the number of the print in it, or else by its receipt."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.ooxml.document_identity import Identity
from reportgen.outputs.print_store import (
    own_print,
    read_base,
    read_print,
)
from reportgen.outputs.receipt import (
    EARLIER,
    MERGED_AS,
    PRINTED,
    Receipt,
    entries_of,
    prints_of,
    read_receipt,
    texts_at,
)


class Origin(NamedTuple):
    """Where a document was printed: the folder with its receipt, and how it was printed."""

    folder: Path
    receipt: Receipt
    base: bytes | None  # the very print that the document came from
    latest: bytes | None  # the last one
    prints: frozenset[str]  # the sha256 of each as it was printed
    merged: str | None  # of the last one that was merged


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
        if receipt and not identity.is_of(receipt):
            continue
        if name in entries_of(receipt):
            return _origin(folder, name, receipt, identity)
        # by that name it is no longer there, or the receipt is lost
        kept = identity.print_id and read_print(folder, identity.print_id)
        if kept:
            return Origin(folder, receipt, kept, None, frozenset(), None)
    return None


def _origin(
    folder: Path, name: str, receipt: Receipt, identity: Identity | None
) -> Origin:
    known = entries_of(receipt)[name]
    latest = read_base(folder, str(known.get(PRINTED, "")))
    # one that does not say which it is came from the print, where there was only one
    is_known = bool(identity and identity.print_id) or not texts_at(
        known, EARLIER
    )
    base = own_print(folder, latest, identity) if is_known else None
    return Origin(
        folder, receipt, base, latest, prints_of(known), known.get(MERGED_AS)
    )
