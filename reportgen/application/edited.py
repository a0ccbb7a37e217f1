"""What `pull` and `diff` share: the documents that were typed, each with the print it came from."""

from pathlib import Path
from typing import NamedTuple

from reportgen.application.workplace import Workplace
from reportgen.batch.receipts import asked_pack, input_file, unit_folders
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.file_names import sha256
from reportgen.core.plain_files import NotPlainError, read_plain
from reportgen.ooxml.document_identity import (
    Identity,
    identity_for,
    identity_of,
)
from reportgen.ooxml.strict import as_transitional
from reportgen.pipeline import Draft, prepare, print_set
from reportgen.readback.compare.edits import Edit, edits
from reportgen.readback.compare.origin import Origin, origin_of
from reportgen.readback.compare.shared import shared_part

NO_BASE = (
    "没有找到印出这份文件时的底稿，按填报文件现在的内容重新生成了一份来比较；"
    "填报文件在生成以后改过的地方也会列出，请核对"
)
_NOT_OURS = (
    "不是本程序生成的文件，或其中的文件属性和生成记录（receipt.json）都不在了"
)
_WHICH = "请用 --unit 写明它是由哪份填报文件生成的"
_NO_RECORD = "是本程序生成的（{year}年度，{unit}，{name}），但在 {output} 下没有找到它的生成记录"
_WHERE = (
    "请用 -o 写明生成时的输出文件夹，或用 --unit 写明它是由哪份填报文件生成的"
)
_OTHER_UNIT = "这份文件是{year}年度「{unit}」的，而填报文件 {file} 是{own_year}年度「{own}」的，没有比较"
_OTHER_UNIT_HINT = "请写明它自己的填报文件（--unit）；填报文件改过单位名称或年度的，请先重新生成，在新的文件里改"
_STRANGE = (
    "这份文件与生成时的内容几乎没有相同的地方（还在的不到两成），没有比较"
)
_STRANGE_HINT = (
    "请核对是不是拿错了文件；内容是空的，请从备份或 .reportgen/history 找回"
)
_LOOK = "请核对文件名和文件夹"
_NO_WORD = "这不是 Word 文档（.docx），其中的改动带不回来"
_NO_WORD_HINT = "请写 Word 文档的文件名；.doc、.wps 请先另存为 .docx，表格和 yaml 请直接修改"
_LEAST_SHARED = 0.2  # of the paragraphs of a print


class Edited(NamedTuple):
    """One document: what a person changed in it, and the unit it was printed from."""

    file: Path
    edits: tuple[Edit, ...]
    unit: Path | None
    pack: str = ""  # that it was printed with, where it was not the one that the unit names
    sure: bool = True  # compared with what was really printed
    resaved: bool = False  # not as printed, and still no word of it was changed
    identity: Identity | None = None  # what it says of itself


def read_edited(
    file: Path, output: Path, unit: Path | None, workplace: Workplace
) -> Edited:
    """The edits in `file`; raises ReportgenError where it cannot be read or nobody knows where it came from."""
    if file.is_file() and file.suffix.lower() != ".docx":
        raise OutputError(_NO_WORD, _NO_WORD_HINT, place=file)
    try:
        theirs = as_transitional(read_plain(file))
    except OSError as error:
        raise _unreadable(file, error) from None
    identity = identity_of(theirs)
    origin = origin_of(file, identity, list(unit_folders(output)))
    source = unit or _unit_of(origin)
    pack = identity.pack if identity else ""
    base = origin.base if origin else None
    digest = sha256(theirs)
    if origin and digest in origin.prints:
        base = theirs  # nobody touched it: another print tells nothing
    sure = base is not None
    if base is None:
        if source is None:
            raise _unknown(file, identity, output)
        draft = prepare_unit(source, pack, workplace)
        refuse_other_unit(file, identity, draft)
        base = _printed(file, identity, draft)
    elif origin and origin.receipt:
        pack = asked_pack(origin.receipt)
    found = _edits(file, base, theirs)
    is_written = base == theirs or (origin and digest == origin.merged)
    resaved = sure and not found and not is_written
    return Edited(file, found, source, pack, sure, resaved, identity)


def _edits(file: Path, base: bytes, theirs: bytes) -> tuple[Edit, ...]:
    """The edits of a document that has at least something of the print."""
    found = edits(base, theirs)
    if found and shared_part(base, theirs) < _LEAST_SHARED:
        raise OutputError(_STRANGE, _STRANGE_HINT, place=file)
    return found


def refuse_other_unit(
    file: Path, identity: Identity | None, draft: Draft
) -> None:
    """Raises OutputError where a document says that it is of another unit or year than the unit of `draft`."""
    unit = draft.loaded.unit
    own = identity_for(unit.year, unit.name, file.name, "")
    if identity is None or (identity.year, identity.unit) == (
        own.year,
        own.unit,
    ):
        return
    message = _OTHER_UNIT.format(
        year=identity.year,
        unit=identity.unit,
        file=draft.loaded.document.source.path,
        own_year=own.year,
        own=own.unit,
    )
    raise OutputError(message, _OTHER_UNIT_HINT, place=file)


def _unknown(
    file: Path, identity: Identity | None, output: Path
) -> OutputError:
    """What to do about a document of which nobody knows the unit: ours, or a stranger's."""
    if identity is None:
        return OutputError(_NOT_OURS, _WHICH, place=file)
    message = _NO_RECORD.format(
        year=identity.year,
        unit=identity.unit,
        name=identity.name,
        output=output,
    )
    return OutputError(message, _WHERE, place=file)


def _unreadable(file: Path, error: OSError) -> OutputError:
    """Why a document cannot be read, and what to do."""
    message = "文件读不了"
    hint = "请关闭正在打开它的程序，或检查文件权限"
    if isinstance(error, FileNotFoundError):
        message = "找不到这份文件"
        hint = _LOOK
    elif file.is_dir():
        message = "这是文件夹，不是文件"
        hint = "请写出其中要看的 .docx 文件"
    elif isinstance(error, NotPlainError):
        message = error.reason
        hint = _LOOK
    return OutputError(message, hint, place=file)


def _unit_of(origin: Origin | None) -> Path | None:
    path = Path(input_file(origin.folder, origin.receipt)) if origin else None
    return path if path is not None and path.is_file() else None


def _printed(file: Path, identity: Identity | None, draft: Draft) -> bytes:
    """The document as it would be printed now."""
    wanted = f"{identity.name}.docx" if identity else file.name
    outputs = print_set(draft)
    for one in outputs:
        if one.name in {wanted, file.name}:
            return one.data
    unit = draft.loaded.document.source.path
    message = f"由 {unit} 生成的文件中没有「{wanted}」"
    raise OutputError(message, _WHICH, place=file)


def prepare_unit(unit: Path, pack: str, workplace: Workplace) -> Draft:
    """The draft of a unit, by the pack that a document names where that is there."""
    packs = workplace.packs()
    try:
        return prepare(unit, packs, pack)
    except ReportgenError:
        if not pack:
            raise
        return prepare(unit, packs)
