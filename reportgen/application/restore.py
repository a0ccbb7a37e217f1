"""A document, or some places of it, taken back from its history: what was kept before a merge, what was printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import localtime, strftime
from typing import TypeVar

from reportgen.application.unit_text import write_kept
from reportgen.core.errors import OutputError
from reportgen.ooxml.document import open_document
from reportgen.outputs.print_store import kept_of, read_base
from reportgen.outputs.receipt import (
    EARLIER,
    PRINTED,
    entries_of,
    name_on_disk,
    read_receipt,
    texts_at,
)
from reportgen.outputs.whole_files import Output, read_file, replace_all
from reportgen.readback.accept.taken_back import taken_back
from reportgen.readback.compare.edits import (
    ADDED,
    DELETED,
    MOVED,
    Edit,
    edits_between,
)

_KEPT = "合并、恢复以前留存的一份（%Y-%m-%d %H:%M）"
_LAST = "最近一次生成时印的"
_EARLIER = "再往前第 {n} 次生成时印的"
_NO_VERSION = "没有第 {number} 份可以恢复的"
_LOOK = "请先不加 --from 看一遍有哪几份"
_NO_ITEM = "这一份与现在没有第 {number} 处不同，什么都没有写"
_LOOK_AT_ITEMS = "请先不加 --apply 看一遍各处的项号"
_GONE = "找不到这份文件，只有留存的整份可以恢复"
_GONE_HINT = "请核对文件名，或用 reportgen build 重新生成"
_NOT_BACK = "这几处带有图片、图表或分节，单独恢复不了，什么都没有写"
_NOT_BACK_HINT = "请从合并、恢复以前留存的一份整份恢复，或打开那一份自行复制"
_One = TypeVar("_One")
_OTHER_WAY = {ADDED: DELETED, DELETED: ADDED}


@dataclass(frozen=True)
class Version:
    """The document as it was once; of a print only what is printed is there, no style and no picture."""

    label: str
    data: bytes
    is_whole: bool


@dataclass(frozen=True)
class Restored:
    """What `version` would bring back, place by place, whether it did, and how many of the places it could not."""

    version: Version
    changes: tuple[Edit, ...]
    is_done: bool = False
    left: int = 0


def versions_of(file: Path) -> list[Version]:
    """What there is to take back of a document, the newest first."""
    return [*_kept(file), *_prints(file)]


def _kept(file: Path) -> Iterator[Version]:
    for _, path in sorted(kept_of(file.parent, file.name), reverse=True):
        saved = localtime(path.stat().st_mtime)
        yield Version(strftime(_KEPT, saved), read_file(path) or b"", True)


def _prints(file: Path) -> Iterator[Version]:
    for name, entry in entries_of(read_receipt(file.parent)).items():
        if name_on_disk(name, entry) != file.name:
            continue
        digests = texts_at(entry, EARLIER) or [str(entry.get(PRINTED))]
        for n, digest in enumerate(reversed(digests)):
            base = read_base(file.parent, digest)
            if base:
                yield Version(_EARLIER.format(n=n) if n else _LAST, base, False)


def restore(
    file: Path, number: int, *, only: Sequence[int] = (), apply: bool
) -> Restored:
    """Takes back what `only` names of a version, or all of it; without `apply` it tells what that would be.

    Raises OutputError where there is no such version or item.
    """
    version = _numbered(file, versions_of(file), number, _NO_VERSION, _LOOK)
    now = read_file(file)
    if now is None and not version.is_whole:
        raise OutputError(_GONE, place=file, hint=_GONE_HINT)
    document = open_document(now or version.data, file.name)
    found = edits_between(open_document(version.data, ""), document)
    back = [one for one in found if one.spot and one.kind != MOVED]
    wanted = [
        _numbered(file, back, n, _NO_ITEM, _LOOK_AT_ITEMS) for n in only
    ] or back
    told = Restored(version, tuple(map(_other_way, back)))
    if not apply:
        return told
    data, left = version.data, 0
    if only or not version.is_whole:
        left = len(wanted) - taken_back(document, wanted)
        data = document.saved()
    if wanted and left == len(wanted):
        raise OutputError(_NOT_BACK, place=file, hint=_NOT_BACK_HINT)
    if now is None:
        replace_all(file.parent, [Output(file.name, data)])
    else:
        write_kept(file, now, data)
    return replace(told, is_done=True, left=left)


def _numbered(
    file: Path,
    items: Sequence[_One],
    number: int,
    told: str,
    hint: str,
) -> _One:
    """The item of that number, which a person typed; raises OutputError where there is none."""
    if 0 < number <= len(items):
        return items[number - 1]
    raise OutputError(told.format(number=number), place=file, hint=hint)


def _other_way(edit: Edit) -> Edit:
    """The edit as it would be taken back."""
    kind = _OTHER_WAY.get(edit.kind, edit.kind)
    return replace(edit, kind=kind, before=edit.after, after=edit.before)
