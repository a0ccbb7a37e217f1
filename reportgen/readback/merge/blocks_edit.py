"""Blocks put into a document, taken out, replaced: what Word asks of each."""

import copy
from collections import Counter

from lxml import etree

from reportgen.ooxml.blocks import TableRow, cell_merge
from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element, remove
from reportgen.readback.compare.align import align
from reportgen.readback.merge.runs import extras, replace_content

_OF_DOCUMENTS = (f"{W}body", f"{W}document")  # they end with their section
_BEFORE_MERGE = frozenset(
    W + name for name in ("cnfStyle", "tcW", "gridSpan", "hMerge")
)


def has_only_printed(base: Element, theirs: Element) -> bool:
    """Whether nothing but what was printed is lost with theirs: no section, picture, comment or change of a person."""
    return not has_section(theirs) and _extras_within(theirs) <= _extras_within(
        base
    )


def has_section(element: Element) -> bool:
    """Whether a section of the document ends within an element."""
    return next(element.iter(f"{W}sectPr"), None) is not None


def _extras_within(element: Element) -> Counter[str]:
    return sum(map(extras, element.iter(f"{W}p")), Counter())


def remove_block(element: Element) -> None:
    """Takes a block out; the last paragraph of its holder is only emptied."""
    if _must_stay(element):
        replace_content(element, ())
    else:
        remove(element)


def _must_stay(element: Element) -> bool:
    """Whether a holder would end without a paragraph, which Word takes for a broken document."""
    if element.tag != f"{W}p" or element.getnext() is not None:
        return False
    before = element.getprevious()
    return before is None or before.tag != f"{W}p"


def replace_block(old: Element, new: Element) -> None:
    """Puts one element in the place of another."""
    holder = old.getparent()
    if holder is not None:
        holder.replace(old, new)


def place_block(
    new: Element,
    position: int,
    counterparts: dict[int, Element],
    home: Element,
) -> bool:
    """Puts a block behind its predecessor or before its successor; False where neither is there.

    position: its own among the blocks of ours; counterparts: those of theirs, by positions of ours.
    """
    last = max(counterparts, default=0)
    before = _standing(counterparts, range(position - 1, -1, -1))
    behind = _standing(counterparts, range(position, last + 1))
    if before is not None:
        before.addnext(new)
    elif behind is not None:
        behind.addprevious(new)
    elif home.tag in _OF_DOCUMENTS:
        return False
    else:
        home.append(new)
    return True


def _standing(
    counterparts: dict[int, Element], positions: range
) -> Element | None:
    """The first of those at `positions` that is still in the document."""
    held = (counterparts[n] for n in positions if n in counterparts)
    return next((one for one in held if one.getparent() is not None), None)


def fill_up_row(
    new: Element,
    beside: Element | None,
    printed: Element,
) -> None:
    """Gives a new row as many cells more, or fewer, as its neighbour has by the hand of a person."""
    if beside is None:
        return
    own, there = TableRow(printed).parts, TableRow(beside).parts
    more = len(there) - len(own)
    missing = set(range(len(own))) - align(own, there).keys()
    if len(missing) == -more:
        for n in sorted(missing, reverse=True):
            remove(new.findall(f"{W}tc")[n])
    for _ in range(more):
        cell = etree.SubElement(new, f"{W}tc")
        etree.SubElement(cell, f"{W}p")


def cell_merges(element: Element) -> list[str]:
    """How every cell in a row or table takes part in a vertical merge."""
    return [cell_merge(cell) for cell in element.iter(f"{W}tc")]


def take_cell_merge(theirs: Element, ours: Element) -> None:
    """Lets a cell begin, go on or leave a vertical merge as it does in ours."""
    properties = theirs.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        theirs.insert(0, properties)
    old, new = properties.find(f"{W}vMerge"), ours.find(f"{W}tcPr/{W}vMerge")
    if old is not None:
        properties.remove(old)
    if new is None:
        return
    before = [n for n, one in enumerate(properties) if one.tag in _BEFORE_MERGE]
    place = before[-1] + 1 if before else 0
    properties.insert(place, copy.deepcopy(new))
