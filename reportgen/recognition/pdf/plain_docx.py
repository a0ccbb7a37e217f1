"""The smallest .docx that holds paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportgen.ooxml.zip_writer import write_parts

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = f"""{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/word/document.xml" ContentType="{_KIND}"/></Types>"""
_RELATIONS = f"""{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
_NONE = f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships"/>'
_HEADING = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)  # XML has none of them
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True, slots=True)
class DocxCell:
    """A cell of a row: its column, how many it covers, its paragraphs, whether it is merged down."""

    column: int
    columns: int
    texts: tuple[str, ...]
    merged: bool = False
    first: bool = True


def docx_of(blocks: Iterable[str]) -> bytes:
    """The document of these paragraphs and tables."""
    body = f'{_DECLARED}<w:document xmlns:w="{_MAIN}"><w:body>{"".join(blocks)}<w:sectPr/></w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _NONE,
    }
    return write_parts({name: text.encode() for name, text in parts.items()})


def paragraph_xml(
    text: str,
    *,
    heading: bool = False,
) -> str:
    """A paragraph; a line break for each \\n."""
    said = escape(_CONTROLS.sub("", text)).split("\n")
    level = _HEADING if heading else ""
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{one}</w:t>' for one in said
    )
    return f"<w:p>{level}<w:r>{runs}</w:r></w:p>"


def table_xml(rows: Sequence[Sequence[DocxCell]]) -> str:
    """A table; a row that begins behind the first column says so."""
    width = max(one.column + one.columns for row in rows for one in row)
    grid = '<w:gridCol w:w="800"/>' * width
    made = "".join(_row(row) for row in rows if row)
    looks = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{looks}<w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def _row(row: Sequence[DocxCell]) -> str:
    cells = sorted(row, key=lambda one: one.column)
    before = cells[0].column
    skipped = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>'
    made = "".join(map(_cell, cells))
    return f"<w:tr>{skipped if before else ''}{made}</w:tr>"


def _cell(cell: DocxCell) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    value = "restart" if cell.first else "continue"
    merge = f'<w:vMerge w:val="{value}"/>' if cell.merged else ""
    texts = "".join(map(paragraph_xml, cell.texts or ("",)))
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{texts}</w:tc>"
