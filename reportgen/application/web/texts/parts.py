"""A value that was given in parts, 原因 and 措施 apart or one text after the other: each part is a field of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reportgen.application.web.texts.marks import shown_marks
from reportgen.core.findings import dotted
from reportgen.core.value import FieldPath
from reportgen.model.values import APART


class ShownPart(NamedTuple):
    """One part: its path in the unit, what it is called, what is typed there."""

    path: FieldPath
    label: str
    text: str

    @property
    def dotted(self) -> str:
        """The path as findings name it."""
        return dotted(self.path)


def parts_of(
    typed: Any,
    path: FieldPath,
) -> tuple[ShownPart, ...]:
    """The parts of the value at `path`; () where it is one text, a list of texts, or nothing that has such parts."""
    if isinstance(typed, list):
        is_apart = any(map(_is_apart, typed))
        return tuple(_items(typed, path)) if is_apart else ()
    return tuple(_named(typed, path, "")) if _is_apart(typed) else ()


def is_part(steps: FieldPath) -> bool:
    """Whether such steps lead from a value that may have parts to one of them."""
    first, *rest = steps
    if isinstance(first, int):
        return not rest or (len(rest) == 1 and rest[0] in APART)
    return not rest and first in APART


def _is_apart(typed: Any) -> bool:
    return isinstance(typed, dict) and not typed.keys() - {*APART}


def _items(
    typed: list[Any],
    path: FieldPath,
) -> Iterator[ShownPart]:
    for position, one in enumerate(typed):
        label = f"第{position + 1}条"
        place = (*path, position)
        if _is_apart(one):
            yield from _named(one, place, f"{label} ")
        else:
            yield ShownPart(place, label, _text(one, path))


def _named(
    typed: dict[str, Any],
    path: FieldPath,
    before: str,
) -> Iterator[ShownPart]:
    for name in APART:
        text = _text(typed.get(name), path)
        yield ShownPart((*path, name), f"{before}{name}", text)


def _text(
    typed: Any,
    path: FieldPath,
) -> str:
    return "" if typed is None else shown_marks(str(typed), path)
