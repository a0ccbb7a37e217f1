"""Numbers and names of which every sign stands in a cell of its own, as forms have boxes for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element
from reportgen.publishing.patterns import Spotted


def boxed_signs(root: Element) -> Iterator[list[Element]]:
    """The texts of neighbouring cells of a row that hold one sign each."""
    for row in root.iter(f"{W}tr"):
        boxes: list[Element] = []
        for cell in row.iterchildren(f"{W}tc"):
            sign = _only_sign(cell)
            if sign is not None:
                boxes.append(sign)
                continue
            yield boxes
            boxes = []
        yield boxes


def _only_sign(cell: Element) -> Element | None:
    texts = [one for one in cell.iter(f"{W}t") if (one.text or "").strip()]
    if len(texts) == 1 and len((texts[0].text or "").strip()) == 1:
        return texts[0]
    return None


def text_of(boxes: Sequence[Element]) -> str:
    """What boxes say, a sign each."""
    return "".join((one.text or "").strip() for one in boxes)


def mask_boxes(boxes: Sequence[Element], spot: Spotted) -> None:
    """Shows in the boxes of a spot what is shown instead of it."""
    hidden = boxes[spot.start : spot.end]
    shown = spot.shown
    if len(shown) != len(hidden):
        shown = "*" * len(hidden)
    for box, sign in zip(hidden, shown, strict=True):
        box.text = sign
