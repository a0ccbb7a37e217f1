"""XML of a stranger to a tree, within limits; a tree to XML."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from reportgen.ooxml.encoding import XmlError, as_utf8, malformed
from reportgen.ooxml.names import W

MAX_ELEMENTS = 150_000  # in one part; a report of 200 pages has some 80 000


def parse_xml(data: bytes) -> etree._Element:
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


def serialized(root: etree._Element) -> bytes:
    """The tree as a part."""
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, standalone=True
    )


def highest_id(elements: Iterable[etree._Element], default: int = 0) -> int:
    """The highest number that one of some bookmarks, comments … has."""
    numbers = (str(one.get(f"{W}id", "")) for one in elements)
    known = (int(one) for one in numbers if one.isascii() and one.isdigit())
    return max(known, default=default)
