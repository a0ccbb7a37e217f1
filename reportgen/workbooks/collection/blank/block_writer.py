"""One block of the form written into its sheet: title, headings, what is known, what is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.core.value import FieldPath
from reportgen.model.values import Kind
from reportgen.workbooks.collection.blank.choices import choices_for
from reportgen.workbooks.collection.blank.computed import (
    auto_row,
    row_formulas,
    single_formulas,
)
from reportgen.workbooks.collection.blank.cursor import (
    AUTO,
    NOTE,
    VALUE,
    VALUE_END,
    Cursor,
)
from reportgen.workbooks.collection.blank.look import (
    LAST,
    WIDTH,
    CellContent,
    as_written,
    guide_cell,
    height,
    note_of,
    put,
)
from reportgen.workbooks.collection.blank.prefill import KEPT
from reportgen.workbooks.collection.books.grid import address
from reportgen.workbooks.collection.form import (
    NAME_LABEL,
    NAMED,
    ONE,
    PARENT_LABEL,
    FormBlock,
    FormField,
)
from reportgen.workbooks.collection.form_tree import (
    asked_first,
    rows_in,
    text_at,
    value_at,
)
from reportgen.workbooks.collection.labels import (
    AUTO_HEAD,
    NOTE_HEAD,
    SUM_LABEL,
    VALUE_HEAD,
)

_PROSE_END = LAST
_WIDE = WIDTH * (VALUE_END - VALUE + 1)
_SPARE = {
    "指标": 8,
    "长期指标": 4,
}  # rows left blank below those that are known
_FEW = 3
_PARENT = FormField(PARENT_LABEL, (PARENT_LABEL,), Kind.NAME)
_TEXTS = frozenset({Kind.PROSE, Kind.AIM})


def _with_last_year(asked: FormField, item: Any, note: str) -> str:
    """What is said about a field, last year's value first where the unit has it."""
    if not asked.path or asked.path[-1] not in KEPT:
        return note
    last = text_at(item, (*asked.path[:-1], "历年", "上年"))
    return "；".join(filter(None, (f"上年 {last}" if last else "", note)))


