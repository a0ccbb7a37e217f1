"""The tables of a document, row by row: what each row is, and which table it goes on with."""

import re
from dataclasses import dataclass, field
from typing import Protocol

from reportgen.model.values import NUMBERS
from reportgen.packs.pack import Pack
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.owners import Owner
from reportgen.recognition.reading.grids import Grid, GridCell, Row
from reportgen.recognition.reading.words import (
    is_one,
    money_unit,
    points_in,
    says_continued,
    section_named,
    squeezed,
)
from reportgen.recognition.tables import (
    fund_rows,
    indicator_rows,
    other_rows,
    side_funds,
)
from reportgen.recognition.tables.columns import (
    Columns,
    columns_of,
    own,
    written,
    year_after,
    years_of,
)
from reportgen.recognition.tables.form_rows import FormRow
from reportgen.recognition.tables.framework_marks import (
    keep_blank_rates,
    keep_framework_marks,
)
from reportgen.recognition.tables.fund_rows import FundRows, block_of
from reportgen.recognition.tables.indicator_rows import IndicatorRows
from reportgen.recognition.tables.other_rows import GoalRows, ListRows
from reportgen.recognition.tables.pack_forms import PackForms, cells_of
from reportgen.recognition.tables.pairs import Pairs
from reportgen.recognition.tables.side_funds import SideFunds

_ROWS = ("合计行", "类别", "资金总额")  # labels of rows of a table
_PAIR = 2
_LEAD = re.compile(r"^[^:：]*[:：]")


class Region(Protocol):
    """A part of a table that reads row after row."""

    def take(self, row: Row) -> bool:
        """Reads a row; whether it was one of this part."""


