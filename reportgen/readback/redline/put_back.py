"""What went, as it is put into the new document: its text as it looked, in styles that the new document has."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from reportgen.ooxml.blocks import Block, Holder, Paragraph
from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, remove
from reportgen.readback.redline.changed_paragraphs import plain_runs
from reportgen.readback.redline.characters import characters_of

_OF_OTHERS = word_names("numPr sectPr rPr pPrChange cnfStyle framePr")
_OF_ROWS = word_names("cnfStyle ins del trPrChange tblPrExChange tcPrChange")
_OF_TABLES = word_names("tblPrChange tblGridChange bookmarkStart bookmarkEnd")
_NAMED = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")


def paragraph_of(old: Element, styles: frozenset[str]) -> Element:
    """A paragraph of the old document."""
    made = etree.Element(f"{W}p")
    properties = old.find(f"{W}pPr")
    if properties is not None:
        made.append(_copied(properties, _OF_OTHERS))
    made.extend(plain_runs(characters_of(old)))
    return _in_styles(made, styles)


def table_of(old: Holder, styles: frozenset[str]) -> Element:
    """A table of the old document."""
    made = etree.Element(f"{W}tbl")
    for name in ("tblPr", "tblGrid"):
        found = old.element.find(f"{W}{name}")
        if found is not None:
            made.append(_copied(found, _OF_TABLES))
    made.extend(row_of(one, styles) for one in _holders(old))
    return _in_styles(made, styles)


def row_of(old: Holder, styles: frozenset[str]) -> Element:
    """A row of the old document."""
    made = etree.Element(f"{W}tr")
    for name in ("tblPrEx", "trPr"):
        found = old.element.find(f"{W}{name}")
        if found is not None:
            made.append(_copied(found, _OF_ROWS))
    for cell in _holders(old):
        held = etree.SubElement(made, f"{W}tc")
        properties = cell.element.find(f"{W}tcPr")
        if properties is not None:
            held.append(_copied(properties, _OF_ROWS))
        held.extend(paragraph_of(one, styles) for one in _paragraphs(cell))
    return made


def _paragraphs(holder: Holder) -> Iterator[Element]:
    """The paragraphs of a cell, those of tables within it too."""
    for one in holder.parts:
        if isinstance(one, Paragraph):
            yield one.element
        else:
            yield from _paragraphs(one)


def _holders(holder: Holder) -> Iterator[Holder]:
    parts: tuple[Block, ...] = holder.parts
    return (one for one in parts if isinstance(one, Holder))


def _copied(properties: Element, without: frozenset[str]) -> Element:
    made = copy.deepcopy(properties)
    for one in list(made.iter(*without)):
        remove(one)
    return made


def _in_styles(made: Element, styles: frozenset[str]) -> Element:
    for one in list(made.iter(*_NAMED)):
        if one.get(f"{W}val") not in styles:
            remove(one)
    return made
