"""Paragraphs that the print numbered are numbered on, whatever a person took out or put between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.readback.compare.numbering import (
    ListNumber,
    list_number,
    printed_series,
)
from reportgen.readback.read.blocks import Block
from reportgen.readback.read.paragraph_text import read_line, replace_text

_Elements = frozenset[etree._Element]


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered paragraph as it stands now; `is_printed` where the number is the print's own."""

    element: etree._Element
    number: ListNumber
    is_printed: bool


def renumber(
    blocks: Sequence[Block],
    ours: Sequence[Block],
    counterparts: Mapping[int, etree._Element],
    printed: _Elements,
) -> Iterator[str]:
    """Renumbers each series of ours in `blocks`, the container as it is merged; yields the texts that changed.

    counterparts: the elements in `blocks` that are those of ours, by position. printed: all that was ever printed
    there; the rest is a person's own, keeps the numbers that it has, and counts.
    """
    series = [
        [counterparts[n] for n in positions if n in counterparts]
        for positions in printed_series(ours)
    ]
    every = frozenset(element for one in series for element in one)
    for positions, own in zip(printed_series(ours), series, strict=True):
        number = list_number(ours[positions[0]].text)
        if not own or number is None:
            continue
        region = _region(blocks, frozenset(own), number.style, printed)
        others = every - frozenset(own)
        items = list(_items(region, number.style, printed, others))
        if len(items) == 1 < len(positions):
            yield from _without_number(items[0])
        else:
            yield from _counted_on(items)


def _region(
    blocks: Sequence[Block], own: _Elements, style: str, printed: _Elements
) -> Sequence[Block]:
    """The blocks from the first to the last of a series, with a person's own of its style right before and behind."""

    def goes_on(position: int) -> bool:
        if not 0 <= position < len(blocks) or blocks[position].element in printed:
            return False
        number = list_number(blocks[position].text)
        return number is not None and number.style == style

    places = [n for n, block in enumerate(blocks) if block.element in own]
    if not places:
        return ()
    first, last = places[0], places[-1]
    while goes_on(first - 1):
        first -= 1
    while goes_on(last + 1):
        last += 1
    return blocks[first : last + 1]


def _items(
    region: Sequence[Block], style: str, printed: _Elements, others: _Elements
) -> Iterator[_Item]:
    for block in region:
        number = list_number(block.text)
        is_of_style = number is not None and number.style == style
        if number and is_of_style and block.element not in others:
            yield _Item(block.element, number, block.element in printed)


def _counted_on(items: Sequence[_Item]) -> Iterator[str]:
    count = 0
    for item in items:
        if not item.is_printed:
            count = max(count, item.number.value)
            continue
        count += 1
        if item.number.value != count:
            yield _put(item, item.number.as_text(count))


def _without_number(item: _Item) -> Iterator[str]:
    """A text that stands alone has no number."""
    if item.is_printed:
        yield _put(item, "")


def _put(item: _Item, text: str) -> str:
    line = read_line(item.element)
    replace_text(line, item.number.start, item.number.end, text)
    return read_line(item.element).text
