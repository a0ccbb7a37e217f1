"""A form with one value, entry or row more: only the cells that change are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import starmap
from pathlib import Path
from typing import Any

from reportgen.core.errors import ReportgenError, ValueRefused
from reportgen.core.numerals import plain, read_amount, read_number
from reportgen.ooxml.archive import packed_members
from reportgen.ooxml.package import Package, read_package
from reportgen.ooxml.zip_writer import lay_out, write_zip
from reportgen.sources.characters import shown
from reportgen.sources.write_back import Insert, Put, tree_with
from reportgen.workbooks.collection.books.grid import Spot, address
from reportgen.workbooks.collection.books.open_book import book_in
from reportgen.workbooks.collection.books.xlsx_grid import sheet_parts
from reportgen.workbooks.collection.filled.document import SpottedDocument
from reportgen.workbooks.collection.filled.reading import read_form_data
from reportgen.workbooks.collection.form_tree import Tree
from reportgen.workbooks.collection.labels import AUTO, NOTE
from reportgen.workbooks.collection.write_back.cell_changes import (
    CellChange,
    SheetChange,
    change_for,
)
from reportgen.workbooks.collection.write_back.cell_styles import (
    CellStyles,
    cell_xml,
    styles_of,
)
from reportgen.workbooks.collection.write_back.sheet_bytes import (
    RawSheet,
    free_rows,
    moved,
    scanned,
    with_cells,
)

_SHOWN = 40
_NAMED = 3  # cells that are told
_OLD_RESULTS = re.compile(rb"(<(?:\w+:)?calcPr\b)(?![^>]*fullCalcOnLoad)")
_FORMULAS = re.compile(rb"<(?:\w+:)?f[\s>]")
_TO_COMPUTE = "{cells} 是公式；写回以后请用 Excel 或 WPS 打开采集表、保存一次，让它重新计算"
_ONLY_NEW = "改动只能写回 .xlsx、.xlsm 格式的采集表；请用 Excel 或 WPS 把它另存为 .xlsx，再用 --unit 写明那一份"
_OTHERWISE = (
    "写进采集表后读出的与要填的不同（可能是合并的格），没有写回；请自行填写"
)
_FORMULA = "{cell} 是公式，没有写回；请直接改公式，或改它引用的格"
_NO_ROOM = "“{title}”的表里没有空行了；请在表里插入一行空行，再执行同一条命令"
_IN_THE_WAY = "{cell} 是公式，不能为新的一行让出位置；请自行插入一行填写"


def form_with(document: SpottedDocument, put: Put | Insert) -> SpottedDocument:
    """The form as it is read with `put` in it; raises ValueRefused where it cannot be written just so."""
    put = _in_lines(document, put)
    wanted = tree_with(document.data, put.path, put)
    package = _package(document)
    change = change_for(document, put, wanted)
    path = Path(document.source.path)
    new = read_form_data(path, _written(document.content, package, change))
    if not _are_same(new.data, wanted):
        raise ValueRefused(_OTHERWISE)
    return new


def changed_cells(file: Path, old: bytes, new: bytes) -> Iterator[str]:
    """The cells that say something else in `new`, each with what it said and says."""
    after = {one.name: one for one in book_in(file, new)[0].sheets}
    for sheet in book_in(file, old)[0].sheets:
        before, now = sheet.cells, after[sheet.name].cells
        for spot in sorted(before.keys() | now.keys()):
            texts = [
                cells[spot].text if spot in cells else ""
                for cells in (before, now)
            ]
            if texts[0] != texts[1]:
                said, says = (shown(one, _SHOWN) for one in texts)
                yield f"{sheet.at(spot)}：“{said}” → “{says}”"


def to_be_computed(document: SpottedDocument) -> Iterator[str]:
    """What is to be told where values of the unit are formulas, of which the old results stand in the file."""
    path = Path(document.source.path)
    computed = {
        sheet.at(spot)
        for sheet in book_in(path, document.content)[0].sheets
        for spot, cell in sheet.cells.items()
        if cell.computed
    }
    leaves = dict.fromkeys(document.spots.values())
    found = [spot for spot in leaves if spot in computed]
    if found:
        more = " 等" if len(found) > _NAMED else ""
        cells = "、".join(found[:_NAMED]) + more
        yield _TO_COMPUTE.format(cells=cells)


def _are_same(one: Any, other: Any) -> bool:
    """Whether two trees say the same; what says nothing, and whether lines are a list or a text, is no difference."""
    if isinstance(one, dict) or isinstance(other, dict):
        return _are_same_blocks(one or {}, other or {})
    if _is_rows(one) and _is_rows(other):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(starmap(_are_same, pairs))
    texts = _text(one), _text(other)
    return texts[0] == texts[1] or _is_one_amount(*texts)


def _are_same_blocks(one: Tree, other: Tree) -> bool:
    keys = {*one, *other}
    return all(_are_same(one.get(key), other.get(key)) for key in keys)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(
        isinstance(one, dict) for one in value
    )


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _is_one_amount(one: str, other: str) -> bool:
    """Whether an amount stands there in 元 and here without a unit, in 万元."""
    numbers = [read_number(text) for text in (one, other)]
    amount = read_amount(one)
    is_bare = [number is not None for number in numbers]
    return (
        amount is not None
        and sum(is_bare) == 1
        and amount == read_amount(other)
    )


def _in_lines(document: SpottedDocument, put: Put | Insert) -> Put | Insert:
    """A paragraph of a text that is all there is stands where the text does."""
    *above, last = put.path
    held: Any = document.data
    for step in above:
        held = held.get(step) if isinstance(held, dict) else held[int(step)]
    if isinstance(held, str) and isinstance(last, int):
        return put._replace(path=tuple(above))
    return put


def _package(document: SpottedDocument) -> Package:
    """The workbook; raises ValueRefused where it is of a kind that is not written."""
    file = document.source.path
    if not document.content.startswith(b"PK"):
        raise ValueRefused(_ONLY_NEW)
    try:
        package = read_package(document.content, file)
        next(sheet_parts(package), None)
    except ReportgenError:
        raise ValueRefused(_ONLY_NEW) from None
    return package


def _written(data: bytes, package: Package, change: SheetChange) -> bytes:
    """The file with one sheet changed; its other parts are copied as they lie."""
    name = change.place.sheet
    parts = (
        part
        for sheet, part in sheet_parts(package)
        if sheet.get("name") == name
    )
    part = next(parts)
    sheet = scanned(package.parts[part])
    cells = _cells(sheet, change, styles_of(package))
    printed = {part: (with_cells(sheet, cells),)}
    main = package.parts[package.main]
    settings = _OLD_RESULTS.sub(rb'\1 fullCalcOnLoad="1"', main, count=1)
    if settings != main and _has_formulas(package):
        printed[package.main] = (settings,)
    others = packed_members(data, lambda one: one not in printed)
    return write_zip(lay_out(others), printed)


def _has_formulas(package: Package) -> bool:
    """Whether anything is to be computed anew when the file is opened."""
    parts = (package.parts[part] for _, part in sheet_parts(package))
    return any(_FORMULAS.search(data) for data in parts)


def _cells(
    sheet: RawSheet, change: SheetChange, styles: CellStyles
) -> dict[Spot, bytes]:
    """What lies in each cell afterwards."""
    cells: dict[Spot, bytes] = {}
    row = -1
    if change.new_row:
        row = _free_row(sheet, change)
    if change.shifted_from >= 0:
        cells |= _shifted(sheet, change, row)
        row = change.shifted_from
    for one in change.cells:
        spot = (row if one.spot[0] < 0 else one.spot[0]), one.spot[1]
        cells[spot] = _cell(sheet, spot, one, styles)
    return cells


def _cell(
    sheet: RawSheet, spot: Spot, one: CellChange, styles: CellStyles
) -> bytes:
    old = sheet.cell(spot)
    if old and old.is_formula:
        raise ValueRefused(_FORMULA.format(cell=address(spot)))
    style = old.style if old else ""
    text = _in_unit(one.text, one.unit)
    return cell_xml(
        spot,
        text,
        one.kind,
        style,
        styles,
        sheet.prefix,
    )


def _free_row(sheet: RawSheet, change: SheetChange) -> int:
    place = change.place
    rows = range(place.last + 1, place.end)
    free = free_rows(sheet, rows, _asked(change))
    if not free:
        raise ValueRefused(_NO_ROOM.format(title=place.block.title))
    return free[0]


def _asked(change: SheetChange) -> list[int]:
    """The columns in which a row says something of its own."""
    return [
        column
        for column, meaning in change.place.columns.items()
        if meaning not in {AUTO, NOTE}
    ]


def _shifted(
    sheet: RawSheet, change: SheetChange, free: int
) -> dict[Spot, bytes]:
    """The rows from the one that makes room down to the free one, each a row lower."""
    cells: dict[Spot, bytes] = {}
    for column in _asked(change):
        for row in range(change.shifted_from, free):
            spot = row, column
            old = sheet.cell(spot)
            if old and old.is_formula:
                told = _IN_THE_WAY.format(cell=address(spot))
                raise ValueRefused(told)
            below = row + 1, column
            cells[below] = moved(sheet, spot, below)
        first = change.shifted_from, column
        old = sheet.cell(first)
        style = f' s="{old.style}"' if old and old.style else ""
        blank = f'<{sheet.prefix}c r="{address(first)}"{style}/>'
        cells[first] = blank.encode()
    return cells


def _in_unit(text: str, unit: str) -> str:
    """An amount as it is typed below a heading that says the unit."""
    number = read_number(text)
    if not unit:
        return text
    if number is None:
        own = text.removesuffix(unit)
        return own if read_number(own) is not None else text
    of_one = read_amount(f"1{unit}")
    return plain(number / of_one) if of_one else text
