"""Documents that others made to a draft of unit.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.application.office_files import OTHERS, as_docx
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError, Place, ReportgenError
from reportgen.core.findings import dotted
from reportgen.core.plain_files import NotPlainError, read_plain
from reportgen.outputs.whole_files import Output, replace_all
from reportgen.packs.pack import Pack, find_pack, load_pack, pack_folders
from reportgen.recognition.draft import LeftOver
from reportgen.recognition.draft_text import draft_text
from reportgen.recognition.fitting_pack import DEFAULT, fitting_pack
from reportgen.recognition.recognize import Recognized, recognize

WORD = ".docx"
_KNOWN = (WORD, *OTHERS)


class ImportRefused(ReportgenError):
    """A file of which no draft can be made."""

    code = "IMP001"


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """A value of the draft and where it was read."""

    path: str
    value: str
    place: Place
    doubt: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft: its text, the pack that fits, each value with its place, names of fields, what was not placed."""

    text: str
    pack: str
    values: tuple[PlacedValue, ...]
    labels: tuple[LeftOver, ...]
    left: tuple[LeftOver, ...]
    target: Path | None = None

    @property
    def doubts(self) -> int:
        """How many readings a person has to look at."""
        return sum(bool(one.doubt) for one in self.values)


def import_unit(
    files: Sequence[Path],
    workplace: Workplace,
    *,
    pack: str = "",
    output: Path | None = None,
) -> Imported:
    """The draft that the documents of one unit give, written to `output` where one is named.

    Raises ImportRefused, OfficeError, TemplateError, and OutputError where there is a file already.
    """
    made = imported(files, workplace, pack)
    if output is not None:
        _write_new(output, made.text)
    return made


def imported(
    files: Sequence[Path], workplace: Workplace, pack: str = ""
) -> Imported:
    """The same, nothing written."""
    found = recognize([(_docx(one), str(one)) for one in files])
    if not found.draft.values:
        message = "文中没有认出自评表或自评报告的内容"
        raise ImportRefused(
            message, place=files[0], hint="请核对是否选错了文件"
        )
    name = pack or _fitting(found, workplace)
    text = draft_text(found, name, [str(one) for one in files])
    return _shaped(found, name, text, str(files[0]))


def _shaped(found: Recognized, pack: str, text: str, file: str) -> Imported:
    values = tuple(
        PlacedValue(
            dotted(path), one.value, Place(file, spot=one.spot), one.doubt
        )
        for path, one in found.draft.values.items()
    )
    labels = tuple(
        LeftOver(line.spot, line.text)
        for line in found.lines
        if line in found.draft.labels and line not in found.draft.used
    )
    return Imported(text, pack, values, labels, tuple(found.left))


def _docx(path: Path) -> bytes:
    """A document as .docx."""
    suffix = path.suffix.lower()
    if suffix not in _KNOWN:
        kinds = "、".join(_KNOWN)
        message = f"不能读取 {suffix or '没有扩展名的'} 文件"
        raise ImportRefused(message, place=path, hint=f"可以读取的有 {kinds}")
    try:
        return read_plain(path) if suffix == WORD else as_docx(path)
    except NotPlainError as error:
        raise ImportRefused(
            error.reason, place=path, hint="请核对文件"
        ) from None
    except IsADirectoryError:
        raise ImportRefused(
            "这是文件夹，不是文件", place=path, hint="请指定其中的文件"
        ) from None
    except FileNotFoundError:
        raise ImportRefused(
            "找不到文件", place=path, hint="请检查文件名和路径"
        ) from None
    except OSError as error:
        message = f"文件无法读取（系统错误 {error.errno}）"
        raise ImportRefused(
            message, place=path, hint="请关闭正在使用它的程序"
        ) from None


def _fitting(found: Recognized, workplace: Workplace) -> str:
    packs: dict[str, Pack] = {}
    for folder in pack_folders(workplace.search):
        try:
            pack = load_pack(folder, workplace.search)
        except ReportgenError:
            continue  # one that cannot be used fits nothing
        packs.setdefault(pack.name, pack)
    return fitting_pack(found, packs.values()) if packs else DEFAULT


def _write_new(target: Path, text: str) -> None:
    """Writes a draft where there is none; what a person may have filled in is never written over."""
    if target.is_dir():
        raise OutputError(
            "这是文件夹，不是文件",
            place=target,
            hint="请写明文件名，例如 unit.yaml",
        )
    if target.exists() and target.stat().st_size:
        message = "文件已经存在，没有改动"
        raise OutputError(message, place=target, hint="请用 -o 换一个文件名")
    replace_all(target.parent, [Output(target.name, text.encode())])


def checked_pack(name: str, workplace: Workplace) -> str:
    """The name of a pack that there is; raises PackError."""
    return (
        load_pack(find_pack(name, workplace.search), workplace.search).name
        if name
        else ""
    )
