"""A filled-in form to the tree of a unit: blocks by their titles, columns by their headings, values by their labels.

Nothing is looked for at a fixed address, so that rows may be inserted, deleted and sorted, columns moved, sheets
copied and renamed. What stands outside the places that are known is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity, dotted
from reportgen.core.value import FieldPath
from reportgen.model.shape import fields_of
from reportgen.model.unit import Unit
from reportgen.sources.characters import shown
from reportgen.sources.text import SourceText, read_limited
from reportgen.workbooks.collection.books.grid import Cell, Sheet, Spot, rows_of
from reportgen.workbooks.collection.books.open_book import book_in, refuse
from reportgen.workbooks.collection.filled.blocks import BlockReader, ReadValue
from reportgen.workbooks.collection.filled.document import (
    BlockPlace,
    SpottedDocument,
)
from reportgen.workbooks.collection.form import (
    PROJECTS,
    FormBlock,
    blocks_by_title,
)
from reportgen.workbooks.collection.guide import form_texts
from reportgen.workbooks.collection.labels import plain_label, title_in

LEFT_OUT, UNSURE = "DAT015", "DAT016"
_MOST_FREE = 50  # rows below a table that may be free
_MOST_TOLD = 20  # cells outside the form that are named, sheet by sheet
_OUTSIDE = (
    "“{text}”不在采集表的栏目里，没有读入；是要填报的内容，请移到对应的栏目"
)
_MORE = "这张表还有 {count} 格不在采集表的栏目里，没有读入；请核对"
_TWICE = "“{text}”这张表前面已经填过，这一处与前面不同，没有读入；请只留一处"
_REMARK = "这一格有批注，批注不读入；是要填报的内容，请写进格子"
_HIDDEN_SHEET = "这张表是隐藏的，照样读入；不要的请删去"
_HIDDEN_ROWS = "第 {rows} 行是隐藏（或筛选掉）的，照样读入；不要的请删去"
_DOUBLE = "“{name}”在“{sheet}”里已经有了，照样作为一个项目读入；是复制后没有改的，请改填或删去这张表"
_NO_FORM = (
    "里面没有采集表的栏目（例如“【单位】”）",
    "请填写 reportgen new 采集表.xlsx 生成的工作簿，保留带【】的标题行",
)
_KEPT_LABELS = frozenset(
    {
        "一级",
        "二级",
        "名称",
        "分值",
        "分值合计",
        "列入报告",
    }
)


class _Part(NamedTuple):
    """A block as it stands on a sheet: its rows."""

    block: FormBlock
    of_project: bool
    title: Spot
    rows: list[int]

    def place(self, reader: BlockReader) -> BlockPlace:
        """Where it stands, once it was read."""
        found = [row for rows in reader.items.values() for row in rows]
        last = max(found, default=self.title[0] + 1)
        below = (
            row for row in self.rows if row > last and reader.says_more(row)
        )
        return BlockPlace(
            (),
            self.block,
            reader.sheet.name,
            reader.columns,
            reader.heading.units,
            reader.singles,
            reader.items,
            last,
            next(below, last + _MOST_FREE),
        )


@dataclass
class _Owner:
    """The unit or a project, as far as it was read."""

    values: dict[FieldPath, ReadValue] = field(default_factory=dict)
    blocks: dict[str, list[ReadValue]] = field(default_factory=dict)
    blanks: dict[FieldPath, str] = field(default_factory=dict)
    places: list[BlockPlace] = field(default_factory=list)

    def is_filled(self) -> bool:
        """Whether anything stands in a project beyond what a blank form prints."""
        return any(
            path == ("名称",)
            or (path[-1] not in _KEPT_LABELS and path[0] != "一级分值")
            for path in self.values
        )


@dataclass
class _FormReading:
    """What has been read of a workbook."""

    file: str
    unit: _Owner = field(default_factory=_Owner)
    projects: list[_Owner] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self,
        code: str,
        message: str,
        spot: str,
        path: FieldPath = (),
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Adds a finding."""
        place = Place(self.file, spot=spot)
        self.findings.append(
            Finding(
                code,
                severity,
                message,
                place,
                dotted(path),
            )
        )


def read_form(path: Path) -> SpottedDocument:
    """The workbook as a tree with places; raises Rejected where it cannot be read, or is no such form."""
    return read_form_data(path, read_limited(path))


def read_form_data(path: Path, data: bytes) -> SpottedDocument:
    """The same of what would stand in `path`."""
    book, digest = book_in(path, data)
    reading = _FormReading(str(path))
    known = [sheet for sheet in book.sheets if _read_sheet(reading, sheet)]
    if not known:
        refuse(path, *_NO_FORM)
    for sheet in known:
        _tell_hidden(reading, sheet)
    tree, spots, places = _assembled(reading)
    source = SourceText(str(path), "", digest)
    return SpottedDocument(
        source,
        tree,
        spots=spots,
        warnings=tuple(reading.findings),
        places=tuple(places),
        content=data,
    )


def _read_sheet(reading: _FormReading, sheet: Sheet) -> bool:
    """Whether the sheet holds any block of the form; what it holds goes into `reading`."""
    filled = rows_of(sheet.cells)
    parts = _parts(sheet, filled)
    used = {part.title for part in parts}
    project: _Owner | None = None
    for part in parts:
        owner = reading.unit
        if part.of_project:
            begins = not part.block.path and project and project.blocks
            if project is None or begins:
                project = _Owner()
                reading.projects.append(project)
            owner = project
        reader = BlockReader(
            sheet,
            part.block,
            used,
            filled,
        )
        _read_part(
            reading,
            reader,
            part,
            owner,
        )
    _tell_outside(reading, sheet, used)
    return bool(parts)


