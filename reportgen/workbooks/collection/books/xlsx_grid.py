""".xlsx and .xlsm as grids, through the one door: no macro is run, no link is followed, only stored values count."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element
from reportgen.workbooks.collection.books.grid import (
    MAX_CELLS,
    MAX_TEXT,
    Book,
    Cell,
    Sheet,
    Spot,
    range_of,
    spot_of,
)
from reportgen.workbooks.collection.books.number_formats import (
    day_of,
    exact,
    format_of,
    shown,
    style_of,
)

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
TOO_LONG = f"有一格的文字超过 {MAX_TEXT} 字，不像是填报的表"
_MOST_MARKS = (
    2_000_000  # "<" in all sheets; one of 30 projects has some 500 000
)
NO_VALUE = "公式没有保存结果；请用 Excel 或 WPS 打开、保存一次再交"
FAILED = "公式出错（{value}）；请改正公式，或直接填数"


@dataclass(frozen=True)
class _Shared:
    """What all sheets of a book refer to."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]  # by the number of the cell style
    from_1904: bool


def local(element: Element) -> str:
    """The name of an element without its namespace, of which there are two."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute that has a namespace, by its name without it."""
    found = (v for k, v in element.items() if str(k).endswith(f"}}{name}"))
    return str(next(found, ""))


def children(element: Element, name: str) -> Iterator[Element]:
    """The elements of that name right below."""
    return (one for one in element if local(one) == name)


def below(element: Element, name: str) -> Iterator[Element]:
    """The elements of that name anywhere below."""
    return (one for one in element.iter() if local(one) == name)


def read_xlsx(package: Package) -> Book:
    """The sheets of a workbook; raises TemplateError where a part is broken."""
    main = package.main
    root = package.tree(main)
    properties = next(below(root, "workbookPr"), None)
    old = properties is not None and properties.get("date1904") in {"1", "true"}
    shared = _Shared(_strings(package, main), number_codes(package, main), old)
    sheets = []
    listed = list(sheet_parts(package))
    marks = (package.parts[part].count(b"<") for _, part in listed)
    if sum(marks) > _MOST_MARKS:
        raise package.refused("各表的内容过多，不像是填报的表")
    for sheet, part in listed:
        name = sheet.get("name", "")
        found = _sheet(package, part, name, shared)
        found.hidden = sheet.get("state", "visible") != "visible"
        sheets.append(found)
    return Book(sheets)


def sheet_parts(package: Package) -> Iterator[tuple[Element, str]]:
    """The sheets with cells as the workbook lists them, each with its part."""
    main = package.main
    parts = {
        one.key: one.target
        for one in package.relations(main)
        if one.kind == "worksheet"
    }
    for sheet in below(package.tree(main), "sheet"):
        part = parts.get(attribute(sheet, "id"), "")
        if part in package.parts:
            yield sheet, part


def _strings(package: Package, main: str) -> tuple[str, ...]:
    part = package.related(main, "sharedStrings")
    if not part:
        return ()
    texts = tuple(rich_text(one) for one in children(package.tree(part), "si"))
    if max(map(len, texts), default=0) > MAX_TEXT:
        raise package.refused(TOO_LONG)
    return texts


def rich_text(element: Element) -> str:
    """The text of a string item, without the readings above Chinese signs."""
    parts: list[str] = []
    for one in element:
        if local(one) == "t":
            parts.append(one.text or "")
        elif local(one) == "r":
            parts += [inner.text or "" for inner in children(one, "t")]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(parts))


def number_codes(package: Package, main: str) -> tuple[str, ...]:
    """The number format of each cell style."""
    part = package.related(main, "styles")
    if not part:
        return ()
    root = package.tree(part)
    custom = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in below(root, "numFmt")
        if one.get("numFmtId", "").isdigit()
    }
    styles = next(children(root, "cellXfs"), None)
    if styles is None:
        return ()
    numbers = (one.get("numFmtId", "0") for one in children(styles, "xf"))
    return tuple(
        format_of(int(one) if one.isdigit() else 0, custom) for one in numbers
    )


