""".xls (and .et saved as such) as grids. The library tells no number formats: what a percentage is the field tells."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from reportgen.core.errors import TemplateError
from reportgen.core.numerals import ZERO, plain
from reportgen.workbooks.collection.books.grid import (
    MAX_CELLS,
    Book,
    Cell,
    Sheet,
)
from reportgen.workbooks.collection.books.number_formats import exact

BROKEN = "工作簿不完整或已损坏"


def read_xls(data: bytes) -> Book:
    """The sheets of a workbook; raises TemplateError where it is broken or too large."""
    import python_calamine  # noqa: PLC0415  wanted only for the old format

    try:
        with python_calamine.load_workbook(BytesIO(data)) as book:
            return Book([_sheet(book, one) for one in book.sheets_metadata])
    except TemplateError:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the library is no Exception
        raise TemplateError(BROKEN) from error


def _sheet(book: Any, about: Any) -> Sheet:
    sheet = Sheet(about.name, tells_formulas=False)
    sheet.hidden = "Visible" not in str(about.visible).rpartition(".")[2]
    found = book.get_sheet_by_name(about.name)
    if found.total_height * found.total_width > 10 * MAX_CELLS:
        raise TemplateError(f"「{about.name}」的内容超过 {MAX_CELLS} 格")
    for row, values in enumerate(found.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            cell = _cell(value)
            if cell:
                sheet.cells[row, column] = cell
    for first, last in found.merged_cell_ranges or ():
        sheet.merge(first, last)
    return sheet


def _cell(value: Any) -> Cell | None:
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, (int, float)):
        number = exact(repr(value)) or ZERO
        return Cell(plain(number), number)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Cell(value.isoformat(), day=True)
    text = str(value)
    return Cell(text) if text else None
