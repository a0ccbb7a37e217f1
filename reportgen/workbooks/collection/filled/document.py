"""A filled-in workbook as the tree that unit.yaml would be, every value with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportgen.core.errors import Place
from reportgen.core.value import FieldPath
from reportgen.sources.places import Position, Spot
from reportgen.sources.yaml_tree import YamlDocument
from reportgen.workbooks.collection.books.grid import Spot as Cell, address
from reportgen.workbooks.collection.form import FormBlock, FormField
from reportgen.workbooks.collection.labels import Meaning

_NOWHERE = Position(0, 0, 0)


class BlockPlace(NamedTuple):
    """Where a block stands on its sheet; paths begin below `owner`, the unit or a project.

    `singles` are the cells of values beside their labels, `rows` those of items and of entries under their names.
    Rows that may be free lie between `last` and `end`, both of which are not.
    """

    owner: FieldPath
    block: FormBlock
    sheet: str
    columns: Mapping[int, Meaning]
    units: Mapping[int, str]
    singles: Mapping[FieldPath, Cell]
    rows: Mapping[FieldPath, Sequence[int]]
    last: int
    end: int

    def cell_of(self, path: FieldPath) -> Cell | None:
        """The cell in which the value at `path` stands or would; None where the block has none for it."""
        begins = len(self.owner)
        if path[:begins] != self.owner:
            return None
        own = path[begins:]
        if own in self.singles:
            return self.singles[own]
        for length in range(len(own) - 1, 0, -1):
            rows = self.rows.get(own[:length])
            if rows:
                column = self._column_of(own[length:])
                return None if column is None else (rows[0], column)
        return None

    def _column_of(self, path: FieldPath) -> int | None:
        """The column of a field."""
        found = (
            column
            for column, meaning in self.columns.items()
            if isinstance(meaning, FormField) and meaning.path == path
        )
        return next(found, None)


@dataclass
class SpottedDocument(YamlDocument):
    """A tree with its places, to whoever asks as that of a yaml file; what has no lines has spots: cells, rows."""

    root: Spot = field(
        default_factory=lambda: Spot(_NOWHERE, _NOWHERE), repr=False
    )
    spots: dict[FieldPath, str] = field(default_factory=dict, repr=False)
    places: tuple[BlockPlace, ...] = field(default=(), repr=False)
    content: bytes = field(default=b"", repr=False)  # of the file

    def exact_place(self, path: Sequence[str | int]) -> Place | None:
        """The cell of a value, or that is blank where it belongs; None where there is none."""
        spot = self.spots.get(tuple(path))
        return Place(self.source.path, spot=spot) if spot else None

    def place(self, path: Sequence[str | int]) -> Place:
        """The cell of a value, or of the nearest above it."""
        way = tuple(path)
        if way not in self.spots:
            for one in self.places:
                cell = one.cell_of(way)
                if cell:
                    spot = f"{one.sheet}!{address(cell)}"
                    return Place(self.source.path, spot=spot)
        while way:
            if way in self.spots:
                break
            way = way[:-1]
        return Place(self.source.path, spot=self.spots.get(way, ""))

    def key_place(self, path: Sequence[str | int]) -> Place:
        """The same: keys have no cells of their own."""
        return self.place(path)