@dataclass
class FormReader:
    """Reads the tables of a document; what was begun in one goes on in the next where nothing stands between."""

    draft: ImportDraft
    of: Owner
    pack: Pack | None = None  # the one that fits
    unit: str = ""  # 元 where the form says so
    region: Region | None = None
    pairs: Pairs = field(init=False)
    known: PackForms = field(init=False)

    def __post_init__(self) -> None:
        self.known = PackForms.of(self.pack)
        self.pairs = Pairs(
            self.draft, self.of, self.known.sections, self.known.others
        )

    def titled(self, text: str) -> None:
        """A new form begins."""
        self.of.titled(text)
        self.region = None

    def read(self, grid: Grid) -> None:
        """Reads a table."""
        known = self.known.rows_in(grid)
        at = 0
        while at < len(grid.rows):
            if at in known:
                at += self._of_pack(known[at], grid.rows[at])
            else:
                at += self._opened(grid, at) or self._read(grid.rows[at])

    def _of_pack(
        self,
        form: FormRow,
        row: Row,
    ) -> int:
        """Reads a row whose fields the pack names; one of indicators with values of its own as any other."""
        if form.is_indicator and isinstance(self.region, IndicatorRows):
            return self._of_indicators(form, row, self.region)
        fields = [*cells_of(form, row)]
        for cell, one in fields:
            self.draft.asked.add(".".join(map(str, one.path[-2:])))
            if one.kind in NUMBERS and not one.lead:
                self.draft.put_number(one.path, cell)
            else:
                self.draft.put(one.path, _behind(cell, one.lead), cell)
        keep_framework_marks(self.draft, form, row)
        keep_blank_rates(self.draft, form, row, self.pack)
        read = [cell for cell, _ in fields]
        self._label([one for one in row if one not in read])
        return 1

    def _of_indicators(
        self,
        form: FormRow,
        row: Row,
        region: IndicatorRows,
    ) -> int:
        """Reads a row of indicators as any other where something stands in it beside the names of the form."""
        if form.is_filled(row):
            return self._read(row)
        self._label(row)
        keep_blank_rates(self.draft, form, row, self.pack)
        region.levels(row)
        return 1

    def _read(self, row: Row) -> int:
        """Reads a row that is no head."""
        if says_continued("".join(one.text for one in written(row))):
            self._label(row)
            return 1
        is_open = self.region is not None and not self._closes(row)
        if is_open and self.region and self.region.take(row):
            return 1
        if written(row):
            self.region = None
            self._pairs(row)
        return 1

    def _pairs(self, row: Row) -> None:
        for cell in written(row):
            said = squeezed(cell.text)
            if "单位" in said and money_unit(said):
                self.unit = self.pairs.unit = money_unit(said)
        self.pairs.row(row)

    def _closes(self, row: Row) -> bool:
        """Whether a row of one label and one value stands below a table of many columns."""
        first = next((one for one in own(row) if one.lines), None)
        if first is None or len(own(row)) != _PAIR or self._is_goal(first):
            return False
        if isinstance(self.region, GoalRows) and is_one("目标栏", first.text):
            return True
        return _names_value(first.text)

    def _is_goal(self, cell: GridCell) -> bool:
        """Whether a cell stands where goals are written, not their labels."""
        if not isinstance(self.region, GoalRows):
            return False
        return cell.start >= self.region.columns.all[0].start

    def _opened(
        self,
        grid: Grid,
        at: int,
    ) -> int:
        """Begins what the row is the head of; how many rows the head has, 0 where it is none."""
        row = grid.rows[at]
        if other_rows.list_opens(row):
            columns = columns_of(other_rows.LIST, [row])
            self.region = ListRows(self.draft, self.of, columns)
        elif indicator_rows.opens(row):
            return self._indicators(grid, at)
        elif other_rows.goals_open(row):
            columns = columns_of(other_rows.GOALS, [row])
            self.draft.asked.update(f"年度目标.{one}" for one in columns.roles)
            self.region = GoalRows(self.draft, self.of.path, columns)
        elif fund_rows.opens(row):
            return self._funds(grid, at)
        elif fund_rows.parts_open(row):
            self.region = FundRows(
                self.draft,
                self.of.path,
                columns_of(fund_rows.GROUP, []),
                self.unit,
                named_role=fund_rows.role_of_block(row),
            )
        elif at + 1 < len(grid.rows) and side_funds.opens(
            grid.rows[at : at + 2]
        ):
            head = grid.rows[at : at + 2]
            self.region = SideFunds.opened(
                self.draft, self.of.path, self.unit, head
            )
        else:
            return 0
        self._label(row)
        return 1

    def _head(
        self,
        grid: Grid,
        at: int,
    ) -> list[Row]:
        rows: list[Row] = [grid.rows[at]]
        row: Row
        for row in grid.rows[at + 1 : at + 3]:
            if not indicator_rows.extends(row):
                break
            rows.append(row)
        for row in rows:
            self._label(row)
        return rows

    def _columns(
        self,
        group: str,
        rows: list[Row],
    ) -> Columns:
        """The columns of a head; two that are of years tell of which year the form is."""
        year = year_after(rows)
        if year:
            self.draft.heads.append((year, written(rows[0])[0].lines[0]))
        return years_of(rows, columns_of(group, rows))

    def _indicators(
        self,
        grid: Grid,
        at: int,
    ) -> int:
        rows = self._head(grid, at)
        before = self.region
        columns = self._columns(indicator_rows.GROUP, rows)
        again = self.of.starts_rows()
        self.draft.asked.update(f"指标.{one}" for one in columns.roles)
        made = IndicatorRows(self.draft, self.of.path, columns)
        if any("长期" in cell.text for cell in rows[0] if cell.lines):
            made.key, made.owner = "长期指标", ()
        if isinstance(before, IndicatorRows) and not again:
            made.groups = before.groups
        if again:
            made.known = _rows_of(self.draft, made)
        self.region = made
        return len(rows)

    def _funds(
        self,
        grid: Grid,
        at: int,
    ) -> int:
        rows = self._head(grid, at)
        columns = self._columns(fund_rows.GROUP, rows)
        self.draft.asked.update(f"资金.{one}" for one in columns.roles)
        made = FundRows(self.draft, self.of.path, columns, self.unit)
        for cell in block_of(rows[0], columns):
            points = points_in(cell.text)
            if points:
                path = (*made.owner, "资金", "分值")
                self.draft.put(path, points, cell)
            made.unit = money_unit(cell.text) or made.unit
        self.region = made
        return len(rows)

    def _label(self, row: Row) -> None:
        for cell in written(row):
            self.draft.label(cell)


def _names_value(label: str) -> bool:
    """Whether a label has its value beside it, and is no row of a table."""
    is_row = any(is_one(group, label) for group in _ROWS)
    if is_row or fund_rows.says_amount(label):
        return False
    return bool(section_named(label)) or is_one("单值", label)


def begins_with_head(grid: Grid) -> bool:
    """Whether a table begins with the head of a list, of funds or of indicators, as no form does."""
    row = next((one for one in grid.rows if written(one)), [])
    opens = (other_rows.list_opens, indicator_rows.opens, fund_rows.opens)
    return any(one(row) for one in opens)


def _behind(
    cell: GridCell,
    lead: str,
) -> str:
    """What stands in a cell behind the words of the form."""
    return _LEAD.sub("", cell.text, count=1) if lead else cell.text


def _rows_of(
    draft: ImportDraft,
    made: IndicatorRows,
) -> dict[tuple[str, ...], int]:
    """The rows that were read before by their names: a report shows the same table once more."""
    rows = (*made.owner, made.key)
    found: dict[tuple[str, ...], int] = {}
    for at in range(draft.count(rows)):
        names = (
            draft.values.get((*rows, at, role))
            for role in ("一级", "二级", "三级")
        )
        told = [one.value if one else "" for one in names]
        found[told[0], told[1], squeezed(told[2])] = at
    return found
