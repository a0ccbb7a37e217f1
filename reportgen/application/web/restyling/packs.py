"""Packs on the page: which there are, which are the folder's own, what is wrong with one, and a restyled template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.application.packs import (
    PackEntry,
    check_pack,
    list_packs,
    new_pack,
)
from reportgen.application.unit_text import write_kept
from reportgen.application.web.desk import Desk, UnknownUnitError
from reportgen.application.web.received.uploads import NewFile
from reportgen.core.errors import OutputError
from reportgen.core.file_names import safe_name, sha256
from reportgen.core.findings import Finding, worst_first
from reportgen.core.plain_files import read_plain, stays_in
from reportgen.outputs.whole_files import Output, replace_all
from reportgen.packs.pack import load_pack
from reportgen.render.template.build import build_template

OWN = "templates"  # the folder of the packs that may be changed here
_ID = 16
_TAG = re.compile(r"标签 (\{[{%#].*?[}%#]\})")
_WORD = ".docx"
_NOT_OWN = "这个模板包随程序安装，不能在这里改"
_NOT_OWN_HINT = "请先由它新建一个，再改新建的"
_NO_NAME = "“{name}”不能作为模板包的名称"
_NAME_HINT = "请用不含 / \\ : * ? 等符号的名称，例如 某某县"


class DeskPack(NamedTuple):
    """A pack: its id, what is known of it, whether it may be changed here."""

    id: str
    entry: PackEntry
    is_own: bool


class DeskTemplate(NamedTuple):
    """A Word template of a pack: its id, its file, what is printed from it."""

    id: str
    file: Path
    documents: tuple[str, ...]


class PackProblem(NamedTuple):
    """A finding on a pack: which file, and the tag it is about where that is known."""

    finding: Finding
    file: str
    tag: str


def desk_packs(desk: Desk) -> tuple[DeskPack, ...]:
    """Every pack that there is."""
    home = desk.folder / OWN
    return tuple(
        DeskPack(
            _mark(str(one.folder)),
            one,
            one.folder.parent.resolve() == home and stays_in(one.folder, home),
        )
        for one in list_packs(desk.workplace)
    )


def _mark(text: str) -> str:
    return sha256(text.encode("utf-8", "replace"))[:_ID]


def find_desk_pack(
    desk: Desk,
    mark: str,
) -> DeskPack:
    """The pack with that id; raises UnknownUnitError."""
    for one in desk_packs(desk):
        if one.id == mark:
            return one
    message = "找不到这个模板包，它可能被移走或改名了"
    raise UnknownUnitError(message, hint="请回到模板包页重新选择")


def templates_of(
    desk: Desk,
    pack: DeskPack,
) -> tuple[DeskTemplate, ...]:
    """Its Word templates, those of the packs that it stands over as well; raises ReportgenError."""
    read = load_pack(pack.entry.folder, desk.workplace.search)
    names: dict[str, list[str]] = {}
    for one in pack.entry.documents:
        names.setdefault(one.template, []).append(one.name)
    return tuple(
        DeskTemplate(_mark(name), read.template(name), tuple(documents))
        for name, documents in names.items()
    )


def find_template(
    desk: Desk,
    pack: DeskPack,
    mark: str,
) -> DeskTemplate:
    """The template with that id; raises UnknownUnitError."""
    for one in templates_of(desk, pack):
        if one.id == mark:
            return one
    message = "找不到这份模板"
    raise UnknownUnitError(message, hint="请回到模板包页重新选择")


def pack_problems(
    desk: Desk,
    pack: DeskPack,
) -> tuple[PackProblem, ...]:
    """Everything that is wrong with a pack, worst first; raises ReportgenError where it cannot even be read."""
    found = worst_first(check_pack(str(pack.entry.folder), desk.workplace))
    return tuple(_problem(one) for one in found)


def _problem(finding: Finding) -> PackProblem:
    tag = _TAG.search(finding.message)
    name = Path(finding.place.file).name
    return PackProblem(finding, name, tag[1] if tag else "")


def make_pack(
    desk: Desk,
    name: str,
    source: DeskPack,
) -> DeskPack:
    """A new pack of the folder from another one; raises ReportgenError."""
    name = name.strip()
    if not name or safe_name(name) != name:
        raise OutputError(_NO_NAME.format(name=name), hint=_NAME_HINT)
    home = desk.folder / OWN
    if not stays_in(home, desk.folder):
        raise OutputError("模板包的文件夹通向别处，没有写", place=home)
    home.mkdir(exist_ok=True)
    folder = new_pack(name, str(source.entry.folder), home, desk.workplace)
    desk.forget_packs()
    return find_desk_pack(desk, _mark(str(folder)))


def put_template(
    desk: Desk,
    pack: DeskPack,
    template: DeskTemplate,
    sent: Sequence[NewFile],
) -> None:
    """Takes a restyled template in place of the former, which is kept; raises ReportgenError, changing nothing then."""
    if not pack.is_own:
        raise OutputError(_NOT_OWN, hint=_NOT_OWN_HINT)
    if not sent or not sent[0].data:
        raise OutputError("没有收到文件", hint="请选一份 Word 文件")
    new = sent[0]
    name = template.file.name
    if not new.name.lower().endswith(_WORD):
        hint = "请在 Word 或 WPS 里另存为 .docx"
        raise OutputError("模板要用 Word 文件（.docx）", hint=hint)
    build_template(name, new.data, traced=True)  # raises what is wrong with it
    target = pack.entry.folder / name
    with desk.writing:
        if target.is_file() and stays_in(target, pack.entry.folder):
            write_kept(target, read_plain(target), new.data)
        else:
            replace_all(pack.entry.folder, [Output(name, new.data)])
    desk.forget_packs()
