"""What a person changes on the page, saved at once into the unit's file; what others wrote meanwhile stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.application.unit_text import WRITTEN, write_unit_text
from reportgen.application.web.desk import Desk, DeskUnit, digest_of
from reportgen.application.web.field_paths import field_at, is_row
from reportgen.application.web.form import raw_text, typed_text
from reportgen.application.web.new_rows import new_project
from reportgen.application.web.row_changes import (
    Cleared,
    Removed,
    Swapped,
)
from reportgen.application.web.seen_trees import (
    is_same_place,
    remember_tree,
)
from reportgen.application.web.texts.marks import written_marks
from reportgen.application.web.texts.parts import parts_of
from reportgen.application.web.texts.typed_text import plain_text
from reportgen.application.web.unit_tree import UnitTree, read_tree
from reportgen.application.web.writing import Change, changed_document
from reportgen.core.errors import OutputError
from reportgen.core.value import FieldPath
from reportgen.model.problems import typed_path
from reportgen.model.unit import Unit
from reportgen.outputs.print_store import kept_of
from reportgen.sources.write_back import Insert, Put
from reportgen.workbooks.collection.form_tree import value_at

PUT, INSERT, REMOVE, MOVE, PROJECT = (
    "put",
    "insert",
    "remove",
    "move",
    "project",
)
_UNKNOWN = "这一项不在表里，没有保存"
_PARTS = "这一项刚才在别处改成了分几部分写，没有保存"
_MOVED = "文件刚才在别处改过，行的位置可能变了，没有保存这一步"
_MOVED_HINT = "请刷新本页，看到新的内容以后再改"
MOST_KEPT = 200  # states of a file
_MOST_CHANGES = 5000
_MOST_ROWS = 2000
_LONGEST = 100_000  # characters of one value


class Wanted(NamedTuple):
    """One change as the page asks for it. `was` is what the page showed before."""

    kind: str
    path: FieldPath
    text: str = ""
    was: str = ""
    position: int = 0
    row: tuple[tuple[str, str], ...] = ()


class Clash(NamedTuple):
    """A value that was changed here and elsewhere: what stands in the file now, and what was to be written."""

    path: FieldPath
    theirs: str
    mine: str


@dataclass(frozen=True)
class Saved:
    """What became of the changes: the sha256 of the file now; with clashes nothing was written."""

    digest: str
    clashes: tuple[Clash, ...] = ()
    merged: bool = False  # somebody else had written into the file


def save(
    desk: Desk,
    unit: DeskUnit,
    digest: str,
    changes: Sequence[Wanted],
) -> Saved:
    """Writes the changes, which were made looking at the file with that sha256; raises ReportgenError.

    A file that was changed since is merged: values that nobody else touched are written, the others are clashes.
    """
    if len(changes) > _MOST_CHANGES:
        raise OutputError("一次改得太多，没有保存", hint="请分几次粘贴")
    with desk.writing:
        read = read_tree(unit.file)
        moved = bool(digest) and read.digest != digest
        if moved:
            _refuse_moved(desk, unit, digest, read, changes)
            clashes = tuple(_clashes(read, changes))
            if clashes:
                return Saved(read.digest, clashes)
        document = read.document
        made = [
            one for wanted in changes for one in _changes(desk, wanted, read)
        ]
        new = changed_document(document, made).source.text
        if new != document.source.text:
            write_unit_text(unit.file, document.source.text, new)
            _forget_oldest(unit.file)
            remember_tree(desk, unit, read_tree(unit.file))
        return Saved(digest_of(unit), merged=moved)


def _forget_oldest(file: Path) -> None:
    """Of the many states of the file that undo may go back to the oldest go."""
    kept = sorted(kept_of(file.parent, file.name))
    steps = [one for _, one in kept if Path(f"{one}{WRITTEN}").exists()]
    for one in steps[:-MOST_KEPT]:
        with suppress(OSError):
            Path(f"{one}{WRITTEN}").unlink()
            one.unlink()


def _refuse_moved(
    desk: Desk,
    unit: DeskUnit,
    digest: str,
    read: UnitTree,
    changes: Sequence[Wanted],
) -> None:
    """Raises OutputError where a row may be another by now, so that what is meant for one comes into another."""
    for one in changes:
        is_there = is_same_place(desk, unit, digest, read.tree, one.path)
        if one.kind != PUT or not is_there:
            raise OutputError(_MOVED, hint=_MOVED_HINT)


def _clashes(
    read: UnitTree,
    changes: Sequence[Wanted],
) -> Iterator[Clash]:
    """What cannot be told apart from what somebody else has done."""
    for one in changes:
        theirs = typed_text(value_at(read.tree, one.path), one.path)
        if theirs not in {one.was, one.text}:
            yield Clash(one.path, theirs, one.text)


def _changes(
    desk: Desk,
    wanted: Wanted,
    read: UnitTree,
) -> Iterator[Change]:
    """How a wish is written into this file, with its keys as they are typed there; raises OutputError."""
    typed = typed_path(read.document.data, wanted.path, Unit)
    if wanted.kind == PROJECT:
        yield new_project(desk, read.tree, wanted.text)
    elif wanted.kind == PUT:
        yield from _put(wanted, typed, value_at(read.tree, wanted.path))
    elif not is_row(wanted.path) or not 0 <= wanted.position <= _MOST_ROWS:
        raise OutputError(_UNKNOWN)
    elif wanted.kind == INSERT:
        yield Insert(typed, wanted.position, _row(wanted))
    elif wanted.kind == REMOVE:
        yield Removed(typed, _there(wanted, read))
    elif wanted.kind == MOVE:
        yield Swapped(typed, _there(wanted, read, behind=1))
    else:
        raise OutputError(_UNKNOWN)


def _put(
    wanted: Wanted,
    typed: FieldPath,
    old: Any,
) -> Iterator[Change]:
    field = field_at(wanted.path)
    if field is None or len(wanted.text) > _LONGEST:
        raise OutputError(_UNKNOWN)
    if parts_of(old, ()):
        raise OutputError(_PARTS, hint=_MOVED_HINT)
    text = plain_text(wanted.text)
    if not text:
        if old not in (None, ""):
            yield Cleared(typed)
        return
    if typed_text(old, wanted.path) != text:
        marked = written_marks(text, wanted.path, raw_text(old))
        yield Put(typed, _value(marked, old, listed=field.listed))


def _value(
    text: str,
    old: Any,
    *,
    listed: bool,
) -> str | tuple[str, ...]:
    """A text, or a list where the field may be one and there are several lines, or there was one."""
    lines = tuple(line.strip() for line in text.split("\n") if line.strip())
    if listed and (len(lines) > 1 or isinstance(old, list)):
        return lines
    return text if not listed else lines[0]


def _row(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """The cells of a new row that are fields of it and say something."""
    for key, _ in wanted.row:
        if field_at((*wanted.path, 0, key)) is None:
            raise OutputError(_UNKNOWN)
    cells = ((key, plain_text(text)) for key, text in wanted.row)
    return tuple((key, text) for key, text in cells if text)


def _there(
    wanted: Wanted,
    read: UnitTree,
    behind: int = 0,
) -> int:
    """The position of a row that is there, and `behind` more behind it."""
    rows = value_at(read.tree, wanted.path)
    count = len(rows) if isinstance(rows, list) else 0
    if not 0 <= wanted.position < count - behind:
        raise OutputError(_MOVED, hint=_MOVED_HINT)
    return wanted.position
