"""The keys of a file as the reader of slips needs them: which there are, and which hold further keys."""

from __future__ import annotations

from functools import cache

from reportgen.model.shape import Model, fields_of
from reportgen.sources.slips import Names


@cache
def names_of(top: Model) -> Names:
    """The keys of a model, at whatever level."""
    keys: set[str] = set()
    blocks: set[str] = set()
    seen: set[Model] = set()
    waiting: list[Model] = [top]
    while waiting:
        model = waiting.pop()
        seen.add(model)
        for field in fields_of(model):
            keys |= {field.name, field.key}
            if field.model or field.named:
                blocks |= {field.name, field.key}
            if field.model and field.model not in seen:
                waiting.append(field.model)
    return Names(frozenset(keys), frozenset(blocks))
