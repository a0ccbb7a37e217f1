"""XML of a stranger to a tree, within limits; a tree to XML."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from reportgen.ooxml.encoding import XmlError, as_utf8, malformed
from reportgen.ooxml.names import W, word_names

# a node of a tree, for which lxml has no public name
Element = etree._Element

_WRAPPERS = word_names("sdt sdtContent customXml ins del moveTo moveFrom")
_WORD_NUMBER = re.compile("[0-9]{1,9}")
MAX_ELEMENTS = 150_000  # in one part; a report of 200 pages has some 80 000


def parse_xml(data: bytes) -> Element:
    """The root, without comments and processing instructions; nothing is fetched, no entity is expanded.

    Raises XmlError.
    """
    data = as_utf8(data)
    if data.count(b"<") > 2 * MAX_ELEMENTS:
        raise XmlError(
            f"内容过多（超过 {MAX_ELEMENTS} 个元素）", "请换用正常的模板"
        )
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise XmlError(
            "含有 DTD（实体声明），可能读取本机文件", "请换用来源可靠的模板"
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise malformed(f"第{line}行" if line else "") from error


def serialized(root: Element) -> bytes:
    """The tree as a part."""
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, standalone=True
    )


def value_of(element: Element, path: str, key: str = f"{W}val") -> str:
    """The attribute of what stands at `path` below an element, "" where there is none."""
    found = element.find(path)
    return "" if found is None else found.get(key, "")


def child_of(holder: Element, name: str, before: str = "") -> Element:
    """The child of that name, made behind the last of those that the schema wants before it."""
    found = holder.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        earlier = [one for one in holder if one.tag in word_names(before)]
        holder.insert(holder.index(earlier[-1]) + 1 if earlier else 0, found)
    return found


def unwrapped(
    container: Element, wrappers: frozenset[str] = _WRAPPERS
) -> Iterator[Element]:
    """What a container holds, also within controls and changes that are tracked."""
    for child in container.iterchildren(etree.Element):
        if child.tag in wrappers:
            yield from unwrapped(child, wrappers)
        else:
            yield child


def remove(element: Element) -> None:
    """Takes an element out."""
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def ids_of(elements: Iterable[Element], key: str = f"{W}id") -> Iterator[int]:
    """The numbers that bookmarks, comments … have, as far as they are numbers of Word."""
    for element in elements:
        number = element.get(key, "")
        if _WORD_NUMBER.fullmatch(number):
            yield int(number)


def highest_id(elements: Iterable[Element], default: int = 0) -> int:
    """The highest number that one of some bookmarks, comments … has."""
    return max(ids_of(elements), default=default)
