"""What is to be done for each output: printed anew, replaced, merged into what a person edited, or left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reportgen.core.errors import ReportgenError
from reportgen.core.file_names import sha256
from reportgen.core.findings import Findings
from reportgen.outputs.doubts import Doubts, as_kept, doubts_in
from reportgen.outputs.predecessors import Predecessor
from reportgen.outputs.print_store import history_name, read_base
from reportgen.outputs.receipt import (
    BEFORE,
    BEFORE_MERGE,
    DOUBTS,
    MERGED_AS,
    OLDER_BASE,
    PRINTED,
    RENAMED,
    ROLE,
    Entry,
    prints_of,
)
from reportgen.outputs.whole_files import FileMark, Output, mark_of, read_file
from reportgen.results.unit_result import OLD_REPLACED

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


class Merged(NamedTuple):
    """A document that a person edited with what is new merged into it.

    `findings` are what a person should look at, `doubts` these and those of earlier merges, `uncommented` those of them
    that have no comment; `changes` says what was done at each place; `resaved` that nobody had changed a word of it.
    """

    data: bytes
    findings: Findings = ()
    changes: tuple[str, ...] = ()
    resaved: bool = False
    doubts: Findings = ()
    uncommented: Doubts = ()


# base as printed, theirs, ours, name of the file, what was open in theirs
Merge = Callable[[bytes, bytes, bytes, str, Doubts], Merged]


class Written(NamedTuple):
    """What became of one output.

    `kept` says why the file was left alone, "" when it is up to date; `merging` is there where a person had edited it;
    `step` is what was done, or would be done.
    """

    path: Path
    kept: str = ""
    merging: Merged | None = None
    step: str = ""  # 新建, 更新, 旧稿换新, 不变, 合并, 人工修改, 未更新
    name: str = (
        ""  # that it was printed under: a person may have given it another one
    )
    before: Predecessor | None = None  # the edited file that was merged
    texts: tuple[bytes, bytes] | None = None  # as it was, as it is now


class OutputStep(NamedTuple):
    """What is to be done for one output: its entry in the receipt, the bytes that are due, what goes to the history."""

    output: Output
    written: Written
    entry: Entry
    due: Output | None = None
    history: Output | None = None
    seen: FileMark = None  # how the file lay when this was decided

    def saved_late(self, entry: Entry) -> OutputStep:
        """The same for a file that a person saved before it could be replaced, which was known by `entry`."""
        written = Written(
            self.written.path, _LATE, None, "未更新", self.written.name
        )
        return self._replace(written=written, entry=entry, due=None)


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
    return step._replace(written=step.written._replace(name=name), entry=entry)


def heir_step(
    folder: Path, output: Output, one: Predecessor, merge: Merge
) -> OutputStep | None:
    """What is to be done for an output that takes over the edits of `one`; None where it cannot.

    The name that a person gave that document stays.
    """
    is_renamed = one.path.parent == folder and one.path.name != one.name
    name = one.path.name if is_renamed else output.name
    step = _merged(folder, replace(output, name=name), one, merge)
    return None if step.written.kept else _named(step, output.name)


def _printed(output: Output) -> Entry:
    """What the receipt says of an output as it is printed."""
    return {PRINTED: output.digest, ROLE: output.role}


def _left(output: Output, path: Path, entry: Entry, kept: str) -> OutputStep:
    return OutputStep(output, Written(path, kept, step="未更新"), entry)


def _step(
    folder: Path, output: Output, entry: Entry, merge: Merge | None
) -> OutputStep:
    path = folder / output.name
    seen, theirs = mark_of(path), read_file(path)
    if theirs is None:
        written = Written(path, step="新建")
        return OutputStep(output, written, _printed(output), output, seen=seen)
    present = sha256(theirs)
    kept = _why_kept(path, output, present, entry)
    if kept in {_EDITED, _UNKNOWN} and merge and path.suffix == ".docx":
        own = Predecessor(output.name, path, entry, {}, theirs)
        # without a receipt it is the document that says which print it came from
        if entry or own.base(output):
            return _merged(folder, output, own, merge)._replace(seen=seen)
    if kept:
        return _left(output, path, entry, kept)
    printed, is_same = _printed(output), present == output.digest
    if is_same and not path.is_symlink():
        same = entry if entry.items() >= printed.items() else printed
        return OutputStep(output, Written(path, step="不变"), same)
    replaced = printed if is_same else {**printed, BEFORE: present}
    is_last = is_same or present == entry.get(PRINTED)
    written = Written(
        path,
        step="更新" if is_last else OLD_REPLACED,
        texts=(theirs, output.data),
    )
    return OutputStep(output, written, replaced, output, seen=seen)


def _why_kept(path: Path, output: Output, present: str, entry: Entry) -> str:
    """Why the file at `path`, whose sha256 is `present`, must be left alone, or ""."""
    if present == output.digest:
        return ""
    owner = owner_of(path)
    if owner:
        return _OPEN.format(owner=owner.name)
    is_print = present in prints_of(entry)
    if is_print or read_base(path.parent, present) is not None:
        return ""
    return _EDITED if entry else _UNKNOWN


def owner_of(path: Path) -> Path | None:
    """The hidden file by which Word (with and without the first two letters), WPS or LibreOffice say it is open."""
    name = path.name
    names = f"~${name[2:]}", f"~${name}", f".~{name}", f".~lock.{name}#"
    owners = map(path.with_name, names)
    return next((one for one in owners if one.exists()), None)


def _merged(
    folder: Path, output: Output, one: Predecessor, merge: Merge
) -> OutputStep:
    """Merges what is new into the file of a person."""
    path, theirs, digest = folder / output.name, one.data, one.base_digest
    base = one.base(output)
    if base is None:
        return _left(output, path, one.entry, _NO_BASE)
    try:
        known = doubts_in(one.entry)
        merging = merge(base, theirs, output.data, output.name, known)
    except ReportgenError as error:
        return _left(
            output, path, one.entry, _UNREADABLE.format(reason=error.message)
        )
    present, merged = sha256(theirs), sha256(merging.data)
    doubts = as_kept(merging.uncommented)
    made = {**_printed(output), MERGED_AS: merged, DOUBTS: doubts}
    if merged == present and path == one.path:
        step = "不变" if merging.resaved else "人工修改"
        return OutputStep(output, Written(path, "", merging, step), made)
    step = "更新" if merging.resaved else "合并"
    return OutputStep(
        output,
        Written(
            path,
            "",
            merging,
            step,
            before=one,
            texts=(theirs, merging.data),
        ),
        {**made, BEFORE_MERGE: present, OLDER_BASE: digest},
        due=Output(output.name, merging.data),
        history=Output(history_name(folder, output.name), theirs),
        seen=mark_of(path),
    )
