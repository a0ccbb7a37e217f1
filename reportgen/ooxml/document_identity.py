"""What a document says of itself in its properties, by which it is known when it was renamed or mailed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.core.file_names import unit_folder
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.encoding import XmlError

PROPERTY = "reportgen"
_PART = "docProps/custom.xml"


@dataclass(frozen=True, slots=True)
class Identity:
    """Year and unit as they name its folder, its file name without .docx, and the pack that it was printed with."""

    year: str
    unit: str
    name: str
    pack: str

    @property
    def text(self) -> str:
        """As it stands in the properties: 年度/单位/文件名/模板包."""
        return f"{self.year}/{self.unit}/{self.name}/{self.pack}"

    def is_of(self, receipt: Mapping[str, Any]) -> bool:
        """Whether unit and year are those of the receipt: documents have the same names for every unit."""
        folder = unit_folder(
            Path(), str(receipt.get("年度", "")), str(receipt.get("单位", ""))
        )
        return folder.parts == (self.year, self.unit)


def identity_for(year: str, unit: str, file: str, pack: str) -> Identity:
    """The identity of the document that is printed into `file`."""
    named_year, named_unit = unit_folder(Path(), year, unit).parts
    return Identity(named_year, named_unit, file.removesuffix(".docx"), pack)


def identity_of(docx: bytes) -> Identity | None:
    """The identity that a document has; None where it has none, or is no document that can be read."""
    with suppress(ArchiveError, XmlError):
        for part in read_archive(docx, lambda name: name == _PART):
            pieces = _property(part.data).split("/")
            if len(pieces) >= 4:
                return Identity(
                    pieces[0], pieces[1], "/".join(pieces[2:-1]), pieces[-1]
                )
    return None


def _property(custom: bytes) -> str:
    """What the property says in the part for properties of one's own; empty where it is not there."""
    from reportgen.ooxml.xml_parts import parse_xml  # noqa: PLC0415  lxml: 20 ms, and few documents were renamed

    for item in parse_xml(custom):
        if item.get("name") == PROPERTY and len(item):
            return item[0].text or ""
    return ""


def renamed_in(
    folder: Path,
    receipt: Mapping[str, Any],
    gone: Collection[str],
    taken: Collection[str],
) -> dict[str, list[Path]]:
    """Where in `folder` the documents `gone` lie now: those that say themselves which they are.

    `taken` are the names of documents that are there under their own.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.docx")) if gone else ():
        if path.name in taken or path.name.startswith(("~$", ".")):
            continue
        with suppress(OSError):
            identity = identity_of(read_plain(path))
            name = (
                f"{identity.name}.docx" if identity and identity.is_of(receipt) else ""
            )
            if name in gone:
                found.setdefault(name, []).append(path)
    return found
