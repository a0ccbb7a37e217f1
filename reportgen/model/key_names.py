"""The keys of a file as the reader of slips needs them: which there are, and which hold further keys."""

from functools import cache

from reportgen.model.shape import (
    FieldShape,
    Model,
    fields_of,
    names_of_fields,
)
from reportgen.model.values import NUMBERS, Kind
from reportgen.sources.slips import Names

_IN_DIGITS = NUMBERS | {Kind.MEASURED, Kind.YEAR, Kind.DATE}
_SELDOM = {  # a row of a table has no cell for them
    *("目标", "度量单位", "其中", "取自", "核心指标", "指标性质"),
    *("佐证材料", "复核完成值", "复核得分", "备注"),
}


@cache
def names_of(top: Model) -> Names:
    """The keys of a model, at whatever level."""
    fields = _fields_below(top)
    rows: dict[str, tuple[str, ...]] = {}
    for field in fields:
        if field.model and field.listed:
            rows[field.key] = rows[field.name] = _row(field.model)
    known = names_of_fields(fields)
    several = (one for one in fields if one.listed or one.model)
    blocks = (one for one in fields if one.model or one.named)
    in_digits = (one for one in fields if one.kind in _IN_DIGITS)
    return Names(
        known,
        names_of_fields(blocks),
        names_of_fields(in_digits),
        known - names_of_fields(several),
        rows,
    )


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
