"""Units that begin with what others made: papers of last year, forms that were handed in, another unit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.application.import_unit import import_unit
from reportgen.application.new_unit import write_new
from reportgen.application.unit_files import UNITS
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.new_units import free_file
from reportgen.application.web.received.word_edits import unit_identity
from reportgen.application.web.unit_tree import read_tree
from reportgen.core.errors import OutputError
from reportgen.core.file_names import safe_name
from reportgen.core.findings import dotted
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.document_identity import Identity, identity_of
from reportgen.recognition.reading.office_files import READABLE
from reportgen.recognition.tree_text import tree_text
from reportgen.workbooks.collection.blank.prefill import next_year
from reportgen.workbooks.collection.filled.reading import read_form
from reportgen.workbooks.collection.filled.unit_loading import is_workbook
from reportgen.workbooks.collection.form_tree import (
    Tree,
    chinese_tree,
    text_at,
)

_MOST = 12  # documents of one unit
_WORD = ".docx"


class DoubtfulValue(NamedTuple):
    """A value that has to be looked at: its field, what was read, where it stood, why."""

    field: str
    value: str
    spot: str
    why: str


class UnplacedText(NamedTuple):
    """A text that was not placed: where it stands, what it says, why."""

    spot: str
    text: str
    why: str


class DraftMade(NamedTuple):
    """A new unit, of how many values it was made, and what a person has to look at."""

    unit: DeskUnit
    read: int
    pack: str
    doubts: tuple[DoubtfulValue, ...] = ()
    left: tuple[UnplacedText, ...] = ()
    notes: tuple[str, ...] = ()


class OwnDocument(NamedTuple):
    """A document that was printed here: the file, what it says of itself, its unit where that is in the folder."""

    file: Path
    identity: Identity
    unit: DeskUnit | None


def own_documents(
    desk: Desk,
    files: Sequence[Path],
) -> tuple[OwnDocument, ...]:
    """Those of the files that were printed by this program."""
    found = []
    for file in files:
        identity = _identity(file)
        if identity is not None:
            unit = _unit_of(desk, identity)
            found.append(OwnDocument(file, identity, unit))
    return tuple(found)


def _identity(file: Path) -> Identity | None:
    if file.suffix != _WORD:
        return None
    try:
        return identity_of(read_plain(file))
    except OSError:
        return None


def _unit_of(
    desk: Desk,
    identity: Identity,
) -> DeskUnit | None:
    for unit in desk.units():
        if unit_identity(desk, unit) == (identity.year, identity.unit):
            return unit
    return None


def make_draft(
    desk: Desk,
    files: Sequence[Path],
    year: str,
) -> DraftMade:
    """A new unit from documents or from one form; with `year` it is a start for that year. Raises ReportgenError."""
    if len(files) > _MOST:
        told = f"一次放了 {len(files)} 个文件，太多"
        raise OutputError(told, hint="一次只放同一个单位的文件")
    first, *others = files
    is_form = is_workbook(first) or first.suffix.lower() in UNITS
    if is_form and others:
        hint = "采集表一次放一个；同一个单位的 Word 文件可以一起放"
        raise OutputError("这几个文件不能合成一个单位", hint=hint)
    if is_form:
        return next_unit(desk, first, year)
    for file in files:
        if file.suffix.lower() not in READABLE:
            hint = "请放 Word 文件（.docx）、采集表（.xlsx）或 PDF"
            raise OutputError("这种文件读不了", place=file, hint=hint)
    return _recognized(desk, files, year)


def _recognized(
    desk: Desk,
    files: Sequence[Path],
    year: str,
) -> DraftMade:
    target = _target(desk, files[0].stem, year)
    made = import_unit(files, "", target, year, desk.workplace)
    values = made.found.draft.values
    doubts = tuple(
        DoubtfulValue(dotted(path), one.value, one.spot, one.doubt)
        for path, one in values.items()
        if one.doubt
    )
    left = tuple(
        UnplacedText(_without_folder(one.spot, files), one.text, one.reason)
        for one in made.found.left
    )
    notes = tuple(
        f"{name} 是 PDF，表按画出的线、文字按位置读出，请对照原件核对；有原来的 Word 文件的，用 Word 文件更准"
        for name in made.pdfs
    )
    unit = desk.unit_at(made.target)
    return DraftMade(unit, len(values), made.pack, doubts, left, notes)


def _without_folder(
    spot: str,
    files: Sequence[Path],
) -> str:
    """A place as a person knows it: where the files lie meanwhile is nobody's business."""
    for one in files:
        spot = spot.replace(str(one), one.name)
    return spot


def next_unit(
    desk: Desk,
    source: Path,
    year: str,
) -> DraftMade:
    """A new unit from the form of another; with `year` its names and targets, its results as those of last year."""
    tree = _tree_of(source)
    if year:
        tree = {**next_year(tree), "年度": year}
    name = text_at(tree, ("单位", "名称")).strip() or source.stem
    target = _target(desk, name, text_at(tree, ("年度",)))
    made = write_new(target, tree_text(tree, {}).encode())
    pack = text_at(tree, ("模板",)) or "standard"
    return DraftMade(desk.unit_at(made), 0, pack)


def _tree_of(source: Path) -> Tree:
    """What was typed, also where it is no complete unit yet: a draft may have gaps."""
    if is_workbook(source):
        return chinese_tree(read_form(source).data)
    return read_tree(source).tree


def _target(
    desk: Desk,
    name: str,
    year: str,
) -> Path:
    mark = "" if not year or year in name else year
    return free_file(desk.folder, safe_name(f"{name}{mark}"))
