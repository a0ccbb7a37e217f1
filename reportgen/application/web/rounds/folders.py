"""Rounds of a bureau, each a folder of its own: the roster, the forms that went out, what came back, how it stands."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from reportgen.application.web.desk import Desk, UnknownUnitError
from reportgen.application.web.received.uploads import NewFile, plain_name
from reportgen.core.errors import OutputError
from reportgen.core.file_names import digest_at, safe_name, sha256
from reportgen.core.plain_files import read_plain, stays_in
from reportgen.ooxml.zip_writer import lay_out, stored, write_zip
from reportgen.outputs.whole_files import Output, refusal, replace_all
from reportgen.workbooks.collection.filled.unit_loading import WORKBOOKS
from reportgen.workbooks.collection.round.roster import read_roster

ROUNDS = "收表"  # the folder that holds them all
FORMS, RECEIVED, RESULTS = "采集表", "收到", "收齐情况"
_ROSTER = "名单"
_ID = 16
_MOST_TOGETHER = 300_000_000  # bytes of one zip
_MOST_NAMES = 10_000


class RoundFolder(NamedTuple):
    """One round: its id, what it is called, its folder and its roster."""

    id: str
    name: str
    folder: Path
    roster: Path

    @property
    def forms(self) -> Path:
        """Where the forms lie that go out."""
        return self.folder / FORMS

    @property
    def received(self) -> Path:
        """Where that lies what came back."""
        return self.folder / RECEIVED

    @property
    def results(self) -> Path:
        """Where the workbook and the return slips are written."""
        return self.folder / RESULTS


def list_rounds(desk: Desk) -> tuple[RoundFolder, ...]:
    """Every round of the folder by its name."""
    home = desk.folder / ROUNDS
    if not home.is_dir() or not stays_in(home, desk.folder):
        return ()
    folders = sorted(one for one in home.iterdir() if one.is_dir())
    found = (_round_in(one) for one in folders if not one.is_symlink())
    return tuple(one for one in found if one is not None)


def _round_in(folder: Path) -> RoundFolder | None:
    for file in sorted(folder.glob(f"{_ROSTER}.*")):
        if file.suffix.lower() in WORKBOOKS and not file.is_symlink():
            mark = sha256(folder.name.encode())[:_ID]
            return RoundFolder(mark, folder.name, folder, file)
    return None


def find_round(
    desk: Desk,
    mark: str,
) -> RoundFolder:
    """The round with that id; raises UnknownUnitError."""
    for one in list_rounds(desk):
        if one.id == mark:
            return one
    message = "找不到这次收表，它的文件夹可能被移走或改名了"
    raise UnknownUnitError(message, hint="请回到收表页重新选择")


def new_round(
    desk: Desk,
    name: str,
    roster: NewFile,
) -> RoundFolder:
    """A round with that roster; raises ReportgenError where it is none, and then nothing is left behind."""
    file = plain_name(roster.name)
    ending = Path(file).suffix.lower()
    if ending not in WORKBOOKS:
        hint = "请放 Excel 文件，第一行写栏目名：单位、简称、主管部门、联系方式、项目、年度"
        raise OutputError("名单要用 Excel 文件", hint=hint)
    folder = desk.folder / ROUNDS / safe_name(name.strip() or Path(file).stem)
    if folder.exists():
        hint = "请换一个名称，或从收表页打开原来的"
        raise OutputError(f"已经有「{folder.name}」", hint=hint)
    if not stays_in(folder, desk.folder):
        raise OutputError("收表的文件夹通向别处，没有写", place=folder)
    try:
        (folder / RECEIVED).mkdir(parents=True)
    except OSError as error:
        raise refusal(folder, error, hint="请换一个名称") from None
    target = folder / f"{_ROSTER}{ending}"
    try:
        replace_all(folder, [Output(target.name, roster.data)])
        read_roster(target)
    except Exception:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return find_round(desk, sha256(folder.name.encode())[:_ID])


def take_in(
    one: RoundFolder,
    sent: list[NewFile],
) -> int:
    """Lays what came back beside what is there already; the number of files that were new."""
    one.received.mkdir(parents=True, exist_ok=True)
    if not stays_in(one.received, one.folder):
        raise OutputError("收到的文件夹通向别处，没有写", place=one.received)
    there = {digest_at(file) for file in one.received.iterdir()}
    new: dict[str, NewFile] = {}
    for file in sent:
        if file.data and sha256(file.data) not in there:
            new[_free_name(one.received, plain_name(file.name), new)] = file
    written = [Output(name, file.data) for name, file in new.items()]
    if written:
        replace_all(one.received, written)
    return len(written)


def _free_name(
    folder: Path,
    name: str,
    taken: dict[str, NewFile],
) -> str:
    stem, dot, ending = name.rpartition(".")
    for number in range(1, _MOST_NAMES):
        mark = f" {number}" if number > 1 else ""
        tried = f"{stem}{mark}{dot}{ending}" if dot else f"{name}{mark}"
        if tried not in taken and not (folder / tried).exists():
            return tried
    raise OutputError("同名的文件太多", place=folder)


class RoundFile(NamedTuple):
    """A file of a round that can be fetched."""

    id: str
    file: Path


def files_in_folder(
    folder: Path,
    ending: str = "",
) -> tuple[RoundFile, ...]:
    """The files that lie in a folder of a round, by their names."""
    if not folder.is_dir():
        return ()
    found = (
        one
        for one in sorted(folder.iterdir())
        if one.is_file() and not one.is_symlink()
    )
    return tuple(
        RoundFile(sha256(one.name.encode())[:_ID], one)
        for one in found
        if not one.name.startswith((".", "~$", "receipt.json"))
        and one.name.endswith(ending)
    )


def zip_of(
    files: tuple[RoundFile, ...],
) -> bytes:
    """The files in one zip; raises OutputError where there are none, or too many."""
    if not files:
        raise OutputError("没有可以下载的文件")
    if sum(one.file.stat().st_size for one in files) > _MOST_TOGETHER:
        told = "文件太多，不能打包"
        hint = f"请直接从文件夹 {files[0].file.parent} 复制"
        raise OutputError(told, hint=hint)
    members = (stored(one.file.name, read_plain(one.file)) for one in files)
    return write_zip(lay_out(members), {})
