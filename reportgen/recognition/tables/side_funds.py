"""A table of funds that lies on its side: the amounts are its rows, the sources its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.core.numerals import read_amount
from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.reading.grids import GridCell, Row
from reportgen.recognition.reading.words import (
    is_one,
    meaning,
    money_unit,
    plain,
    squeezed,
)
from reportgen.recognition.tables.columns import locate, own, written
from reportgen.recognition.tables.fund_rows import GROUP

_MONEY = frozenset(["年初预算数", "全年预算数", "全年执行数"])
_SOURCE = re.compile("资金|拨款|收入|财政|合计|债券|自筹")
_FEWEST = 2  # columns of sources


def opens(
    rows: Sequence[Row],
) -> bool:
    """Whether the first of two rows names sources, and the second one kind of amount with amounts below them."""
    head, first = rows
    named = _sources(head, first)
    says_money = any(_SOURCE.search(one.text) for one in named)
    if len(named) < _FEWEST or not says_money or _amounts(head):
        return False
    label = _label_of(first)
    is_money = label is not None and _role(label.text) in _MONEY
    return is_money and bool(_amounts(first))


def _amounts(
    row: Row,
) -> list[GridCell]:
    return [one for one in written(row) if _is_amount(one)]


def _is_amount(
    cell: GridCell,
) -> bool:
    return read_amount(squeezed(cell.text).rstrip("%")) is not None


def _role(
    text: str,
) -> str:
    told = meaning(GROUP, text)
    return told.key if told and told.sure else ""


def _label_of(
    row: Row,
) -> GridCell | None:
    """The name of the amounts of a row."""
    return next((one for one in written(row) if _role(one.text)), None)


def _sources(
    head: Row,
    row: Row,
) -> list[GridCell]:
    """The cells of a head that stand right of the names of the rows, and name no field."""
    label = _label_of(row)
    right = label.end if label else 0
    found = [one for one in written(head) if one.start >= right]
    is_label = any(_role(one.text) or _names_value(one) for one in head)
    return [] if is_label else found


def _names_value(
    cell: GridCell,
) -> bool:
    """Whether a cell is the name of a field that has its value beside it."""
    return is_one("单值", cell.text) or is_one("选项", cell.text)


@dataclass
class SideFunds:
    """What was read of such a table: each column is a total or a source."""

    draft: ImportDraft
    owner: FieldPath
    unit: str
    paths: list[tuple[GridCell, FieldPath]] = field(default_factory=list)

    @classmethod
    def opened(
        cls,
        draft: ImportDraft,
        owner: FieldPath,
        unit: str,
        rows: Sequence[Row],
    ) -> SideFunds:
        """The table of this head; `rows` are the head and the first row below."""
        made = cls(draft, owner, unit)
        sources = _sources(*rows)
        for cell in written(rows[0]):
            made.unit = money_unit(cell.text) or made.unit
            draft.label(cell)
        for cell in sources:
            made.paths.append((cell, made.path_of(cell)))
        return made

    def path_of(self, cell: GridCell) -> FieldPath:
        """Where the amounts of a column go."""
        funds: FieldPath = (*self.owner, "资金")
        if is_one("资金总额", cell.text):
            return funds
        path = (*funds, "资金来源", self.draft.count((*funds, "资金来源")))
        self.draft.put((*path, "名称"), cell.text, cell)
        return path

    def take(self, row: Row) -> bool:
        """Reads a row; whether it was one of this table."""
        label = _label_of(row)
        if label is None:
            return not written(row)
        cells = [one for one in own(row) if one.start >= label.end]
        are_amounts = all(map(_may_be_amount, cells))
        if are_amounts:
            self._amounts(row, cells, _role(label.text))
        return are_amounts

    def _amounts(
        self,
        row: Row,
        cells: Row,
        role: str,
    ) -> None:
        self.draft.label_all(one for one in written(row) if one not in cells)
        unit = self.unit if role in _MONEY else ""
        for cell in cells:
            self._put(cell, role, unit)

    def _put(
        self,
        cell: GridCell,
        role: str,
        unit: str,
    ) -> None:
        """Puts an amount where its column says."""
        for head, path in self.paths:
            if head.start <= cell.start < head.end:
                locate(cell, f"「{role}」的「{plain(head.text)}」")
                self.draft.put_number((*path, role), cell, unit)


def _may_be_amount(
    cell: GridCell,
) -> bool:
    return not cell.lines or cell.text in "—/-" or _is_amount(cell)
