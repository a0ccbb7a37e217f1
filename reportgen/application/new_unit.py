"""A new unit.yaml to fill in."""

import os
from contextlib import suppress
from pathlib import Path

from reportgen.application.collect_documents import last_years_tree
from reportgen.application.unit_files import UNITS
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError
from reportgen.outputs.whole_files import refusal
from reportgen.workbooks.collection.blank.making import blank_yaml, new_form

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
        before = last_years_tree(source, workplace) if source else None
        content = new_form(pack, before, workplace.search)
    elif source is not None:
        raise OutputError(_ONLY_BOOKS, _BOOK_HINT, place=path)
    else:
        content = blank_yaml(pack, workplace.search)
    return write_new(path, content)


def write_new(path: Path, content: bytes) -> Path:
    """Writes a unit.yaml where there is none, or into the folder `path`; where it was written. Raises OutputError."""
    try:
        target = path / _NAME if path.is_dir() else _named(path)
        _write(target, content)
    except FileExistsError:
        message = "文件已经存在，没有改动"
        raise OutputError(message, "请换一个文件名", place=target) from None
    except OSError as error:
        raise refusal(path, error, hint="请换一个文件名或文件夹") from None
    return target


def _named(path: Path) -> Path:
    """The file as it has to be called: another one would not be found in a folder."""
    is_named = path.suffix.lower() in {*UNITS, _WORKBOOK}
    return path if is_named else path.with_name(f"{path.name}.yaml")


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
