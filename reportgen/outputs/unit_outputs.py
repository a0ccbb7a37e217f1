"""The documents of a unit on disk, with their receipt: nothing is written over what a person changed.

All files of a unit are written beside their targets and flushed; then the receipt gets its name, then they get theirs.
The receipt names what is about to stand there as well as what stood there before, so that a run that is killed in the
middle never mistakes its own file for a person's. A document that a person edited is not replaced: what is new is
merged into it, from the document as it was printed, which is kept beside it (see reportgen.outputs.print_store).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from reportgen.core.errors import OutputError, Place, ReportgenError
from reportgen.core.file_names import sha256
from reportgen.core.findings import Finding
from reportgen.ooxml.document_identity import renamed_in
from reportgen.outputs.print_store import STORE, history_name, packed_store, read_base
from reportgen.outputs.whole_files import (
    Output,
    alone_in,
    is_there,
    left_behind,
    read_file,
    replace_all,
)

RECEIPT = "receipt.json"
_LONGEST_WITH_SUFFIX = 200

_EDITED = (
    "文件在生成后被修改过，已保留修改、未覆盖；需要新稿时请先把它改名或移走，再重新生成"
)
_UNKNOWN = "这里已有同名文件，没有它的生成记录，已保留、未覆盖；需要新稿时请先把它改名或移走，再重新生成"
_NO_BASE = "文件在生成后被修改过，而生成时的底稿找不到（.reportgen 文件夹被删或损坏），不能合并，已保留、未更新"
_UNREADABLE = "文件在生成后被修改过，现在读不了（{reason}），不能合并，已保留、未更新"
_OPEN = "文件正在 Word 或 WPS 中打开，未更新；请关闭后重新生成（没有打开的，请删除隐藏文件 {owner}）"
_SEVERAL = "这份文件改了名，现有 {names} 几份，不知道该更新哪一份；请把要用的一份改回原名，再重新生成"
_RENAMED = "现名"  # of a document to which a person gave another name
_BEFORE = "前次"  # sha256 of the print that was replaced: it may still be there when the run was killed
_MERGED = "成稿"  # sha256 of a file that was merged
_BEFORE_MERGE = "合并前"  # of the person's file that it was merged from
_OLDER_BASE = "底稿"  # of the print that the person's file came from

Receipt = dict[str, Any]


class FileState(Enum):
    """How a file of the set lies on disk: as printed, of an earlier printing, changed by a person, changed and then
    brought up to date, not there."""

    FRESH = "最新"
    OLD = "旧稿"
    EDITED = "已修改"
    MERGED = "已合并"
    MISSING = "缺失"


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


Merge = Callable[
    [bytes, bytes, bytes, str], Merging
]  # base as printed, theirs, ours, name of the file


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one output.

    `kept` says why the file was left alone, "" when it is up to date; `merging` is there where a person had edited it;
    `step` is what was done, or would be done.
    """

    path: Path
    kept: str = ""
    merging: Merging | None = None
    step: str = ""  # 新印, 更新, 不变, 合并, 人工修改, 未更新
    name: str = ""  # that it was printed under: a person may have given it another one

    @property
    def place(self) -> Place:
        """The file as a place."""
        return Place(str(self.path))


def _anyone(before: Receipt) -> None:
    """Lets whoever comes write to the folder."""


