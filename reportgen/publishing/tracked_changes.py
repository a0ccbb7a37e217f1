"""Tracked changes accepted, as Word does it: what came stays, what went goes, with its rows and paragraph marks."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, remove

_COME = word_names("ins moveTo")
_GONE = word_names("del moveFrom")
_BEFORE = word_names(
    "rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange tblGridChange tblPrExChange "
    "numberingChange cellIns cellMerge moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
    "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd "
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd"
)
_CELL_GONE = f"{W}cellDel"
_MARK, _ROW = f"{W}rPr", f"{W}trPr"
_PROPERTIES = f"{W}pPr"
CHANGES = _COME | _GONE | _BEFORE | {_CELL_GONE}


def accept_changes(root: Element) -> int:
    """Accepts every tracked change of a part; how many there were."""
    count = sum(1 for _ in root.iter(*_COME, *_GONE, _CELL_GONE))
    for one in list(root.iter(*_BEFORE)):
        remove(one)
    for one in list(root.iter(_CELL_GONE)):
        remove_block(next(one.iterancestors(f"{W}tc")))
    gone = list(root.iter(*_GONE))
    for one in sorted(gone, key=_is_of_mark):  # the content before the ends
        _take_away(one)
    for one in list(root.iter(*_COME)):
        unwrap(one)
    return count


def _take_away(change: Element) -> None:
    """Removes what was deleted; the mark on a row or on the end of a paragraph stands for that."""
    holder = change.getparent()
    if holder is None:
        return
    if holder.tag == _ROW:
        remove_block(next(change.iterancestors(f"{W}tr")))
    elif _is_of_mark(change):
        paragraph = next(change.iterancestors(f"{W}p"))
        holder.remove(change)
        _join_with_next(paragraph)
    else:
        holder.remove(change)


def _is_of_mark(change: Element) -> bool:
    """Whether a change is that of the end of a paragraph."""
    properties = change.getparent()
    if properties is None or properties.tag != _MARK:
        return False
    above = properties.getparent()
    return above is not None and above.tag == _PROPERTIES


def _join_with_next(paragraph: Element) -> None:
    """A paragraph whose end was deleted goes on in the next, which keeps its own properties."""
    following = paragraph.getnext()
    content = [one for one in paragraph if one.tag != _PROPERTIES]
    if following is not None and following.tag == f"{W}p":
        at = 1 if following.find(_PROPERTIES) is not None else 0
        for one in reversed(content):
            following.insert(at, one)
        remove(paragraph)
    elif not content:
        remove_block(paragraph)


def unwrap(element: Element) -> None:
    """Puts what an element holds into its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)


def unwrap_all(elements: Iterable[Element]) -> None:
    """The same of many, those within others too."""
    for one in list(elements):
        unwrap(one)


def remove_block(element: Element) -> None:
    """Takes a paragraph, row, cell or table out; a cell keeps a paragraph, and what is then empty goes too."""
    holder = element.getparent()
    if holder is None:
        return
    is_in_cell = holder.tag in word_names(
        "tc txbxContent hdr ftr footnote endnote"
    )
    if element.tag == f"{W}p" and is_in_cell:
        blocks = holder.findall(f"{W}p") + holder.findall(f"{W}tbl")
        if len(blocks) == 1 or holder[-1] is element:
            for child in list(element):
                if child.tag != _PROPERTIES:
                    element.remove(child)
            return
    holder.remove(element)
    is_row_or_table = holder.tag in word_names("tbl tr")
    if is_row_or_table and not list(holder.iter(f"{W}tc")):
        remove_block(holder)
