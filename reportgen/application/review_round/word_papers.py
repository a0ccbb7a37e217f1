"""复核表.docx and 复核报告.docx: a landscape page each, tables with repeated heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from reportgen.application.review_round.rows import (
    ReviewedPart,
    ReviewedUnit,
    shown,
)
from reportgen.core.control_chars import harmless
from reportgen.core.numerals import mean, total
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    MAIN_TYPE,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    RELATIONS_TYPE,
    WORD_MAIN,
)
from reportgen.ooxml.zip_writer import write_parts
from reportgen.workbooks.review_book import HEADS, cells_of
from reportgen.workbooks.review_row import ReviewRow

_MAIN = "word/document.xml"
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
    '<w:pgMar w:top="900" w:right="850" w:bottom="900" w:left="850" w:header="500" w:footer="500" w:gutter="0"/>'
    "</w:sectPr>"
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_WIDE = 15_100  # twentieths of a point between the margins
_SUMMARY = (
    ("序号", 5),
    ("单位", 22),
    ("对象", 24),
    ("自评得分", 8),
    ("复核得分", 8),
    ("偏差", 7),
    ("主要原因", 60),
)
_FAR = Decimal(5)  # points; a total that is off by more is told of
_MOST_REASONS = 3
_HOW = (
    "复核得分是按检查结果先算的，请逐项核对，在“复核完成值”“复核得分”“佐证材料”三栏里改写、补写；其他各栏不要改。"
    "填好以后用 reportgen import 导入，写回填报文件。"
)


def review_sheet(unit: ReviewedUnit) -> bytes:
    """The 复核表 of a unit."""
    blocks = [
        _paragraph(f"{unit.year}年度绩效自评复核表", size=32, centred=True),
        _paragraph(f"单位：{unit.name}　　填报文件：{unit.file}"),
        _paragraph(_HOW),
    ]
    for part in unit.parts:
        rows = [cells_of(one) for one in (*part.rows, part.sum)]
        blocks += [_paragraph(part.name, bold=True), _table(HEADS, rows)]
    return _document(blocks)


def review_report(units: Sequence[ReviewedUnit]) -> bytes:
    """The 复核报告 of all units: who was off by how much and why."""
    blocks = [_paragraph("绩效自评复核报告", size=36, centred=True)]
    blocks += map(_paragraph, _overview(units))
    rows = [
        (str(number), *row)
        for number, row in enumerate(_summary(units), start=1)
    ]
    blocks += [_table(_SUMMARY, rows), _paragraph("")]
    for unit in units:
        blocks += _of_unit(unit)
    return _document(blocks)


def _parts(
    units: Iterable[ReviewedUnit],
) -> Iterator[tuple[ReviewedUnit, ReviewedPart]]:
    for unit in units:
        yield from ((unit, part) for part in unit.parts)


def _overview(units: Sequence[ReviewedUnit]) -> Iterator[str]:
    """How many were looked at, and how far off they were."""
    sums = [part.sum for _, part in _parts(units)]
    far = sum(abs(one.difference or Decimal(0)) > _FAR for one in sums)
    open_rows = sum(one.proposed for one in sums)
    yield f"本次复核{len(units)}个单位，{len(sums)}张自评表。"
    yield from _means(sums)
    yield f"复核得分与自评得分相差{shown(_FAR)}分以上的{far}张。"
    if open_rows:
        yield f"其中{open_rows}张还没有填写复核总分，表中是按检查结果先算的。"


def _means(sums: Sequence[ReviewRow]) -> Iterator[str]:
    whole = Decimal(1)
    scores = mean((one.score, whole) for one in sums)
    reviewed = mean((one.reviewed, whole) for one in sums)
    if scores is not None and reviewed is not None:
        yield f"自评得分平均{shown(scores)}分，复核得分平均{shown(reviewed)}分。"


def _summary(units: Sequence[ReviewedUnit]) -> Iterator[tuple[str, ...]]:
    for unit, part in _parts(units):
        one = part.sum
        yield (
            unit.name,
            part.name,
            shown(one.score),
            shown(one.reviewed),
            shown(one.difference),
            "；".join(map(_short, part.deducted[:_MOST_REASONS])),
        )


def _short(row: ReviewRow) -> str:
    lost = -(row.difference or Decimal(0))
    return f"「{row.names[2] or row.names[0]}」扣{shown(lost)}分"


def _of_unit(unit: ReviewedUnit) -> Iterator[str]:
    """What was found in a unit, item by item."""
    yield _paragraph(unit.name, bold=True)
    for part in unit.parts:
        one = part.sum
        yield _paragraph(
            f"{part.name}：自评{shown(one.score)}分，复核{shown(one.reviewed)}分。"
        )
        for row in part.deducted:
            yield _paragraph(f"{_short(row)}：{row.reason or '见佐证材料'}")
        if one.reason:
            yield _paragraph(f"整张表：{one.reason}")
        if not part.deducted and total([one.difference]) in (None, Decimal(0)):
            yield _paragraph("没有扣分。")


def _document(blocks: Iterable[str]) -> bytes:
    body = f"<w:body>{''.join(blocks)}{_PAGE}</w:body>"
    main = f'<w:document xmlns:w="{WORD_MAIN}">{body}</w:document>'
    parts = {
        CONTENT_TYPES: _TYPES,
        "_rels/.rels": _RELATIONS,
        _MAIN: main,
    }
    return write_parts({name: text.encode() for name, text in parts.items()})


def _paragraph(
    text: str,
    *,
    size: int = 21,
    bold: bool = False,
    centred: bool = False,
) -> str:
    look = '<w:rPr><w:rFonts w:eastAsia="仿宋"/>'
    look += "<w:b/>" * bold + f'<w:sz w:val="{size}"/></w:rPr>'
    place = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    said = escape(harmless(text))
    return f'<w:p>{place}<w:r>{look}<w:t xml:space="preserve">{said}</w:t></w:r></w:p>'


def _table(
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
) -> str:
    whole = sum(width for _, width in heads)
    widths = [width * _WIDE // whole for _, width in heads]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    looks = f'<w:tblPr><w:tblW w:w="{_WIDE}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    looks += '<w:tblLayout w:type="fixed"/></w:tblPr>'
    head = _row([name for name, _ in heads], widths, head=True)
    made = "".join(_row(row, widths) for row in rows)
    return f"<w:tbl>{looks}<w:tblGrid>{grid}</w:tblGrid>{head}{made}</w:tbl>"


def _row(
    texts: Sequence[str],
    widths: Sequence[int],
    *,
    head: bool = False,
) -> str:
    kept = "<w:cantSplit/>" + "<w:tblHeader/>" * head
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, size=18, bold=head)}</w:tc>'
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{kept}</w:trPr>{cells}</w:tr>"
