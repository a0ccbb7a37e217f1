"""Changes of a document taken back one by one."""

from collections.abc import Iterable

from reportgen.ooxml.blocks import content_of
from reportgen.ooxml.document import Document
from reportgen.ooxml.names import R
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.edits import MOVED, Edit, EditSpot
from reportgen.readback.merge.blocks_edit import (
    has_section,
    place_block,
    remove_block,
)
from reportgen.readback.merge.runs import replace_content
from reportgen.readback.merge.style_map import StyleMap


def taken_back(
    edited: Document,
    edits: Iterable[Edit],
) -> int:
    """How many of `edits`, which lead to `edited`, could be taken back: what needs a picture or a chart could not."""
    style_map = StyleMap.of(edited)
    edited.changed |= {edited.package.main, *edited.margins()}
    return sum(_take_back(one.spot, style_map) for one in edits if one.spot)


def _take_back(
    spot: EditSpot,
    style_map: StyleMap,
) -> bool:
    if spot.old is not None:
        copied = style_map.copied(spot.old.element)
        return copied is not None and _put_back(spot, copied)
    if spot.new is None or has_section(spot.new.element):
        return False
    remove_block(spot.new.element)
    return True


def _put_back(
    spot: EditSpot,
    copied: Element,
) -> bool:
    if spot.new is not None:
        replace_content(spot.new.element, content_of(copied))
        return True
    is_placed = place_block(copied, spot.position, spot.beside, spot.home)
    spot.beside[spot.position] = copied
    return is_placed


def can_be_taken_back(edit: Edit) -> bool:
    """Whether it can be taken back by itself: it is no move, and holds no picture, no chart and no section."""
    spot = edit.spot
    if spot is None or edit.kind == MOVED:
        return False
    blocks = (one.element for one in (spot.old, spot.new) if one is not None)
    return not any(_holds_more(one) for one in blocks)


def _holds_more(element: Element) -> bool:
    names = (str(key) for one in element.iter() for key, _ in one.items())
    return has_section(element) or any(one.startswith(R) for one in names)
