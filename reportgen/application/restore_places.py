"""What was changed in a document taken back, place by place: its words as they were before."""

from collections.abc import Iterable

from reportgen.ooxml.blocks import content_of
from reportgen.ooxml.document import Document
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.edits import Edit, EditSpot
from reportgen.readback.merge.blocks_edit import (
    has_section,
    place_block,
    remove_block,
)
from reportgen.readback.merge.runs import replace_content
from reportgen.readback.merge.style_map import StyleMap


def take_back(edited: Document, edits: Iterable[Edit]) -> list[Edit]:
    """Those of `edits`, which lead to `edited`, that could be taken back: what needs a picture or a chart could not."""
    style_map = StyleMap.of(edited)
    done = [
        one for one in edits if one.spot and _take_back(one.spot, style_map)
    ]
    if done:
        edited.changed |= {edited.package.main, *edited.margins()}
    return done


def _take_back(spot: EditSpot, style_map: StyleMap) -> bool:
    if spot.old is not None:
        copied = style_map.copied(spot.old.element)
        return copied is not None and _put_back(spot, copied)
    if spot.new is None or has_section(spot.new.element):
        return False
    remove_block(spot.new.element)
    return True


def _put_back(spot: EditSpot, copied: Element) -> bool:
    if spot.new is not None:
        replace_content(spot.new.element, content_of(copied))
        return True
    is_placed = place_block(copied, spot.position, spot.beside, spot.home)
    spot.beside[spot.position] = copied
    return is_placed
