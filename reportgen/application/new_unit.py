"""A new unit.yaml to fill in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from reportgen.application.unit_files import UNITS
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError
from reportgen.core.plain_files import read_plain
from reportgen.outputs.whole_files import refusal
from reportgen.packs.pack import Pack, find_pack, load_pack
from reportgen.sources.file_bytes import encoded
from reportgen.sources.write_back import Put, written_back
from reportgen.workbooks.collection.blank.making import blank_form, new_form

_NAME = "unit.yaml"
_WORKBOOK = ".xlsx"
_ONLY_BOOKS = "--from 只用于采集表"
_BOOK_HINT = "请把新文件的名字写成 采集表.xlsx"


def new_unit(
    path: Path, pack: str, workplace: Workplace, source: Path | None = None
) -> Path:
    """Writes the empty form of `pack` to `path`, or into the folder `path`; where it was written.

    A workbook may begin with the unit of last year in `source`. Raises PackError, and OutputError where there is a
    file already.
    """
    if path.suffix.lower() == _WORKBOOK:
        content = new_form(pack, source, workplace.search)
    elif source is not None:
        raise OutputError(_ONLY_BOOKS, place=path, hint=_BOOK_HINT)
    else:
        name = pack or "standard"
        content = _form(
            load_pack(find_pack(name, workplace.search), workplace.search)
        )
    return write_new(path, content)


def write_new(path: Path, content: bytes) -> Path:
    """Writes a unit.yaml where there is none, or into the folder `path`; where it was written. Raises OutputError."""
    try:
        target = path / _NAME if path.is_dir() else _named(path)
        _write(target, content)
    except FileExistsError:
        message = "文件已经存在，没有改动"
        raise OutputError(
            message, place=target, hint="请换一个文件名"
        ) from None
    except OSError as error:
        raise refusal(path, error, hint="请换一个文件名或文件夹") from None
    return target


def _named(path: Path) -> Path:
    """The file as it has to be called: another one would not be found in a folder."""
    is_named = path.suffix.lower() in {*UNITS, _WORKBOOK}
    return path if is_named else path.with_name(f"{path.name}.yaml")


def _form(pack: Pack) -> bytes:
    """The form of the pack, or of the nearest that it extends, with the pack's own name and points."""
    document = blank_form(pack)
    original = read_plain(Path(document.source.path))
    puts = list(_own_values(document.data, pack))
    if not puts:
        return original
    text = written_back(document, puts)
    return encoded(original, document.source.text, text)


def _own_values(tree: Any, pack: Pack) -> Iterator[Put]:
    """What a form that was written for another pack must say otherwise in this one."""
    if tree.get("模板") != pack.name:
        yield Put(("模板",), pack.name)
    weight = pack.scoring.execution.weight.text
    projects = enumerate(tree.get("项目") or ())
    owners = ((("项目", position), one) for position, one in projects)
    for path, owner in (((), tree), *owners):
        funds = owner.get("资金") or {}
        if funds.get("分值") not in (None, weight):
            yield Put((*path, "资金", "分值"), weight)


def _write(target: Path, data: bytes) -> None:
    """Writes a file that is not there yet, the whole of it or none; raises OSError."""
    with target.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:  # the disk is full: nothing half written stays
            with suppress(OSError):
                target.unlink()
            raise
