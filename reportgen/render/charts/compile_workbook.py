"""Makes the workbook that a chart of a template embeds ready to take data (`chart_workbook.py`)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.render.charts.chart_workbook import (
    CompiledWorkbook,
    column_letters,
    zip_member,
)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_S = f"{{{_MAIN}}}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIP = f"{{{_PACKAGE}/relationships}}Relationship"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = "[Content_Types].xml"

_SIZE_LIMIT = (
    32 * 1024 * 1024
)  # a chart's workbook unpacked; one made by Word has some 30 KB
_PART_LIMIT = 500
_UNREADABLE = (
    zipfile.BadZipFile, etree.LxmlError, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError,
    OverflowError,
)  # fmt: skip
# Of a sheet, what shapes it; all else speaks of cells that are written anew, or needs a relationship.
_SHAPING = {
    f"{_S}{tag}"
    for tag in (
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "printOptions",
        "pageMargins",
        "headerFooter",
    )
}
_REFUSED = {"vbaProject", "externalLink", "connections", "xlMacrosheet", "oleObject"}
_CUT = "<?rg ?>"


def parse_untrusted(xml: bytes) -> etree._Element:
    """The root of a part from a template: nothing is fetched or expanded, and a DTD is refused as ValueError."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a part with a DTD")
    return root


def bind(root: etree._Element, prefix: str | None, namespace: str) -> etree._Element:
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

    `format_code` is the number format of the values in a new one. Raises TemplateError for a workbook with macros or
    with links to the outside, which nobody should find in a printed report.
    """
    try:
        return _compile_parts(_unpack(workbook or b""), sheet)
    except _UNREADABLE:
        return _compile_parts(_new_parts(format_code), sheet)


def _unpack(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        members = [member for member in package.infolist() if not member.is_dir()]
        if (
            len(members) > _PART_LIMIT
            or sum(member.file_size for member in members) > _SIZE_LIMIT
        ):
            raise TemplateError(
                "图表的内嵌工作簿过大",
                hint="请在 Word 中编辑该图表的数据，删除多余内容后保存",
            )
        return {member.filename: package.read(member) for member in members}


def _compile_parts(parts: dict[str, bytes], wanted: str) -> CompiledWorkbook:
    _keep_relationships(
        parts, "", lambda kind: kind == "officeDocument"
    )  # properties name an author, and a past
    book_path = next(iter(_targets(parts, "").values()))
    book = parse_untrusted(parts[book_path])
    name, sheet_path = _charted_sheet(book, _targets(parts, book_path), wanted)
    single = len(list(book.iter(f"{_S}sheet"))) == 1
    stale = {"calcChain", "sharedStrings"} if single else {"calcChain"}
    _keep_relationships(parts, book_path, lambda kind: kind not in stale)
    _keep_relationships(parts, sheet_path, lambda kind: False)
    parts[book_path] = _clean_book(book)
    kept = _reachable(parts)
    parts[_CONTENT_TYPES] = _content_types(parts[_CONTENT_TYPES], kept)
    members, directory = b"", b""
    for path in (_CONTENT_TYPES, *kept):
        if path != sheet_path:
            member, entry = zip_member(path, parts[path], len(members))
            members, directory = members + member, directory + entry
    sheet = bind(parse_untrusted(parts[sheet_path]), None, _MAIN)
    styles = _styles(sheet, "1"), _styles(sheet, "2")
    return CompiledWorkbook(
        _quoted(name),
        members,
        directory,
        len(kept),
        sheet_path,
        *_cut_sheet(sheet),
        *styles,
    )


def _relationships_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _targets(parts: dict[str, bytes], path: str) -> dict[str, str]:
    """Where the relationships of a part lead, by their ids, as names of members; nowhere outside the workbook."""
    found = {}
    xml = parts.get(_relationships_of(path))
    for one in () if xml is None else parse_untrusted(xml).iter(_RELATIONSHIP):
        if one.get("TargetMode") == "External" or _kind(one) in _REFUSED:
            raise TemplateError(
                f"图表的内嵌工作簿含有宏或外部链接（{_kind(one)}）",
                hint="请在 Word 中删除该图表后重新插入，或把数据复制到没有宏和链接的工作簿",
            )
        target = posixpath.join("/", posixpath.dirname(path), one.get("Target") or "")
        found[one.get("Id") or ""] = posixpath.normpath(target).lstrip("/")
    return found


def _kind(relationship: etree._Element) -> str:
    return (relationship.get("Type") or "").rpartition("/")[2]


def _keep_relationships(
    parts: dict[str, bytes], path: str, wanted: Callable[[str], bool]
) -> None:
    name = _relationships_of(path)
    if name not in parts:
        return
    root = parse_untrusted(parts[name])
    for one in list(root.iter(_RELATIONSHIP)):
        if not wanted(_kind(one)):
            root.remove(one)
    if len(root):
        parts[name] = _xml(root)
    else:
        del parts[name]


def _xml(root: etree._Element) -> bytes:
    return _DECLARATION.encode() + etree.tostring(
        root, encoding="utf-8", xml_declaration=False
    )


def _reachable(parts: dict[str, bytes]) -> tuple[str, ...]:
    """The members that a relationship leads to, with their own relationships, in the order in which they are met."""
    met: dict[str, None] = {}
    waiting = [""]
    while waiting:
        path = waiting.pop()
        if path in met or (path and path not in parts):
            continue
        met[path] = None
        if _relationships_of(path) in parts:
            met[_relationships_of(path)] = None
        waiting.extend(_targets(parts, path).values())
    del met[""]
    return tuple(met)


def _charted_sheet(
    book: etree._Element, targets: dict[str, str], wanted: str
) -> tuple[str, str]:
    """Name and member of the sheet that the chart showed in the template, or of the first one."""
    sheets = [
        (sheet.get("name") or "", targets[sheet.get(f"{{{_OFFICE}}}id") or ""])
        for sheet in book.iter(f"{_S}sheet")
    ]
    return next((sheet for sheet in sheets if sheet[0] == wanted), sheets[0])


def _clean_book(book: etree._Element) -> bytes:
    """The workbook part without names for cells that are written anew and without the path of its author's disk."""
    for child in list(book):
        if child.tag in {f"{_S}definedNames", f"{_COMPATIBILITY}AlternateContent"}:
            book.remove(child)
    for calculation in book.iter(f"{_S}calcPr"):
        calculation.set(
            "fullCalcOnLoad", "1"
        )  # formulas on other sheets show the values of the template
    return _xml(book)


