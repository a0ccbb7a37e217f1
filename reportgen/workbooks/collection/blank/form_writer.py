"""The form as a workbook: what is asked, what is known already, what is computed at once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from reportgen.core.value import FieldPath
from reportgen.packs.pack import Pack
from reportgen.workbooks.collection.blank.block_writer import BlockWriter
from reportgen.workbooks.collection.blank.cursor import Cursor
from reportgen.workbooks.collection.blank.look import (
    LABEL_WIDTH,
    LAST,
    WIDTH,
    Painter,
)
from reportgen.workbooks.collection.form import (
    BASE_SHEET,
    GUIDE_SHEET,
    PROJECTS,
    FormSheet,
    form_sheets,
)
from reportgen.workbooks.collection.form_tree import (
    Tree,
    value_at,
    with_names,
)
from reportgen.workbooks.collection.guide import (
    GUIDE,
    GUIDE_TITLE,
    heading_of,
)
from reportgen.workbooks.sheets import workbook_bytes

_MAY_DO = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
    "objects": True,
}


class FormContent(NamedTuple):
    """What a form is made of: the unit as far as it is known, the pack's blank form and what it says of its fields.

    `prefilled` says of a path whether it was put there for the unit to look at.
    """

    tree: Tree
    pack: Pack
    blank: Tree
    notes: Mapping[FieldPath, str]
    prefilled: bool = True


def write_form(content: FormContent) -> bytes:
    """The workbook; raises OutputError where a text is too long for a cell."""
    pack = content.pack
    tree = with_names(content.tree, pack)

    def fill(book: Any) -> None:
        painter = Painter(book)
        _guide(book, painter)
        shared: dict[FieldPath, str] = {}
        for form in form_sheets():
            if form.of_project:
                for number, _ in enumerate(tree[PROJECTS], start=1):
                    cursor = _cursor(book, painter, form, content, number)
                    _fill(cursor, form, content, tree, number)
            elif form.name != BASE_SHEET or _has_base(tree):
                cursor = _cursor(book, painter, form, content)
                cursor.cells |= shared
                _fill(cursor, form, content, tree)
                shared |= cursor.seen_from_elsewhere()
        book.worksheets()[1].activate()

    return workbook_bytes("绩效自评采集表", fill)


def _has_base(tree: Tree) -> bool:
    """Whether the pack or the unit has anything for the sheet of base data."""
    blocks = next(one for one in form_sheets() if one.name == BASE_SHEET)
    tops = {one.path[0] for one in blocks.blocks}
    return any(_any_leaf(value_at(tree, (top,))) for top in tops)


def _any_leaf(data: Any) -> bool:
    if isinstance(data, dict):
        return any(
            not isinstance(value, dict) or _any_leaf(value)
            for value in data.values()
        )
    return bool(data)


def _guide(book: Any, painter: Painter) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, GUIDE_TITLE, painter.title())
    for row, line in enumerate(GUIDE, start=2):
        sheet.set_row(row, 34)
        sheet.write_string(row, 0, line, painter.style(border=0))
    _page(sheet, len(GUIDE) + 2, 0)


def _cursor(
    book: Any,
    painter: Painter,
    form: FormSheet,
    content: FormContent,
    number: int = 0,
) -> Cursor:
    """A new sheet with its heading."""
    name = f"{form.name}{number or ''}"
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, LAST, WIDTH)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, heading_of(form.name), painter.title())
    return Cursor(sheet, name, painter, content.pack, content.prefilled)


def _fill(
    cursor: Cursor,
    form: FormSheet,
    content: FormContent,
    tree: Tree,
    number: int = 0,
) -> None:
    """The blocks of a sheet, one below the other."""
    above: FieldPath = (PROJECTS, number - 1) if number else ()
    first: FieldPath = (PROJECTS, 0) if number else ()
    cursor.tree = value_at(tree, above) or {}
    cursor.blank = value_at(content.blank, first) or {}
    cursor.notes = {
        path[len(first) :]: note
        for path, note in content.notes.items()
        if path[: len(first)] == first
    }
    for block in form.blocks:
        BlockWriter(cursor, block).write()
    cursor.finish()
    cursor.sheet.freeze_panes(1, 0)
    cursor.sheet.protect("", _MAY_DO)
    _page(cursor.sheet, cursor.row, cursor.rightmost)


def _page(sheet: Any, last: int, column: int) -> None:
    """The sheet as it is printed: across, as wide as a page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
    sheet.print_area(0, 0, last, column)
