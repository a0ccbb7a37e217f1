"""What a document says of itself in its properties, by which it is known when it was renamed or mailed."""

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.core.file_names import unit_folder
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.encoding import XmlError

PROPERTY = "reportgen"
CUSTOM = "docProps/custom.xml"
_PRINT = re.compile(r"(.*)#([0-9a-f]{16})", re.DOTALL)


class Identity(NamedTuple):
    """Year and unit as they name its folder, its file name without .docx, and the pack that it was printed with.

    `print_id` tells this print from those before and after it; "" in a document of an earlier version.
    """

    year: str
    unit: str
    name: str
    pack: str
    print_id: str = ""

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
        for part in read_archive(docx, lambda name: name == CUSTOM):
            return _identity(_property(part.data))
    return None


def _identity(text: str) -> Identity | None:
    numbered = _PRINT.fullmatch(text)
    told, print_id = numbered.groups() if numbered else (text, "")
    year, _, rest = told.partition("/")
    unit, _, rest = rest.partition("/")
    name, slash, pack = rest.rpartition("/")
    return Identity(year, unit, name, pack, print_id) if slash else None


def with_print(identity: str, parts: Mapping[str, Sequence[bytes]]) -> str:
    """`identity` with a number that follows from what is printed, the parts of the document with their content."""
    if not identity:
        return ""
    digest = blake2b(digest_size=8)
    for name in sorted(parts):
        digest.update(name.encode())
        for chunk in parts[name]:
            digest.update(chunk)
    return f"{identity}#{digest.hexdigest()}"


def _property(custom: bytes) -> str:
    """What the property says in the part for properties of one's own; empty where it is not there."""
    from reportgen.ooxml.xml_parts import parse_xml  # noqa: PLC0415  lxml: 20 ms, and few documents were renamed

    told = own_property(parse_xml(custom))
    return "" if told is None else told.text or ""


def own_property(custom: Any) -> Any:
    """The element that holds what a document says of itself, in the part for properties of one's own; or None."""
    named = (one for one in custom if one.get("name") == PROPERTY and len(one))
    return next((one[0] for one in named), None)


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
                f"{identity.name}.docx"
                if identity and identity.is_of(receipt)
                else ""
            )
            if name in gone:
                found.setdefault(name, []).append(path)
    return found
