"""The table of indicators, row by row: groups carried down, points of groups, totals."""

import re
from dataclasses import dataclass, field

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.reading.grids import GridCell, Row
from reportgen.recognition.reading.measures import whole_target
from reportgen.recognition.reading.words import (
    GRADE,
    is_one,
    plain,
    points_behind,
    points_in,
    squeezed,
    sums_up,
    without_points,
)
from reportgen.recognition.tables.columns import (
    BOTH,
    REACHED,
    YEAR,
    Columns,
    RowCells,
    heads,
    written,
)
from reportgen.recognition.tables.shared_columns import shared_values

GROUP = "指标栏"
_TEXTS = (
    "三级",
    "指标值依据",
    "指标分类",
    "实际值",
    "历年.上年",
    "历年.前年",
    "偏差原因",
    "佐证材料",
    "备注",
    "复核完成值",
)
_SUMS = frozenset(["合计", "总计"])
_COUNT = re.compile(r"[(（]?\d{1,3}[)）.、]?")
_CORE = "★☆ "
_PARTS = ("指标性质", "指标值", "度量单位")
_TOTALS = {"分值": "分值合计", "得分": "总分", "复核得分": "复核得分"}
_GOAL = re.compile(r"目标[\d一二三四五六七八九十]+[:：]?$")
_VALUES = frozenset(["指标值", "实际值", "分值", "得分", "偏差原因"])
_SAID = _VALUES | {"三级", REACHED}
_TOLD = _VALUES | {REACHED}
_FUNDS = {
    "实际值": "执行率",
    "分值": "分值",
    "得分": "得分",
    "偏差原因": "偏差原因",
}
_BETWEEN = re.compile(r"\s*[／/、—－-]+\s*")
_RATE = frozenset(
    ["预算执行率", "执行率", "资金执行率", "预算执行", "预算资金执行率"]
)


def opens(row: Row) -> bool:
    """Whether a row is the head of a table of indicators."""
    told = frozenset(heads(GROUP, row))
    named = "三级" in told or {"一级", "二级"} <= told or BOTH in told
    return bool(named and len(told) >= 3 and told & _TOLD)


def extends(row: Row) -> bool:
    """Whether a row goes on with the head: columns of years, or names below names."""
    labels = [plain(one.text) for one in written(row)]
    years = sum(
        YEAR.fullmatch(one) is not None or is_one("分块", one) for one in labels
    )
    return bool(labels) and len(heads(GROUP, row)) + years >= len(labels)


