"""Which rows of a table stay with the next: the first and the last two, the head with its first, a small table whole.

Word and LibreOffice keep a row with the next where its paragraphs say 与下段同页. A row that a loop repeats says so
in some rounds only: its paragraphs get the property under a condition.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element, child_of
from reportgen.render.template.tag_blocks import carrier, write_before
from reportgen.render.template.tags import (
    ATTRIBUTE,
    STAND_IN,
    Tag,
    TagTable,
    own_texts,
)

SMALL = 6  # rounds of a loop, up to which a table below its title stays whole
MOST_ROWS = 12  # of the template, for the same
_ENDS = "loop.first or loop.last"
_ENDS_OF_TABLE = "loop.index == loop.length - 1 or loop.first and not loop.last"
_FEW = f"loop.length <= {SMALL}"

TagsOf = dict[Element, list[Tag]]


class _Row(NamedTuple):
    """A row that prints something, and the tag of the outermost loop that repeats it."""

    element: Element
    loop: Tag | None


def keep_rows(root: Element, table: TagTable) -> None:
    """Writes into the paragraphs of every table which of its rows stay with the next."""
    tags = _tags_of_rows(table)
    inner = _cells_with_loops(table)
    for element in root.iter(f"{W}tbl"):
        rows = list(_printing_rows(element, tags))
        has_title = _is_titled(element) and _begins_with_head(element)
        whole = has_title and len(rows) <= MOST_ROWS
        for row, condition in _conditions(rows, whole=whole):
            _keep(row, condition, table, inner)


def _tags_of_rows(table: TagTable) -> TagsOf:
    """The rows that go when the document is printed, with the tags that stand in them."""
    found: TagsOf = {}
    for tag in table.tags:
        row = carrier(tag, "tr") if tag.level == "tr" else None
        if row is not None:
            found.setdefault(row, []).append(tag)
    return found


def _cells_with_loops(table: TagTable) -> frozenset[Element]:
    """The cells in which `loop` is another than that of the row."""
    loops = (one for one in table.tags if one.word == "for")
    cells = (carrier(tag, "tc") for tag in loops if tag.level != "tr")
    return frozenset(cell for cell in cells if cell is not None)


def _printing_rows(element: Element, tags: TagsOf) -> Iterator[_Row]:
    loops: list[Tag] = []
    for row in element.findall(f"{W}tr"):
        if row not in tags:
            yield _Row(row, loops[0] if loops else None)
        for tag in tags.get(row, ()):
            if tag.word == "for":
                loops.append(tag)
            elif tag.word == "endfor":
                loops.pop()


def _is_titled(element: Element) -> bool:
    """Whether a paragraph with words stands right above the table."""
    above = element.getprevious()
    if above is None or above.tag != f"{W}p":
        return False
    text = "".join(text.text or "" for text in own_texts(above))
    return bool(STAND_IN.sub("", text).strip())


def _begins_with_head(element: Element) -> bool:
    row = element.find(f"{W}tr")
    return row is not None and _is_head(row)


def _is_head(row: Element) -> bool:
    """Whether each page repeats the row."""
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _conditions(
    rows: Sequence[_Row], *, whole: bool
) -> Iterator[tuple[_Row, str]]:
    """The rows that stay with the next one, and when ("" is always); with `whole` a small table does in all rows."""
    for row, below in pairwise(rows):
        is_total = below is rows[-1] and below.loop is None
        if row.loop is None:
            if whole or is_total or _is_head(row.element):
                yield row, ""
        elif whole:
            yield row, f"{_ENDS} or {_FEW}"
        elif row.loop is not rows[-1].loop:
            yield row, _ENDS
    if rows and rows[-1].loop is not None:
        few = f" or {_FEW} and not loop.last" if whole else ""
        yield rows[-1], _ENDS_OF_TABLE + few


def _keep(
    row: _Row,
    condition: str,
    table: TagTable,
    inner: frozenset[Element],
) -> None:
    for paragraph in _paragraphs(row.element, inner):
        properties = child_of(paragraph, "pPr")
        if properties.find(f"{W}keepNext") is not None:
            continue
        kept = child_of(properties, "keepNext", "pStyle")
        if row.loop is not None:
            _only_if(condition, kept, row.loop, table)


def _only_if(condition: str, kept: Element, loop: Tag, table: TagTable) -> None:
    """Puts the property under a condition of the loop; what is wrong with it is told at the loop."""
    start = table.synthetic(loop, "%", f"if {condition}", ATTRIBUTE)
    end = table.synthetic(loop, "%", "endif", ATTRIBUTE)
    write_before(kept, start)
    kept.tail = end + (kept.tail or "")


def _paragraphs(row: Element, inner: frozenset[Element]) -> Iterable[Element]:
    """Those of the row's cells in which the loop is the row's own."""
    for cell in row.findall(f"{W}tc"):
        if cell not in inner:
            yield from cell.findall(f"{W}p")
