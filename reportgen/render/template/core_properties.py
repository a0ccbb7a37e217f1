"""What a print says of itself in Word's own properties: its title, the unit as its author, the day it was filled in."""

from typing import Any

from lxml import etree

from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import serialized
from reportgen.render.print.printing import CORE, CORE_AUTHOR, CORE_DATE

_PROPERTIES = (
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
)
_DUBLIN, _TERMS = (
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
)
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIXES: Any = {"dcterms": _TERMS}
_KEPT = (f"{{{_DUBLIN}}}title", f"{{{_DUBLIN}}}language")
_OURS = (
    (f"{{{_DUBLIN}}}creator", CORE_AUTHOR),
    (f"{{{_PROPERTIES}}}lastModifiedBy", CORE_AUTHOR),
)


def with_own_core(package: Package) -> Package:
    """The package with properties that name nobody who made the template; what has tags stays as it is."""
    if CORE not in package.parts:
        return package
    root = package.fresh_tree(CORE)
    for old in list(root):
        if "{" not in (old.text or "") and old.tag not in _KEPT:
            root.remove(old)
    for name, text in _OURS:
        if root.find(name) is None:
            etree.SubElement(root, name).text = text
    for name in ("created", "modified"):
        date = etree.SubElement(root, f"{{{_TERMS}}}{name}", nsmap=_PREFIXES)
        date.set(f"{{{_INSTANCE}}}type", "dcterms:W3CDTF")
        date.text = CORE_DATE
    return package.with_part(CORE, serialized(root))
