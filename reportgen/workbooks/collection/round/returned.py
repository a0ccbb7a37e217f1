"""What came back: every file below a folder and in its zips, each known by what is in it and not by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportgen.core.file_names import safe_name
from reportgen.core.findings import Finding, Rejected, failure_findings
from reportgen.core.plain_files import read_plain
from reportgen.core.value import FieldPath
from reportgen.model.loading import LoadedUnit
from reportgen.model.walker import walk
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.document_identity import identity_of
from reportgen.workbooks.collection.filled.reading import read_form
from reportgen.workbooks.collection.filled.unit_loading import (
    WORKBOOKS,
    is_workbook,
    load_unit_file,
)
from reportgen.workbooks.collection.form_tree import text_at

_UNITS = frozenset((".yaml", ".yml"))
_DOCUMENTS = frozenset((".docx", ".doc", ".wps"))
_DEEPEST = 3  # zips within zips
PRINTED = "交来的是 Word 打印稿，不能直接汇总；请填采集表，或由主管部门用 reportgen pull、import 读回"
_UNKNOWN = "不是采集表，没有读"


@dataclass(frozen=True)
class Returned:
    """One file that came back: what it is called there, where it lies, of which unit and year, or why it is not read.

    `leaves` are its values as typed, `places` their cells; `changed` says when it was last saved, as far as it tells.
    """

    shown: str
    path: Path
    unit: str = ""
    year: str = ""
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    printed: str = ""  # how it was read of Word documents
    changed: float = 0
    leaves: tuple[tuple[FieldPath, str], ...] = ()
    places: tuple[tuple[FieldPath, str], ...] = ()

    @property
    def is_meant(self) -> bool:
        """Whether it was meant as an answer, as far as its kind tells: no note, no picture."""
        kinds = _UNITS | WORKBOOKS | _DOCUMENTS | {".zip"}
        return self.path.suffix.lower() in kinds


def returned_files(folder: Path, unpacked: Path) -> Iterator[Returned]:
    """Every file below `folder`; those of zips are laid below `unpacked`, nothing in `folder` is touched."""
    for path in sorted(folder.rglob("*")):
        is_hidden = path.name.startswith((".", "~$"))
        if is_hidden or not path.is_file() or path.is_relative_to(unpacked):
            continue
        shown = str(path.relative_to(folder))
        yield from _files(path, shown, unpacked, _DEEPEST)


def _files(
    path: Path, shown: str, unpacked: Path, depth: int
) -> Iterator[Returned]:
    if path.suffix.lower() != ".zip":
        yield read_returned(path, shown)
        return
    try:
        members = read_archive(read_plain(path)) if depth else ()
    except (ArchiveError, OSError) as error:
        message = getattr(error, "message", str(error))
        yield Returned(shown, path, reason=f"压缩包打不开：{message}")
        return
    for member in members:
        name = _name(member.name)
        parts = [safe_name(part) for part in name.split("/")]
        target = unpacked.joinpath(safe_name(shown.replace("/", "_")), *parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(member.data)
        below = f"{shown}/{name}"
        yield from _files(target, below, unpacked, depth - 1)


def _name(name: str) -> str:
    """The name of a member; old programs write Chinese in GBK without saying so."""
    try:
        return name.encode("cp437").decode("gbk")
    except UnicodeError:
        return name


def read_returned(path: Path, shown: str) -> Returned:
    """One file; whatever is wrong with it stops none of the others."""
    found = Returned(shown, path, changed=path.stat().st_mtime)
    kind = path.suffix.lower()
    if kind in _DOCUMENTS:
        return _document(found)
    if kind not in _UNITS and not is_workbook(path):
        return replace(found, reason=_UNKNOWN)
    try:
        return _of_unit(found, load_unit_file(path))
    except Rejected as rejected:
        findings = rejected.findings
        unit, year = _half_read(path)
        return replace(
            found,
            unit=unit,
            year=year,
            findings=findings,
            reason=findings[0].message,
        )
    except Exception as error:
        failures = failure_findings(error, path)
        return replace(found, findings=failures, reason=failures[0].message)


def _of_unit(found: Returned, loaded: LoadedUnit) -> Returned:
    unit = loaded.unit
    leaves = [(one.path, one.text) for one in walk(unit)]
    places = ((path, loaded.place(path).where) for path, _ in leaves)
    return replace(
        found,
        unit=unit.name,
        year=unit.year,
        leaves=tuple(leaves),
        places=tuple(places),
        findings=tuple(loaded.document.warnings),
    )


def _half_read(path: Path) -> tuple[str, str]:
    """Name and year in a form that is not complete, as far as they can be read."""
    if not is_workbook(path):
        return "", ""
    try:
        tree: Any = read_form(path).data
    except Exception:
        return "", ""
    return text_at(tree, ("单位", "名称")), text_at(tree, ("年度",))


def _document(found: Returned) -> Returned:
    """A Word document; one that was printed here says of which unit it is."""
    try:
        identity = identity_of(read_plain(found.path))
    except OSError as error:
        return replace(found, reason=str(error))
    if identity is None:
        return replace(found, reason=PRINTED)
    return replace(
        found, unit=identity.unit, year=identity.year, reason=PRINTED
    )
