"""Which paths there are in a unit: what a page names that is none of them is not written."""

from __future__ import annotations

from typing import Any

from reportgen.application.web.texts.parts import is_part
from reportgen.core.value import FieldPath
from reportgen.model.shape import FieldShape, Model, field_named
from reportgen.model.unit import Unit
from reportgen.model.values import Kind

_DEEPEST = 12
_MOST_ROWS = 2000
_LONGEST_NAME = 200


def field_at(path: FieldPath) -> FieldShape | None:
    """The field whose value stands at `path`; None where there is no such field, or it holds others.

    A part of a text, its 原因 or its second paragraph, is a value as well.
    """
    field, rest = _along(path)
    if field is None or field.model is not None:
        return None
    if not rest:
        return field
    has_parts = field.kind is Kind.PROSE and is_part(rest)
    return field._replace(listed=False) if has_parts else None


def is_row(path: FieldPath) -> bool:
    """Whether a list of rows stands at `path`."""
    field, rest = _along(path)
    return bool(field and field.model and field.listed and not rest)


def _along(path: FieldPath) -> tuple[FieldShape | None, FieldPath]:
    """The last field along the path, and what of the path it does not explain."""
    if not 0 < len(path) <= _DEEPEST:
        return None, path
    model: Model | None = Unit
    rest: Any = path
    field = None
    while rest and model is not None:
        field = field_named(model, str(rest[0]))
        if field is None:
            return None, rest
        rest = rest[1:]
        model = field.model
        wanted = _step(field, rest)
        if wanted is None:
            return None, rest
        if wanted == 0 and (field.named or field.listed):
            return (field, rest) if not field.named else (None, rest)
        rest = rest[wanted:]
    return field, rest


def _step(
    field: FieldShape,
    rest: Any,
) -> int | None:
    """How many steps lead from the field to what it holds; None where they are none of its."""
    if field.named:
        if not rest:
            return 0
        name = rest[0]
        is_name = isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME
        return 1 if is_name and name.isprintable() else None
    if field.model is not None and field.listed and rest:
        at = rest[0]
        is_position = isinstance(at, int) and not isinstance(at, bool)
        return 1 if is_position and 0 <= at < _MOST_ROWS else None
    return 0


def clean_path(sent: Any) -> FieldPath:
    """A path that a page sent; () where it is none."""
    if not isinstance(sent, list):
        return ()
    steps = [one for one in sent if isinstance(one, (str, int))]
    return tuple(steps) if len(steps) == len(sent) else ()