@dataclass
class IndicatorRows:
    """What was read of a table of indicators so far."""

    draft: ImportDraft
    owner: FieldPath
    columns: Columns
    key: str = "指标"
    known: dict[tuple[str, ...], int] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    blank: FieldPath = ()  # the row above, in which stands a goal alone

    def take(self, row: Row) -> bool:
        """Reads a row; whether it was one of this table."""
        cells = self.columns.cells(row)
        counted = [
            cell for _, cell in cells.of("序号") if _COUNT.fullmatch(cell.text)
        ]
        self.draft.label_all(counted)
        rest = (one for one in written(row) if one not in counted)
        first = next(rest, None)
        if first is None or self._is_blank_goal(cells):
            return True
        self._take_back(cells)
        if is_one("合计行", first.text) and self._has_no_target(cells, first):
            self._total(cells, first)
        elif self._is_subtotal(cells):
            self.draft.label_all(cells.all)
        elif self._is_rate(first, cells):
            self._rate(cells, first)
        else:
            self._levels(cells)
            self._take_values(cells)
        return True

    def _is_blank_goal(self, cells: RowCells) -> bool:
        """Whether a row says the name of a goal and no more, as in a form that nobody filled in."""
        goal = cells.cell("目标")
        if goal is None or len(cells.all) > 1:
            return False
        self.blank = (
            *self.owner,
            self.key,
            self.draft.count((*self.owner, self.key)),
        )
        self.draft.put((*self.blank, "目标"), goal.text, goal)
        return True

    def _take_back(self, cells: RowCells) -> None:
        """Where rows follow below the name of a goal, it is theirs."""
        goal = self.draft.values.pop((*self.blank, "目标"), None)
        if goal and cells.cell("目标") is None:
            self.groups["目标"] = squeezed(goal.value).rstrip(":")
        self.blank = ()

    def _is_subtotal(self, cells: RowCells) -> bool:
        """Whether a row sums up the group above it."""
        named = any(sums_up(one.text) for one in cells.all)
        return named and cells.cell("实际值") is None

    def _has_no_target(
        self,
        cells: RowCells,
        first: GridCell,
    ) -> bool:
        said = cells.cell("指标值")
        return said is None or said is first or "等级" in said.text

    def _take_values(self, cells: RowCells) -> None:
        """The indicator of a row; one that only names a group has none."""
        category = self.groups.get("二级", "")
        is_named = "二级" in cells.by_role and not is_one("类别", category)
        if is_named or not _SAID.isdisjoint(cells.by_role):
            self._row(cells, cells.text("三级"))
        else:
            self.draft.label_all(cells.all)

    def _total(
        self,
        cells: RowCells,
        first: GridCell,
    ) -> None:
        """The row of totals; a single number of a form without a column for it is the score."""
        outcome = (*self.owner, "自评结果")
        self.draft.label(first)
        self._grade(cells, first)
        for role, cell in cells.of(*_TOTALS):
            if cell is not first:
                self.columns.marked(cell, first.text, role)
                self.draft.put_number((*outcome, _TOTALS[role]), cell)
                self._may_be_part((*outcome, _TOTALS[role]), first)
        for cell, values in shared_values(self.draft, cells):
            for role, said in values:
                self.draft.put((*outcome, _TOTALS.get(role, role)), said, cell)
        loose = (one for one in cells.all if self._is_new_number(one))
        for cell in loose if not self.draft.has((*outcome, "总分")) else ():
            doubt = "总分的位置不明，请核对"
            self.draft.put_number((*outcome, "总分"), cell, doubt=doubt)
            break

    def _may_be_part(
        self,
        path: FieldPath,
        label: GridCell,
    ) -> None:
        """A sum may lack the points of the funds: a total that is called so elsewhere counts more."""
        if plain(label.text) in _SUMS and path in self.draft.values:
            self.draft.listed.add(path)

    def _grade(
        self,
        cells: RowCells,
        first: GridCell,
    ) -> None:
        """The grade that stands in the row of totals."""
        outcome = (*self.owner, "自评结果")
        grade = GRADE.search(":".join(squeezed(one.text) for one in cells.all))
        if grade:
            there = (one for one in cells.all if "等级" in one.text)
            self.draft.put((*outcome, "等级"), grade[1], next(there, first))
            same = (one for one in cells.all if one.text == grade[1])
            self.draft.label_all(same)

    def _is_new_number(self, cell: GridCell) -> bool:
        return cell.text[:1].isdigit() and cell.lines[0] not in self.draft.used

    def _is_rate(
        self,
        first: GridCell,
        cells: RowCells,
    ) -> bool:
        said = {plain(first.text), plain(cells.text("三级") or first.text)}
        return cells.cell("一级") is first and _RATE.issuperset(said)

    def _rate(
        self,
        cells: RowCells,
        first: GridCell,
    ) -> None:
        """The execution rate among the indicators belongs to the funds."""
        funds = (*self.owner, "资金")
        for role, cell in cells.of(*_FUNDS):
            self.columns.marked(cell, first.text, role)
            self.draft.put_number((*funds, _FUNDS[role]), cell)
        points = points_in(first.text)
        if points and not self.draft.has((*funds, "分值")):
            self.draft.put((*funds, "分值"), points, first)
        self.draft.label_all(cells.all)

    def levels(self, row: Row) -> None:
        """Keeps the names of the groups of a row that was read otherwise."""
        self._levels(self.columns.cells(row))

    def _levels(self, cells: RowCells) -> None:
        """Keeps the names of the groups, also of two that stand in one cell: 产出指标／数量指标."""
        for role, cell in cells.of("一级", "二级"):
            self._group(cell, cell.text, role)
        for _, cell in cells.of("一级分值"):
            path = (*self.owner, "一级分值", self.groups.get("一级", ""))
            self.draft.put(path, cell.text, cell)
        for _, cell in cells.of("二级分值"):
            self.draft.leave_cell(cell, "二级指标的分值没有填处")
        for _, cell in cells.of(BOTH):
            first, *second = _BETWEEN.split(cell.text, maxsplit=1)
            self._group(cell, first, "一级")
            for name in second:
                self._group(cell, name, "二级")

    def _group(
        self,
        cell: GridCell,
        said: str,
        role: str,
    ) -> None:
        """Keeps the name of a group for the rows below; its points stand once."""
        name, points = without_points(said), points_in(said)
        self.columns.marked(cell, name, role)
        self.draft.label(cell)
        if role == "一级":
            self.groups.pop("二级", None)
            self.draft.put((*self.owner, "一级分值", name), points, cell)
        elif points:
            self.draft.leave_cell(cell, "二级指标的分值没有填处")
        self.groups[role] = name

    def _row(
        self,
        cells: RowCells,
        named: str,
    ) -> None:
        path = self._place(named.lstrip(_CORE))
        self._core(path, cells.cell("三级"))
        self._goal(cells)
        for role, name in self.groups.items():
            self.draft.put((*path, role), name, cells.cell(role) or ())
        self._target(path, cells, named)
        for role, cell in cells.of(*_TEXTS):
            self.columns.marked(cell, named, role)
            text = self._with_points(path, cells, cell, role)
            text = text.lstrip(_CORE) if role == "三级" else text
            self.draft.put((*path, *role.split(".")), text, cell)
        for role, cell in cells.of(*_TOTALS):
            self.columns.marked(cell, named, role)
            self.draft.put_number((*path, role), cell)
        for cell, values in shared_values(self.draft, cells):
            for role, said in values:
                self.columns.marked(cell, named, role)
                self.draft.put((*path, role), said, cell)

    def _core(
        self,
        path: FieldPath,
        cell: GridCell | None,
    ) -> None:
        """★ before a name marks one of the core indicators."""
        if cell and cell.text.startswith(tuple(_CORE)):
            self.draft.put((*path, "核心指标"), "是", cell)

    def _with_points(
        self,
        path: FieldPath,
        cells: RowCells,
        cell: GridCell,
        role: str,
    ) -> str:
        """What a cell says without the points of the row, which stand behind it where they have no column."""
        if cells.cell("分值") or role not in ("三级", "指标值"):
            return cell.text
        points = points_behind(cell.text, self.columns.head_of(role))
        if points is None:
            return cell.text
        self.draft.put((*path, "分值"), points[1], cell)
        return cell.text[: points.start()]

    def _place(self, named: str) -> FieldPath:
        """The path of a row: a new one, or that of the same row in a table that was read before."""
        groups = (self.groups.get(role, "") for role in ("一级", "二级"))
        at = self.known.pop((*groups, squeezed(named)), None)
        rows = (*self.owner, self.key)
        return (*rows, self.draft.count(rows) if at is None else at)

    def _goal(self, cells: RowCells) -> None:
        """Keeps the goal under which the rows below stand: 年度绩效目标1."""
        for _, cell in cells.of("目标", ""):
            text = squeezed(cell.text)
            if _GOAL.search(text):
                self.draft.label(cell)
                self.groups["目标"] = text.rstrip(":")

    def _target(
        self,
        path: FieldPath,
        cells: RowCells,
        named: str,
    ) -> None:
        """指标值 with the relation and the measure that stand in columns of their own."""
        there = [one for _, one in cells.of(*_PARTS)]
        said = {
            role: self._with_points(path, cells, cell, role)
            for role, cell in cells.of(*_PARTS)
        }
        value = whole_target(*(said.get(role, "") for role in _PARTS))
        if value:
            for cell in there:
                self.columns.marked(cell, named, "指标值")
            lines = [line for one in there for line in one.lines]
            self.draft.put((*path, "指标值"), value, lines)
