"""What the copy says of itself: its title, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, serialized

CORE, CORE_TYPE = (
    "docProps/core.xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
)
CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE = (
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
)
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_AUTHORS = frozenset(("creator", "lastModifiedBy"))
_TITLE = f"{{{_DUBLIN}}}title"


def title_of(package: Package) -> str:
    """The title in the properties of a document."""
    part = package.related("", "core-properties")
    return (package.tree(part).findtext(_TITLE) or "") if part else ""


def authors_of(package: Package) -> Iterator[str]:
    """Those whom its properties, comments and changes name."""
    part = package.related("", "core-properties")
    for element in package.tree(part) if part else ():
        if etree.QName(element).localname in _AUTHORS:
            yield element.text or ""
    for name in package.parts:
        if package.is_xml(name) and name.startswith("word/"):
            yield from _authors_in(package.tree(name))


def _authors_in(root: Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for key, value in element.items():
            if str(key).endswith("}author"):
                yield str(value)


def properties(title: str) -> bytes:
    """The properties of the copy."""
    root = etree.Element(
        f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DUBLIN}
    )
    if title:
        etree.SubElement(root, _TITLE).text = title
    return serialized(root)
