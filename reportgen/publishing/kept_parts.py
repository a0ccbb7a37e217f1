"""Which parts of a document the copy keeps: what is seen in it, and nothing that only programs read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from reportgen.ooxml.names import A, R, W
from reportgen.ooxml.package import (
    Package,
    Relation,
    relations_part,
    relations_root,
)
from reportgen.ooxml.xml_parts import Element, remove, serialized
from reportgen.publishing.masker import Masker
from reportgen.publishing.patterns import narrow
from reportgen.publishing.tracked_changes import unwrap

_SEEN = frozenset(
    (
        "styles",
        "numbering",
        "settings",
        "fontTable",
        "theme",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "image",
        "chart",
        "chartUserShapes",
        "chartStyle",
        "chartColorStyle",
        "themeOverride",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "diagramDrawing",
        "font",
    )
)
_LINK = "hyperlink"
_WEB = ("http://", "https://")
_R = R[1:-1]


def kept_parts(package: Package) -> dict[str, tuple[Relation, ...]]:
    """The parts that are kept, each with the relations that are."""
    found: dict[str, tuple[Relation, ...]] = {}
    wanted = [package.main]
    while wanted:
        part = wanted.pop()
        if part in found:
            continue
        kept = tuple(
            one for one in package.relations(part) if _is_kept(package, one)
        )
        found[part] = kept
        wanted += [one.target for one in kept if not one.external]
    return found


def _is_kept(package: Package, one: Relation) -> bool:
    if one.external:
        return one.kind == _LINK and narrow(one.target).startswith(_WEB)
    return one.kind in _SEEN and one.target in package.parts


def without_links(
    relations: tuple[Relation, ...], masker: Masker
) -> tuple[Relation, ...]:
    """The relations but for addresses on the web that tell of a person."""
    return tuple(
        one
        for one in relations
        if not (one.external and masker.spots(one.target))
    )


def drop_dangling(root: Element, keys: frozenset[str]) -> list[str]:
    """Takes out what refers to a part that is not kept; the names of the elements."""
    dropped = []
    for element in list(root.iter(etree.Element)):
        gone = [
            name
            for name, value in element.items()
            if str(name).startswith(f"{{{_R}}}") and value and value not in keys
        ]
        if not gone:
            continue
        dropped.append(etree.QName(element).localname)
        _drop(element, [str(one) for one in gone])
    return dropped


def _drop(element: Element, names: list[str]) -> None:
    """A link becomes its text, a picture loses its source, anything else goes."""
    if element.tag == f"{W}hyperlink":
        for name in names:
            del element.attrib[name]
        if not element.get(f"{W}anchor"):
            unwrap(element)
    elif element.tag == f"{A}blip":
        for name in names:
            del element.attrib[name]
    else:
        remove(element)


def relation_parts(
    kept: dict[str, tuple[Relation, ...]],
) -> Iterator[tuple[str, bytes]]:
    """The parts that hold the relations of the copy."""
    for part, relations in kept.items():
        if not relations:
            continue
        folder = posixpath.join("/", posixpath.dirname(part))
        placed = [
            one
            if one.external
            else one._replace(
                target=posixpath.relpath(f"/{one.target}", folder)
            )
            for one in relations
        ]
        yield relations_part(part), serialized(relations_root(placed))
