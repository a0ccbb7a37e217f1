"""Tables of goals and lists of projects, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.core.numerals import read_amount
from reportgen.core.value import FieldPath
from reportgen.recognition.columns import Columns, heads, written
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.owners import Owner
from reportgen.recognition.words import is_one, squeezed
from reportgen.recognition.written import GridCell

GOALS, LIST = "目标栏", "清单栏"
_MONEY = ("资金.年初预算数", "资金.全年预算数", "资金.全年执行数", "项目总预算")
_UNKEPT = frozenset(["序号", "备注"])


def goals_open(row: Sequence[GridCell]) -> bool:
    """Whether a row is the head of goals and results: both named, and nothing said."""
    found = written(row)
    told = heads(GOALS, row)
    if len(told) < 2:
        return False
    return all(
        is_one(GOALS, one.text) or is_one("分块", one.text) for one in found
    )


@dataclass(slots=True)
class GoalRows:
    """The rows below that head; the first in which something stands says the goals."""

    draft: ImportDraft
    owner: FieldPath
    columns: Columns

    def take(self, row: Sequence[GridCell]) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = written(row)
        if not cells or len(cells) > 1 + len(self.columns.all):
            return not cells
        for at, cell in enumerate(row):
            if cell.above or not cell.lines:
                continue
            column = self.columns.of(cell, at, len(row))
            start = self.columns.all[0].start
            if column and cell.end > start:
                for line in cell.lines:
                    line.spot = f"{line.spot.split('「')[0]}「{column.role}」"
                self._put(column.role, cell)
            else:
                self.draft.label(cell)
        return True

    def _put(self, role: str, cell: GridCell) -> None:
        whole = role == "长期目标"
        path = (role,) if whole else (*self.owner, "年度目标", role)
        if not self.draft.has(path) or squeezed(cell.text) not in self._said(
            path
        ):
            self.draft.put_paragraphs(path, cell)
        else:
            self.draft.used.update(cell.lines)

    def _said(self, path: FieldPath) -> str:
        found = (
            self.draft.values.get((*path, at))
            for at in range(self.draft.count(path))
        )
        return "".join(squeezed(one.value) for one in found if one)


def list_opens(row: Sequence[GridCell]) -> bool:
    """Whether a row is the head of a list of projects."""
    found = written(row)
    told = heads(LIST, row)
    known = sum(is_one(LIST, one.text) for one in found)
    return "名称" in told and len(told) >= 3 and known >= len(found) - 1


@dataclass(slots=True)
class ListRows:
    """A list of projects: one a row."""

    draft: ImportDraft
    of: Owner
    columns: Columns

    def take(self, row: Sequence[GridCell]) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = {
            role: found[0]
            for role, found in self.columns.cells(row).items()
            if found[0].lines and found[0].above is None
        }
        name = cells.get("名称")
        if name is None or is_one("合计行", name.text):
            for cell in written(row):
                self.draft.label(cell)
            return True
        at, kind = self.of.at, self.of.kind
        self.of.named(name.text, name)
        path = self.of.path
        for role, cell in cells.items():
            if role and role not in _UNKEPT and role != "名称":
                self._value((*path, *role.split(".")), role, cell)
        self.of.at, self.of.kind = at, kind
        return True

    def _value(self, path: FieldPath, role: str, cell: GridCell) -> None:
        if role in _MONEY and read_amount(squeezed(cell.text)) is None:
            self.draft.leave_cell(cell, "不是金额")
        elif role in _MONEY or role.startswith("自评结果"):
            self.draft.put_number(path, cell, self.columns.unit_of(role))
        else:
            self.draft.put(path, cell.text, cell)
