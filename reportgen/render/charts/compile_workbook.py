"""Makes the workbook that a chart of a template embeds ready to take data (`chart_workbook.py`)."""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.archive import TooLargeError
from reportgen.ooxml.audit import audit_workbook
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    MC,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    SHEET_MAIN,
    WORKBOOK_MAIN_TYPE,
    R,
    S,
)
from reportgen.ooxml.package import (
    Package,
    Relation,
    content_types_root,
    read_package,
    relations_part,
    relations_root,
)
from reportgen.ooxml.xml_parts import Element, serialized
from reportgen.ooxml.zip_writer import lay_out, write_parts
from reportgen.render.charts.chart_workbook import (
    CompiledWorkbook,
    column_letters,
)

_FILE = "图表的内嵌工作簿"
_SPREADSHEET = WORKBOOK_MAIN_TYPE.removesuffix(".sheet.main+xml")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNREADABLE = (TemplateError, LookupError, ValueError)
# Of a sheet, what shapes it; all else speaks of cells that are written anew, or needs a relationship.
_SHAPING = {
    f"{S}{tag}"
    for tag in (
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "printOptions",
        "pageMargins",
        "headerFooter",
    )
}


def bind(root: Element, prefix: str | None, namespace: str) -> Element:
    """The root with `prefix` meaning `namespace`, so that text written with it can be put inside."""
    if root.nsmap.get(prefix) == namespace:
        return root
    names: dict[Any, str] = {
        **root.nsmap,
        prefix: namespace,
    }  # Any: for the stubs no prefix is None, as nsmap has it
    bound = etree.Element(root.tag, nsmap=names)
    for name, value in root.attrib.items():
        bound.set(name, value)
    bound.extend(list(root))
    return bound


def compile_workbook(
    workbook: bytes | None, sheet: str, format_code: str
) -> CompiledWorkbook:
    """The template's workbook made ready to take data on `sheet` (or its first); a new one where it cannot be read.

    `format_code` is the number format of the values in a new one. Raises TemplateError for a workbook that holds more
    than tables, for instance macros or links to the outside, which nobody should find in a printed report.
    """
    new = _new_workbook(format_code)
    book = _read(workbook or new) or _read(new)
    assert book is not None
    audit_workbook(book)
    try:
        return _compiled(book, sheet)
    except _UNREADABLE:
        return _compiled(read_package(new, _FILE), sheet)


def _read(workbook: bytes) -> Package | None:
    """The workbook, None where it is broken; one that is too large is refused."""
    try:
        book = read_package(workbook, _FILE)
        book.refuse_broken_xml()
    except TemplateError as error:
        if isinstance(error.__cause__, TooLargeError):
            raise
        return None
    return book


def _compiled(book: Package, wanted: str) -> CompiledWorkbook:
    main = book.tree(book.main)
    name, charted = _charted_sheet(book, main, wanted)
    single = len(list(main.iter(f"{S}sheet"))) == 1
    stale = {"calcChain", "sharedStrings"} if single else {"calcChain"}
    # properties name an author, and a past
    book = _with_relations(book, "", lambda one: one.kind == "officeDocument")
    book = _with_relations(book, book.main, lambda one: one.kind not in stale)
    book = _with_relations(book, charted, lambda one: False)
    book = book.with_part(book.main, _clean_book(main))
    kept = tuple(_reachable(book, "", set()))
    typed = [name for name in kept if not name.endswith(".rels")]
    types = {name: book.content_type(name) for name in typed}
    book = book.with_part(CONTENT_TYPES, serialized(content_types_root(types)))
    parts = {
        name: book.parts[name]
        for name in (CONTENT_TYPES, *kept)
        if name != charted
    }
    static = lay_out(read_package(write_parts(parts), _FILE).members)
    sheet = bind(book.fresh_tree(charted), None, SHEET_MAIN)
    styles = _styles(sheet, "1"), _styles(sheet, "2")
    return CompiledWorkbook(
        _quoted(name), static, charted, *_cut_sheet(sheet), *styles
    )


def _with_relations(
    book: Package, part: str, wanted: Callable[[Relation], bool]
) -> Package:
    """The workbook with only the wanted relations of that part."""
    name = relations_part(part)
    kept = [
        one._replace(target=f"/{one.target}")
        for one in book.relations(part)
        if wanted(one)
    ]
    if not kept:
        return book.without_part(name)
    return book.with_part(name, serialized(relations_root(kept)))


