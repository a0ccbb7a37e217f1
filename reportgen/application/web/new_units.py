"""Files of units that come to be on the page: empty ones, and workbooks turned into what can be filled in there."""

from __future__ import annotations

from pathlib import Path

from reportgen.application.import_unit import convert_unit
from reportgen.application.new_unit import new_unit
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.saving import PUT, REMOVE, Wanted, save
from reportgen.application.web.unit_tree import read_tree
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.file_names import safe_name
from reportgen.workbooks.collection.form import PROJECTS

_MOST_NAMES = 1000


def as_yaml(
    desk: Desk,
    unit: DeskUnit,
) -> DeskUnit:
    """The unit of a workbook written as a file that the page can fill in, beside it; raises ReportgenError."""
    target = free_file(unit.file.parent, unit.file.stem)
    made = convert_unit(unit.file, "", target, desk.workplace)
    if made is None:
        raise OutputError("这不是采集表，不能这样转", place=unit.file)
    return desk.unit_at(made)


def empty_unit(
    desk: Desk,
    name: str,
    year: str,
    pack: str,
) -> DeskUnit:
    """A new unit from the empty form of `pack`; raises ReportgenError."""
    if not name.strip():
        raise OutputError("没有填单位名称", hint="请填写单位全称")
    target = free_file(desk.folder, safe_name(f"{name.strip()}{year.strip()}"))
    unit = desk.unit_at(new_unit(target, pack, desk.workplace))
    changes = [Wanted(PUT, ("单位", "名称"), name.strip())]
    if year.strip():
        changes.append(Wanted(PUT, ("年度",), year.strip()))
    blank = read_tree(unit.file).tree.get(PROJECTS) or ()
    changes += (
        Wanted(REMOVE, (PROJECTS,), position=0) for _ in blank
    )  # the page has a button for each project that there is
    try:
        save(desk, unit, "", changes)
    except ReportgenError:
        unit.file.unlink()  # it was made a moment ago, and nobody has seen it
        raise
    return unit


def free_file(
    folder: Path,
    stem: str,
) -> Path:
    """A file of that name in the folder, or with a number behind it, which is not there yet."""
    for number in range(1, _MOST_NAMES):
        mark = f" {number}" if number > 1 else ""
        target = folder / f"{stem}{mark}.yaml"
        if not target.exists():
            return target
    raise OutputError("同名的文件太多", place=folder, hint="请换一个名称")
