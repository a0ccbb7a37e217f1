"""What a document says of itself in a property of its own, so that it is known again when renamed or mailed."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from lxml import etree

from reportgen.ooxml.package import CONTENT_TYPES, Package
from reportgen.render.print.own_property import MARK, PROPERTY
from reportgen.render.template.bind_charts import serialized, with_parts

_PART = "docProps/custom.xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_NUMBER = 2  # 0 and 1 are taken by the format of old
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_EMPTY = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>'
_Opened = TypeVar("_Opened", bound=Package)


def with_own_property(package: _Opened) -> tuple[_Opened, str]:
    """The package with the property, its text still a mark, as the last one; and the part in which it stands."""
    part = next(
        (
            one.target
            for one in package.relations("")
            if one.kind == "custom-properties"
        ),
        "",
    )
    if part in package.parts:
        changed = {part: _added(package.fresh_tree(part))}
    else:
        part = _PART
        changed = {
            part: _added(etree.fromstring(_EMPTY)),
            CONTENT_TYPES: _declared(package.fresh_tree(CONTENT_TYPES)),
            "_rels/.rels": _related(package.fresh_tree("_rels/.rels")),
        }
    return replace(package, members=with_parts(package.members, changed)), part


def _added(root: etree._Element) -> bytes:
    for old in [item for item in root if item.get("name") == PROPERTY]:
        root.remove(old)
    numbers = (item.get("pid", "") for item in root)
    number = (
        max(
            (int(one) for one in numbers if one.isascii() and one.isdigit()),
            default=_FIRST_NUMBER - 1,
        )
        + 1
    )
    made = etree.SubElement(
        root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid=str(number), name=PROPERTY
    )
    etree.SubElement(made, f"{{{_VALUES}}}lpwstr", nsmap={"vt": _VALUES}).text = MARK
    return serialized(root)


def _declared(types: etree._Element) -> bytes:
    name = f"/{_PART}"
    for old in [
        item for item in types if str(item.get("PartName", "")).lower() == name.lower()
    ]:
        types.remove(old)
    etree.SubElement(
        types,
        f"{{{_PACKAGES}/content-types}}Override",
        PartName=name,
        ContentType=_TYPE,
    )
    return serialized(types)


def _related(relations: etree._Element) -> bytes:
    taken = {item.get("Id") for item in relations}
    key = next(
        key
        for number in range(1, len(taken) + 2)
        if (key := f"rIdC{number}") not in taken
    )
    tag = f"{{{_PACKAGES}/relationships}}Relationship"
    etree.SubElement(relations, tag, Id=key, Type=_RELATION, Target=_PART)
    return serialized(relations)
