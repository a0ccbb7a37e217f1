"""The marks of tracked changes: a run that came or went, the end of a paragraph, a row."""

from __future__ import annotations

import copy
from itertools import count

from lxml import etree

from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element, child_of

CAME, WENT = "ins", "del"
AUTHOR = "新旧对照"
_BEFORE_LOOK = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle"
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Marks:
    """Makes the marks of one document, each with a number of its own."""

    def __init__(self, first: int) -> None:
        self._numbers = count(first)

    def make(self, kind: str) -> Element:
        """A mark that holds nothing yet."""
        return etree.Element(
            f"{W}{kind}",
            {f"{W}id": str(next(self._numbers)), f"{W}author": AUTHOR},
        )

    def wrap(self, run: Element, kind: str) -> None:
        """Marks a run of the document as one that came or went."""
        place = etree.Element(run.tag)
        run.addprevious(place)
        place.addnext(self.marked(run, kind))
        holder = place.getparent()
        if holder is not None:
            holder.remove(place)

    def marked(self, run: Element, kind: str) -> Element:
        """A run within a mark."""
        mark = self.make(kind)
        mark.append(run)
        if kind == WENT:
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
        return mark

    def wrap_all(self, paragraph: Element, kind: str) -> None:
        """Marks every run of a paragraph."""
        for run in list(paragraph.iter(f"{W}r")):
            is_own = next(run.iterancestors(f"{W}p")) is paragraph
            if is_own:
                self.wrap(run, kind)

    def mark_end(self, paragraph: Element, kind: str) -> None:
        """Marks the end of a paragraph: it came with it, or went, and two paragraphs are one without it."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        look = child_of(properties, "rPr", _BEFORE_LOOK)
        look.insert(0, self.make(kind))

    def mark_row(self, row: Element, kind: str) -> None:
        """Marks a row, with all that stands in it."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            earlier = row.find(f"{W}tblPrEx")
            row.insert(0 if earlier is None else 1, properties)
        properties.append(self.make(kind))
        for paragraph in row.iter(f"{W}p"):
            self.wrap_all(paragraph, kind)


def run_of(text: str, look: Element | None) -> Element:
    """A run with that text, which may have tabs and line breaks, and the look of another."""
    run = etree.Element(f"{W}r")
    if look is not None:
        run.append(copy.deepcopy(look))
    held: Element | None = None
    for sign in text:
        name = {"\t": "tab", "\n": "br"}.get(sign, "")
        if name:
            etree.SubElement(run, f"{W}{name}")
            held = None
        elif held is None:
            held = etree.SubElement(run, f"{W}t")
            held.set(_SPACE, "preserve")
            held.text = sign
        else:
            held.text = (held.text or "") + sign
    return run
