"""Files of one run that are of one unit: their documents would share a folder, so none of them is built."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.file_names import safe_name, unit_folder
from reportgen.workbooks.collection.filled.unit_loading import (
    load_unit_file,
    unit_name,
)

_HINT = "是多出来的副本的，请删去或移走；不是的，请核对其中一份的「单位.名称」或「年度」"

Twins = Mapping[Path, tuple[Path, ...]]


def twin_files(files: Sequence[Path]) -> Twins:
    """Each of `files` that others of them are of the same unit and year with, and these others."""
    if len(files) < 2:
        return {}
    named = _together((file, _name_in(file)) for file in files)
    suspects = chain(*named)
    return twins_among((file, _folder_of(file)) for file in suspects)


def twins_among(units: Iterable[tuple[Path, Path | None]]) -> Twins:
    """The same of files and the folders of their units; None of one that cannot be read."""
    return {
        file: tuple(other for other in group if other != file)
        for group in _together(units)
        for file in group
    }


def _together(marked: Iterable[tuple[Path, object]]) -> list[list[Path]]:
    """The files that share their mark with others, each group of them; None is no mark."""
    groups = defaultdict[object, list[Path]](list)
    for file, mark in marked:
        groups[mark].append(file)
    return [
        group
        for mark, group in groups.items()
        if mark is not None and len(group) > 1
    ]


def refusal_of_twins(twins: Sequence[Path]) -> OutputError:
    """Why a file is not built that `twins` are of one unit with."""
    names = "、".join(map(str, twins))
    message = f"与 {names} 的年度和单位名称相同，输出文件夹会重复，都没有生成"
    return OutputError(message, _HINT)


def _name_in(file: Path) -> str:
    """The name of the unit, "" where the file cannot be read."""
    try:
        name = unit_name(file)
    except ReportgenError:
        return ""
    return safe_name("".join(name.split())).casefold()


def _folder_of(file: Path) -> Path | None:
    try:
        unit = load_unit_file(file).unit
    except ReportgenError:
        return None
    return unit_folder(Path(), unit.year, unit.name)
