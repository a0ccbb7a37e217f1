"""Which print a document came from: by its receipt, by what it says of itself when it was renamed or mailed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path

from reportgen.base_store import read_base
from reportgen.file_names import unit_folder
from reportgen.outputs import Receipt, read_receipt

_PROPERTY = re.compile(rb'<property\b[^>]*\bname="reportgen"[^>]*>.*?<[^>]*lpwstr[^>]*>(.*?)</', re.DOTALL)
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself."""

    year: str
    unit: str
    name: str
    pack: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was printed: the folder with its receipt, its name there, and how it was printed."""

    folder: Path
    name: str
    receipt: Receipt
    base: bytes | None


def identity_of(docx: bytes) -> Identity | None:
    """The identity in the properties of a document; None where it has none."""
    with suppress(zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError, NotImplementedError):
        with zipfile.ZipFile(BytesIO(docx)) as archive:
            if archive.getinfo("docProps/custom.xml").file_size > _LARGEST:
                return None
            found = _PROPERTY.search(archive.read("docProps/custom.xml"))
        parts = unescape(found.group(1).decode("utf-8")).split("/") if found else []
        if len(parts) >= 4:
            return Identity(parts[0], parts[1], "/".join(parts[2:-1]), parts[-1])
    return None


def origin_of(file: Path, docx: bytes, folders: Sequence[Path]) -> Origin | None:
    """The print that `file` came from: in its own folder under its own name, or else in one of `folders`, by what it
    says of itself; None where no receipt knows it."""
    identity = identity_of(docx)
    receipt = read_receipt(file.parent)
    if file.name in _files(receipt) and (identity is None or _is_of(identity, receipt)):
        return _origin(file.parent, file.name, receipt)
    if identity is None:
        return None
    name = f"{identity.name}.docx"
    for folder in (file.parent, *folders):
        receipt = read_receipt(folder)
        if name in _files(receipt) and _is_of(identity, receipt):
            return _origin(folder, name, receipt)
    return None


def _is_of(identity: Identity, receipt: Receipt) -> bool:
    """Whether the unit and year are those of the receipt: documents have the same names for every unit."""
    of_receipt = unit_folder(Path(), str(receipt.get("年度", "")), str(receipt.get("单位", "")))
    return of_receipt.parts == (identity.year, identity.unit)


def renamed_in(folder: Path, receipt: Receipt, gone: Sequence[str]) -> dict[str, list[Path]]:
    """Where in `folder` the documents `gone` lie now, those that say themselves which they are."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.docx")) if gone else ():
        with suppress(OSError):
            identity = identity_of(path.read_bytes())
            name = f"{identity.name}.docx" if identity and _is_of(identity, receipt) else ""
            if name in gone and path.name not in _files(receipt):
                found.setdefault(name, []).append(path)
    return found


def _files(receipt: Receipt) -> dict[str, dict[str, str]]:
    files = receipt.get("文件")
    return files if isinstance(files, dict) else {}


def _origin(folder: Path, name: str, receipt: Receipt) -> Origin:
    entry = _files(receipt)[name]
    digest = str(entry.get("sha256", "")) if isinstance(entry, dict) else ""
    return Origin(folder, name, receipt, read_base(folder, digest))
