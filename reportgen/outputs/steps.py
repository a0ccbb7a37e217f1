"""What is to be done for each output: printed anew, replaced, merged into what a person edited, or left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from reportgen.core.errors import Place, ReportgenError
from reportgen.core.file_names import sha256
from reportgen.core.findings import Finding
from reportgen.ooxml.document_identity import identity_of, renamed_in
from reportgen.outputs.file_states import digest_of
from reportgen.outputs.print_store import (
    history_name,
    own_print,
    read_base,
)
from reportgen.outputs.receipt import (
    BEFORE,
    BEFORE_MERGE,
    MERGED,
    OLDER_BASE,
    PRINTED,
    RENAMED,
    Entry,
    Receipt,
    is_print,
)
from reportgen.outputs.whole_files import FileMark, Output, mark_of, read_file

_EDITED = "文件在生成后被修改过，已保留修改、未覆盖；需要新稿时请先把它改名或移走，再重新生成"
_UNKNOWN = "这里已有同名文件，没有它的生成记录，已保留、未覆盖；需要新稿时请先把它改名或移走，再重新生成"
_NO_BASE = (
    "文件在生成后被修改过，而印出它的那一次的底稿找不到（.reportgen 文件夹被删或损坏，或者是很久以前印的），"
    "不能合并，已保留、未更新；请把它移到别处，重新生成后对照着改"
)
_UNREADABLE = (
    "文件在生成后被修改过，现在读不了（{reason}），不能合并，已保留、未更新"
)
_OPEN = "文件正在 Word 或 WPS 中打开，未更新；请关闭后重新生成（没有打开的，请删除隐藏文件 {owner}）"
_SEVERAL = "这份文件改了名，现有 {names} 几份，不知道该更新哪一份；请把要用的一份改回原名，再重新生成"
_LATE = (
    "文件在写入前的一刻又被保存过，已保留新保存的一份、未更新；请关闭后重新生成"
)


class Merging(Protocol):
    """A document that a person edited with what is new merged into it."""

    @property
    def data(self) -> bytes:
        """The document."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should look at."""

    @property
    def changes(self) -> Sequence[Any]:
        """What was brought up to date in it."""

    @property
    def resaved(self) -> bool:
        """Whether nobody changed a word of it: it was only saved again."""


