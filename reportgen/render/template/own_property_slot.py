"""What a document says of itself in a property of its own, so that it is known again when renamed or mailed."""

from __future__ import annotations

from lxml import etree

from reportgen.ooxml.document_identity import PROPERTY
from reportgen.ooxml.names import CUSTOM_MAIN, CUSTOM_PROPERTIES, PROPERTY_TYPES
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, ids_of, serialized
from reportgen.render.print.printing import MARK

_PART = "docProps/custom.xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EMPTY = f'<Properties xmlns="{CUSTOM_MAIN}" xmlns:vt="{PROPERTY_TYPES}"/>'
_FIRST_NUMBER = 2  # 0 and 1 are taken by the format of old


def with_own_property(package: Package) -> tuple[Package, str]:
    """The package with the property, its text still a mark, as the last one; and the part in which it stands."""
    part = package.related("", CUSTOM_PROPERTIES.relation)
    if part:
        properties = package.fresh_tree(part)
        _add_property(properties)
        return package.with_part(part, serialized(properties)), part
    properties = etree.fromstring(_EMPTY)
    _add_property(properties)
    package = package.with_part(
        _PART, serialized(properties), CUSTOM_PROPERTIES.content_type
    )
    return package.with_relation("", CUSTOM_PROPERTIES, _PART), _PART


def _add_property(properties: Element) -> None:
    for old in [item for item in properties if item.get("name") == PROPERTY]:
        properties.remove(old)
    number = max(ids_of(properties, "pid"), default=_FIRST_NUMBER - 1) + 1
    made = etree.SubElement(
        properties,
        f"{{{CUSTOM_MAIN}}}property",
        fmtid=_FORMAT,
        pid=str(number),
        name=PROPERTY,
    )
    value = etree.SubElement(
        made, f"{{{PROPERTY_TYPES}}}lpwstr", nsmap={"vt": PROPERTY_TYPES}
    )
    value.text = MARK
