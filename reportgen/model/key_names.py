"""The keys of a file as the reader of slips needs them: which there are, and which hold further keys."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from reportgen.model.shape import FieldShape, Model, fields_of
from reportgen.model.values import NUMBERS, Kind
from reportgen.sources.slips import Names

_IN_DIGITS = NUMBERS | {Kind.MEASURED, Kind.YEAR, Kind.DATE}
_SELDOM = {"目标", "度量单位"}  # a row of a table has no cell for them


@cache
def names_of(top: Model) -> Names:
    """The keys of a model, at whatever level."""
    fields = _fields_below(top)
    rows: dict[str, tuple[str, ...]] = {}
    for field in fields:
        if field.model and field.listed:
            rows[field.key] = rows[field.name] = _row(field.model)
    several = _named(one for one in fields if one.listed or one.model)
    return Names(
        _named(fields),
        _named(one for one in fields if one.model or one.named),
        _named(one for one in fields if one.kind in _IN_DIGITS),
        _named(fields) - several,
        rows,
    )


def _named(fields: Iterable[FieldShape]) -> frozenset[str]:
    """The keys of the fields, in either language."""
    return frozenset(name for one in fields for name in (one.name, one.key))


def _fields_below(top: Model) -> list[FieldShape]:
    """The fields of a model and of all that it holds."""
    fields: list[FieldShape] = []
    seen: set[Model] = set()
    waiting = [top]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            fields += fields_of(model)
            waiting += [one.model for one in fields_of(model) if one.model]
    return fields


def _row(model: Model) -> tuple[str, ...]:
    """The keys of a row in the order of the columns of a table."""
    return tuple(
        field.key for field in fields_of(model) if field.key not in _SELDOM
    )
