"""What a reader sees of a finished document: body, tables, text boxes, headers, footers, notes, charts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.ooxml.archive import read_archive
from reportgen.ooxml.encoding import as_utf8
from reportgen.ooxml.names import SIGNS, A, C, W
from reportgen.ooxml.part_names import part_title

if TYPE_CHECKING:
    from lxml import etree

_PARTS = re.compile(
    r"word/(?:(?:document|header|footer|comments|footnotes|endnotes)\d*|charts/chart\d*)\.xml"
)
_TEXTS = (f"{W}t", f"{A}t", f"{C}v", *SIGNS)
_HARDLY_THERE = (b"{", b"}", b"[")
_PARAGRAPHS = (f"{W}p", f"{A}p", f"{C}pt")


class Seen(NamedTuple):
    """One paragraph that can be seen and where: 正文, 表格, 文本框, 页眉 …"""

    place: str
    text: str


def seen_in(
    parts: Mapping[str, bytes], only_if: Sequence[str] = ()
) -> Iterator[Seen]:
    """Every paragraph in `parts` (name and XML); with `only_if`, of those alone in which one of these strings stands.

    Deleted text and codes of fields are not seen.
    """
    searches = _searches(tuple(only_if))
    for name, xml in parts.items():
        is_wanted = not searches or any(search(xml) for search in searches)
        if is_wanted and _PARTS.fullmatch(name):
            yield from _of_part(xml, part_title(name))


def visible_parts(data: bytes) -> dict[str, bytes]:
    """The parts of the .docx in which there is something to be seen, as XML."""
    return {
        member.name: as_utf8(member.data)
        for member in read_archive(data, _PARTS.fullmatch)
    }


@lru_cache(maxsize=8)
def _searches(signs: tuple[str, ...]) -> tuple[Callable[[bytes], object], ...]:
    """What looks for each of `signs` in XML."""
    return tuple(_search(sign.encode()) for sign in signs)


def _search(sign: bytes) -> Callable[[bytes], object]:
    """What looks for `sign` in the fastest way: 50 KB in 1 µs by a byte that XML hardly has, else in some 20 µs.

    A pattern leaps from one place of its first byte to the next, in half the time of `in` where that byte is rare.
    """
    first = sign[:1]
    rest = sign[1:]
    if first in _HARDLY_THERE:
        return lambda xml: first in xml and sign in xml
    if first.isupper() or first > b"\x7f":
        return re.compile(re.escape(first) + b"(?=%b)" % re.escape(rest)).search
    return re.compile(re.escape(sign)).search


def _of_part(xml: bytes, place: str) -> Iterator[Seen]:
    from reportgen.ooxml.xml_parts import parse_xml  # noqa: PLC0415  lxml: 20 ms, and few documents show what is looked for

    texts: dict[etree._Element, list[str]] = {}
    for node in parse_xml(xml).iter(*_TEXTS):
        paragraph = next(node.iterancestors(*_PARAGRAPHS), None)
        if paragraph is not None:
            texts.setdefault(paragraph, []).append(
                SIGNS.get(str(node.tag), node.text or "")
            )
    for paragraph, pieces in texts.items():
        if text := "".join(pieces).strip():
            yield Seen(_within(paragraph) or place, text)


def _within(paragraph: etree._Element) -> str:
    """表格 or 文本框, whichever the paragraph stands in; "" for neither."""
    above = next(paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
    if above is None:
        return ""
    return "文本框" if above.tag == f"{W}txbxContent" else "表格"
