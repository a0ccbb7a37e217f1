"""A row that a person added to a table of indicators or of funds: its columns say what it reports."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reportgen.core.findings import Finding, dotted
from reportgen.figures.figure import FieldPath
from reportgen.model.problems import owner_of
from reportgen.model.unit import Indicator, Unit
from reportgen.readback.compare.added_rows import AddedRow, RowBeside
from reportgen.readback.compare.edits import Edit
from reportgen.readback.pull.context import (
    Outcome,
    Proposal,
    PullContext,
    plain,
)
from reportgen.readback.pull.refusals import (
    ROW_IN_PART,
    ROW_LEFT,
    ROW_NOT_KNOWN,
    not_reported,
)
from reportgen.readback.pull.typed_values import GROUPS
from reportgen.sources.write_back import Insert

_NAMES = ("三级", "名称")  # the key that names a row of its list
_POINTS = re.compile(
    r"\s*[（(][\d.]+分[)）]$"
)  # that the print puts behind the name of a group
_NO_COLUMN = "有一栏看不出是哪一项（{text}）"


class _Columns(NamedTuple):
    """What the cells of a printed row report: the row's own path, and for each cell its key.

    A key is "" where the cell holds what nobody reports, None where nothing is printed in it.
    """

    row: FieldPath
    keys: tuple[str | None, ...]
    is_above: bool

    @property
    def list_path(self) -> FieldPath:
        return self.row[:-1]

    @property
    def position(self) -> int:
        """Where a row beside this one stands in the list."""
        return int(self.row[-1]) + (1 if self.is_above else 0)


def propose_row(
    edit: Edit, row: AddedRow, context: PullContext
) -> Iterator[Outcome]:
    """The new item of the list to which the rows beside it belong; or why it cannot be told."""
    if row.is_left:
        yield ROW_LEFT.of(edit, context)
        return
    # the columns are told by the row above or else by the one below
    found = (_columns_of(beside, context) for beside in row.beside)
    columns = next(filter(None, found), None)
    if columns is None:
        yield not_reported(edit, context)
        return
    told = {**_group(columns, context), **_typed(row, columns)}
    reason = _why_unknown(row, columns, told)
    if reason:
        yield _refused(edit, columns, reason, context)
        return
    same = _same_name(told, columns, context)
    if same is None:
        yield _new_item(columns, told, context)
    elif any(same.get(key) != text for key, text in told.items()):
        yield _refused(edit, columns, "与已有的一项同名", context)
        return
    yield from _left_behind(edit, row, columns, context)


def _refused(
    edit: Edit, columns: _Columns, reason: str, context: PullContext
) -> Finding:
    field = dotted(columns.list_path)
    return ROW_NOT_KNOWN.of(edit, context, reason=reason, field=field)


def _columns_of(beside: RowBeside, context: PullContext) -> _Columns | None:
    fields = [_fields(cell, context) for cell in beside.marks]
    rows = Counter(
        field[:-1] for cell in fields for field in cell if _is_of_row(field)
    )
    if not rows:
        return None
    path = rows.most_common(1)[0][0]
    keys = [
        _key(path, cell, bool(marks))
        for cell, marks in zip(fields, beside.marks, strict=True)
    ]
    return _Columns(path, tuple(keys), beside.is_above)


def _fields(marks: tuple[str, ...], context: PullContext) -> list[FieldPath]:
    values = (context.value(mark) for mark in marks)
    return [
        value.field for value in values if value is not None and value.field
    ]


def _is_of_row(field: FieldPath) -> bool:
    """Whether a field is that of an item of a list of rows."""
    return (
        len(field) > 2
        and isinstance(field[-2], int)
        and isinstance(field[-1], str)
    )


def _key(
    row: FieldPath, fields: list[FieldPath], is_printed: bool
) -> str | None:
    own = {
        str(field[-1])
        for field in fields
        if field[:-1] == row or field[-1] in GROUPS
    }
    if len(own) == 1:
        return own.pop()
    return "" if is_printed else None


def _group(columns: _Columns, context: PullContext) -> dict[str, str]:
    """目标, 一级 and 二级 of the row beside, whose cells go on over the new one."""
    if owner_of(Unit, columns.row) is not Indicator:
        return {}
    typed = {key: context.typed((*columns.row, key)) for key in GROUPS}
    return {key: text for key, text in typed.items() if text}


def _typed(row: AddedRow, columns: _Columns) -> dict[str, str]:
    cells = zip(row.cells, columns.keys, strict=True)
    typed = {key: plain(text) for text, key in cells if key and plain(text)}
    for key in typed.keys() & set(GROUPS):
        typed[key] = _POINTS.sub("", typed[key])
    return typed


def _why_unknown(
    row: AddedRow, columns: _Columns, told: Mapping[str, str]
) -> str:
    """Why the row cannot be written, "" where every cell of it is known."""
    cells = zip(row.cells, columns.keys, strict=True)
    strange = [
        plain(text) for text, key in cells if key is None and plain(text)
    ]
    if strange:
        return _NO_COLUMN.format(text=strange[0])
    return "" if any(told.get(key) for key in _NAMES) else "没有写名称"


def _left_behind(
    edit: Edit, row: AddedRow, columns: _Columns, context: PullContext
) -> Iterator[Finding]:
    """What stands in columns that this list does not report, but for the number of the row."""
    cells = zip(row.cells, columns.keys, strict=True)
    texts = [plain(text) for text, key in cells if key == ""]
    left = [one for one in texts if one and not one.isdecimal()]
    if left:
        rest, field = "、".join(left), dotted(columns.list_path)
        yield ROW_IN_PART.of(edit, context, rest=rest, field=field)


def _same_name(
    told: Mapping[str, str], columns: _Columns, context: PullContext
) -> Mapping[str, str] | None:
    """The item that the list has already by this name, in the same group."""
    keys = (*GROUPS, *_NAMES)
    for number in range(len(context.typed(columns.list_path) or ())):
        item = {
            key: context.typed((*columns.list_path, number, key))
            for key in (*keys, *told)
        }
        if all(item[key] == told.get(key) for key in keys):
            return item
    return None


def _new_item(
    columns: _Columns, told: Mapping[str, str], context: PullContext
) -> Proposal:
    model = owner_of(Unit, columns.row)
    known = (
        [str(one.alias) for one in model.model_fields.values()] if model else []
    )
    item = tuple((key, told[key]) for key in known if key in told)
    put = Insert(context.typed_path(columns.list_path), columns.position, item)
    return Proposal(put, "", "，".join(told.values()))
