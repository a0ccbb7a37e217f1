"""Paragraphs that the print numbered are numbered on, whatever a person took out or put between them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reportgen.ooxml.blocks import Blocks, blocks_in
from reportgen.ooxml.paragraph_text import read_line, replace_text
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.numbering import (
    ListNumber,
    list_number,
    printed_series,
)

_LEAST = 2  # a paragraph that stands alone has no number
_Elements = frozenset[Element]


class _Item(NamedTuple):
    """A numbered paragraph as it stands now; `is_printed` where the number is the print's own."""

    element: Element
    number: ListNumber
    is_printed: bool


def renumber(
    home: Element,
    ours: Blocks,
    counterparts: Mapping[int, Element],
    printed: _Elements,
) -> Iterator[str]:
    """Renumbers each series of ours in `home`, the container as it is merged; yields the texts that changed.

    counterparts: the elements in it that are those of ours, by position. printed: all that was ever printed there;
    the rest is a person's own, keeps the numbers that it has unless they stand there already, and counts.
    """
    if len(ours) < _LEAST:
        return
    blocks = tuple(blocks_in(home))
    there: set[Element] = set(counterparts.values())
    for positions in printed_series(ours):
        own = {counterparts[n] for n in positions if n in counterparts}
        region = _region(blocks, own, printed)
        first = list_number(ours[positions[0]].text)
        style = first.style if first else ""
        items = list(_items(region, style, printed, there - own))
        if len(items) > 1 or len(positions) == 1:
            yield from _counted_on(items)
        elif items and items[0].is_printed:  # what stands alone has no number
            yield _put(items[0], "")


def _region(blocks: Blocks, own: set[Element], printed: _Elements) -> Blocks:
    """The blocks from the first to the last of a series, with a person's own right before and behind it."""
    places = [n for n, block in enumerate(blocks) if block.element in own]
    if not places:
        return ()
    first, last = places[0], places[-1]
    while first > 0 and blocks[first - 1].element not in printed:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].element not in printed:
        last += 1
    return blocks[first : last + 1]


def _items(
    region: Blocks,
    style: str,
    printed: _Elements,
    others: set[Element],
) -> Iterator[_Item]:
    """The numbered paragraphs among them, but for those that print otherwise."""
    for block in region:
        number = list_number(block.text)
        if block.element in others or number is None or number.style != style:
            continue
        yield _Item(block.element, number, block.element in printed)


def _counted_on(items: Sequence[_Item]) -> Iterator[str]:
    count = 0
    for item in items:
        if not item.is_printed and item.number.value > count:
            count = item.number.value
            continue
        count += 1
        if item.number.value != count:
            yield _put(item, item.number.as_text(count))


def _put(item: _Item, text: str) -> str:
    line = read_line(item.element)
    replace_text(line, item.number.start, item.number.end, text)
    return read_line(item.element).text
