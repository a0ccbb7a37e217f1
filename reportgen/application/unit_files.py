"""Which files a call works on, and what lies beside them unread."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.core.errors import Place
from reportgen.core.findings import ERROR, Finding, Findings
from reportgen.outputs.receipt import RECEIPT
from reportgen.recognition.reading.office_files import READABLE, is_document
from reportgen.workbooks.collection.filled.unit_loading import (
    WORKBOOKS,
    is_form,
)

UNITS = (".yaml", ".yml")
# What people keep units and reports in; nothing of it is read.
_OTHERS = (*READABLE, *WORKBOOKS, ".txt")
_NONE_HERE = "文件夹里没有填报用的 .yaml 文件或采集表；请核对文件夹，或用 reportgen new 新建一份"
_MADE = (".", "审阅", "复核")  # folders in which a run leaves papers
_NAMED = 5  # files that are named; of more the number is told
_UNREAD_HINT = (
    "只读 .yaml 和采集表；要用其中的内容，请用 reportgen new 新建填报文件后填入"
)


class UnitFiles(NamedTuple):
    """The files, each once; a finding for each folder without any; what lies in the folders unread."""

    files: tuple[Path, ...]
    empty: Findings = ()
    unread: tuple[Path, ...] = ()

    @property
    def told_unread(self) -> str:
        """What was not read, and what to do, in one line; "" where there is nothing."""
        if not self.unread:
            return ""
        first = self.unread[:_NAMED]
        names = "、".join(path.name for path in first)
        more = " 等" if len(self.unread) > _NAMED else ""
        return f"文件夹里还有 {len(self.unread)} 个文件没有读：{names}{more}；{_UNREAD_HINT}"


def unit_files(paths: Sequence[Path], *, documents: bool = False) -> UnitFiles:
    """Each file as given, every .yaml and filled-in form below a folder, else its documents, sorted and each once."""
    files: dict[str, Path] = {}
    empty: list[Finding] = []
    unread: list[Path] = []
    for path in paths:
        found = [path]
        if _is_folder(path):
            below = sorted(_below(path))
            found = [one for one in below if _is_unit(one)]
            if documents and not found:
                found = [one for one in below if is_document(one)]
            unread += sorted({*below} - {*found})
        for one in found:
            files.setdefault(os.path.realpath(one), one)
        if not found:
            place = Place(str(path))
            empty.append(Finding("DAT001", ERROR, _NONE_HERE, place))
    return UnitFiles(tuple(files.values()), tuple(empty), tuple(unread))


def _is_unit(path: Path) -> bool:
    """Whether a file in a folder is one of ours; of workbooks those with the blocks of the collection form."""
    return path.suffix.lower() in UNITS or is_form(path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False  # a name too long, or with a NUL: reading it will say so


def _below(folder: Path) -> Iterator[Path]:
    """The files below `folder`, but for hidden ones, template packs, and what a run wrote beside its receipt."""
    for root, folders, names in os.walk(folder):
        if "pack.yaml" in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(_MADE)]
        wanted = UNITS if RECEIPT in names else (*UNITS, *_OTHERS)
        for name in names:
            is_hidden = name.startswith((".", "~$"))
            if name.lower().endswith(wanted) and not is_hidden:
                yield Path(root, name)