@dataclass
class BlockWriter:
    """Writes one block below what stands on the sheet already."""

    at: Cursor
    block: FormBlock

    def write(self) -> None:
        """The whole block and a blank row."""
        at = self.at
        at.row += 1
        at.sheet.set_row(at.row, 22)
        title = f"【{self.block.title}】"
        at.sheet.write_string(at.row, 0, title, at.painter.title())
        at.row += 1
        if self.block.rows == ONE:
            self._single_values()
        else:
            self._table()

    def _single_values(self) -> None:
        at = self.at
        label = at.painter.label()
        heads = {
            0: NAME_LABEL,
            VALUE: VALUE_HEAD,
            AUTO: AUTO_HEAD,
            NOTE: NOTE_HEAD,
        }
        for column in range(LAST + 1):
            at.sheet.write_string(at.row, column, heads.get(column, ""), label)
        at.span(VALUE, VALUE_END, VALUE_HEAD, label)
        at.span(NOTE, LAST, NOTE_HEAD, label)
        at.row += 1
        asked, others = asked_first(self.block, at.tree, at.blank)
        for one in (*asked, *others):
            self._single_value(one, is_asked=one in asked)
        self._single_formulas()

    def _single_value(self, asked: FormField, *, is_asked: bool) -> None:
        """A row with a label, what is filled in, and what is said about it."""
        at = self.at
        row = at.row
        path = (*self.block.path, *asked.path)
        text = text_at(at.tree, path)
        own = value_at(at.tree, self.block.path)
        note = _with_last_year(asked, own, self._note(path, asked))
        label = at.painter.label(asked=is_asked)
        at.sheet.write_string(row, 0, asked.printed, label)
        written = as_written(text, asked.kind)
        look = self._look(written, beside_label=True)
        at.span(VALUE, VALUE_END, "", look)
        put(at.sheet, row, VALUE, written, look)
        at.sheet.write_blank(row, AUTO, None, at.painter.auto())
        at.span(NOTE, LAST, note, at.painter.note())
        self._guide(path, VALUE, asked, note)
        at.cells[path] = address((row, VALUE))
        long = height((text, _WIDE), (note, WIDTH * 5), (asked.printed, WIDTH))
        at.sheet.set_row(row, max(long, 34 if asked.kind in _TEXTS else 18))
        at.row += 1

    def _single_formulas(self) -> None:
        at = self.at
        for asked in self.block.fields:
            path = (*self.block.path, *asked.path)
            row = int(at.cells[path].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
            auto = address((row, AUTO))
            found = single_formulas(path, at.cells, at.pack)
            code = "0.00%" if asked.kind is Kind.RATE else "0.00"
            if found:
                at.formula(row, AUTO, found, code, beside=VALUE)
                at.cells[(*path, AUTO_HEAD)] = auto
            at.tails.append((path, row, "General"))

    def _table(self) -> None:
        at, block = self.at, self.block
        asked, others = asked_first(block, at.tree, at.blank)
        known = len(asked)
        fields = [*asked, *others]
        if block.inner:
            at_end = bool(block.parts)
            fields.insert(len(fields) if at_end else 0, _PARENT)
            known += not at_end
        shift = self._head(fields, known)
        first = at.row
        for lead, name, item in self._rows():
            self._table_row(fields, shift, lead, item, name)
        last = at.row - 1
        for position, one in enumerate(fields):
            top = address((first, position + shift))
            bottom = address((last, position + shift))
            at.columns[(*block.path, *one.path)] = top, bottom
        self._computed(fields, shift, first, last)

    def _head(self, fields: list[FormField], asked: int) -> int:
        """The headings; how many columns stand before those of the fields."""
        at, block = self.at, self.block
        before = NAME_LABEL if block.rows == NAMED else ""
        heads = [before] if before else []
        known = len(heads) + asked
        heads += [one.printed for one in fields]
        for column, text in enumerate(heads):
            label = at.painter.label(asked=column < known)
            at.sheet.write_string(at.row, column, text, label)
        at.sheet.set_row(at.row, height(*((one, WIDTH) for one in heads)))
        self._span(fields, heads[-1])
        at.row += 1
        return 1 if before else 0

    def _span(self, fields: list[FormField], text: str) -> None:
        """A single column of texts is as wide as the sheet."""
        if self._is_text(fields):
            at = self.at
            label = at.painter.label()
            at.span(1, _PROSE_END, text, label)

    def _is_text(self, fields: list[FormField]) -> bool:
        one = fields[0]
        return len(fields) == 1 and one.listed and self.block.rows == NAMED

    def _rows(self) -> Iterator[tuple[str, str, Any]]:
        """What stands before the fields of a row, the name of the entry, and its values; then blank rows."""
        at, block = self.at, self.block
        if block.rows == NAMED:
            yield from self._entries()
        else:
            for above, item in rows_in(at.tree, block):
                yield above, "", item
        for _ in range(_SPARE.get(str(block.path[-1]), _FEW)):
            yield "", "", None

    def _entries(self) -> Iterator[tuple[str, str, Any]]:
        """The entries under their names; where the form knows the names, those and no others."""
        block = self.block
        entries = value_at(self.at.tree, block.path) or {}
        for name in block.names or entries:
            yield name, name, entries.get(name)

    def _table_row(
        self,
        fields: list[FormField],
        shift: int,
        lead: str,
        item: Any,
        name: str,
    ) -> None:
        at = self.at
        is_wide = self._is_text(fields)
        if shift:
            written = as_written(lead, Kind.NAME)
            put(at.sheet, at.row, 0, written, self._look(written))
        texts = [(lead, WIDTH)]
        width = WIDTH * (_PROSE_END if is_wide else 1)
        for column, one in enumerate(fields, start=shift):
            path = (*self.block.path, *filter(None, (name,)), *one.path)
            text = lead if one is _PARENT else text_at(item, one.path)
            texts.append((text, width))
            if text:
                at.rightmost = max(at.rightmost, column)
            written = as_written(text, one.kind)
            look = self._look(written)
            if is_wide:
                at.span(1, _PROSE_END, "", look)
            put(at.sheet, at.row, column, written, look)
            note = _with_last_year(one, item, self._note(path, one))
            self._guide(path, column, one, note)
        least = 34 if is_wide and lead else 20
        at.sheet.set_row(at.row, max(height(*texts), least))
        at.row += 1

    def _look(self, written: CellContent, *, beside_label: bool = False) -> Any:
        """The format of a cell to be filled in."""
        at = self.at
        is_prefilled = at.prefilled and written.value != ""
        return at.painter.filled(
            written.code, prefilled=is_prefilled, beside_label=beside_label
        )

    def _note(self, path: FieldPath, asked: FormField) -> str:
        return note_of(asked, self.at.notes.get(path, ""))

    def _guide(
        self, path: FieldPath, column: int, asked: FormField, note: str
    ) -> None:
        """What shows when the cell is chosen."""
        at = self.at
        choices = choices_for(path, at.pack, at.tree)
        guide_cell(at.sheet, (at.row, column), asked, note, choices)

    def _computed(
        self, fields: list[FormField], shift: int, first: int, last: int
    ) -> None:
        """Grey columns right of the table, and a grey row below it."""
        at, block = self.at, self.block
        places = {one.label: n + shift for n, one in enumerate(fields)}
        for label, build in row_formulas(block, places):
            column = len(fields) + shift
            head = at.painter.label()
            at.sheet.write_string(first - 1, column, label.head, head)
            for row in range(first, last + 1):
                text = build(row, at.columns)
                if text:
                    beside = places[label.beside]
                    at.formula(row, column, text, label.code, beside=beside)
        self._sums(fields, shift)

    def _sums(self, fields: list[FormField], shift: int) -> None:
        """The grey row with the sums of those columns that are added up."""
        at, block = self.at, self.block
        sums = auto_row(block, fields, at.columns)
        if not sums:
            return
        look = at.painter.auto()
        for column in range(len(fields) + shift):
            at.sheet.write_blank(at.row, column, None, look)
        at.sheet.write_string(at.row, 0, SUM_LABEL, look)
        for position, text in sums.items():
            column = position + shift
            at.formula(at.row, column, text, "General")
            path = (*block.path, *fields[position].path, AUTO_HEAD)
            at.cells[path] = address((at.row, column))
        at.row += 1