def _content_types(xml: bytes, kept: Sequence[str]) -> bytes:
    root = parse_untrusted(xml)
    for override in list(root.iter(f"{{{_PACKAGE}/content-types}}Override")):
        if (override.get("PartName") or "").lstrip("/") not in kept:
            root.remove(override)
    return _xml(root)


def _cut_sheet(sheet: etree._Element) -> tuple[str, str]:
    """The sheet's text before and after its rows."""
    rows = sheet.find(f"{_S}sheetData")
    if rows is None:
        raise ValueError("a sheet without sheetData")
    for child in list(sheet):
        if child is not rows and child.tag not in _SHAPING:
            sheet.remove(child)
    rows.clear()
    rows.append(etree.ProcessingInstruction("rg"))
    before, after = etree.tostring(sheet, encoding="unicode").split(_CUT)
    return _DECLARATION + before, after


def _styles(sheet: etree._Element, row: str) -> tuple[str, ...]:
    """The style of each cell in a row of the template from column A on, as the attribute that repeats it."""
    numbers = {
        (cell.get("r") or "").rstrip("0123456789"): cell.get("s") or ""
        for cell in sheet.iterfind(f"{_S}sheetData/{_S}row[@r='{row}']/{_S}c")
    }
    ordered = [
        numbers.get(column_letters(column), "") for column in range(len(numbers) + 1)
    ]
    styles = [f' s="{number}"' if number.isdecimal() else "" for number in ordered]
    while len(styles) > 1 and not styles[-1]:
        styles.pop()
    return tuple(styles)


def _quoted(name: str) -> str:
    """A sheet's name as a formula in XML writes it: in quotes unless it is letters, digits and underscores."""
    plain = re.fullmatch(r"[A-Za-z_]\w*", name) and not re.fullmatch(
        r"[A-Za-z]{1,3}\d+|[RrCc]\d*", name
    )
    return escape(name if plain else "'" + name.replace("'", "''") + "'", quote=False)


def _new_parts(format_code: str) -> dict[str, bytes]:
    """A workbook of one empty sheet whose columns from B on print numbers by `format_code`."""
    parts = {path: (_DECLARATION + xml).encode() for path, xml in _NEW_WORKBOOK.items()}
    code = escape(format_code).encode()
    return {path: xml.replace(b"@format@", code) for path, xml in parts.items()}


_NEW_WORKBOOK = {
    _CONTENT_TYPES: f'''<Types xmlns="{_PACKAGE}/content-types">'''
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>',
    _relationships_of(""): f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    _relationships_of(
        "xl/workbook.xml"
    ): f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="@format@"/>'
    '</numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="1" width="40" customWidth="1"/><col min="2" max="9" width="14" customWidth="1"/></cols>'
    '<sheetData><row r="2"><c r="B2" s="1"/></row></sheetData></worksheet>',
}
