"""What stands in a Word document, in the order of reading: paragraphs, and tables as grids with merges resolved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

from lxml import etree

from reportgen.ooxml.blocks import (
    Holder,
    Paragraph,
    Table,
    blocks_in,
    cell_merge,
    text_boxes,
)
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import OBJECT, OBJECTS
from reportgen.ooxml.xml_parts import Element, value_of
from reportgen.recognition.reading.grids import (
    Found,
    Grid,
    GridCell,
    WrittenLine,
)
from reportgen.recognition.reading.nested_tables import with_inner_rows
from reportgen.recognition.reading.numbers_of_lists import ListNumbers

_BOX = f"{W}txbxContent"
_BOXES = {  # of Wingdings and Wingdings 2, as Word sets them for boxes that were ticked
    "F052": "☑",
    "F0FE": "☑",
    "F053": "☒",
    "F0FD": "☒",
    "F0A3": "□",
    "F0A8": "□",
    "F06F": "□",
    "F02A": "□",
    "F050": "√",
    "F0FC": "√",
    "F04F": "×",
    "F0FB": "×",
}
_AS_TEXT = {int(code, 16): sign for code, sign in _BOXES.items()}


class DocumentReader:
    """Reads the blocks of a document; tables are counted, automatic numbers go on through all of it."""

    def __init__(self, numbers: ListNumbers) -> None:
        self._numbers = numbers
        self._tables = 0

    def read(self, container: Element) -> Iterator[Found]:
        """The paragraphs and grids of a body; a table that only lays out the page is what stands in it."""
        for block in blocks_in(container):
            if isinstance(block, Paragraph):
                yield self._paragraph(block)
                yield from self._boxes(block.element)
            elif isinstance(block, Table):
                yield from self._table(block)

    def _paragraph(self, block: Paragraph) -> WrittenLine:
        text = _with_boxes(block).strip(" \t\u3000\xa0\n")
        number, level = self._numbers.before(block.element, bool(text))
        return WrittenLine(text, block.element, number if text else "", level)

    def _boxes(self, paragraph: Element) -> Iterator[Found]:
        for box in text_boxes(paragraph):
            held = next(box.element.iterancestors(_BOX, f"{W}p"), None)
            if held is None or held.tag != _BOX:
                yield from self.read(box.element)

    def _table(self, table: Table) -> Iterator[Found]:
        cells = [one for row in table.parts for one in _cells(row)]
        if len(cells) == 1:
            yield from self.read(cells[0].element)
            return
        self._tables += 1
        grid = Grid(self._tables, [])
        above: list[GridCell] = []
        for number, row in enumerate(table.parts):
            above = self._row(row, number, above)
            grid.rows.append(above)
        grid.rows = with_inner_rows(grid.rows)
        every = [cell for row in grid.rows for cell in row]
        if any(cell.lines for cell in every):
            yield grid
        for cell in every:
            yield from cell.inner

    def _row(
        self,
        row: Holder | Paragraph,
        number: int,
        above: list[GridCell],
    ) -> list[GridCell]:
        made: list[GridCell] = []
        start = int(value_of(row.element, f"{W}trPr/{W}gridBefore") or 0)
        for cell in _cells(row):
            span = int(value_of(cell.element, f"{W}tcPr/{W}gridSpan") or 1)
            lines, inner = self._content(cell.element)
            if _continues(cell.element) and made:
                made[-1].span += span
                made[-1].lines += lines
            else:
                made.append(GridCell(lines, number, start, span, inner=inner))
                if cell_merge(cell.element) == "continue" and not lines:
                    made[-1].above = _over(above, start)
            start += span
        return made

    def _content(self, cell: Element) -> tuple[list[WrittenLine], list[Found]]:
        """The paragraphs of a cell; with a table in it, all of it apart, as blocks."""
        held = [one for one in self.read(cell) if _says_something(one)]
        lines = [one for one in held if isinstance(one, WrittenLine)]
        return (lines, []) if len(lines) == len(held) else ([], held)


def _with_boxes(block: Paragraph) -> str:
    """The text of a paragraph with the boxes that symbols of another font show, without pictures and notes."""
    if OBJECT not in block.text:
        return block.text.translate(_AS_TEXT)
    signs = (
        _BOXES.get(str(one.get(f"{W}char", "")).upper(), "")
        for one in block.element.iter(*OBJECTS)
    )
    parts = block.text.split(OBJECT)
    return "".join(chain.from_iterable(zip_longest(parts, signs, fillvalue="")))


def _says_something(found: Found) -> bool:
    return isinstance(found, Grid) or bool(found.text)


def _cells(row: Holder | Paragraph) -> list[Holder]:
    parts = row.parts if isinstance(row, Holder) else ()
    return [one for one in parts if isinstance(one, Holder)]


def _continues(cell: Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _over(
    above: list[GridCell],
    start: int,
) -> GridCell | None:
    """The cell of the row above that is merged down to this column."""
    found = (one for one in above if one.start <= start < one.end)
    return next((one.origin for one in found), None)


def texts_of(element: etree._Element) -> str:
    """The plain text of a note, a header or a footer."""
    return "".join(one.text or "" for one in element.iter(f"{W}t")).strip()
