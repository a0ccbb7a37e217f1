"""The table of indicators, row by row: groups carried down, points of groups, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.core.value import FieldPath
from reportgen.recognition.columns import Columns, heads, written
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.measures import whole_target
from reportgen.recognition.words import (
    is_one,
    plain,
    points_in,
    squeezed,
    without_points,
)
from reportgen.recognition.written import GridCell

GROUP = "指标栏"
_TEXTS = ("指标值依据", "指标分类", "实际值", "历年.上年", "历年.前年")
_NUMBERS = ("分值", "得分")
_GOAL = re.compile(r"目标[\d一二三四五六七八九十]+[:：]?$")
_VALUES = frozenset(["指标值", "实际值", "分值", "得分", "偏差原因"])
_NAMES = frozenset(["一级", "二级", "三级"])
_FUNDS = {
    "实际值": "执行率",
    "分值": "分值",
    "得分": "得分",
    "偏差原因": "偏差原因",
}
_RATE = frozenset(
    ["预算执行率", "执行率", "资金执行率", "预算执行", "预算资金执行率"]
)


def opens(row: Sequence[GridCell]) -> bool:
    """Whether a row is the head of a table of indicators."""
    told = frozenset(heads(GROUP, row))
    named = "三级" in told or {"一级", "二级"} <= told
    return bool(named and len(told) >= 3 and told & _VALUES)


def extends(row: Sequence[GridCell]) -> bool:
    """Whether a row goes on with the head: columns of years, or names below names."""
    found = written(row)
    told = heads(GROUP, row)
    years = [
        one
        for one in found
        if re.fullmatch(r"(19|20)\d\d年?度?", plain(one.text))
    ]
    return bool(found) and len(told) + len(years) >= len(found)


@dataclass(slots=True)
class IndicatorRows:
    """What was read of a table of indicators so far."""

    draft: ImportDraft
    owner: FieldPath
    columns: Columns
    key: str = "指标"
    known: dict[tuple[str, ...], int] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)

    def take(self, row: Sequence[GridCell]) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = self._cells(row)
        first = next(iter(written(row)), None)
        if first is None:
            return True
        if self._is_total(first, cells):
            return self._total(cells, first)
        if self._is_rate(first, cells):
            return self._rate(cells, first)
        self._group(cells, "一级")
        self._group(cells, "二级")
        named = self._text(cells, "三级")
        stated = any(self._text(cells, role) for role in _VALUES)
        category = self._own(cells, "二级")
        is_blank = not category or is_one("类别", self.groups.get("二级", ""))
        if not (named or stated) and is_blank:
            self._label(row)
            return True
        self._row(cells, named)
        return True

    def _cells(self, row: Sequence[GridCell]) -> dict[str, list[GridCell]]:
        """The cells by role; those that are merged from above are left out."""
        found: dict[str, list[GridCell]] = {}
        for at, cell in enumerate(row):
            column = self.columns.of(cell, at, len(row))
            if cell.above is None:
                found.setdefault(column.role if column else "", []).append(cell)
        return found

    def _own(
        self, cells: dict[str, list[GridCell]], role: str
    ) -> GridCell | None:
        return next((one for one in cells.get(role, ()) if one.lines), None)

    def _text(self, cells: dict[str, list[GridCell]], role: str) -> str:
        found = self._own(cells, role)
        return found.text if found else ""

    def _is_total(
        self, first: GridCell, cells: dict[str, list[GridCell]]
    ) -> bool:
        return is_one("合计行", first.text) and not self._text(cells, "指标值")

    def _total(self, cells: dict[str, list[GridCell]], first: GridCell) -> bool:
        """The row of totals; a single number of a form without a column for it is the score."""
        self.draft.label(first)
        for role, name in (("分值", "分值合计"), ("得分", "总分")):
            for cell in cells.get(role, ()):
                if cell.lines and cell is not first:
                    self._mark(cell, first.text, role)
                    self.draft.put_number((*self.owner, "自评结果", name), cell)
        self._loose(cells, first)
        return True

    def _loose(self, cells: dict[str, list[GridCell]], first: GridCell) -> None:
        """Of a total that stands in no column of points the first number is the score."""
        path = (*self.owner, "自评结果", "总分")
        for cell in [one for found in cells.values() for one in found]:
            is_new = (
                cell is not first
                and cell.lines
                and cell.lines[0] not in self.draft.used
            )
            if is_new and not self.draft.has(path) and cell.text[:1].isdigit():
                self.draft.put_number(
                    path, cell, doubt="总分的位置不明，请核对"
                )

    def _is_rate(
        self, first: GridCell, cells: dict[str, list[GridCell]]
    ) -> bool:
        named = self._text(cells, "三级")
        is_rate = plain(first.text) in _RATE
        return is_rate and (not named or plain(named) in _RATE)

    def _rate(self, cells: dict[str, list[GridCell]], first: GridCell) -> bool:
        """The execution rate among the indicators belongs to the funds."""
        funds = (*self.owner, "资金")
        for role, name in _FUNDS.items():
            found = self._own(cells, role)
            if found and found is not first:
                self._mark(found, first.text, role)
                self.draft.put_number((*funds, name), found)
        points = points_in(first.text)
        if points and not self.draft.has((*funds, "分值")):
            self.draft.put((*funds, "分值"), points, first)
        for role in (*_NAMES, "指标值"):
            for cell in cells.get(role, ()):
                self.draft.label(cell)
        self.draft.label(first)
        return True

    def _group(self, cells: dict[str, list[GridCell]], role: str) -> None:
        """Keeps the name of a group for the rows below; its points stand once."""
        cell = self._own(cells, role)
        if cell is None:
            return
        name, points = without_points(cell.text), points_in(cell.text)
        self.draft.label(cell)
        if role == "一级":
            self.groups.pop("二级", None)
            if points:
                self.draft.put((*self.owner, "一级分值", name), points, cell)
        elif points:
            self.draft.leave(
                cell.lines[0].spot, cell.text, "二级指标的分值没有填处"
            )
        self.groups[role] = name

    def _row(self, cells: dict[str, list[GridCell]], named: str) -> None:
        path = self._place(named)
        goal = self._goal(cells)
        if goal:
            self._put(path, "目标", goal)
        for role in ("一级", "二级"):
            if self.groups.get(role):
                source = self._own(cells, role) or self._own(cells, "三级")
                self._put(path, role, self.groups[role], source)
        name = self._own(cells, "三级")
        if name:
            self._mark(name, named, "三级")
            self._put(path, "三级", named, name)
        self._values(path, cells, named)

    def _place(self, named: str) -> FieldPath:
        """The path of a row: a new one, or that of the same row in a table that was read before."""
        key = (
            self.groups.get("一级", ""),
            self.groups.get("二级", ""),
            squeezed(named),
        )
        at = self.known.pop(key, None)
        rows = (*self.owner, self.key)
        return (*rows, self.draft.count(rows) if at is None else at)

    def _goal(self, cells: dict[str, list[GridCell]]) -> str:
        for cell in cells.get("目标", []) + cells.get("", []):
            text = squeezed(cell.text)
            if _GOAL.search(text):
                self.draft.label(cell)
                self.groups["目标"] = text.rstrip(":：")
        return self.groups.get("目标", "")

    def _put(
        self,
        path: FieldPath,
        role: str,
        value: str,
        source: GridCell | None = None,
    ) -> None:
        self.draft.put((*path, *role.split(".")), value, source or ())

    def _values(
        self, path: FieldPath, cells: dict[str, list[GridCell]], named: str
    ) -> None:
        self._target(path, cells, named)
        for role in _TEXTS:
            cell = self._own(cells, role)
            if cell:
                self._mark(cell, named, role)
                self._put(path, role, cell.text, cell)
        for role in _NUMBERS:
            cell = self._own(cells, role)
            if cell:
                self._mark(cell, named, role)
                self.draft.put_number((*path, role), cell)
        reason = self._own(cells, "偏差原因")
        if reason:
            self._mark(reason, named, "偏差原因")
            self._put(path, "偏差原因", reason.text, reason)

    def _target(
        self, path: FieldPath, cells: dict[str, list[GridCell]], named: str
    ) -> None:
        """指标值 with the relation and the measure that stand in columns of their own."""
        parts = [
            self._own(cells, role)
            for role in ("指标性质", "指标值", "度量单位")
        ]
        texts = [one.text if one else "" for one in parts]
        value = whole_target(*texts)
        there = [one for one in parts if one]
        for cell in there:
            self._mark(cell, named, "指标值")
        if value:
            lines = [line for one in there for line in one.lines]
            self.draft.put((*path, "指标值"), value, lines)

    def _mark(self, cell: GridCell, row: str, role: str) -> None:
        head = plain(self.columns.head_of(role))
        for line in cell.lines:
            line.spot = f"{line.spot.split('「')[0]}「{row[:20]}」的「{head}」"

    def _label(self, row: Sequence[GridCell]) -> None:
        for cell in written(row):
            self.draft.label(cell)
