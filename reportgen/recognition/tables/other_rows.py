"""Tables of goals and lists of projects, row by row."""

from dataclasses import dataclass

from reportgen.core.numerals import read_amount
from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.owners import Owner
from reportgen.recognition.reading.grids import GridCell, Row
from reportgen.recognition.reading.words import is_one, squeezed
from reportgen.recognition.tables.columns import Columns, heads, locate, written

GOALS, LIST = "目标栏", "清单栏"
_MONEY = ("资金.年初预算数", "资金.全年预算数", "资金.全年执行数", "项目总预算")
_UNKEPT = frozenset(["序号", "备注", "名称"])


def goals_open(row: Row) -> bool:
    """Whether a row is the head of goals and results: both named, and nothing said."""
    found = written(row)
    told = heads(GOALS, row)
    if len(told) < 2:
        return False
    return all(
        is_one(GOALS, one.text) or is_one("分块", one.text) for one in found
    )


@dataclass
class GoalRows:
    """The rows below that head; the first in which something stands says the goals."""

    draft: ImportDraft
    owner: FieldPath
    columns: Columns

    def take(self, row: Row) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = written(row)
        if len(cells) > 1 + len(self.columns.all):
            return False
        start = self.columns.all[0].start
        self.draft.label_all(one for one in cells if one.end <= start)
        for role, cell in self.columns.cells(row).of(*self.columns.roles):
            if cell.end > start:
                locate(cell, f"「{role}」")
                self._put(role, cell)
        return True

    def _put(
        self,
        role: str,
        cell: GridCell,
    ) -> None:
        is_long = role == "长期目标"
        owner = () if is_long else (*self.owner, "年度目标")
        self.draft.put_paragraphs((*owner, role), cell)


def list_opens(row: Row) -> bool:
    """Whether a row is the head of a list of projects."""
    found = written(row)
    told = heads(LIST, row)
    known = sum(is_one(LIST, one.text) for one in found)
    return "名称" in told and len(told) >= 3 and known >= len(found) - 1


@dataclass
class ListRows:
    """A list of projects: one a row."""

    draft: ImportDraft
    of: Owner
    columns: Columns

    def take(self, row: Row) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = self.columns.cells(row)
        name = cells.cell("名称")
        if name is None or is_one("合计行", name.text):
            self.draft.label_all(cells.all)
            return True
        at, kind = self.of.at, self.of.kind
        self.of.named(name.text, name)
        for role, cell in cells.of(*self.columns.roles - _UNKEPT):
            path = (*self.of.path, *role.split("."))
            is_new = not self.draft.has(path)
            self._value(path, role, cell)
            self.draft.listed.update([path] if is_new else ())
        self.of.at, self.of.kind = at, kind
        return True

    def _value(
        self,
        path: FieldPath,
        role: str,
        cell: GridCell,
    ) -> None:
        if role in _MONEY and read_amount(squeezed(cell.text)) is None:
            self.draft.leave_cell(cell, "不是金额")
        elif role in _MONEY or role.startswith("自评结果"):
            self.draft.put_number(path, cell, self.columns.unit_of(role))
        else:
            self.draft.put(path, cell.text, cell)
