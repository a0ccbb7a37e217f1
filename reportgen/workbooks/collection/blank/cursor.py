"""A sheet that is being written: its next row, where the values of its blocks stand, what is computed from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.core.value import FieldPath
from reportgen.packs.pack import Pack
from reportgen.workbooks.collection.blank.computed import tail_formulas
from reportgen.workbooks.collection.blank.look import LAST, Painter
from reportgen.workbooks.collection.books.grid import address

VALUE, VALUE_END, AUTO, NOTE = 1, 7, 8, 9  # columns of single values


@dataclass
class Cursor:
    """A sheet that is being written: the next row, and where the values of the blocks above stand."""

    sheet: Any
    name: str
    painter: Painter
    pack: Pack
    prefilled: bool
    row: int = 1
    rightmost: int = LAST  # column that is printed
    tree: Any = None
    blank: Any = None
    notes: Mapping[FieldPath, str] = field(default_factory=dict)
    cells: dict[FieldPath, str] = field(default_factory=dict)
    columns: dict[FieldPath, tuple[str, str]] = field(default_factory=dict)
    tails: list[
        tuple[
            FieldPath,
            int,
            str,
        ]
    ] = field(default_factory=list)

    def span(self, first: int, last: int, text: str, look: Any) -> None:
        """Writes a text into a cell of the row that is as wide as some columns."""
        row = self.row
        self.sheet.merge_range(
            row,
            first,
            row,
            last,
            text,
            look,
        )

    def finish(self) -> None:
        """Writes the formulas that look at several blocks, each beside its value."""
        for path, row, code in self.tails:
            found = tail_formulas(path, self.cells, self.pack)
            if found:
                self.formula(
                    row,
                    AUTO,
                    found,
                    code,
                    beside=VALUE,
                )

    def seen_from_elsewhere(self) -> dict[FieldPath, str]:
        """The cells as formulas on another sheet name them."""
        return {
            path: cell if "!" in cell else f"'{self.name}'!{cell}"
            for path, cell in self.cells.items()
        }

    def formula(
        self, row: int, column: int, text: str, code: str, *, beside: int = -1
    ) -> None:
        """Writes a computed cell; what was typed beside it turns red where the two differ."""
        look = self.painter.auto(code)
        self.sheet.write_formula(
            row,
            column,
            text,
            look,
            "",
        )
        if beside < 0:
            return
        typed, own = address((row, beside)), address((row, column))
        same = f'SUBSTITUTE({typed},"分","")'
        off = f"IFERROR(ABS(VALUE({same})-VALUE({own}))>0.00501,{typed}<>{own})"
        rule = {
            "type": "formula",
            "criteria": f'=AND({typed}<>"",{own}<>"",{off})',
            "format": self.painter.wrong,
        }
        self.sheet.conditional_format(
            row,
            beside,
            row,
            beside,
            rule,
        )
