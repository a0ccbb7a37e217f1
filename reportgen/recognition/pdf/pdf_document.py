"""A PDF as a .docx that says the same: its ruled tables as tables, its lines as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportgen.recognition.pdf.aligned_tables import aligned_tables
from reportgen.recognition.pdf.page_breaks import joined_tables
from reportgen.recognition.pdf.page_marks import (
    PageMarks,
    Sign,
    read_pages,
)
from reportgen.recognition.pdf.plain_docx import (
    DocxCell,
    docx_of,
    paragraph_xml,
    table_xml,
)
from reportgen.recognition.pdf.ruled_tables import (
    RuledCell,
    RuledTable,
    tables_on,
)
from reportgen.recognition.pdf.text_lines import (
    PrintedLine,
    lines_of_signs,
    paragraphs_in,
    whole_text,
)

_PADDING = (
    5.4  # points between the edge of a cell and its text, as Word sets it
)
_PAGE_NUMBER = re.compile(
    r"[-—–－\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,3}\s*页?)?[-—–－\s]*"
)
_MARGIN = 0.12  # of the height of a page, where its number stands
_LARGER = 1.12  # a heading is set larger than what stands below it
_HEADING = 30
_WHOLE = re.compile(
    r"(?:表|报告|清单|局|委|办公室|中心|学校|政府|院|站|所|队|会|处|馆|[)）])$"
)
_BEGINS = re.compile(
    r"(?:19|20)\d\d年|关于|[一二三四五六七八九十]{1,3}、|[(（]"
)


@dataclass(slots=True)
class PrintedBlock:
    """A table, or the lines between two of them."""

    top: float
    table: RuledTable | None
    lines: list[PrintedLine]


def docx_of_pdf(data: bytes) -> bytes:
    """The same as a .docx; b"" where nothing is written in it, as in a scan.

    Raises TooMuch, and what pdfminer raises for a broken file.
    """
    blocks: list[PrintedBlock] = []
    for page in read_pages(data):
        _append(blocks, _blocks_of(page))
    if not any(map(_says_something, blocks)):
        return b""
    lines = [line for one in blocks for line in one.lines]
    cells = [cell for one in blocks if one.table for cell in one.table.cells]
    look = PageLook.of(lines, cells)
    return docx_of(part for one in blocks for part in _parts(one, look))


@dataclass(frozen=True)
class PageLook:
    """Between which edges the text of the document is set, and in which size most of it."""

    left: float
    right: float
    size: float

    @classmethod
    def of(
        cls,
        lines: Sequence[PrintedLine],
        cells: Sequence[RuledCell],
    ) -> PageLook:
        """What most lines show; a table goes as far as a line may."""
        edges = [(one.left, one.right) for one in lines]
        edges += [(one.left, one.right) for one in cells]
        left = min((one for one, _ in edges), default=0.0)
        right = max((one for _, one in edges), default=0.0)
        return cls(left, right, _usual_size(lines))


def _parts(
    block: PrintedBlock,
    look: PageLook,
) -> Iterator[str]:
    if block.table:
        yield _table(block.table)
        return
    held = paragraphs_in(block.lines, look.left, look.right)
    for is_large, group in groupby(held, lambda one: _is_large(one, look)):
        if is_large:
            yield from _titles([*group], look)
        else:
            yield from (paragraph_xml(whole_text(one)) for one in group)


def _is_large(
    lines: Sequence[PrintedLine],
    look: PageLook,
) -> bool:
    return lines[0].size > look.size * _LARGER


def _says_something(block: PrintedBlock) -> bool:
    in_cells = block.table and any(one.signs for one in block.table.cells)
    return bool(block.lines or in_cells)


def _append(
    blocks: list[PrintedBlock],
    page: list[PrintedBlock],
) -> None:
    """The blocks of the next page; a table that goes on there is one with that above."""
    last = blocks[-1].table if blocks else None
    first = page[0].table if page else None
    whole = joined_tables(last, first) if last and first else None
    if whole is not None:
        blocks[-1].table = whole
        page = page[1:]
    blocks += page


def _blocks_of(page: PageMarks) -> list[PrintedBlock]:
    """The tables of a page, and the lines before, between and behind them."""
    tables = tables_on(page)
    loose = [one for one in page.signs if not _placed(one, tables)]
    aligned = aligned_tables(loose)
    loose = _without(loose, aligned)
    tables += aligned
    lines = [one for one in lines_of_signs(loose) if not _is_number(one, page)]
    blocks = [PrintedBlock(one.ys[0], one, []) for one in tables]
    blocks += [PrintedBlock(one.top, None, [one]) for one in lines]
    written = filter(_says_something, blocks)
    return _gathered(sorted(written, key=lambda one: one.top))


def _without(
    signs: Sequence[Sign],
    tables: Sequence[RuledTable],
) -> list[Sign]:
    """The signs that stand in none of the tables."""
    cells = (cell for one in tables for cell in one.cells)
    taken = {id(sign) for cell in cells for sign in cell.signs}
    return [one for one in signs if id(one) not in taken]


def _placed(
    sign: Sign,
    tables: Sequence[RuledTable],
) -> bool:
    return any(table.take(sign) for table in tables)


def _gathered(blocks: Sequence[PrintedBlock]) -> list[PrintedBlock]:
    """Lines that no table parts are one block."""
    made: list[PrintedBlock] = []
    for block in blocks:
        if made and not (made[-1].table or block.table):
            made[-1].lines += block.lines
        else:
            made.append(block)
    return made


def _is_number(
    line: PrintedLine,
    page: PageMarks,
) -> bool:
    """Whether a line is the number of the page."""
    edge = page.height * _MARGIN
    is_outside = line.bottom < edge or line.top > page.height - edge
    return is_outside and _PAGE_NUMBER.fullmatch(line.text) is not None


def _usual_size(lines: Sequence[PrintedLine]) -> float:
    """The size in which most is set."""
    sizes: dict[float, int] = {}
    for one in lines:
        size = round(one.size, 1)
        sizes[size] = sizes.get(size, 0) + len(one.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _titles(
    held: Sequence[Sequence[PrintedLine]],
    look: PageLook,
) -> Iterator[str]:
    """Large lines; a title that is set in several of them is one paragraph."""
    groups: list[list[PrintedLine]] = []
    for lines in held:
        last = groups[-1][-1] if groups else None
        if last and _is_open(last, lines[0]):
            groups[-1] += lines
        else:
            groups.append([*lines])
    for group in groups:
        text = "\n".join(one.text for one in group)
        heading = len(group) == 1 and _heads(group[0], look)
        yield paragraph_xml(text, heading=heading)


def _is_open(
    line: PrintedLine,
    follows: PrintedLine,
) -> bool:
    """Whether the next line belongs to a title: neither does it begin one, nor is that above whole."""
    is_alike = abs(line.size - follows.size) < 1
    is_whole = _WHOLE.search(line.text) or _BEGINS.match(follows.text)
    return is_alike and not is_whole


def _heads(
    line: PrintedLine,
    look: PageLook,
) -> bool:
    """Whether a large line is a heading; what stands in the middle is a title."""
    left, right = line.left - look.left, look.right - line.right
    is_central = left > 2 * line.size and abs(left - right) < 3 * line.size
    return len(line.text) <= _HEADING and not is_central


def _table(table: RuledTable) -> str:
    rows: list[list[DocxCell]] = [[] for _ in table.ys[1:]]
    for cell in table.cells:
        texts = _texts(cell)
        for at in range(cell.row, cell.row + cell.rows):
            is_first = at == cell.row
            rows[at].append(
                DocxCell(
                    cell.column,
                    cell.columns,
                    texts if is_first else (),
                    merged=cell.rows > 1,
                    first=is_first,
                )
            )
    return table_xml(rows)


def _texts(cell: RuledCell) -> tuple[str, ...]:
    """All of a cell as one paragraph with line breaks: what goes on in the next is seen by the words."""
    left, right = cell.left + _PADDING, cell.right - _PADDING
    held = paragraphs_in(lines_of_signs(cell.signs), left, right)
    return ("\n".join(map(whole_text, held)),) if held else ()
