"""One block of the form as it stands on a sheet: its heading row, its values with their paths and cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportgen.core.value import FieldPath
from reportgen.model.values import Kind
from reportgen.sources.characters import shown
from reportgen.workbooks.collection.books.grid import Sheet, Spot
from reportgen.workbooks.collection.filled.cell_values import meant_value
from reportgen.workbooks.collection.filled.heading import HeadingRow
from reportgen.workbooks.collection.form import (
    CONTENT_LABEL,
    LISTED,
    NAME_LABEL,
    NAMED,
    ONE,
    FormBlock,
    FormField,
)
from reportgen.workbooks.collection.form_tree import chained, numbered
from reportgen.workbooks.collection.labels import (
    AUTO,
    NAME,
    NOTE,
    PARENT,
    SUM_LABEL,
    Meaning,
    labels_of,
    meaning_of,
    plain_label,
    unit_in,
)

_LABELS = frozenset({Kind.WORD, Kind.NAME})
_SUMS = frozenset(
    {
        "合计",
        "小计",
        "总计",
        "共计",
    }
)
_REMARKS = ("注:", "备注:", "说明:")
_GOES_ON = frozenset({"续表", "续上表", "接上表"})
_OVER_COMPUTED = (
    "这一格是自动计算的，填的“{text}”没有读入；请填在左边白色的格子里"
)
_MERGED = "这一格合并了几行，数只算在第一行；各行都有的请拆开分别填"
_AGAIN = "“{label}”前面已经填过，这一处不同，没有读入；请只留一处"
_NO_NAME = "这一行没有写“{label}”，没有读入；请补上"
_NO_PARENT = "上面没有“{name}”这一行，不能作为它的一部分；已作为单独一行读入，请核对“上一级”"


class ReadValue(NamedTuple):
    """A value with its path below the unit or project, and its cell."""

    path: FieldPath
    value: Any
    spot: str


class Doubt(NamedTuple):
    """What to tell of a cell."""

    message: str
    spot: Spot
    path: FieldPath = ()
    is_fault: bool = False


@dataclass
class BlockReader:
    """Reads one block of a sheet; `used` gains the cells that were read, `doubts` what is to be told."""

    sheet: Sheet
    block: FormBlock
    used: set[Spot]
    filled: Mapping[int, Sequence[int]]  # columns with anything, row by row
    doubts: list[Doubt] = field(default_factory=list)
    blanks: dict[FieldPath, str] = field(default_factory=dict)  # their cells
    heading: HeadingRow = field(init=False)
    singles: dict[FieldPath, Spot] = field(default_factory=dict)
    items: dict[FieldPath, list[int]] = field(default_factory=dict)  # rows

    def __post_init__(self) -> None:
        self.heading = HeadingRow(
            self.sheet, self.block, self.used, self.filled
        )

    @property
    def columns(self) -> dict[int, Meaning]:
        """What each column holds."""
        return self.heading.columns

    def read(self, rows: Sequence[int]) -> Iterator[ReadValue]:
        """The values of the block that stands in `rows`."""
        head = self.heading.find(rows)
        below = [row for row in rows if head is None or row > head]
        if self.block.rows == ONE:
            yield from self._single_values(below)
        elif head is not None:
            yield from self._table(below, head)

    def _texts(self, row: int) -> Iterator[tuple[int, str]]:
        for column in self.filled[row]:
            yield column, self.sheet.cells[row, column].text

    def _single_values(self, rows: Sequence[int]) -> Iterator[ReadValue]:
        """Values beside their labels."""
        labels: dict[str, Meaning] = dict(labels_of(self.block))
        values = self.heading.column(CONTENT_LABEL)
        names = self.heading.column(NAME)
        seen: dict[FieldPath, Any] = {}
        for row in rows:
            texts = dict(self._texts(row))
            first = min(texts) if names is None else names
            asked = meaning_of(texts.get(first, ""), labels)
            if not isinstance(asked, FormField):
                continue
            self.used.add((row, first))
            self._pass_over(row)
            column = first + 1 if values is None else values
            unit = unit_in(texts[first])
            self.singles.setdefault(
                (*self.block.path, *asked.path), (row, column)
            )
            found = self._value(
                (row, column),
                asked,
                self.block.path,
                unit,
            )
            if found is None:
                continue
            if seen.setdefault(found.path, found.value) != found.value:
                told = _AGAIN.format(label=asked.label)
                self.doubts.append(
                    Doubt(
                        told,
                        (row, column),
                        found.path,
                        True,
                    )
                )
            else:
                yield found

    def _value(
        self, spot: Spot, asked: FormField, above: FieldPath, unit: str
    ) -> ReadValue | None:
        """The value of a field in a cell, None where there is none."""
        cell = self.sheet.cells.get(spot)
        self.used.add(spot)
        path = (*above, *asked.path)
        if cell is None:
            self.blanks[path] = self.sheet.at(spot)
            return None
        if cell.fault:
            self.doubts.append(
                Doubt(
                    cell.fault,
                    spot,
                    path,
                    True,
                )
            )
            return None
        meant = meant_value(cell, asked, unit)
        if meant.doubt:
            self.doubts.append(Doubt(meant.doubt, spot, path))
        if meant.value is None:
            return None
        return ReadValue(path, meant.value, self.sheet.at(spot))

    def _table(self, rows: Sequence[int], head: int) -> Iterator[ReadValue]:
        """The values of a table, row by row."""
        places: dict[str, FieldPath] = {}
        counts: dict[FieldPath, int] = {}
        names: dict[FieldPath, Any] = {}
        for row in rows:
            texts = dict(self._texts(row))
            if self.heading.comes_again(row) or self._is_no_row(row, texts):
                continue
            if self.block.rows == NAMED:
                yield from self._entry(row, texts, names)
                continue
            filled = self._with_merged(row, head)
            path = self._item_path(
                row,
                filled,
                places,
                counts,
            )
            yield from self._row_values(filled, path)

    def _is_no_row(self, row: int, texts: dict[int, str]) -> bool:
        """Whether this is a row of sums, of remarks, or has nothing in any column of the table."""
        self._pass_over(row)
        asked = [
            column
            for column in texts
            if self.columns.get(column, NOTE) not in {NOTE, AUTO}
        ]
        first = plain_label(texts[min(texts)])
        if first == SUM_LABEL:
            self._pass_over(row, texts)
            self.used.add((row, min(texts)))
            return True
        if first in _GOES_ON:
            self.used.add((row, min(texts)))
            return True
        if not asked:
            return True
        return self._is_sum(first, asked) or first.startswith(_REMARKS)

    def says_more(self, row: int) -> bool:
        """Whether a row says anything but what the form computes or explains."""
        passed = {NOTE, AUTO}
        meanings = map(self.columns.get, self.filled[row])
        return any(meaning not in passed for meaning in meanings)

    def _is_sum(self, first: str, asked: Sequence[int]) -> bool:
        """Whether a row adds up others: it says so where the first label of a row stands, and names nothing."""
        if first not in _SUMS or self.block.rows != LISTED:
            return False
        labels = [
            meaning
            for meaning in map(self.columns.get, asked)
            if isinstance(meaning, FormField) and meaning.kind in _LABELS
        ]
        return len(labels) == 1 and labels[0].path[-1] != "名称"

    def _pass_over(self, row: int, columns: Iterable[int] = ()) -> None:
        """Takes what the form itself says in a row for read: notes, and what is computed as long as it is."""
        for column in columns or self.columns:
            meaning = self.columns.get(column)
            is_auto = meaning == AUTO or bool(columns)
            spot = row, column
            computed = is_auto and self._is_computed(spot)
            if meaning == NOTE or computed:
                self.used.add(spot)
            elif meaning == AUTO and spot in self.sheet.cells:
                self.used.add(spot)
                text = shown(self.sheet.cells[spot].text, 30)
                told = _OVER_COMPUTED.format(text=text)
                self.doubts.append(Doubt(told, spot))

    def _is_computed(self, spot: Spot) -> bool:
        """Whether a formula stands in the cell, as far as the kind of file tells."""
        cell = self.sheet.cells.get(spot)
        is_told = self.sheet.tells_formulas
        return cell is not None and (cell.computed or not is_told)

    def _with_merged(self, row: int, head: int) -> dict[int, Spot]:
        """The cell of each column; a label that was merged over several rows counts in all of them."""
        found: dict[int, Spot] = {}
        for column, meaning in self.columns.items():
            spot = row, column
            first = self.sheet.merged.get(spot, spot)
            is_below = head < first[0] < row
            if spot in self.sheet.cells:
                found[column] = spot
            elif is_below and isinstance(meaning, FormField):
                if meaning.kind in _LABELS:
                    found[column] = first
                elif first in self.sheet.cells:
                    self.doubts.append(Doubt(_MERGED, first))
        return found

    def _item_path(
        self,
        row: int,
        filled: dict[int, Spot],
        places: dict[str, FieldPath],
        counts: dict[FieldPath, int],
    ) -> FieldPath:
        """Where the row stands in the tree: behind those before it, or in the row that it is a part of."""
        above = self._said(filled, PARENT)
        holder = self.block.path
        if above in places:
            holder = (*places[above], self.block.inner)
        elif above:
            told = _NO_PARENT.format(name=above)
            column = self.heading.column(PARENT) or 0
            self.doubts.append(Doubt(told, (row, column)))
            above = ""
        position = counts.get(holder, 0)
        counts[holder] = position + 1
        path = (*holder, position)
        self.items[path] = [row]
        name = self.block.name_in(self._words(filled))
        for one in filter(None, (numbered(position + 1), name)):
            places[chained(above, one)] = path
        return path

    def _words(self, filled: dict[int, Spot]) -> dict[object, str]:
        """What a row says, by the last words of its columns."""
        return {
            meaning.path[-1]: self.sheet.cells[filled[column]].text
            for column, meaning in self.columns.items()
            if isinstance(meaning, FormField) and column in filled
        }

    def _said(self, filled: dict[int, Spot], meaning: Meaning) -> str:
        """What the row says in the column of that meaning."""
        column = self.heading.column(meaning)
        if column is None or column not in filled:
            return ""
        self.used.add(filled[column])
        return self.sheet.cells[filled[column]].text.strip()

    def _row_values(
        self, filled: dict[int, Spot], above: FieldPath
    ) -> Iterator[ReadValue]:
        for column, spot in filled.items():
            meaning = self.columns[column]
            self.used.add(spot)
            if isinstance(meaning, FormField):
                unit = self.heading.units.get(column, "")
                found = self._value(
                    spot,
                    meaning,
                    above,
                    unit,
                )
                if found:
                    yield found

    def _entry(
        self, row: int, texts: dict[int, str], seen: dict[FieldPath, Any]
    ) -> Iterator[ReadValue]:
        """The values of an entry under its name; paragraphs under one name stand together."""
        column = self.heading.column(NAME)
        name = "" if column is None else texts.get(column, "").strip()
        filled = {c: (row, c) for c in self.columns if c in texts}
        if not name:
            self._tell_nameless(list(filled.values()))
            return
        self.used.update(filled.values())
        above = (*self.block.path, name)
        self.items.setdefault(above, []).append(row)
        for one in self._row_values(filled, above):
            yield self._joined(one, row, seen)

    def _tell_nameless(self, spots: Sequence[Spot]) -> None:
        """A row that says something without saying of what."""
        said = [
            spot
            for spot in spots
            if isinstance(self.columns[spot[1]], FormField)
        ]
        self.used.update(said)
        if said:
            told = _NO_NAME.format(label=NAME_LABEL)
            self.doubts.append(
                Doubt(
                    told,
                    said[0],
                    self.block.path,
                    True,
                )
            )

    def _joined(
        self, one: ReadValue, row: int, seen: dict[FieldPath, Any]
    ) -> ReadValue:
        """`one`, behind what was said before under the same name."""
        before = seen.get(one.path)
        if before is None:
            seen[one.path] = one.value
            return one
        is_text = any(
            asked.listed and asked.path == () for asked in self.block.fields
        )
        if not is_text:
            if before != one.value:
                told = _AGAIN.format(label="·".join(map(str, one.path[-2:])))
                spot = row, self.heading.column(NAME) or 0
                self.doubts.append(
                    Doubt(
                        told,
                        spot,
                        one.path,
                        True,
                    )
                )
            return one._replace(value=before)
        joined = [*_lines(before), *_lines(one.value)]
        seen[one.path] = joined
        return one._replace(value=joined)


def _lines(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