# base as printed, theirs, ours, name of the file
Merge = Callable[[bytes, bytes, bytes, str], Merging]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one output.

    `kept` says why the file was left alone, "" when it is up to date; `merging` is there where a person had edited it;
    `step` is what was done, or would be done.
    """

    path: Path
    kept: str = ""
    merging: Merging | None = None
    step: str = ""  # 新建, 更新, 不变, 合并, 人工修改, 未更新
    name: str = (
        ""  # that it was printed under: a person may have given it another one
    )

    @property
    def place(self) -> Place:
        """The file as a place."""
        return Place(str(self.path))


@dataclass(frozen=True, slots=True)
class OutputStep:
    """What is to be done for one output: its entry in the receipt, the bytes that are due, what goes to the history."""

    output: Output
    written: Written
    entry: Entry
    due: Output | None = None
    history: Output | None = None
    seen: FileMark = None  # how the file lay when this was decided

    def saved_late(self, entry: Entry) -> OutputStep:
        """The same for a file that a person saved before it could be replaced, which was known by `entry`."""
        written = replace(self.written, kept=_LATE, merging=None, step="未更新")
        return replace(self, written=written, entry=entry, due=None)


def step_for(
    folder: Path,
    output: Output,
    entry: Entry,
    moved: Sequence[str],
    merge: Merge | None,
) -> OutputStep:
    """What is to be done for `output`, whose file is now called as `moved` says, if a person gave it another name."""
    if len(moved) > 1:
        kept = _SEVERAL.format(names="、".join(moved))
        step = _left(output, folder / output.name, entry, kept)
    else:
        actual = replace(output, name=moved[0]) if moved else output
        step = _step(folder, actual, entry, merge)
    return _named(step, output.name)


def _named(step: OutputStep, name: str) -> OutputStep:
    """`step`, which says under which name the document was printed where a person gave it another."""
    actual = step.written.path.name
    entry = {key: value for key, value in step.entry.items() if key != RENAMED}
    if actual != name:
        entry[RENAMED] = actual
    return replace(step, written=replace(step.written, name=name), entry=entry)


def _left(output: Output, path: Path, entry: Entry, kept: str) -> OutputStep:
    return OutputStep(output, Written(path, kept, step="未更新"), entry)


def _step(
    folder: Path, output: Output, entry: Entry, merge: Merge | None
) -> OutputStep:
    path = folder / output.name
    seen, theirs = mark_of(path), read_file(path)
    if theirs is None:
        written = Written(path, step="新建")
        return OutputStep(
            output, written, {PRINTED: output.digest}, output, seen=seen
        )
    present = sha256(theirs)
    kept = _why_kept(path, output, present, entry)
    if kept == _EDITED and merge and path.suffix == ".docx":
        return replace(_merged(folder, output, entry, theirs, merge), seen=seen)
    if kept:
        return _left(output, path, entry, kept)
    new = output.digest
    if present == new and not path.is_symlink():
        same = entry if entry.get(PRINTED) == new else {PRINTED: new}
        return OutputStep(output, Written(path, step="不变"), same)
    replaced = (
        {PRINTED: new} if present == new else {PRINTED: new, BEFORE: present}
    )
    return OutputStep(
        output, Written(path, step="更新"), replaced, output, seen=seen
    )


def _why_kept(path: Path, output: Output, present: str, entry: Entry) -> str:
    """Why the file at `path`, whose sha256 is `present`, must be left alone, or ""."""
    if present == output.digest:
        return ""
    owner = next((one for one in _owner_files(path) if one.exists()), None)
    if owner:
        return _OPEN.format(owner=owner.name)
    if is_print(present, entry):
        return ""
    return _EDITED if entry else _UNKNOWN


def _owner_files(path: Path) -> Iterator[Path]:
    """The hidden files by which Word (with and without the first two letters), WPS and LibreOffice say it is open."""
    name = path.name
    for owner in (f"~${name[2:]}", f"~${name}", f".~{name}", f".~lock.{name}#"):
        yield path.with_name(owner)


def _merged(
    folder: Path, output: Output, entry: Entry, theirs: bytes, merge: Merge
) -> OutputStep:
    """Merges what is new into the file of a person. The entry of a merge that a kill cut short tells the older base."""
    path, present, new = folder / output.name, sha256(theirs), output.digest
    key = OLDER_BASE if present == entry.get(BEFORE_MERGE) else PRINTED
    digest = str(entry.get(key, ""))
    known = output.data if digest == new else read_base(folder, digest)
    base = own_print(folder, known, identity_of(theirs))
    if base is None:
        return _left(output, path, entry, _NO_BASE)
    try:
        merging = merge(base, theirs, output.data, output.name)
    except ReportgenError as error:
        return _left(
            output, path, entry, _UNREADABLE.format(reason=error.message)
        )
    made = {PRINTED: new, MERGED: sha256(merging.data)}
    if made[MERGED] == present:
        step = "不变" if merging.resaved else "人工修改"
        return OutputStep(output, Written(path, "", merging, step), made)
    return OutputStep(
        output,
        Written(path, "", merging, "更新" if merging.resaved else "合并"),
        {**made, BEFORE_MERGE: present, OLDER_BASE: digest},
        due=Output(output.name, merging.data),
        history=Output(history_name(folder, output.name), theirs),
    )


def renamed_documents(
    folder: Path,
    outputs: Sequence[Output],
    known: Mapping[str, Entry],
    receipt: Receipt,
) -> dict[str, list[str]]:
    """For each document that is no longer there under its name, those in `folder` that say they are that document.

    Left out is what could be neither replaced nor merged: to give it another name is how one asks for a new print.
    """
    names = {one.name for one in outputs}
    gone = {one for one in names & known.keys() if not (folder / one).exists()}
    found = renamed_in(folder, receipt, gone, names | known.keys())
    return {
        name: [
            path.name
            for path in paths
            if _can_follow(folder, path, known[name])
        ]
        for name, paths in found.items()
    }


def _can_follow(folder: Path, path: Path, entry: Entry) -> bool:
    digest = str(entry.get(PRINTED, ""))
    return read_base(folder, digest) is not None or digest_of(path) == digest
