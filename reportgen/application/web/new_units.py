"""Files of units that come to be on the page: empty ones, and workbooks turned into what can be filled in there."""

from __future__ import annotations

from pathlib import Path

from reportgen.application.new_unit import new_unit, write_new
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.rounds.folders import ROUNDS
from reportgen.application.web.saving import PUT, REMOVE, Wanted, save
from reportgen.application.web.unit_tree import read_tree
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.file_names import safe_name
from reportgen.core.plain_files import stays_in
from reportgen.outputs.whole_files import refusal
from reportgen.recognition.tree_text import tree_text
from reportgen.workbooks.collection.filled.reading import read_form
from reportgen.workbooks.collection.filled.unit_loading import is_workbook
from reportgen.workbooks.collection.form import PROJECTS
from reportgen.workbooks.collection.form_tree import chinese_tree

SET_ASIDE = ".reportgen/原来的采集表"
_MOST_NAMES = 1000


def as_yaml(
    desk: Desk,
    unit: DeskUnit,
) -> DeskUnit:
    """The unit of a workbook written as a file that the page can fill in, also where values in it are wrong.

    The workbook is set aside, so that the unit is there once; one that a unit handed in stays where it lies. Raises
    ReportgenError.
    """
    if not is_workbook(unit.file):
        raise OutputError("这不是采集表，不能这样转", place=unit.file)
    was_handed_in = unit.shown.startswith(f"{ROUNDS}/")
    folder = desk.folder if was_handed_in else unit.file.parent
    tree = chinese_tree(read_form(unit.file).data)
    target = free_file(folder, unit.file.stem)
    made = write_new(target, tree_text(tree, {}).encode())
    if not was_handed_in:
        _set_aside(desk, unit.file, made)
    return desk.unit_at(made)


def _set_aside(
    desk: Desk,
    book: Path,
    made: Path,
) -> None:
    """Moves the workbook; where that cannot be, what was made of it goes as well."""
    folder = desk.folder / SET_ASIDE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not stays_in(folder, desk.folder):
            raise OutputError("存放原表的文件夹通向别处，没有转", place=folder)
        book.replace(free_file(folder, book.stem, book.suffix))
    except (OSError, OutputError) as error:
        made.unlink()
        if isinstance(error, OutputError):
            raise
        hint = "请关闭正在打开它的程序，再点一次"
        raise refusal(book, error, hint=hint) from None


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
    ending: str = ".yaml",
) -> Path:
    """A file of that name in the folder, or with a number behind it, which is not there yet."""
    for number in range(1, _MOST_NAMES):
        mark = f" {number}" if number > 1 else ""
        target = folder / f"{stem}{mark}{ending}"
        if not target.exists():
            return target
    raise OutputError("同名的文件太多", place=folder, hint="请换一个名称")
