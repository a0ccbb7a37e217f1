"""The sections of several documents one after another: each on a new page, with its own page numbers."""

from collections.abc import Iterator

from lxml import etree

from reportgen.ooxml.names import DRAWING_ID, WORD_MAIN, W, word_names
from reportgen.ooxml.xml_parts import Element, child_of

_MARKS = word_names("bookmarkStart bookmarkEnd")
# what stands before the kind of page numbers in a section, and before the switch in the settings
_BEFORE_NUMBERS = (
    "headerReference footerReference pgSz pgMar paperSrc pgBorders lnNumType"
)
_BEFORE_SWITCH = "zoom mirrorMargins defaultTabStop autoHyphenation stylePaneSortMethod documentProtection"
_SMALL_PARAGRAPH = (
    f'<w:p xmlns:w="{WORD_MAIN}"><w:pPr>'
    '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


def start_on_new_page(section: Element) -> None:
    """The section begins on a new page, which is page 1."""
    for kind in section.findall(f"{W}type"):
        section.remove(kind)  # without one a section starts on a new page
    numbers = child_of(section, "pgNumType", _BEFORE_NUMBERS)
    numbers.set(f"{W}start", "1")


def tell_odd_from_even(settings: Element) -> Element:
    """The settings with headers of their own for even pages."""
    child_of(settings, "evenAndOddHeaders", _BEFORE_SWITCH).attrib.pop(
        f"{W}val", ""
    )
    return settings


def flow(bodies: list[Element]) -> Iterator[Element]:
    """The blocks of all bodies; the last section of each but the last moves into a paragraph, where Word wants it."""
    for position, body in enumerate(bodies):
        blocks = list(body)
        section = (
            blocks.pop() if blocks and blocks[-1].tag == f"{W}sectPr" else None
        )
        yield from blocks
        if section is None:
            continue
        if position == len(bodies) - 1:
            yield section
        elif blocks and _may_end_section(blocks[-1]):
            _end_section(blocks[-1], section)
        else:
            yield _section_mark(section)


def _may_end_section(block: Element) -> bool:
    return block.tag == f"{W}p" and block.find(f"{W}pPr/{W}sectPr") is None


def _end_section(paragraph: Element, section: Element) -> None:
    properties = child_of(paragraph, "pPr")
    change = properties.find(f"{W}pPrChange")
    if change is not None:
        change.addprevious(section)
    else:
        properties.append(section)


def _section_mark(section: Element) -> Element:
    """A paragraph of one point that ends a section after a table."""
    paragraph = etree.fromstring(_SMALL_PARAGRAPH)
    paragraph[0].append(section)
    return paragraph


def number_afresh(document: Element) -> None:
    """Drawings and bookmarks get numbers that occur once; a bookmark's name that came before gets a mark."""
    for number, drawing in enumerate(document.iter(DRAWING_ID), start=1):
        drawing.set("id", str(number))
    names: set[str] = set()
    open_marks: dict[str, str] = {}
    count = 0
    for mark in document.iter(*_MARKS):
        old = mark.get(f"{W}id", "")
        if mark.tag == f"{W}bookmarkStart":
            count += 1
            open_marks[old] = str(count)
            name = mark.get(f"{W}name", "")
            mark.set(
                f"{W}name",
                name if name not in names else f"{name[:30]}_{count}",
            )
            names.add(name)
        mark.set(f"{W}id", open_marks.get(old, old))
