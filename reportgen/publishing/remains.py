"""The copy opened once more as a stranger would: is anything left of what must not be there?"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.package import Package, read_package
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element
from reportgen.publishing.boxed_signs import boxed_signs, text_of
from reportgen.publishing.kept_parts import kept_parts
from reportgen.publishing.masker import Masker
from reportgen.publishing.properties import CORE
from reportgen.publishing.texts import text_groups, typed_attributes
from reportgen.publishing.tracked_changes import CHANGES

_FORBIDDEN = CHANGES | word_names(
    "commentReference commentRangeStart vanish rsids docVars attachedTemplate mailMerge permStart sdt smartTag ffData"
)
_LEFT = "{where}还有{kind}"
_PART = "还有多余的部件 {part}"
_SIGN = "{where}还有 {name}"
_MARK = "_rg_"


def remains_in(data: bytes, masker: Masker) -> list[str]:
    """What is left in a copy, one line each; nothing where it is clean."""
    package = read_package(data, "")
    return list(dict.fromkeys(_remains(package, masker)))


def _remains(package: Package, masker: Masker) -> Iterator[str]:
    kept = kept_parts(package)
    for part in package.parts:
        is_own = (
            part in kept
            or part in {"[Content_Types].xml", CORE}
            or part.endswith(".rels")
        )
        if not is_own:
            yield _PART.format(part=part)
        if package.is_xml(part):
            yield from _in_part(package.tree(part), part_label(part), masker)


def _in_part(root: Element, where: str, masker: Masker) -> Iterator[str]:
    for text in _every_text(root):
        for one in masker.spots(text):
            yield _LEFT.format(where=where, kind=one.kind)
    for element in root.iter(etree.Element):
        if element.tag in _FORBIDDEN or _tells_of_editing(element):
            name = etree.QName(element).localname
            yield _SIGN.format(where=where, name=name)


def _every_text(root: Element) -> Iterator[str]:
    """The texts as they are read, and whatever is text in elements that nobody has thought of."""
    yield from (group.text for group in text_groups(root))
    yield from map(text_of, boxed_signs(root))
    yield from (value for _, _, value in typed_attributes(root))
    yield from (one.text for one in root.iter(etree.Element) if one.text)


def _tells_of_editing(element: Element) -> bool:
    name = element.get(f"{W}name", "")
    is_mark = element.tag == f"{W}bookmarkStart" and name.startswith(_MARK)
    return is_mark or any("}rsid" in str(key) for key in element.attrib)
