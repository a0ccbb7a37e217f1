"""The table of funds, row by row: the total, its sources, and amounts that stand in one cell with their name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.core.numerals import read_amount
from reportgen.core.value import FieldPath
from reportgen.recognition.columns import Columns, heads, own, written
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.words import (
    in_yuan,
    is_one,
    meaning,
    plain,
    points_in,
    squeezed,
)
from reportgen.recognition.written import GridCell

GROUP = "资金栏"
_MONEY = ("年初预算数", "全年预算数", "全年执行数")
_AMOUNTS = (*_MONEY, "历年.上年", "历年.前年")
_OTHERS = ("执行率", "占比", "分值", "得分")
_NAMED = re.compile(
    r"(?P<name>[^:：\d]{2,20})[:：](?P<amount>[\d,，.]+(?:万元|元|亿元)?)?"
)
_OF_WHICH = re.compile(r"^(?:其中|（其中）)[:：]?\s*")
_ADVICE = re.compile(r"说明原因|字以内|单独说明|请说明|需说明|=.*/.*%?")
_HOLLOW = re.compile(r"[-—/\s]*")


def opens(row: Sequence[GridCell]) -> bool:
    """Whether a row is the head of a table of funds: names of columns, and no amount."""
    told = frozenset(heads(GROUP, row))
    money = [one for one in _MONEY if one in told]
    is_head = len(money) >= 2 or (money and told & {"执行率", "占比"})
    amounts = [one for one in written(row) if read_amount(squeezed(one.text))]
    return bool(is_head) and not amounts


@dataclass(slots=True)
class FundRows:
    """What was read of a table of funds so far."""

    draft: ImportDraft
    owner: FieldPath
    columns: Columns
    unit: str = ""  # 元 where the form says so
    part: str = "资金来源"
    has_total: bool = False
    details: bool = False

    def take(self, row: Sequence[GridCell]) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = written(row)
        if not cells:
            return True
        if all(self._names_part(cell) for cell in cells):
            return True
        if all(says_amount(one.text) for one in cells):
            return self._named(cells)
        start = self.columns.first(*_AMOUNTS, *_OTHERS)
        names = [one for one in cells if one.start < start]
        if self._reads_on(names) or not (names or self._states(row)):
            return False
        self._row(row, names)
        return True

    def _states(self, row: Sequence[GridCell]) -> bool:
        """Whether there are numbers in the row."""
        found = self._amounts(row).values()
        texts = [
            squeezed(one.text).rstrip("%") for cells in found for one in cells
        ]
        return any(read_amount(one) is not None for one in texts)

    def _reads_on(self, names: Sequence[GridCell]) -> bool:
        """Whether these cells begin something else, as a row of goals does."""
        return any(
            meaning("目标栏", one.text) and is_one("目标栏", one.text)
            for one in names
        )

    def _names_part(self, cell: GridCell) -> bool:
        """A row of names alone: by income, by nature; the columns below belong to them."""
        told = meaning("收支", cell.text)
        if told is None:
            return False
        self.part = told.key
        self.draft.label(cell)
        return True

    def _amounts(self, row: Sequence[GridCell]) -> dict[str, list[GridCell]]:
        found: dict[str, list[GridCell]] = {}
        for at, cell in enumerate(row):
            column = self.columns.of(cell, at, len(row))
            if column and cell.above is None and cell.lines:
                found.setdefault(column.role, []).append(cell)
        return found

    def _named(self, cells: Sequence[GridCell]) -> bool:
        """一般公共预算：2662.18 | 基本支出：1372.76; the left half is income, the right one nature."""
        for at, cell in enumerate(cells):
            match = says_amount(cell.text)
            if match is None:
                self.draft.leave(cell.lines[0].spot, cell.text)
                continue
            is_right = len(cells) > 1 and at > 0
            part = (
                "按支出性质"
                if is_right or "支出" in match["name"]
                else "按收入性质"
            )
            path = self._new_row(part)
            self.draft.put((*path, "名称"), match["name"], cell)
            if match["amount"]:
                self.draft.put((*path, "全年执行数"), match["amount"], cell)
        return True

    def _new_row(self, part: str) -> FieldPath:
        rows = (*self.owner, "资金", part)
        return (*rows, self.draft.count(rows))

    def _row(self, row: Sequence[GridCell], names: Sequence[GridCell]) -> None:
        name = self._name(names)
        amounts = self._amounts(row)
        is_total = not name or self._is_total(name)
        path = (*self.owner, "资金") if is_total else self._new_row(self.part)
        if not is_total and names:
            self.draft.put((*path, "名称"), name, names[-1])
        self.has_total |= is_total
        label = name or "年度资金总额"
        for role in _AMOUNTS:
            for cell in amounts.get(role, ()):
                self._mark(cell, label, role)
                unit = self.unit or self.columns.unit_of(role)
                self.draft.put_number((*path, *role.split(".")), cell, unit)
        for role in _OTHERS:
            for cell in amounts.get(role, ()):
                self._mark(cell, label, role)
                self.draft.put_number((*path, role), cell)
        for cell in amounts.get("偏差原因", ()) if is_total else ():
            self._reason(path, cell)

    def _reason(self, path: FieldPath, cell: GridCell) -> None:
        """A reason; what the form itself says there is none."""
        if _ADVICE.search(cell.text):
            self.draft.leave_cell(cell, "表中的填写说明")
        elif not _HOLLOW.fullmatch(cell.text):
            self.draft.put((*path, "偏差原因"), cell.text, cell)

    def _name(self, names: Sequence[GridCell]) -> str:
        """The name of the row; what stands left of it is the name of a block, with the points of the funds."""
        name = ""
        for cell in names:
            self.draft.label(cell)
            self._block(cell)
            told = meaning("收支", cell.text)
            is_part = told is not None and is_one("收支", cell.text)
            if (
                told
                and is_part
                and (cell is not names[-1] or not self.has_total)
            ):
                self.part = told.key
            name = "" if self._is_block(cell) else cell.text
        return _OF_WHICH.sub("", name.strip()).strip(":： ")

    def _is_block(self, cell: GridCell) -> bool:
        """Whether a cell names the block only: 项目资金 beside the rows, or nothing but （万元）."""
        label = plain(cell.text)
        return label in {"万元", "元", "单位", "单位:万元"} or (
            is_one("分块", cell.text) and not is_one("资金总额", cell.text)
        )

    def _block(self, cell: GridCell) -> None:
        points = points_in(cell.text)
        if points and is_one("分块", cell.text):
            self.draft.put((*self.owner, "资金", "分值"), points, cell)
        if in_yuan(cell.text):
            self.unit = "元"

    def _is_total(self, name: str) -> bool:
        return is_one("资金总额", name)

    def _mark(self, cell: GridCell, row: str, role: str) -> None:
        head = plain(self.columns.head_of(role))
        for line in cell.lines:
            line.spot = f"{line.spot.split('「')[0]}「{row[:20]}」的「{head}」"


def says_amount(text: str) -> re.Match[str] | None:
    """一般公共预算：2662.18, told apart."""
    return _NAMED.fullmatch(_OF_WHICH.sub("", squeezed(text)))


def block_of(row: Sequence[GridCell], columns: Columns) -> list[GridCell]:
    """The cells of a head that stand left of its columns and name the block."""
    start = columns.first(*_AMOUNTS, *_OTHERS)
    return [one for one in own(row) if one.lines and one.start < start]
