"""Keeps a printed part legal for Word where that depends on the data; marks set by `balance.py` say where to look.

A cell ends with a paragraph, a row without cells goes, a table without rows goes, and the grid of a table with a
varying number of columns is drawn anew as docxtpl does it. One pass each, linear in the size of the part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.core.control_chars import CELL_MARK, GRID_MARK, ROW_MARK, TABLE_MARK

_ENDS_WELL = re.compile(
    r"(?:</w:p>|<w:p/>)(?:<w:(?:bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd|proofErr|permStart|permEnd)"
    r"[^>]*/>|</w:sdtContent>|</w:sdt>)*\s*$"
)
_PARAGRAPH_ENDS = ("</w:p>", "<w:p/>")
_TAIL = 2_000  # how far back the end of a cell is looked at: range ends after the last paragraph are few
_GRID_TOKEN = re.compile(
    GRID_MARK
    + r"|<w:tbl[ >]|</w:tbl>|</?w:tr[ >]|<w:tc[ >]|<w:grid(?:Span|Before|After) w:val=\"(\d+)\"/>"
    r"|<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>",
    re.DOTALL,
)
_COLUMN = re.compile(r'<w:gridCol(?: w:w="([\d.]+)")?[^>]*/>')


def repair(xml: str) -> str:
    """The part without marks, and legal."""
    if ROW_MARK in xml:
        xml = _drop_empty(
            xml, ROW_MARK, re.compile(r"<w:tr[ >]"), "</w:tr>", ("</w:tc>", "</w:sdt>")
        )
    if TABLE_MARK in xml:
        xml = _drop_empty(
            xml,
            TABLE_MARK,
            re.compile(r"<w:tbl[ >]"),
            "</w:tbl>",
            ("</w:tr>", "</w:sdt>"),
        )
    if CELL_MARK in xml:
        xml = _end_cells(xml)
    if GRID_MARK in xml:
        xml = _draw_grids(xml)
    return xml


def _drop_empty(
    xml: str, mark: str, start: re.Pattern[str], end: str, children: tuple[str, ...]
) -> str:
    """Without the rows (or tables) that end at a mark and hold no child."""
    pieces = xml.split(mark)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        before = kept[-1]
        last = max(before.rfind(child) for child in children)
        openings = [match.start() for match in start.finditer(before, max(last, 0))]
        if not openings:
            kept.append(piece)
            continue
        drawn = before[: openings[-1]]
        kept[-1] = drawn.removesuffix(GRID_MARK)
        kept.append(piece.removeprefix(end))
    return "".join(kept)


def _end_cells(xml: str) -> str:
    pieces = xml.split(CELL_MARK)
    for index, piece in enumerate(pieces[:-1]):
        if not piece.endswith(_PARAGRAPH_ENDS) and not _ENDS_WELL.search(
            piece[-_TAIL:]
        ):
            pieces[index] = piece + "<w:p/>"
    return "".join(pieces)


@dataclass(slots=True)
class _Table:
    """A table that is open: its grid, and the widest of its rows."""

    marked: bool
    grid: re.Match[str] | None = None
    widest: int = 0
    row: int = 0

    def end_row(self) -> None:
        """Keep the width of the row that ends."""
        self.widest, self.row = max(self.widest, self.row), 0


def _draw_grids(xml: str) -> str:
    output, end = [], 0
    edits: list[tuple[int, int, str]] = []
    tables: list[_Table] = []
    marked = False
    for token in _GRID_TOKEN.finditer(xml):
        text = token.group()
        if text == GRID_MARK:
            marked = True
            edits.append((token.start(), token.end(), ""))
        elif text.startswith("<w:tbl") and not text.startswith("<w:tblGrid"):
            tables.append(_Table(marked))
            marked = False
        elif tables:
            _follow(tables, token, edits)
    for start, stop, new in sorted(edits):
        output += [xml[end:start], new]
        end = stop
    return "".join(output) + xml[end:]


def _follow(
    tables: list[_Table], token: re.Match[str], edits: list[tuple[int, int, str]]
) -> None:
    text, table = token.group(), tables[-1]
    if text == "</w:tbl>":
        closed = tables.pop()
        if closed.marked and closed.grid is not None:
            edits.append(
                (*closed.grid.span(), _grid(closed.grid.group(2) or "", closed.widest))
            )
    elif text.startswith("<w:tblGrid"):
        table.grid = token
    elif text.startswith("</w:tr"):
        table.end_row()
    elif text.startswith("<w:tc"):
        table.row += 1
    elif text.startswith("<w:gridSpan"):
        table.row += int(token.group(1)) - 1
    elif text.startswith("<w:grid"):
        table.row += int(token.group(1))


def _grid(columns: str, wanted: int) -> str:
    """The grid with as many columns as the widest row; the whole width of the table stays."""
    old = [float(width or 0) for width in _COLUMN.findall(columns)]
    widths = [int(width) for width in old]
    if wanted > len(old):
        average = sum(old) / wanted
        scale = len(old) / wanted
        widths = [int(width * scale) for width in old] + [int(average)] * (
            wanted - len(old)
        )
    elif 0 < wanted < len(old):
        extra = int(sum(old[wanted:]) / wanted)
        widths = [int(width + extra) for width in old[:wanted]]
    return (
        "<w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