def _sheet(package: Package, part: str, name: str, shared: _Shared) -> Sheet:
    sheet = Sheet(name)
    root = package.fresh_tree(part)  # let go of once it is read
    hidden = set()
    last = -1
    for row in below(root, "row"):
        number = row.get("r", "")
        last = int(number) - 1 if number.isdigit() else last + 1
        if row.get("hidden") in {"1", "true"}:
            hidden.add(last)
        _read_row(sheet, row, last, shared)
        if len(sheet.cells) > MAX_CELLS:
            raise package.refused(f"「{name}」的内容超过 {MAX_CELLS} 格")
    sheet.hidden_rows = frozenset(hidden)
    for one in below(root, "mergeCell"):
        found = range_of(one.get("ref", ""))
        if found:
            sheet.merge(*found)
    sheet.remarks = _remarks(package, part)
    return sheet


def _read_row(
    sheet: Sheet, element: Element, row: int, shared: _Shared
) -> None:
    for spot, one in _filled_cells(element, row):
        cell = _cell(one, shared)
        if cell and len(cell.text) > MAX_TEXT:
            cell = Cell("", fault=TOO_LONG)
        if cell:
            sheet.cells[spot] = cell


def _filled_cells(element: Element, row: int) -> Iterator[tuple[Spot, Element]]:
    """The cells of a row with anything in them; most cells of a form are blank and only looked at for their place."""
    column = -1
    before = ""
    for one in children(element, "c"):
        reference = one.get("r", "")
        if not reference and before:
            column = (spot_of(before) or (row, column))[1]
        before = reference
        if reference and not len(one):
            continue
        spot = spot_of(reference) or (row, column + 1)
        column = spot[1]
        yield spot, one


def _cell(element: Element, shared: _Shared) -> Cell | None:
    """The cell, None for an empty one."""
    kind = element.get("t", "n")
    computed = next(children(element, "f"), None) is not None
    text = _stored(element, kind)
    if computed and not text and kind != "str":
        return Cell("", computed=True, fault=NO_VALUE)
    read = _READERS.get(kind)
    if read:
        text, fault = read(text, shared)
        return text_cell(text, fault, computed=computed)
    number = exact(text)
    if number is None:
        return text_cell(text, computed=computed)
    code = _code_of(element, shared)
    return _number_cell(number, code, computed, shared.from_1904)


def _stored(element: Element, kind: str) -> str:
    """What the file keeps as the value of a cell."""
    if kind == "inlineStr":
        inline = next(children(element, "is"), None)
        return "" if inline is None else rich_text(inline)
    value = next(children(element, "v"), None)
    return "" if value is None else value.text or ""


def text_cell(
    text: str, fault: str = "", *, computed: bool = False
) -> Cell | None:
    """A cell with a text, None where there is nothing to tell."""
    found = Cell(text, computed=computed, fault=fault)
    return found if text or fault else None


def _code_of(element: Element, shared: _Shared) -> str:
    """The number format of a cell."""
    style = element.get("s", "0")
    position = int(style) if style.isdigit() else 0
    known = position < len(shared.formats)
    return shared.formats[position] if known else "General"


def _number_cell(
    number: Decimal, code: str, computed: bool, from_1904: bool
) -> Cell:
    """A number with its format."""
    is_day = style_of(code).day
    day = day_of(number, from_1904=from_1904) if is_day else None
    if day is None:
        code = "General" if is_day else code
        text = shown(number, code, computed=computed)
        return Cell(text, number, code, computed)
    text = day.isoformat()
    if "年" in code:
        of_month = f"{day.day}日" if "d" in code else ""
        text = f"{day.year}年{day.month}月{of_month}"
    return Cell(text, number, code, computed, day=True)


def _shared_string(text: str, shared: _Shared) -> tuple[str, str]:
    position = int(text) if text.isdigit() else len(shared.strings)
    known = position < len(shared.strings)
    return (shared.strings[position], "") if known else ("", "文字缺失")


def _unescaped(text: str, _shared: _Shared) -> tuple[str, str]:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text), ""


_READERS: dict[str, Callable[[str, _Shared], tuple[str, str]]] = {
    "s": _shared_string,
    "str": _unescaped,
    "inlineStr": lambda text, _: (text, ""),
    "b": lambda text, _: ("是" if text == "1" else "否", ""),
    "e": lambda text, _: ("", FAILED.format(value=text)),
    "d": lambda text, _: (text.partition("T")[0], ""),
}


def _remarks(package: Package, part: str) -> tuple[Spot, ...]:
    """The cells with a comment."""
    comments = package.related(part, "comments")
    if not comments:
        return ()
    found = (
        spot_of(one.get("ref", ""))
        for one in below(package.tree(comments), "comment")
    )
    return tuple(one for one in found if one)
