"""Which documents are to be published, where their copies go, and which units say whose names stand in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportgen.application.publish.pdf_files import KINDS, documents_below
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.file_names import unit_folder
from reportgen.model.unit import Unit
from reportgen.outputs.receipt import read_receipt
from reportgen.workbooks.collection.filled.unit_loading import load_unit_file

UNITS = (".yaml", ".yml", ".xlsx", ".xls", ".et")
_NONE = "没有可以公开的 Word 文件"
_LOOK = "请核对文件名或文件夹；可以写 Word 文件、放着它们的文件夹、填报文件"
_NOT_PRINTED = "这个单位还没有生成文件，{folder} 里没有 Word 文件"
_BUILD = "请先执行 reportgen build；生成在别的文件夹的，用 --from 写明"


@dataclass(frozen=True)
class PublicSource:
    """A document, and where below the output folder its copy goes."""

    source: Path
    below: Path


@dataclass(frozen=True)
class PublicSet:
    """Documents of one folder: what one of them says of persons is masked in all; with the units they were made of."""

    sources: tuple[PublicSource, ...]
    units: tuple[Unit, ...]


def public_sets(paths: Sequence[Path], printed: Path) -> list[PublicSet]:
    """The documents at `paths`, folder by folder; raises ReportgenError where there is nothing.

    `printed` is the folder in which the documents of a unit file are looked for.
    """
    found: dict[Path, PublicSource] = {}
    units: dict[Path, list[Unit]] = {}
    for path in paths:
        for one in _sources(path, printed, units):
            found.setdefault(Path(os.path.realpath(one.source)), one)
    if not found:
        raise OutputError(_NONE, place=paths[0], hint=_LOOK)
    homes: dict[Path, list[PublicSource]] = {}
    for one in found.values():
        homes.setdefault(one.source.parent, []).append(one)
    return [
        PublicSet(tuple(ours), (*units.get(home, ()), *_units_of(home)))
        for home, ours in homes.items()
    ]


def _sources(
    path: Path,
    printed: Path,
    units: dict[Path, list[Unit]],
) -> Iterator[PublicSource]:
    kind = path.suffix.lower()
    if path.is_dir():
        yield from _in_folder(path)
    elif kind in UNITS and path.is_file():
        unit = load_unit_file(path).unit
        home = unit_folder(printed, str(unit.year), unit.profile.name)
        units.setdefault(home, []).append(unit)
        documents = list(_in_folder(home))
        if not documents:
            told = _NOT_PRINTED.format(folder=home)
            raise OutputError(told, place=path, hint=_BUILD)
        yield from documents
    elif kind in KINDS and path.is_file():
        yield PublicSource(path, Path(path.name))
    else:
        raise OutputError(_NONE, place=path, hint=_LOOK)


def _in_folder(folder: Path) -> Iterator[PublicSource]:
    name = folder.resolve().name
    for source in documents_below(folder):
        yield PublicSource(source, name / source.relative_to(folder))


def _units_of(home: Path) -> Iterator[Unit]:
    """The unit of which the documents in a folder were printed, where its file still lies there."""
    inputs = read_receipt(home).get("输入")
    for name in inputs if isinstance(inputs, dict) else ():
        with suppress(ReportgenError, OSError, ValueError):
            yield load_unit_file(home / name).unit
