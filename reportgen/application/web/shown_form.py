"""What the page shows of a form: blocks, rows and fields, with what is typed and how to fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reportgen.application.web.sections import SectionName
from reportgen.application.web.texts.parts import ShownPart
from reportgen.core.findings import dotted
from reportgen.core.value import FieldPath


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field: its path in the unit, what is typed there, and how it is to be filled in."""

    path: FieldPath
    label: str
    unit: str
    text: str
    help: str = ""
    options: tuple[str, ...] = ()  # only these
    choices: tuple[str, ...] = ()  # these or anything else
    lines: bool = False  # several, or a text
    numeric: bool = False
    parts: tuple[ShownPart, ...] = ()  # in which what is typed was given

    @property
    def dotted(self) -> str:
        """The path as findings name it."""
        return dotted(self.path)


class ShownCell(NamedTuple):
    """What is typed in one column of a row, the parts in which it was given."""

    text: str
    parts: tuple[ShownPart, ...]


class ShownRow(NamedTuple):
    """A row of a table: its path, its name where entries have names, how deep it lies, its fields."""

    path: FieldPath
    name: str
    depth: int
    cells: tuple[ShownCell, ...]

    @property
    def dotted(self) -> str:
        """The path as findings name it."""
        return dotted(self.path)


@dataclass(frozen=True)
class ShownBlock:
    """Fields that stand together. Tables have columns and rows."""

    title: str
    path: FieldPath
    rows: str
    fields: tuple[ShownField, ...] = ()
    columns: tuple[ShownField, ...] = ()
    items: tuple[ShownRow, ...] = ()
    more: int = (
        0  # fields or columns that nobody asked for and that are not shown
    )
    inner: str = ""  # the key under which a row has rows of its own
    open_names: bool = False  # entries under further names may be added
    wanted: bool = True  # the pack asks for it, or something stands in it

    @property
    def is_table(self) -> bool:
        """Whether it has rows and columns."""
        return bool(self.columns)


@dataclass(frozen=True)
class ShownForm:
    """One section of the form of a unit, and what the others are."""

    digest: str
    title: str
    pack: str
    sections: tuple[SectionName, ...]
    section: SectionName
    blocks: tuple[ShownBlock, ...]

    @property
    def next_section(self) -> SectionName | None:
        """What comes behind it; None where it is the last."""
        at = self.sections.index(self.section) + 1
        return self.sections[at] if at < len(self.sections) else None
