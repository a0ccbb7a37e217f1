"""What reviewers typed into a 复核表, written into the unit's file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.application.review_round.rows import SUM, WHOLE
from reportgen.application.unit_text import write_unit
from reportgen.core.errors import OutputError
from reportgen.core.value import FieldPath
from reportgen.model.loading import LoadedUnit, load_unit
from reportgen.model.unit import Evaluation, Unit
from reportgen.recognition.reading.office_files import WORD, read_document
from reportgen.recognition.reading.plain_grids import grids_and_lines
from reportgen.sources.write_back import Put, written_with
from reportgen.workbooks.collection.filled.unit_loading import is_workbook
from reportgen.workbooks.review_book import (
    TYPED,
    ReturnedReview,
    TypedRow,
    returned_workbook,
    rows_in,
    said_above,
)
from reportgen.workbooks.review_row import RATE

_NO_ROW = "填报文件里没有这一项，没有写入"
_LOOK = "请用 -o 写明这个单位的填报文件"
_NO_FILE = "找不到填报文件 {0}"
_NOT_YAML = "填报文件 {0} 不是 .yaml，不能写入"
_TO_YAML = (
    "请先用 reportgen import 把它读成 .yaml，再导入复核表，用 -o 写明那个文件"
)
_FIELDS = {
    "复核完成值": "复核完成值",
    "复核得分": "复核得分",
    "佐证材料": "佐证材料",
}


class ReviewWritten(NamedTuple):
    """What was written: the file, how many values, and what was not, with the reason."""

    file: Path
    values: int
    refused: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """What is told of it."""
        yield f"已写入 {self.file}：复核的 {self.values} 项；原来的内容用 reportgen undo {self.file} 可以恢复"
        yield from self.refused


def write_review(
    file: Path,
    output: Path | None,
) -> ReviewWritten | None:
    """Writes home what a 复核表 says; None where the file is none. Raises ReportgenError."""
    found = _returned(file)
    if found is None:
        return None
    loaded = _loaded(file, found, output or Path(found.file))
    document = loaded.document
    values, refused = 0, []
    for row in found.rows:
        path = _path(row, loaded.unit)
        if path is None:
            refused.append(f"{row.spot}（{row.number}）：{_NO_ROW}")
        for put in _puts(row, path or (), document.data):
            document = written_with(document, put)
            values += 1
    if values:
        write_unit(loaded.document, document)
    target = Path(loaded.document.source.path)
    return ReviewWritten(target, values, tuple(refused))


def _loaded(
    file: Path,
    found: ReturnedReview,
    target: Path,
) -> LoadedUnit:
    """The unit that the 复核表 is about; raises OutputError where the file is another's."""
    if not target.is_file():
        raise OutputError(_NO_FILE.format(target), place=file, hint=_LOOK)
    if target.suffix.lower() not in (".yaml", ".yml"):
        message = _NOT_YAML.format(target)
        raise OutputError(message, place=file, hint=_TO_YAML)
    loaded = load_unit(target)
    name = loaded.unit.name
    if name != found.unit:
        message = f"复核表是“{found.unit}”的，{target} 是“{name}”的"
        raise OutputError(message, place=file, hint=_LOOK)
    return loaded


def _returned(file: Path) -> ReturnedReview | None:
    if is_workbook(file):
        return returned_workbook(file)
    if file.suffix.lower() != WORD or not file.is_file():
        return None
    grids, lines = grids_and_lines(read_document(file), str(file))
    if not any("复核表" in one for one in lines):
        return None
    rows = chain.from_iterable(rows_in(grid, file.name) for grid in grids)
    unit, name = said_above(lines)
    found = ReturnedReview(unit, name, tuple(rows))
    return found if found.rows else None


def _path(
    row: TypedRow,
    unit: Unit,
) -> FieldPath | None:
    """Where the values of a row go; () where the file has no field for them, None where it is not that row."""
    own, _, number = row.number.rpartition("-")
    position = _position(own, unit)
    if position is None:
        return None
    owner: FieldPath = ("项目", position - 1) if position else ()
    part: Evaluation = unit.projects[position - 1] if position else unit
    if number in (SUM, RATE):
        return (*owner, "自评结果") if number == SUM else ()
    rows = [n for n, one in enumerate(part.indicators) if not one.left_blank]
    at = int(number) - 1 if number.isdigit() else -1
    index = rows[at] if 0 <= at < len(rows) else -1
    is_same = index >= 0 and part.indicators[index].name.strip() == row.name
    return (*owner, "指标", index) if is_same else None


def _position(
    own: str,
    unit: Unit,
) -> int | None:
    """0 for the whole, the number of a project; None for one that the unit does not have."""
    if own == WHOLE:
        return 0
    number = own.removeprefix("项目")
    known = {str(at): at for at in range(1, len(unit.projects) + 1)}
    return known.get(number)


def _puts(
    row: TypedRow,
    path: FieldPath,
    data: Any,
) -> Iterator[Put]:
    """The values that differ from those in the file."""
    fields = ["复核得分"] if path[-1:] == ("自评结果",) else TYPED
    for name in fields if path else ():
        text = row.typed.get(name, "")
        if text and text != _read(data, (*path, name)):
            yield Put((*path, name), text)


def _read(
    data: Any,
    path: FieldPath,
) -> str:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return str(data)
