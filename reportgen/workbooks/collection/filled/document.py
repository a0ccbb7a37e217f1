"""A filled-in workbook as the tree that unit.yaml would be, every value with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportgen.core.errors import Place
from reportgen.core.findings import Finding
from reportgen.core.value import FieldPath
from reportgen.sources.text import SourceText


@dataclass
class WorkbookDocument:
    """The tree with its places, and what was found in reading it."""

    source: SourceText
    data: Any
    spots: dict[FieldPath, str] = field(repr=False)
    warnings: tuple[Finding, ...] = ()

    def exact_place(self, path: Sequence[str | int]) -> Place | None:
        """The cell of a value, None where there is none."""
        spot = self.spots.get(tuple(path))
        return Place(self.source.path, spot=spot) if spot else None

    def place(self, path: Sequence[str | int]) -> Place:
        """The cell of a value, or of the nearest above it."""
        way = tuple(path)
        while way:
            if way in self.spots:
                break
            way = way[:-1]
        return Place(self.source.path, spot=self.spots.get(way, ""))

    def key_place(self, path: Sequence[str | int]) -> Place:
        """The same: keys have no cells of their own."""
        return self.place(path)
