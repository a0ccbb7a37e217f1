"""In which document of the set a field of the unit is printed: the one whose template uses a value from there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportgen.core.value import FieldPath, Value, Values

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
# of which every document prints something: that it is one of them says nothing
_TOO_WIDE = ("单位", "项目", "叙述", "补充", "填报")


@dataclass(frozen=True)
class PrintedDocument:
    """A document of the set: its file, the names that its template uses, and where they are looked up.

    `project` is the one that it is of, None where it is of the unit.
    """

    file: str
    names: frozenset[str]
    view: Mapping[str, Any]
    project: int | None

    @cached_property
    def sources(self) -> frozenset[FieldPath]:
        """The fields and figures that it prints, and what they are part of."""
        own = {
            value.source
            for name in self.names
            for value in _values_at(self.view, name.split("."))
        }
        return frozenset(
            source[:length]
            for source in own
            for length in range(1, len(source) + 1)
        )


def document_of(path: str, documents: Sequence[PrintedDocument]) -> str:
    """The file in which the field at `path` (项目[2].资金.执行率) shows, "" where none can be named."""
    field = _field(path)
    project = field[1] if field[:1] == ("项目",) and len(field) > 1 else None
    own = _documents_of(project, documents) + _documents_of(None, documents)
    for part in _with_what_holds_it(field):
        for document in own:
            if part in document.sources:
                return document.file
    return ""


def _documents_of(
    project: str | int | None, documents: Sequence[PrintedDocument]
) -> list[PrintedDocument]:
    return [one for one in documents if one.project == project]


def _with_what_holds_it(field: FieldPath) -> Iterator[FieldPath]:
    """The field, then what it is part of, as long as that says anything."""
    while field and not _says_nothing(field):
        yield field
        field = field[:-1]


def _field(path: str) -> FieldPath:
    """The steps of a path as users see it."""
    return tuple(
        int(position) - 1 if position else name
        for position, name in _STEP.findall(path)
    )


def _says_nothing(field: FieldPath) -> bool:
    within = field[2:] if field[0] == "项目" else field
    return not within or (len(within) == 1 and within[0] in _TOO_WIDE)


def _values_at(holder: Any, steps: Sequence[str]) -> Iterator[Value]:
    """The values that a name stands for: in each row, where it leads through a list."""
    if isinstance(holder, Value):
        yield holder
        yield from (value for _, _, value in holder.spans)
    elif isinstance(holder, Values):
        yield from holder or (holder.blank,)
    elif isinstance(holder, list):
        for row in holder:
            yield from _values_at(row, steps)
    elif isinstance(holder, Mapping) and steps:
        yield from _values_at(holder.get(steps[0]), steps[1:])
