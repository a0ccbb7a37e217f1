"""退回单.docx: what a unit has to mend, where on its form, in a table that it can work through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from reportgen.core.control_chars import harmless
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    MAIN_TYPE,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    RELATIONS_TYPE,
    WORD_MAIN,
)
from reportgen.ooxml.zip_writer import lay_out, stored, write_zip
from reportgen.workbooks.collection.round.round_book import RoundResult

_MAIN = "word/document.xml"
_HEADS = (
    ("序号", 600),
    ("程度", 800),
    ("表、格", 1900),
    ("栏目", 2500),
    ("填的是", 2000),
    ("问题和处理", 6200),
)
_MOST = 500  # rows; a unit with more has another trouble
_TYPES = (
    f'<Types xmlns="{PACKAGE_TYPES}"><Default Extension="rels" ContentType="{RELATIONS_TYPE}"/>'
    f'<Override PartName="/{_MAIN}" ContentType="{MAIN_TYPE}"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{OFFICE_RELATIONS}/officeDocument" Target="{_MAIN}"/></Relationships>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="600" w:footer="600" w:gutter="0"/>'
    "</w:sectPr>"
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_REPLY = (
    "请照下表改好后，把采集表保存为 .xlsx 再交一次；改过的以最后交的一份为准。"
)
_UNREAD = "这份文件没有读入：{reason}"
_MENDED = "上次指出的问题已改正 {mended} 处，还有 {left} 处。"


def return_slip(result: RoundResult, year: str) -> bytes:
    """The slip of a unit as a Word document."""
    paragraphs = "".join(_paragraphs(result, year))
    table = _table(result) if result.problems else ""
    body = f"{paragraphs}{table}{_paragraph('')}{_PAGE}"
    document = f'<w:document xmlns:w="{WORD_MAIN}"><w:body>{body}</w:body></w:document>'
    parts = {
        CONTENT_TYPES: _TYPES,
        "_rels/.rels": _RELATIONS,
        _MAIN: document,
    }
    members = (stored(name, text.encode()) for name, text in parts.items())
    return write_zip(lay_out(members), {})


def _paragraphs(result: RoundResult, year: str) -> Iterator[str]:
    unit = result.unit
    title = (
        f"{year}年度绩效自评采集表退回单" if year else "绩效自评采集表退回单"
    )
    yield _paragraph(title, size=32, bold=True, centred=True)
    yield _paragraph(f"单位：{unit.asked.name}")
    used = unit.used
    if used:
        yield _paragraph(f"文件：{used.shown}")
        if used.reason:
            yield _paragraph(_UNREAD.format(reason=used.reason))
    if result.mended:
        left = len(result.problems)
        told = _MENDED.format(mended=len(result.mended), left=left)
        yield _paragraph(told)
    yield _paragraph(_REPLY)


def _table(result: RoundResult) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width in _HEADS)
    rows = [_row([head for head, _ in _HEADS], head=True)]
    for number, one in enumerate(result.problems[:_MOST], start=1):
        place = f"{one.sheet} {one.cell}".strip()
        cells = [
            str(number),
            one.severity,
            place,
            one.field,
            one.stated,
            f"{one.message}（{one.code}）",
        ]
        rows.append(_row(cells))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="14000" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    properties = "<w:trPr><w:cantSplit/>"
    properties += "<w:tblHeader/></w:trPr>" if head else "</w:trPr>"
    texts = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, size=20, bold=head)}</w:tc>'
        for text, (_, width) in zip(cells, _HEADS, strict=True)
    )
    return f"<w:tr>{properties}{texts}</w:tr>"


def _paragraph(
    text: str, *, size: int = 24, bold: bool = False, centred: bool = False
) -> str:
    align = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    weight = "<w:b/>" if bold else ""
    font = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
    look = f'<w:rPr>{font}{weight}<w:sz w:val="{size}"/></w:rPr>'
    lines = [escape(harmless(line)) for line in text.split("\n")]
    content = "<w:br/>".join(
        f'<w:t xml:space="preserve">{line}</w:t>' for line in lines
    )
    return f"<w:p>{align}<w:r>{look}{content}</w:r></w:p>"
