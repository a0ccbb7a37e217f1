"""The cells of a sheet as they lie in its XML, and new ones put there; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from reportgen.core.errors import ValueRefused
from reportgen.workbooks.collection.books.grid import Spot, address, spot_of

_BROKEN = "工作表的内容不完整，不能写回"
_NO_ROWS = "工作表里没有行，不能写回"
_REFERENCE = re.compile(rb'(\br=)(["\'])[^"\']*\2')


class RawCell(NamedTuple):
    """A cell: where it lies, the number of its style, whether anything or a formula stands in it."""

    start: int
    end: int
    style: str
    is_filled: bool
    is_formula: bool


@dataclass(slots=True)
class RawRow:
    """A row: where it starts, and where its cells begin and end; both behind it where it has no end tag of its own."""

    start: int
    inside: int
    end: int = 0
    cells: dict[int, RawCell] = field(default_factory=dict)


@dataclass
class RawSheet:
    """The rows of a sheet in its XML; `prefix` stands before the names of its elements."""

    data: bytes
    prefix: str = ""
    end: int = 0  # of the rows
    rows: dict[int, RawRow] = field(default_factory=dict)

    def cell(self, spot: Spot) -> RawCell | None:
        """The cell, None where the XML has none."""
        row = self.rows.get(spot[0])
        return row.cells.get(spot[1]) if row else None


class _Scanner:
    """Notes where rows and cells lie while a parser goes through the XML."""

    def __init__(self, data: bytes) -> None:
        self.sheet = RawSheet(data)
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._starts
        self._parser.EndElementHandler = self._ends
        self._row = self._column = -1
        self._begun = 0
        self._style = ""
        self._is_filled = self._is_formula = False

    def scan(self) -> RawSheet:
        self._parser.Parse(self.sheet.data, True)
        return self.sheet

    def _tag_end(self, start: int) -> int:
        return self.sheet.data.index(b">", start) + 1

    def _is_end_tag(self, name: str, at: int) -> bool:
        """Whether an element ends with a tag of its own, and not with that by which it begins."""
        return self.sheet.data.startswith(f"</{name}".encode(), at)

    def _starts(self, name: str, attributes: dict[str, str]) -> None:
        start = self._parser.CurrentByteIndex
        prefix, _, local = name.rpartition(":")
        if local == "sheetData":
            self.sheet.prefix = f"{prefix}:" if prefix else ""
        elif local == "row":
            self._row_starts(start, attributes)
        elif local == "c":
            self._begun = start
            spot = spot_of(attributes.get("r", ""))
            self._column = spot[1] if spot else self._column + 1
            self._style = attributes.get("s", "")
            self._is_filled = self._is_formula = False
        elif local in {"v", "is", "f"}:
            self._is_filled = True
            self._is_formula |= local == "f"

    def _row_starts(self, start: int, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdigit() else self._row + 1
        self._column = -1
        self.sheet.rows[self._row] = RawRow(start, self._tag_end(start))

    def _ends(self, name: str) -> None:
        at = self._parser.CurrentByteIndex
        local = name.rpartition(":")[2]
        if local == "c":
            closing = at if self._is_end_tag(name, at) else self._begun
            end = self._tag_end(closing)
            cell = RawCell(
                self._begun,
                end,
                self._style,
                self._is_filled,
                self._is_formula,
            )
            self.sheet.rows[self._row].cells[self._column] = cell
        elif local == "row":
            row = self.sheet.rows[self._row]
            row.end = at if self._is_end_tag(name, at) else row.inside
        elif local == "sheetData":
            self.sheet.end = at


def scanned(data: bytes) -> RawSheet:
    """The rows and cells of a sheet; raises ValueRefused where it cannot be gone through."""
    try:
        sheet = _Scanner(data).scan()
    except (ExpatError, KeyError, ValueError) as error:
        raise ValueRefused(_BROKEN) from error
    if not sheet.rows:
        raise ValueRefused(_NO_ROWS)
    return sheet


def moved(sheet: RawSheet, from_: Spot, to: Spot) -> bytes:
    """A cell as it would lie in another place."""
    cell = sheet.cell(from_)
    if cell is None:
        return b""
    raw = sheet.data[cell.start : cell.end]
    tag_end = raw.index(b">")
    name = address(to).encode()
    tag = _REFERENCE.sub(rb"\g<1>\g<2>" + name + rb"\g<2>", raw[:tag_end])
    return tag + raw[tag_end:]


def with_cells(sheet: RawSheet, cells: dict[Spot, bytes]) -> bytes:
    """The XML of the sheet with these cells, each in the place of the one that was there."""
    edits: list[tuple[int, int, bytes]] = []
    for row in sorted({spot[0] for spot in cells}):
        own = {spot[1]: raw for spot, raw in cells.items() if spot[0] == row}
        edits += _row_edits(sheet, row, own)
    data = sheet.data
    for start, end, raw in sorted(edits, reverse=True):
        data = data[:start] + raw + data[end:]
    return data


def _row_edits(
    sheet: RawSheet, number: int, cells: dict[int, bytes]
) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and content of what is written for the cells of one row."""
    row = sheet.rows.get(number)
    tag = f"{sheet.prefix}row"
    if row is None:
        content = _in_order(cells).decode()
        added = f'<{tag} r="{number + 1}">{content}</{tag}>'
        at = _before(sheet, number)
        yield at, at, added.encode()
        return
    new = dict(cells)
    for column in cells.keys() & row.cells.keys():
        old = row.cells[column]
        yield old.start, old.end, new.pop(column)
    if new and sheet.data.endswith(b"/>", row.start, row.inside):
        whole = b">" + _in_order(new) + f"</{tag}>".encode()
        yield row.inside - 2, row.inside, whole
    else:
        yield from _between(row, new)


def _between(
    row: RawRow, cells: dict[int, bytes]
) -> Iterator[tuple[int, int, bytes]]:
    """The same for cells that are not there yet, each before the next one to the right."""
    places: dict[int, dict[int, bytes]] = {}
    for column, raw in cells.items():
        behind = (
            one.start for other, one in row.cells.items() if other > column
        )
        at = min(behind, default=row.end)
        places.setdefault(at, {})[column] = raw
    for at, beside in places.items():
        yield at, at, _in_order(beside)


def _in_order(cells: dict[int, bytes]) -> bytes:
    return b"".join(raw for _, raw in sorted(cells.items()))


def _before(sheet: RawSheet, number: int) -> int:
    """Where a row that is not there goes."""
    later = (row.start for other, row in sheet.rows.items() if other > number)
    return min(later, default=sheet.end)


def free_rows(
    sheet: RawSheet, rows: Iterable[int], columns: Iterable[int]
) -> list[int]:
    """Those of `rows`, from the first on, that are laid out and blank in the columns of a table."""
    wanted = list(columns)
    found = []
    for number in rows:
        row = sheet.rows.get(number)
        cells = row.cells if row else {}
        is_laid_out = any(column in cells for column in wanted)
        is_blank = not any(
            cells[column].is_filled for column in wanted if column in cells
        )
        if not (is_laid_out and is_blank):
            break
        found.append(number)
    return found
