"""Which print a document came from: by its receipt, by what it says of itself when it was renamed or mailed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.ooxml.document_identity import identity_of
from reportgen.outputs.print_store import read_base
from reportgen.outputs.receipt import Receipt, read_receipt


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was printed: the folder with its receipt, its name there, and how it was printed."""

    folder: Path
    name: str
    receipt: Receipt
    base: bytes | None
    written: frozenset[str]  # the sha256 of what a build left there


def origin_of(file: Path, docx: bytes, folders: Sequence[Path]) -> Origin | None:
    """The print that `file` came from: in its own folder under its own name, or else in one of `folders`, by what it
    says of itself; None where no receipt knows it."""
    identity = identity_of(docx)
    receipt = read_receipt(file.parent)
    if file.name in _files(receipt) and (identity is None or identity.is_of(receipt)):
        return _origin(file.parent, file.name, receipt)
    if identity is None:
        return None
    name = f"{identity.name}.docx"
    for folder in (file.parent, *folders):
        receipt = read_receipt(folder)
        if name in _files(receipt) and identity.is_of(receipt):
            return _origin(folder, name, receipt)
    return None


def _files(receipt: Receipt) -> dict[str, dict[str, str]]:
    files = receipt.get("文件")
    return files if isinstance(files, dict) else {}


def _origin(folder: Path, name: str, receipt: Receipt) -> Origin:
    entry = _files(receipt)[name]
    known = entry if isinstance(entry, dict) else {}
    base = read_base(folder, str(known.get("sha256", "")))
    return Origin(folder, name, receipt, base, frozenset(map(str, known.values())))
