"""Which cells of a form have to change for a value, an entry or a row to be read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from reportgen.core.errors import ValueRefused
from reportgen.core.findings import dotted
from reportgen.core.value import FieldPath
from reportgen.model.values import Kind
from reportgen.sources.write_back import Insert, Put
from reportgen.workbooks.collection.books.grid import Spot
from reportgen.workbooks.collection.filled.document import (
    BlockPlace,
    SpottedDocument,
)
from reportgen.workbooks.collection.form import LISTED, NAMED, ONE, FormField
from reportgen.workbooks.collection.form_tree import (
    chained,
    numbered,
    text_at,
    value_at,
)
from reportgen.workbooks.collection.labels import NAME, PARENT, Meaning

_NO_CELL = "采集表里没有“{field}”这一格；请在表里补上这一栏后再写回，或自行填写"
_NO_BLOCK = "采集表里没有放“{field}”的地方；请自行填写"


class CellChange(NamedTuple):
    """A cell with its new text; `unit` of money is what its heading says."""

    spot: Spot
    text: str
    kind: Kind
    unit: str = ""


class SheetChange(NamedTuple):
    """What changes on one sheet.

    A cell of row -1 stands in a new row: the first free one of the table, or the row `shifted_from`, which moves down
    by one with those between it and the free one.
    """

    place: BlockPlace
    cells: tuple[CellChange, ...]
    new_row: bool = False
    shifted_from: int = -1


def change_for(
    document: SpottedDocument, put: Put | Insert, wanted: Any
) -> SheetChange:
    """What has to change so that `wanted` is read; raises ValueRefused where the form has no place for it."""
    if isinstance(put, Insert):
        return _row_change(document, put)
    for place in document.places:
        found = _value_change(place, put.path, wanted)
        if found:
            return found
    raise ValueRefused(_NO_BLOCK.format(field=dotted(put.path)))


def _below(path: FieldPath, above: FieldPath) -> FieldPath | None:
    """The rest of a path, None where it does not begin with `above`."""
    return path[len(above) :] if path[: len(above)] == above else None


def _value_change(
    place: BlockPlace, path: FieldPath, wanted: Any
) -> SheetChange | None:
    """The cells for a value if its field is one of the block, None if it is not."""
    own = _below(path, place.owner)
    if own is None or _below(own, place.block.path) is None:
        return None
    if place.block.rows == ONE:
        return _single_change(place, own, wanted)
    if place.block.rows == NAMED:
        return _entry_change(place, own, wanted)
    return _item_change(place, own, wanted)


def _single_change(
    place: BlockPlace, own: FieldPath, wanted: Any
) -> SheetChange | None:
    for asked in place.block.fields:
        full = (*place.block.path, *asked.path)
        if _below(own, full) is None:
            continue
        if full not in place.singles:
            raise ValueRefused(_NO_CELL.format(field=asked.label))
        text = text_at(wanted, (*place.owner, *full))
        cell = CellChange(place.singles[full], text, asked.kind)
        return SheetChange(place, (cell,))
    return None


def _field_of(place: BlockPlace, below: FieldPath) -> FormField | None:
    """The column to which a path below a row leads."""
    fields = (
        one
        for one in place.block.columns
        if _below(below, one.path) is not None
    )
    return max(fields, key=lambda one: len(one.path), default=None)


def _column_of(place: BlockPlace, meaning: Meaning) -> int:
    for column, known in place.columns.items():
        if known == meaning:
            return column
    label = meaning.label if isinstance(meaning, FormField) else meaning
    raise ValueRefused(_NO_CELL.format(field=label))


def _item_change(
    place: BlockPlace, own: FieldPath, wanted: Any
) -> SheetChange | None:
    """A cell of a row that is there."""
    lengths = range(len(own), len(place.block.path), -1)
    items = (own[:length] for length in lengths)
    item = next((one for one in items if one in place.rows), None)
    asked = None if item is None else _field_of(place, own[len(item) :])
    if item is None or asked is None:
        return None
    row = place.rows[item][0]
    text = text_at(wanted, (*place.owner, *item, *asked.path))
    return SheetChange(place, (_cell(place, row, asked, text),))


def _cell(
    place: BlockPlace, row: int, asked: FormField, text: str
) -> CellChange:
    column = _column_of(place, asked)
    unit = place.units.get(column, "")
    return CellChange((row, column), text, asked.kind, unit)


def _entry_change(
    place: BlockPlace, own: FieldPath, wanted: Any
) -> SheetChange | None:
    """A cell of an entry under its name; a new one goes into a free row, paragraphs in several rows into the first."""
    length = len(place.block.path) + 1
    entry = own[:length]
    asked = _field_of(place, own[length:])
    if len(own) < length or asked is None:
        return None
    text = text_at(wanted, (*place.owner, *entry, *asked.path))
    rows = place.rows.get(entry, ())
    if not rows:
        name = (-1, _column_of(place, NAME))
        label = CellChange(name, str(entry[-1]), Kind.NAME)
        value = _cell(place, -1, asked, text)
        return SheetChange(place, (label, value), new_row=True)
    first, *others = rows
    cells = [_cell(place, first, asked, text)]
    if asked.path == ():
        cells += [_cell(place, row, asked, "") for row in others]
    return SheetChange(place, tuple(cells))


def _row_change(document: SpottedDocument, put: Insert) -> SheetChange:
    """A new row of a table: behind the last one, or where those below it have moved down."""
    for place in document.places:
        own = _below(put.path, place.owner)
        if own is None or place.block.rows != LISTED:
            continue
        parent = _parent_of(place, own, document.data)
        if own != place.block.path and not parent:
            continue
        cells = list(_row_cells(place, put))
        if parent:
            column = _column_of(place, PARENT)
            cells.append(CellChange((-1, column), parent, Kind.NAME))
        behind = place.rows.get((*own, put.position))
        start = behind[0] if behind else -1
        return SheetChange(place, tuple(cells), True, start)
    raise ValueRefused(_NO_BLOCK.format(field=dotted(put.path)))


def _row_cells(place: BlockPlace, put: Insert) -> Iterator[CellChange]:
    by_path: Mapping[FieldPath, FormField] = {
        one.path: one for one in place.block.columns
    }
    for key, text in put.item:
        asked = by_path.get((key,))
        if asked is None:
            raise ValueRefused(_NO_CELL.format(field=key))
        yield _cell(place, -1, asked, text)


def _parent_of(place: BlockPlace, own: FieldPath, data: Any) -> str:
    """What 上一级 says in rows of a list within a row, "" for the list of the block itself."""
    block = place.block
    way = _below(own, block.path)
    if not way or not block.inner or way[-1] != block.inner:
        return ""
    above = ""
    path = (*place.owner, *block.path)
    for step in way:
        path = (*path, step)
        if isinstance(step, int):
            name = block.name_in(value_at(data, path) or {})
            above = chained(above, name or numbered(step + 1))
    return above
