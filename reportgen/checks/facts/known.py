"""What is known of what a form may leave out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def known(values: Iterable[_Value | None]) -> list[_Value]:
    """The values that are there."""
    return [value for value in values if value is not None]


def known_of(
    pairs: Iterable[tuple[_Key, _Value | None]],
) -> list[tuple[_Key, _Value]]:
    """The pairs whose value is there."""
    return [(key, value) for key, value in pairs if value is not None]
