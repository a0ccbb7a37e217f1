""".ods as grids, read through the one door: what stands in a cell is shown there as a text as well."""

import re
from collections.abc import Iterator

from reportgen.core.numerals import read_number
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element
from reportgen.workbooks.collection.books.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Book,
    Cell,
    Sheet,
    Spot,
)
from reportgen.workbooks.collection.books.number_formats import exact, shown
from reportgen.workbooks.collection.books.xlsx_grid import (
    FAILED,
    NO_VALUE,
    TOO_LONG,
    attribute,
    below,
    children,
    local,
    text_cell,
)

CONTENT = "content.xml"
_DECIMALS = re.compile(r"\.([0-9]+)")
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_NUMBERS = frozenset({"float", "percentage", "currency"})
_TRUE = {"true": "是", "false": "否"}


def read_ods(package: Package) -> Book:
    """The sheets of a workbook; raises TemplateError where its content is broken."""
    root = package.tree(CONTENT)
    return Book([_sheet(package, one) for one in below(root, "table")])


def _number(element: Element, name: str) -> int:
    text = attribute(element, name)
    return int(text) if text.isdigit() else 1


def _sheet(package: Package, table: Element) -> Sheet:
    sheet = Sheet(attribute(table, "name"))
    hidden: set[int] = set()
    row = 0
    for element in below(table, "table-row"):
        times = _number(element, "number-rows-repeated")
        if attribute(element, "visibility") in {"collapse", "filter"}:
            hidden.add(row)
        cells: dict[int, Cell] = {}
        for column, one in _row(element):
            _note_around(sheet, (row, column), one)
            cell = _cell(one)
            if cell:
                cells[column] = cell
        for again in range(min(times, MAX_ROWS) if cells else 0):
            for column, cell in cells.items():
                sheet.cells[row + again, column] = cell
            if len(sheet.cells) > MAX_CELLS:
                raise package.refused(
                    f"「{sheet.name}」的内容超过 {MAX_CELLS} 格"
                )
        row += times
    sheet.hidden_rows = frozenset(hidden)
    return sheet


def _row(element: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row that hold something or are merged, each with its column."""
    column = 0
    for one in element:
        if local(one) not in _CELLS:
            continue
        times = _number(one, "number-columns-repeated")
        is_merged = attribute(one, "number-rows-spanned") or attribute(
            one, "number-columns-spanned"
        )
        is_own = local(one) == "table-cell"
        if is_own and (len(one) or is_merged):
            for again in range(column, min(column + times, MAX_COLUMNS)):
                yield again, one
        column += times


def _note_around(sheet: Sheet, spot: Spot, element: Element) -> None:
    """Notes what is merged from a cell on, and its comment."""
    height = _number(element, "number-rows-spanned")
    width = _number(element, "number-columns-spanned")
    if height > 1 or width > 1:
        sheet.merge(spot, (spot[0] + height - 1, spot[1] + width - 1))
    if next(children(element, "annotation"), None) is not None:
        sheet.remarks = (*sheet.remarks, spot)


def _cell(element: Element) -> Cell | None:
    """The cell, None for an empty one."""
    kind = attribute(element, "value-type")
    computed = bool(attribute(element, "formula"))
    text = "\n".join(map(_paragraph, children(element, "p")))
    if len(text) > MAX_TEXT:
        return Cell("", fault=TOO_LONG)
    fault = _fault(element, text, computed)
    if fault:
        return Cell("", computed=computed, fault=fault)
    if kind == "date":
        day = attribute(element, "date-value").partition("T")[0]
        return Cell(day, computed=computed, day=True)
    if kind == "boolean":
        text = _TRUE.get(attribute(element, "boolean-value"), text)
    number = exact(attribute(element, "value")) if kind in _NUMBERS else None
    if number is None:
        return text_cell(text, computed=computed)
    code = _code(text, kind)
    meant = shown(number, code, computed=computed) if code else text
    return Cell(meant, number, code or "@", computed)


def _fault(element: Element, text: str, computed: bool) -> str:
    """Why a computed cell has no value, "" where it has."""
    if not computed:
        return ""
    if "error" in element.attrib.values() or text.startswith(("#", "Err:")):
        return FAILED.format(value=text)
    is_empty = not text and not attribute(element, "value-type")
    return NO_VALUE if is_empty else ""


def _code(text: str, kind: str) -> str:
    """A format that shows the number as `text` does; "" where it is shown with words."""
    decimals = _DECIMALS.search(text)
    code = f"0.{'0' * len(decimals[1])}" if decimals else "0"
    if kind == "percentage":
        return f"{code}%"
    if kind == "currency":
        return code
    if read_number(text) is None:
        return ""
    return code if decimals and text.endswith("0") else "General"


def _paragraph(element: Element) -> str:
    """The text of a paragraph; several blanks stand there as an element."""
    parts = [element.text or ""]
    for one in element:
        name = local(one)
        if name == "s":
            parts.append(" " * min(_number(one, "c"), MAX_COLUMNS))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name != "annotation":
            parts.append(_paragraph(one))
        parts.append(one.tail or "")
    return "".join(parts)
