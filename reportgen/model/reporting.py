"""What all blocks of unit.yaml and of the files of a pack are: frozen, closed, with Chinese keys."""

from functools import cache
from typing import Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from reportgen.model.shape import field_named, fields_of, names_of_fields
from reportgen.model.values import NOTHING, NUMBERS


def optional(key: str, otherwise: Any = None) -> Any:
    """A field with that Chinese key that may be left out; what it holds then is `otherwise`, or one of that class."""
    if isinstance(otherwise, type):
        return Field(default_factory=otherwise, alias=key)
    return Field(otherwise, alias=key)


class Reporting(BaseModel):
    """Frozen, and closed: a key that is not in the glossary is an error, an empty key is as if left
    out, and 无 or / for a number."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        serialize_by_alias=True,
        defer_build=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if isinstance(data, dict) and any(map(_says_nothing, data.values())):
            return {
                key: value
                for key, value in data.items()
                if not cls._blank(key, value)
            }
        return data

    @classmethod
    def _blank(cls, key: Any, value: Any) -> bool:
        if value is None:
            # an unknown key is an error even when nothing stands behind it
            return field_named(cls, key) is not None
        return _says_nothing(value) and key in _number_keys(cls)


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value in NOTHING)


@cache
def _number_keys(model: type[Reporting]) -> frozenset[str]:
    """The names, in both languages, of the fields that hold a number and may be left out."""
    return names_of_fields(
        field
        for field in fields_of(model)
        if field.kind in NUMBERS
        and model.model_fields[field.name].default is None
    )


def _without_empty(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: one for key, one in value.items() if not _says_nothing(one)}


# A name behind which nothing stands is as if left out.
SKIP_EMPTY = BeforeValidator(_without_empty)
