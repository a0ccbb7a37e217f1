"""What the fields of a model hold, read once from its annotations: single values, lists, named entries, blocks."""

import types
from collections.abc import Iterable
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Union,
    get_args,
    get_origin,
)

from pydantic import BaseModel

from reportgen.model.values import Kind

Model = type[BaseModel]


class FieldShape(NamedTuple):
    """One field: its name, its Chinese key, and what stands behind it.

    `named` marks entries under names of the file's own (叙述, 明细), `listed` a list, also below such a name. Either
    `model` is the block that stands there, or `kind` says what a single value is.
    """

    name: str
    key: str
    named: bool
    listed: bool
    model: Model | None
    kind: Kind | None


@cache
def fields_of(model: Model) -> tuple[FieldShape, ...]:
    """The fields of `model` in the order of its declaration."""
    return tuple(
        _shape(
            name, field.alias or name, field.annotation, tuple(field.metadata)
        )
        for name, field in model.model_fields.items()
    )


def names_of_fields(fields: Iterable[FieldShape]) -> frozenset[str]:
    """The keys of the fields, in either language."""
    return frozenset(name for one in fields for name in (one.name, one.key))


@cache
def field_named(model: Model, key: str) -> FieldShape | None:
    """The field with that Chinese key or English name, None where the block has none."""
    named = (one for one in fields_of(model) if key in (one.key, one.name))
    return next(named, None)


def _shape(name: str, key: str, annotation: Any, metadata: Any) -> FieldShape:
    inner, metadata = _plain(annotation, metadata)
    named = get_origin(inner) is dict
    if named:
        inner, metadata = _plain(get_args(inner)[1], ())
    listed = get_origin(inner) is tuple
    if listed:
        inner, below = _plain(get_args(inner)[0], ())
        metadata = (*below, *metadata)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return FieldShape(name, key, named, listed, inner, None)
    return FieldShape(name, key, named, listed, None, _kind(inner, metadata))


def _plain(annotation: Any, metadata: Any) -> tuple[Any, tuple[Any, ...]]:
    """`annotation` without None and Annotated, and all that was annotated."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            metadata = (*metadata, *more)
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next(
                one for one in get_args(annotation) if one is not type(None)
            )
        else:
            return annotation, tuple(metadata)


def _kind(annotation: Any, metadata: tuple[Any, ...]) -> Kind | None:
    """What was declared last; the words of a Literal are to be chosen from."""
    if get_origin(annotation) is Literal:
        return Kind.CHOICE
    return next(
        (one for one in reversed(metadata) if isinstance(one, Kind)), None
    )
