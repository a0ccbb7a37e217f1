"""Columns that hold two values of a row: points and score, target and result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.reading.grids import GridCell
from reportgen.recognition.reading.words import squeezed
from reportgen.recognition.tables.columns import (
    POINTS,
    REACHED,
    TURNED,
    RowCells,
)

_POINTS = re.compile(r"([\d.]+)\s*分?\s*[/／]\s*([\d.]+)\s*分?")
_SIGN = re.compile(r"[/／]")
_SHARED = {
    POINTS: ("分值", "得分"),
    TURNED: ("得分", "分值"),
    REACHED: ("指标值", "实际值"),
}

Shared = tuple[GridCell, tuple[tuple[str, str], ...]]


def shared_values(
    draft: ImportDraft,
    cells: RowCells,
) -> Iterator[Shared]:
    """The cells of a row that hold two values, each with its fields; what cannot be told apart is left."""
    for column, cell in cells.of(*_SHARED):
        both = _reached(cell) if column == REACHED else _points(cell)
        if both:
            yield cell, tuple(zip(_SHARED[column], both, strict=True))
        else:
            draft.leave_cell(cell, f"不是“{column.replace('／', '/')}”")


def _points(cell: GridCell) -> tuple[str, ...]:
    """10/9.8: the points and what was scored of them."""
    both = _POINTS.fullmatch(squeezed(cell.text))
    return both.groups() if both else ()


def _reached(cell: GridCell) -> tuple[str, ...]:
    """≥60场/63场, 100元/人/98元/人: what stands before the middle sign, and what stands behind it."""
    signs = [one.start() for one in _SIGN.finditer(cell.text)]
    if len(signs) % 2 == 0:
        return ()
    middle = signs[len(signs) // 2]
    return cell.text[:middle], cell.text[middle + 1 :]