def _reachable(book: Package, part: str, met: set[str]) -> Iterator[str]:
    """The parts that a relation leads to, with their own relations, in the order in which they are met."""
    if relations_part(part) in book.parts:
        yield relations_part(part)
    for relation in book.relations(part):
        if relation.target in met or relation.target not in book.parts:
            continue
        met.add(relation.target)
        yield relation.target
        yield from _reachable(book, relation.target, met)


def _charted_sheet(
    book: Package, main: Element, wanted: str
) -> tuple[str, str]:
    """Name and part of the sheet that the chart showed in the template, or of the first one."""
    targets = {one.key: one.target for one in book.relations(book.main)}
    sheets = {
        sheet.get("name") or "": targets[sheet.get(f"{R}id") or ""]
        for sheet in main.iter(f"{S}sheet")
    }
    name = wanted if wanted in sheets else next(iter(sheets), "")
    return name, sheets[name]


def _clean_book(book: Element) -> bytes:
    """The workbook part without names for cells that are written anew and without the path of its author's disk."""
    for child in list(book):
        if child.tag in {f"{S}definedNames", f"{MC}AlternateContent"}:
            book.remove(child)
    for calculation in book.iter(f"{S}calcPr"):
        calculation.set(
            "fullCalcOnLoad", "1"
        )  # formulas on other sheets show the values of the template
    return serialized(book)


def _cut_sheet(sheet: Element) -> tuple[str, str]:
    """The sheet's text before and after its rows."""
    rows = sheet.find(f"{S}sheetData")
    if rows is None:
        raise ValueError("a sheet without sheetData")
    for child in list(sheet):
        if child is not rows and child.tag not in _SHAPING:
            sheet.remove(child)
    rows.clear()
    rows.append(etree.ProcessingInstruction("rg"))
    before, after = etree.tostring(sheet, encoding="unicode").split("<?rg ?>")
    return _DECLARATION + before, after


def _styles(sheet: Element, row: str) -> tuple[str, ...]:
    """The style of each cell in a row of the template from column A on, as the attribute that repeats it."""
    cells = sheet.iterfind(f"{S}sheetData/{S}row[@r='{row}']/{S}c")
    numbers = {
        cell.get("r", "").rstrip("0123456789"): cell.get("s", "")
        for cell in cells
    }
    styles = [
        _style(numbers.get(column_letters(column), ""))
        for column in range(len(numbers) + 1)
    ]
    while len(styles) > 1 and not styles[-1]:
        styles.pop()
    return tuple(styles)


def _style(number: str) -> str:
    return f' s="{number}"' if number.isdecimal() else ""


def _quoted(name: str) -> str:
    """A sheet's name as a formula in XML writes it: in quotes unless it is letters, digits and underscores."""
    plain = re.fullmatch(r"[A-Za-z_]\w*", name) and not re.fullmatch(
        r"[A-Za-z]{1,3}\d+|[RrCc]\d*", name
    )
    return escape(
        name if plain else "'" + name.replace("'", "''") + "'", quote=False
    )


def _new_workbook(format_code: str) -> bytes:
    """A workbook of one empty sheet whose columns from B on print numbers by `format_code`."""
    code = escape(format_code)
    return write_parts(
        {
            name: (_DECLARATION + xml.replace("@format@", code)).encode()
            for name, xml in _NEW_WORKBOOK.items()
        }
    )


_NEW_WORKBOOK = {
    CONTENT_TYPES: f'''<Types xmlns="{PACKAGE_TYPES}">'''
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>',
    relations_part(""): f'<Relationships xmlns="{PACKAGE_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{OFFICE_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET_MAIN}" xmlns:r="{OFFICE_RELATIONS}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    relations_part(
        "xl/workbook.xml"
    ): f'<Relationships xmlns="{PACKAGE_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{OFFICE_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{SHEET_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="@format@"/>'
    '</numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET_MAIN}"><sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="1" width="40" customWidth="1"/><col min="2" max="9" width="14" customWidth="1"/></cols>'
    '<sheetData><row r="2"><c r="B2" s="1"/></row></sheetData></worksheet>',
}
