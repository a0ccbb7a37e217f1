"""复核表.xlsx: the rows of a review as a sheet with formulas for differences and sums; read back by its head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.core.numerals import plain, total
from reportgen.workbooks.collection.books.grid import Book, Sheet
from reportgen.workbooks.collection.books.open_book import open_book
from reportgen.workbooks.review_row import ReviewRow
from reportgen.workbooks.sheets import (
    cell_formats,
    row_height,
    set_page,
    workbook_bytes,
)

SHEET = "复核表"
HEADS = (
    ("编号", 8),
    ("一级指标", 10),
    ("二级指标", 12),
    ("三级指标", 18),
    ("指标值", 12),
    ("分值", 6),
    ("自评完成值", 14),
    ("自评得分", 7),
    ("复核完成值", 14),
    ("复核得分", 7),
    ("偏差", 6),
    ("原因", 46),
    ("佐证材料", 18),
)
TYPED = ("复核完成值", "复核得分", "佐证材料")
"""What reviewers fill in."""

_NAMES = [name for name, _ in HEADS]
_SCORE, _REVIEWED, _OFF = map(_NAMES.index, ("自评得分", "复核得分", "偏差"))
_WEIGHT, _WHY = _NAMES.index("分值"), _NAMES.index("原因")
_FIRST = 3  # rows above the table
_HOW = "复核得分是按检查结果先算的，请核对；只改“复核完成值”“复核得分”“佐证材料”三栏，填好用 reportgen import 导入。"


class TypedRow(NamedTuple):
    """A row as it came back: its number, the name of its indicator, what reviewers typed."""

    number: str
    name: str
    typed: dict[str, str]
    spot: str


class ReturnedReview(NamedTuple):
    """A 复核表 as it came back: whose it is, from which file it was made, its rows."""

    unit: str
    file: str
    rows: tuple[TypedRow, ...]


def cells_of(row: ReviewRow) -> tuple[str, ...]:
    """The texts of a row in the order of the columns."""
    numbers = (row.weight, row.score, row.reviewed, row.difference)
    weight, score, reviewed, off = (
        "" if one is None else plain(one, 2) for one in numbers
    )
    return (
        row.number,
        *row.names,
        row.target,
        weight,
        row.actual,
        score,
        row.reviewed_actual,
        reviewed,
        off,
        row.reason,
        row.evidence,
    )


def review_workbook(
    name: str,
    year: str,
    file: str,
    parts: Sequence[tuple[str, Sequence[ReviewRow], ReviewRow]],
) -> bytes:
    """The workbook of a unit: for each part its name, its rows and their sum."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(SHEET)
        formats = cell_formats(book)
        for column, (_, width) in enumerate(HEADS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{year}年度绩效自评复核表", formats["title"])
        sheet.write_string(1, 0, f"单位：{name}")
        sheet.write_string(1, 6, f"填报文件：{file}")
        sheet.write_string(2, 0, _HOW)
        at = _FIRST
        for part, rows, whole in parts:
            at = _part(sheet, formats, at, part, rows, whole)
        sheet.freeze_panes(_FIRST, 4)
        set_page(sheet, name)

    return workbook_bytes(SHEET, fill)


def _part(
    sheet: Any,
    formats: dict[str, Any],
    at: int,
    name: str,
    rows: Sequence[ReviewRow],
    whole: ReviewRow,
) -> int:
    """Writes the table of one part below row `at`; where the next begins."""
    sheet.write_string(at, 0, name, formats["title"])
    for column, head in enumerate(_NAMES):
        sheet.write_string(at + 1, column, head, formats["head"])
    first = at + 2
    for number, one in enumerate(rows, start=first):
        _row(sheet, formats, number, one)
    last = first + len(rows)
    _row(sheet, formats, last, whole)
    _sum(sheet, formats, (first, last), rows, whole)
    return last + 2


def _sum(
    sheet: Any,
    formats: dict[str, Any],
    between: tuple[int, int],
    rows: Sequence[ReviewRow],
    whole: ReviewRow,
) -> None:
    """The sum as a formula: what was reported, and all by which the rows are off."""
    first, last = between
    if whole.reviewed is not None and whole.score is not None and rows:
        score, off = _letter(_SCORE), _letter(_OFF)
        apart = total(one.difference for one in rows) or Decimal(0)
        rest = whole.reviewed - whole.score - apart
        more = f"{float(rest):+}" if rest else ""  # of the whole table
        formula = f"={score}{last + 1}+SUM({off}{first + 1}:{off}{last}){more}"
        value = float(whole.reviewed)
        sheet.write_formula(last, _REVIEWED, formula, formats["top"], value)


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _row(
    sheet: Any,
    formats: dict[str, Any],
    at: int,
    row: ReviewRow,
) -> None:
    texts = cells_of(row)
    numbers = {_WEIGHT: row.weight, _SCORE: row.score, _REVIEWED: row.reviewed}
    for column, text in enumerate(texts):
        value = numbers.get(column)
        if value is not None:
            sheet.write_number(at, column, float(value), formats["top"])
        else:
            sheet.write_string(at, column, text, formats["top"])
    off = row.difference
    if off is not None:
        reviewed, score = _letter(_REVIEWED), _letter(_SCORE)
        formula = f"={reviewed}{at + 1}-{score}{at + 1}"
        sheet.write_formula(at, _OFF, formula, formats["top"], float(off))
    widths = [width for _, width in HEADS]
    sheet.set_row(at, row_height(*zip(texts, widths, strict=True)))


def returned_workbook(path: Path) -> ReturnedReview | None:
    """The 复核表 that a workbook is; None where it is another one. Raises Rejected for what cannot be read."""
    book, _ = open_book(path)
    sheet = _sheet(book)
    if sheet is None:
        return None
    texts = {spot: cell.text for spot, cell in sheet.cells.items()}
    grid = _grid(texts)
    unit, file = said_above(["".join(one) for one in grid[:_FIRST]])
    rows = rows_in(grid, SHEET)
    return ReturnedReview(unit, file, tuple(rows))


def _sheet(book: Book) -> Sheet | None:
    return next((one for one in book.sheets if one.name == SHEET), None)


def _grid(texts: dict[tuple[int, int], str]) -> list[list[str]]:
    last = max((row for row, _ in texts), default=-1)
    columns = range(len(HEADS))
    return [
        [texts.get((row, column), "").strip() for column in columns]
        for row in range(last + 1)
    ]


def said_above(lines: Sequence[str]) -> tuple[str, str]:
    """The unit and the file that stand above the table."""
    text = "\n".join(lines)
    unit = text.partition("单位：")[2].partition("填报文件：")[0]
    file = text.partition("填报文件：")[2].partition("\n")[0]
    return unit.strip(), file.strip()


def rows_in(
    grid: Sequence[Sequence[str]],
    where: str,
) -> Iterator[TypedRow]:
    """The rows below heads that have 编号, each with what was typed."""
    heads: list[str] = []
    for number, row in enumerate(grid, start=1):
        if "编号" in row and "复核得分" in row:
            heads = list(row)
        elif heads and len(row) == len(heads) and row[heads.index("编号")]:
            said = dict(zip(heads, row, strict=True))
            typed = {name: said.get(name, "") for name in TYPED}
            name = said.get("三级指标", "")
            yield TypedRow(said["编号"], name, typed, f"{where} 第{number}行")
