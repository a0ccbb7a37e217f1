"""The last writing into a unit's file, or into a document, taken back."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reportgen.application.unit_text import WRITTEN
from reportgen.core.errors import OutputError
from reportgen.core.file_names import sha256
from reportgen.outputs.print_store import HISTORY, UNDONE, kept_of
from reportgen.outputs.same_file import write_same_file
from reportgen.outputs.whole_files import Output, read_file, replace_all
from reportgen.workbooks.collection.write_back.unit_document import file_changes

_NONE = "没有可以撤销的写回"
_NONE_HINT = (
    "pull --apply、check --fix --apply、restore --apply 写过以后才能撤销"
)
_CHANGED = "文件在写回以后又改过，没有撤销；写回以前的一份在 {kept}"
_CHANGED_HINT = "请对照那一份自行改回"


class Undone(NamedTuple):
    """What was taken back: the lines that changed, and where the file is kept as it was before."""

    changes: tuple[str, ...]
    kept: str


def undo(file: Path) -> Undone:
    """Puts the file back as it was before the last writing; raises OutputError where it was changed since."""
    place = file  # as it was typed
    file = file.resolve()
    written = read_file(file)
    if written is None:
        hint = "请核对文件名和文件夹"
        raise OutputError("找不到这份文件", hint, place=place)
    kept_files = kept_of(file.parent, file.name)
    marked = ((n, one) for n, one in kept_files if _mark(one).exists())
    last = max(marked, default=None)
    before = read_file(last[1]) if last else None
    if last is None or before is None:
        raise OutputError(_NONE, _NONE_HINT, place=place)
    mark = _mark(last[1])
    if read_file(mark) != sha256(written).encode():
        told = _CHANGED.format(kept=last[1])
        raise OutputError(told, _CHANGED_HINT, place=place)
    kept = f"{HISTORY}/{file.stem}.{last[0]}.{UNDONE}{file.suffix}"
    replace_all(file.parent, [Output(kept, written)])
    write_same_file(file, before)
    for done in (mark, last[1]):
        with suppress(OSError):
            done.unlink()
    return Undone(_changes(file, written, before), kept)


def _changes(file: Path, written: bytes, before: bytes) -> tuple[str, ...]:
    if file.suffix == ".docx":
        from reportgen.readback.compare.edits import edits  # noqa: PLC0415  lxml, wanted only for documents

        return tuple(one.text for one in edits(written, before))
    return file_changes(file, written, before)


def _mark(kept: Path) -> Path:
    """What says that a file was kept because another was written in its place."""
    return kept.with_name(kept.name + WRITTEN)
