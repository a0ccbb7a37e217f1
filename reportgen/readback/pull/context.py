"""Where the edits of a document belong: its unit, what was printed of it, what its pack says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reportgen.core.findings import Finding
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath, Figure
from reportgen.model.loading import LoadedUnit
from reportgen.model.problems import typed_path
from reportgen.model.unit import Unit
from reportgen.ooxml.paragraph_text import OBJECT
from reportgen.readback.compare.fields import names_of, printed_fields, value_of
from reportgen.readback.compare.split_paragraphs import BETWEEN
from reportgen.sources.write_back import Insert, Put


@dataclass(frozen=True)
class Proposal:
    """One value or row to be written: what it is now, and what it becomes."""

    put: Put | Insert
    old: str
    new: str
    where: str = field(default="", compare=False)  # in the document, in words


Outcome = Proposal | Finding


@dataclass(frozen=True)
class PullContext:
    """The unit as its file reads now, its computed figures, its view."""

    loaded: LoadedUnit
    figures: Mapping[FieldPath, Figure]
    view: Mapping[str, Any]
    file: str

    def value(self, mark: str) -> Value | None:
        """The printed value that a bookmark holds."""
        return value_of(self._fields, mark)

    @cached_property
    def _fields(self) -> Mapping[str, Value]:
        return printed_fields(self.view)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What a text calls the values of the view, by their paths."""
        return names_of(self.view)

    def typed(self, field: FieldPath) -> Any:
        """What the file says at a field, None where nothing."""
        return self.loaded.typed(field) if field else None

    def typed_path(self, field: FieldPath) -> FieldPath:
        """The field with its keys as they are typed in the file."""
        return typed_path(self.loaded.document.data, field, Unit)


def plain(text: str) -> str:
    """`text` as it is written to a field: without pictures and notes, a line for each paragraph."""
    return text.replace(OBJECT, "").replace(BETWEEN, "\n").strip()


def differ(before: str, after: str) -> bool:
    """Whether other words stand there; blanks, line breaks and pictures are layout."""
    return _words(before) != _words(after)


def _words(text: str) -> str:
    return "".join(text.replace(OBJECT, "").split())