def _parts(sheet: Sheet, filled: Mapping[int, Sequence[int]]) -> list[_Part]:
    """The blocks of a sheet from top to bottom."""
    titles = {
        plain_label(title): found for title, found in blocks_by_title().items()
    }
    parts: list[_Part] = []
    for row, columns in filled.items():
        spot = row, columns[0]
        found = titles.get(title_in(sheet.cells[spot].text))
        if found:
            parts.append(_Part(*found, spot, []))
        elif parts:
            parts[-1].rows.append(row)
    return parts


def _read_part(
    reading: _FormReading, reader: BlockReader, part: _Part, owner: _Owner
) -> None:
    """Reads a block into its owner, unless the owner has had it from elsewhere."""
    sheet = reader.sheet
    values = list(reader.read(part.rows))
    owner.blanks |= reader.blanks
    for doubt in reader.doubts:
        severity = Severity.ERROR if doubt.is_fault else Severity.WARNING
        spot = sheet.at(doubt.spot)
        reading.tell(
            UNSURE,
            doubt.message,
            spot,
            doubt.path,
            severity,
        )
    title = part.block.title
    before = owner.blocks.get(title)
    if before is None:
        owner.blocks[title] = values
        owner.places.append(part.place(reader))
        owner.values.update({one.path: one for one in values})
    elif values and _said(values) != _said(before):
        told = _TWICE.format(text=title)
        spot = sheet.at(part.title)
        reading.tell(
            LEFT_OUT,
            told,
            spot,
            part.block.path,
            Severity.ERROR,
        )


def _said(values: list[ReadValue]) -> list[tuple[FieldPath, Any]]:
    return [(one.path, one.value) for one in values]


def _is_said(cell: Cell) -> bool:
    """Whether a cell says anything that the form does not say itself."""
    text = cell.text.strip()
    return bool(text) and text not in form_texts()


def _tell_outside(reading: _FormReading, sheet: Sheet, used: set[Spot]) -> None:
    """Names what stands where the form has no place."""
    outside = [
        spot
        for spot in sorted(sheet.cells)
        if spot not in used and _is_said(sheet.cells[spot])
    ]
    for spot in outside[:_MOST_TOLD]:
        told = _OUTSIDE.format(text=shown(sheet.cells[spot].text.strip(), 30))
        reading.tell(LEFT_OUT, told, sheet.at(spot))
    more = len(outside) - _MOST_TOLD
    if more > 0:
        told = _MORE.format(count=more)
        reading.tell(LEFT_OUT, told, sheet.at(outside[_MOST_TOLD]))
    for spot in sheet.remarks:
        reading.tell(LEFT_OUT, _REMARK, sheet.at(spot))


def _tell_hidden(reading: _FormReading, sheet: Sheet) -> None:
    if sheet.hidden:
        reading.tell(UNSURE, _HIDDEN_SHEET, sheet.name)
    filled = sorted({row for row, _ in sheet.cells} & sheet.hidden_rows)
    if filled:
        rows = "、".join(str(row + 1) for row in filled[:_MOST_TOLD])
        told = _HIDDEN_ROWS.format(rows=rows)
        reading.tell(UNSURE, told, sheet.at((filled[0], 0)))


def _assembled(
    reading: _FormReading,
) -> tuple[dict[str, Any], dict[FieldPath, str], list[BlockPlace]]:
    """The tree of the unit with its projects, the cell of each value and of what it stands in, and the blocks."""
    projects = [one for one in reading.projects if one.is_filled()]
    _tell_doubles(reading, projects)
    tree: dict[str, Any] = {}
    spots: dict[FieldPath, str] = {}
    _put_all(
        tree,
        spots,
        reading.unit,
        (),
    )
    places = list(reading.unit.places)
    for position, project in enumerate(projects):
        above = PROJECTS, position
        _put_all(tree, spots, project, above)
        places += [one._replace(owner=above) for one in project.places]
    order = [one.key for one in fields_of(Unit)]
    pairs = sorted(tree.items(), key=lambda pair: order.index(pair[0]))
    return dict(pairs), spots, places


def _tell_doubles(reading: _FormReading, projects: list[_Owner]) -> None:
    """Names projects that are called as one before them, as a sheet that was copied and not filled in is."""
    seen: dict[str, str] = {}
    for position, project in enumerate(projects):
        named = project.values.get(("名称",))
        if named is None:
            continue
        sheet = named.spot.rpartition("!")[0]
        before = seen.setdefault(str(named.value), sheet)
        if before != sheet:
            told = _DOUBLE.format(name=named.value, sheet=before)
            reading.tell(UNSURE, told, named.spot, (PROJECTS, position, "名称"))


def _put_all(
    tree: dict[str, Any],
    spots: dict[FieldPath, str],
    owner: _Owner,
    above: FieldPath,
) -> None:
    cells = {path: one.spot for path, one in owner.values.items()}
    for one in owner.values.values():
        put_value(tree, (*above, *one.path), one.value)
    for path, spot in (cells | owner.blanks).items():
        full = *above, *path
        for length in range(len(full), 0, -1):
            spots.setdefault(full[:length], spot)


def put_value(tree: Any, path: FieldPath, value: Any) -> None:
    """Puts `value` where `path` leads, making what is not there; items come in their order."""
    for step, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            while len(tree) <= step:
                tree.append({} if not isinstance(following, int) else [])
            tree = tree[step]
        else:
            tree = tree.setdefault(step, empty)
    tree[path[-1]] = value
