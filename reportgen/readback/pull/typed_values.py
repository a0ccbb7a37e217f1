"""A printed value that a person typed over, or a blank that they filled in."""

import re
from collections.abc import Iterator
from itertools import count

from reportgen.core.findings import Finding, dotted
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath, Figure
from reportgen.model.problems import owner_of
from reportgen.model.unit import FundsRow, Unit
from reportgen.readback.compare.edits import Edit
from reportgen.readback.pull.context import (
    Outcome,
    Proposal,
    PullContext,
    plain,
)
from reportgen.readback.pull.refusals import (
    BY_OTHER_FIELDS,
    BY_OTHERS,
    CHANGED_SINCE,
    COMPUTED,
    EMPTIED,
    NOT_REPORTED_VALUE,
    by_hand,
)
from reportgen.sources.write_back import Insert, Put

GROUPS = (
    "目标",
    "一级",
    "二级",
)  # by which indicators are grouped, the widest first
ROW_NAME = "名称"  # the key that names a row of funds
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?")
_MOST_INPUTS = 6
_LEAST_PART = 8  # characters of a text that are surely a part of it


def propose_value(
    value: Value,
    before: str,
    after: str,
    edit: Edit,
    context: PullContext,
) -> Iterator[Outcome]:
    """What is to be written where `value`, printed as `before`, reads `after` now; or why it cannot be."""
    before, after = _whole(value, plain(before), plain(after))
    if after and value.strip() == after:  # it came home already
        return
    old = context.typed(value.field) or ""
    if isinstance(old, dict):  # 原因 and 措施 given apart
        yield by_hand(edit, context)
        return
    refused = _refused_by_origin(value, before, edit, context)
    refused = refused or _refused_by_text(value, before, after, edit, context)
    if refused:
        yield refused
        return
    new = _as_typed(old, after, context.loaded.unit.amount_unit)
    fields = [value.field]
    if edit.heads:
        fields += _rows_below(value.field, context)
    for field in fields:
        yield Proposal(_put(field, new, context), old, new)


def _whole(value: Value, before: str, after: str) -> tuple[str, str]:
    """The whole text before and after, where prose prints a part of it: without its full stop, without 因为."""
    whole = str(value).strip()
    is_part = (
        value.number is None and len(before) >= _LEAST_PART and before in whole
    )
    came_home = after == whole
    if came_home or not (is_part and after):
        return before, after
    return whole, whole.replace(before, after, 1)


def _missing_row(field: FieldPath) -> str:
    """The name of the row of funds that a field belongs to and the file lacks; "" where there is no such row."""
    name = field[-2] if len(field) > 2 else 0
    if not isinstance(name, str) or owner_of(Unit, field[:-2]) is not FundsRow:
        return ""
    known = {one.alias for one in FundsRow.model_fields.values()}
    return "" if name in known else name


def _refused_by_origin(
    value: Value, before: str, edit: Edit, context: PullContext
) -> Finding | None:
    """Why the value cannot be written whatever was typed: nobody reports it, or others do."""
    is_typed = context.typed(value.field) is not None
    figure = None if is_typed else context.figures.get(value.source)
    is_computed = figure is not None and figure.value is not None
    if not value.field or is_computed:
        return _computed(figure, edit, context)
    if not is_typed and before and value.field[-1] == "实际值":
        return NOT_REPORTED_VALUE.of(
            edit, context, what="改动的", cure=BY_OTHERS
        )
    return None


def _refused_by_text(
    value: Value,
    before: str,
    after: str,
    edit: Edit,
    context: PullContext,
) -> Finding | None:
    """Why this text is not written: the file has changed since, the value was deleted, it is no single text."""
    field = dotted(value.field)
    if value.strip() != before:
        return CHANGED_SINCE.of(edit, context, field=field, now=str(value))
    if not after:
        return EMPTIED.of(edit, context, field=field)
    is_text = isinstance(context.typed(value.field), (str, type(None)))
    if not is_text or _shares_its_text(value.field, context):
        return by_hand(edit, context)
    return None


def _shares_its_text(field: FieldPath, context: PullContext) -> bool:
    """Whether a paragraph was typed as a line among others of one text (after |): alone it would replace them."""
    listed = context.typed(field[:-1]) if isinstance(field[-1], int) else None
    texts = [listed] if isinstance(listed, str) else listed or ()
    return any("\n" in str(one).strip() for one in texts)


def _computed(
    figure: Figure | None, edit: Edit, context: PullContext
) -> Finding:
    if figure is None:
        return NOT_REPORTED_VALUE.of(
            edit, context, what="改动的", cure=BY_OTHER_FIELDS
        )
    inputs = [
        f"{one.label} {one.text or '未填'}{_line(one.path, context)}"
        for one in figure.inputs[:_MOST_INPUTS]
    ]
    return COMPUTED.of(
        edit,
        context,
        label=figure.label,
        formula=figure.formula,
        inputs="、".join(inputs) or "没有数据",
    )


def _line(path: FieldPath, context: PullContext) -> str:
    if context.typed(path) is None:
        return ""
    return f"（{context.loaded.place(path).where}）"


def _as_typed(old: str, new: str, unit: str) -> str:
    """`new` with the unit of the form where the file states the old amount with one."""
    is_amount = old.endswith("元") and _AMOUNT.fullmatch(new)
    return f"{new}{unit}" if is_amount else new


def _put(field: FieldPath, text: str, context: PullContext) -> Put | Insert:
    """The text at its field; the first paragraph of several makes the list where there is none."""
    if row := _missing_row(field):
        path = context.typed_path(field[:-2])
        end = len(context.typed(field[:-2]) or ())
        return Insert(path, end, ((ROW_NAME, row), (str(field[-1]), text)))
    above, position = field[:-1], field[-1]
    if isinstance(position, int):
        listed, path = context.typed(above), context.typed_path(above)
        if not listed:
            return Put(path, (text,))
        if isinstance(listed, str):
            return Put(path, text)
    return Put(context.typed_path(field), text)


def _rows_below(field: FieldPath, context: PullContext) -> Iterator[FieldPath]:
    """The same field of the indicators over which a cell goes on: those that follow and are grouped alike."""
    *above, position, key = field
    if key not in GROUPS or not isinstance(position, int):
        return
    keys = GROUPS[: GROUPS.index(str(key)) + 1]
    group = _group(above, position, keys, context)
    if not any(group):
        return
    for below in count(position + 1):
        if _group(above, below, keys, context) != group:
            return
        yield (*above, below, key)


def _group(
    above: list[str | int],
    position: int,
    keys: tuple[str, ...],
    context: PullContext,
) -> list[str | None]:
    return [context.typed((*above, position, key)) for key in keys]