def write_outputs(
    folder: Path,
    outputs: list[Output],
    receipt: Receipt,
    *,
    claim: Callable[[Receipt], None] = _anyone,
    merge: Merge | None = None,
    dry: bool = False,
) -> list[Written]:
    """Writes `outputs` and the receipt into `folder`; raises OutputError, leaving every old file whole.

    A file that a person has changed is merged by `merge`, or kept where that cannot be; one that was given another name
    is known by what it says of itself. Files of earlier runs that are no longer wanted stay, and stay
    known. `claim` is shown the receipt that lies there and raises OutputError where the folder is another's. With `dry`
    nothing is written, and what would be done is told.
    """
    with nullcontext() if dry else alone_in(folder):
        before = read_receipt(folder)
        _refuse_other_unit(folder, before, receipt)
        claim(before)
        known = _entries(before)
        moved = _renamed(folder, outputs, known, receipt)
        steps = [
            _named(
                _step(
                    folder,
                    output,
                    known.get(output.name, {}),
                    merge,
                    moved.get(output.name, ()),
                ),
                output.name,
            )
            for output in outputs
        ]
        files = {step.written.name: step.entry for step in steps}
        left = {name: one for name, one in known.items() if name not in files}
        files |= {
            name: one
            for name, one in left.items()
            if (folder / name_on_disk(name, one)).exists()
        }
        written = [step.written for step in steps]
        if dry:
            return written
        kept_names = [one.name for one in written if one.kept]
        content = {
            **receipt,
            "成套": [one.name for one in outputs],
            "保留": kept_names,
            "文件": files,
        }
        due = [step.history for step in steps if step.history]
        due += _store(folder, steps, files, known) if merge else []
        record = _record(content)
        if not is_there(folder / RECEIPT, record):
            due.append(Output(RECEIPT, record))
        due += [step.due for step in steps if step.due]
        replace_all(folder, due)
    return written


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be done for one output: its entry in the receipt, the bytes that are due, what goes to the history."""

    output: Output
    written: Written
    entry: dict[str, Any]
    due: Output | None = None
    history: Output | None = None


def _renamed(
    folder: Path,
    outputs: Sequence[Output],
    known: dict[str, dict[str, Any]],
    receipt: Receipt,
) -> dict[str, list[str]]:
    """For each document that is no longer there under its name, those in `folder` that say they are that document.

    Left out is what could be neither replaced nor merged: to give it another name is how one asks for a new print.
    """
    gone = {
        one.name
        for one in outputs
        if one.name in known and not (folder / one.name).exists()
    }
    found = renamed_in(folder, receipt, gone, {*known, *(one.name for one in outputs)})
    return {
        name: [path.name for path in paths if _can_follow(folder, path, known[name])]
        for name, paths in found.items()
    }


def _can_follow(folder: Path, path: Path, entry: dict[str, Any]) -> bool:
    digest = str(entry.get("sha256", ""))
    return read_base(folder, digest) is not None or _present(path) == digest


def _named(step: _Step, name: str) -> _Step:
    """`step`, which says under which name the document was printed where a person gave it another."""
    actual = step.written.path.name
    entry = {key: value for key, value in step.entry.items() if key != _RENAMED}
    entry |= {} if actual == name else {_RENAMED: actual}
    return replace(step, written=replace(step.written, name=name), entry=entry)


def name_on_disk(name: str, entry: dict[str, Any]) -> str:
    """The name under which a document lies in its folder."""
    actual = entry.get(_RENAMED)
    return actual if isinstance(actual, str) and _is_file_name(actual) else name


def _step(
    folder: Path,
    output: Output,
    entry: dict[str, Any],
    merge: Merge | None,
    moved: Sequence[str],
) -> _Step:
    """What is to be done for `output`, whose file is now called as `moved` says, if a person gave it another name."""
    if len(moved) > 1:
        kept = _SEVERAL.format(names="、".join(moved))
        return _Step(output, Written(folder / output.name, kept, step="未更新"), entry)
    output = replace(output, name=moved[0]) if moved else output
    path = folder / output.name
    theirs = read_file(path)
    present = sha256(theirs) if theirs is not None else ""
    kept = _why_kept(path, output, present, entry)
    if kept == _EDITED and merge and theirs is not None and path.suffix == ".docx":
        return _merged(folder, output, entry, theirs, merge)
    if kept:
        return _Step(output, Written(path, kept, step="未更新"), entry)
    is_due = present != sha256(output.data) or path.is_symlink()
    step = "不变" if not is_due else "更新" if present else "新印"
    return _Step(
        output,
        Written(path, step=step),
        _entry(output, present, entry),
        output if is_due else None,
    )


def _merged(
    folder: Path, output: Output, entry: dict[str, Any], theirs: bytes, merge: Merge
) -> _Step:
    """Merges what is new into the file of a person. The entry of a merge that a kill cut short tells the older base."""
    path, present, new = folder / output.name, sha256(theirs), sha256(output.data)
    digest = str(
        entry.get(_OLDER_BASE if present == entry.get(_BEFORE_MERGE) else "sha256", "")
    )
    base = output.data if digest == new else read_base(folder, digest)
    if base is None:
        return _Step(output, Written(path, _NO_BASE, step="未更新"), entry)
    try:
        merging = merge(base, theirs, output.data, output.name)
    except ReportgenError as error:
        return _Step(
            output,
            Written(path, _UNREADABLE.format(reason=error.message), step="未更新"),
            entry,
        )
    merged = sha256(merging.data)
    if merged == present:
        return _Step(
            output,
            Written(path, "", merging, "不变" if merging.resaved else "人工修改"),
            {"sha256": new, _MERGED: merged},
        )
    made = {"sha256": new, _MERGED: merged, _BEFORE_MERGE: present, _OLDER_BASE: digest}
    history = Output(history_name(folder, output.name), theirs)
    return _Step(
        output,
        Written(path, "", merging, "更新" if merging.resaved else "合并"),
        made,
        Output(output.name, merging.data),
        history,
    )


def _store(
    folder: Path,
    steps: Sequence[_Step],
    files: dict[str, dict[str, Any]],
    known: dict[str, dict[str, Any]],
) -> list[Output]:
    """The store of what was printed, where it has to be written anew; it keeps what either receipt may ask for."""
    entries = (*files.values(), *known.values())
    wanted = frozenset(
        str(one[key])
        for one in entries
        for key in ("sha256", _OLDER_BASE, _BEFORE)
        if key in one
    )
    printed = (
        (step.entry["sha256"], step.output.data)
        for step in steps
        if step.output.name.endswith(".docx")
        and step.entry.get("sha256") == sha256(step.output.data)
    )
    data = packed_store(folder, printed, wanted)
    return [] if data is None else [Output(STORE, data)]


def _record(content: Receipt) -> bytes:
    """The receipt as JSON, a line for each key: with `indent` json is ten times slower."""
    lines = (f"{_text(key)}: {_text(value)}" for key, value in content.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "backslashreplace")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def left_over(folder: Path, written: list[Written]) -> list[Path]:
    """Files that an earlier run wrote to `folder` and this one did not: of a project that was renamed, for instance."""
    names = {one.name for one in written}
    known = _entries(read_receipt(folder))
    return [
        folder / name_on_disk(name, entry)
        for name, entry in known.items()
        if name not in names
    ]


def file_states(folder: Path, receipt: Receipt) -> dict[str, FileState]:
    """Each file of the set that `receipt` is of, as it lies in `folder`; the others of the folder are left out.

    None of them where the receipt does not say, or says wrongly, which files the set has.
    """
    entries, names, kept = _entries(receipt), receipt.get("成套"), receipt.get("保留")
    if not isinstance(names, list) or not all(
        isinstance(name, str) and _is_file_name(name) for name in names
    ):
        return {}
    left = kept if isinstance(kept, list) else ()
    return {
        name: _file_state(
            folder / name_on_disk(name, entries.get(name, {})),
            entries.get(name, {}),
            kept=name in left,
        )
        for name in names
    }


def _file_state(path: Path, entry: dict[str, Any], *, kept: bool) -> FileState:
    present = _present(path)
    if not present:
        return FileState.MISSING
    if present == entry.get("sha256"):
        return FileState.OLD if kept else FileState.FRESH
    if present == entry.get(_MERGED):
        return (
            FileState.EDITED if kept else FileState.MERGED
        )  # kept: what is new since then has not come in
    return FileState.OLD if present == entry.get(_BEFORE) else FileState.EDITED


def is_half_written(folder: Path) -> bool:
    """Whether a run that was killed left something in `folder` that is to be cleared away."""
    return any(True for _ in left_behind(folder))


def read_receipt(folder: Path) -> Receipt:
    """The receipt in `folder`, or an empty one where there is none or it cannot be read."""
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return receipt if isinstance(receipt, dict) else {}


def _entries(receipt: Receipt) -> dict[str, dict[str, Any]]:
    """The files of a receipt by name; whatever in it is damaged is as if it were not there."""
    files = receipt.get("文件")
    if not isinstance(files, dict):
        return {}
    return {
        name: entry
        for name, entry in files.items()
        if isinstance(entry, dict) and _is_file_name(name)
    }


def _is_file_name(name: str) -> bool:
    is_long = len(name.encode("utf-8", "replace")) > _LONGEST_WITH_SUFFIX
    return (
        bool(name)
        and not is_long
        and "\0" not in name
        and os.path.basename(name) == name
    )


def _entry(output: Output, present: str, entry: dict[str, Any]) -> dict[str, Any]:
    """What the receipt says of a file that is about to be written over `present`."""
    new = sha256(output.data)
    if present == new:
        return entry if entry.get("sha256") == new else {"sha256": new}
    return {"sha256": new, _BEFORE: present} if present else {"sha256": new}


def _refuse_other_unit(folder: Path, before: Receipt, receipt: Receipt) -> None:
    """Two names may be one folder, on a disk that does not tell a from A for instance."""
    there, here = before.get("单位"), receipt.get("单位")
    if there and here and there != here:
        raise OutputError(
            f"这个文件夹里是另一单位「{there}」的文件，与「{here}」的文件夹同名",
            place=Place(str(folder)),
            hint="请修改其中一份的「单位.名称」，或换一个输出文件夹（-o）",
        )


def _why_kept(path: Path, output: Output, present: str, entry: dict[str, Any]) -> str:
    """Why the file at `path`, whose sha256 is `present`, must be left alone, or ""."""
    if not present or present == sha256(output.data):
        return ""
    owner = next((one for one in _owner_files(path) if one.exists()), None)
    if owner:
        return _OPEN.format(owner=owner.name)
    if present in (entry.get("sha256"), entry.get(_BEFORE)):
        return ""
    return _EDITED if entry else _UNKNOWN


def _owner_files(path: Path) -> Iterator[Path]:
    """The hidden files by which Word (with and without the first two letters), WPS and LibreOffice say it is open."""
    for name in (
        f"~${path.name[2:]}",
        f"~${path.name}",
        f".~{path.name}",
        f".~lock.{path.name}#",
    ):
        yield path.with_name(name)


def _present(path: Path) -> str:
    data = read_file(path)
    return "" if data is None else sha256(data)
