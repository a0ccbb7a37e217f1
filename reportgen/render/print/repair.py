"""Keeps a printed part legal for Word where that depends on the data; marks set by `balance.py` say where to look.

A cell ends with a paragraph, a row without cells goes, a table without rows goes, and the grid of a table with a
varying number of columns is drawn anew as docxtpl does it. One pass each, linear in the size of the part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.core.control_chars import (
    CELL_MARK,
    GRID_MARK,
    ROW_MARK,
    TABLE_MARK,
)

_ENDS_WELL = re.compile(
    r"(?:</w:p>|<w:p/>)(?:<w:(?:bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd|proofErr|permStart|permEnd)"
    r"[^>]*/>|</w:sdtContent>|</w:sdt>)*\s*$"
)
# marks, what goes where it holds no child, and how a child ends
_EMPTIED = (
    (ROW_MARK, "w:tr", ("</w:tc>", "</w:sdt>")),
    (TABLE_MARK, "w:tbl", ("</w:tr>", "</w:sdt>")),
)
_TAIL = 2_000  # how far back the end of a cell is looked at: range ends after the last paragraph are few
_GRID_TOKEN = re.compile(
    GRID_MARK
    + r"|<(?P<starts>w:tbl)[ >]|</(?P<ends>w:tbl|w:tr)[ >]|<(?P<cell>w:tc)[ >]"
    r"|<w:grid(?:Span|(?P<beside>Before|After)) w:val=\"(?P<columns>\d+)\"/>"
    r"|<w:tblGrid>(?P<grid>.*?)</w:tblGrid>|(?P<no_grid><w:tblGrid/>)",
    re.DOTALL,
)
_COLUMN = re.compile(r'<w:gridCol(?: w:w="([\d.]+)")?[^>]*/>')


def repair(xml: str) -> str:
    """The part without marks, and legal."""
    for mark, name, children in _EMPTIED:
        if mark in xml:
            xml = _drop_empty(xml, mark, name, children)
    if CELL_MARK in xml:
        xml = _end_cells(xml)
    if GRID_MARK in xml:
        xml = _draw_grids(xml)
    return xml


def _drop_empty(
    xml: str, mark: str, name: str, children: tuple[str, ...]
) -> str:
    """Without the rows (or tables) that end at a mark and hold no child."""
    start = re.compile(f"<{name}[ >]")
    pieces = xml.split(mark)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        before = kept[-1]
        last = max(before.rfind(child) for child in children)
        openings = [
            match.start() for match in start.finditer(before, max(last, 0))
        ]
        if not openings:
            kept.append(piece)
            continue
        drawn = before[: openings[-1]]
        kept[-1] = drawn.removesuffix(GRID_MARK)
        kept.append(piece.removeprefix(f"</{name}>"))
    return "".join(kept)


def _end_cells(xml: str) -> str:
    pieces = xml.split(CELL_MARK)
    for index, piece in enumerate(pieces[:-1]):
        if not piece.endswith(("</w:p>", "<w:p/>")) and not _ENDS_WELL.search(
            piece[-_TAIL:]
        ):
            pieces[index] = piece + "<w:p/>"
    return "".join(pieces)


_Edit = tuple[int, int, str]  # from, to, what stands there instead


@dataclass
class _Table:
    """A table that is open: its grid, and the widest of its rows."""

    marked: bool
    grid: re.Match[str] | None = None
    widest: int = 0
    row: int = 0

    def end_row(self) -> None:
        """Keep the width of the row that ends."""
        self.widest = max(self.widest, self.row)
        self.row = 0


def _draw_grids(xml: str) -> str:
    edits: list[_Edit] = []
    tables: list[_Table] = []
    marked = False
    for token in _GRID_TOKEN.finditer(xml):
        if token[0] == GRID_MARK:
            marked = True
            edits.append((*token.span(), ""))
        elif token["starts"]:
            tables.append(_Table(marked))
            marked = False
        elif tables:
            edits += _follow(tables, token)
    return _edited(xml, sorted(edits))


def _edited(xml: str, edits: list[_Edit]) -> str:
    output = []
    end = 0
    for start, stop, new in edits:
        output += [xml[end:start], new]
        end = stop
    return "".join(output) + xml[end:]


def _follow(tables: list[_Table], token: re.Match[str]) -> Iterator[_Edit]:
    """Keeps what is learnt of the innermost table; where it ends, its new grid."""
    table = tables[-1]
    if token["ends"] == "w:tbl":
        tables.pop()
        if table.marked and table.grid is not None:
            yield (
                *table.grid.span(),
                _grid(table.grid["grid"] or "", table.widest),
            )
    elif token["ends"]:
        table.end_row()
    elif token["cell"]:
        table.row += 1
    elif token["columns"]:
        table.row += int(token["columns"]) - (not token["beside"])
    else:
        table.grid = token


def _grid(columns: str, wanted: int) -> str:
    """The grid with as many columns as the widest row; the whole width of the table stays."""
    old = [float(width or 0) for width in _COLUMN.findall(columns)]
    widths = _widths(old, wanted) if wanted else old
    drawn = "".join(f'<w:gridCol w:w="{int(width)}"/>' for width in widths)
    return f"<w:tblGrid>{drawn}</w:tblGrid>"


def _widths(old: list[float], wanted: int) -> list[float]:
    if wanted > len(old):
        scale = len(old) / wanted
        average = sum(old) / wanted
        return [width * scale for width in old] + [average] * (
            wanted - len(old)
        )
    extra = int(sum(old[wanted:]) / wanted)
    return [width + extra for width in old[:wanted]]
