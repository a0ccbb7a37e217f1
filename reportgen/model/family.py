"""A department and its subordinate units: the files that 下属单位 names, and those that they name in turn.

A file that cannot be used is a finding where it is named; the department itself is read all the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from reportgen.core.errors import ReportgenError
from reportgen.core.file_names import digest_at
from reportgen.core.findings import ERROR, Finding, Findings, Rejected, dotted
from reportgen.model.loading import LoadedUnit, load_unit

Load = Callable[[Path], LoadedUnit]
CODE = "DAT012"
MAX_LEVELS = 5
MAX_UNITS = 2000


class FamilyMember(NamedTuple):
    """A unit of a family: what it reports, and its own members; `position` where the unit above names it."""

    loaded: LoadedUnit
    members: tuple[FamilyMember, ...] = ()
    position: int = 0


class Family(NamedTuple):
    """A unit with all that belongs to it, and what may be wrong in its file and in naming its members.

    `inputs` are the files below it, resolved, with their sha256.
    """

    head: FamilyMember
    problems: Findings = ()
    inputs: tuple[tuple[str, str], ...] = ()

    @property
    def loaded(self) -> LoadedUnit:
        """The unit itself."""
        return self.head.loaded


@dataclass
class _Reading:
    """What has been read so far: each file once, whoever names it."""

    load: Load
    seen: dict[str, str] = field(
        default_factory=dict
    )  # resolved path -> sha256, "" for one that is not there
    problems: list[Finding] = field(default_factory=list)


def load_family(path: Path, load: Load = load_unit) -> Family:
    """The unit at `path` and the units below it, read by `load`; raises Rejected only for the unit itself."""
    loaded = load(path)
    warnings = loaded.document.warnings
    if not loaded.unit.subordinate_files:
        return Family(FamilyMember(loaded), warnings)
    top = os.path.realpath(path)
    reading = _Reading(load)
    head = FamilyMember(loaded, tuple(_members(loaded, (top,), reading)))
    inputs = tuple(
        (file, digest) for file, digest in reading.seen.items() if file != top
    )
    return Family(head, (*warnings, *reading.problems), inputs)


def _members(
    loaded: LoadedUnit, above: tuple[str, ...], reading: _Reading
) -> Iterator[FamilyMember]:
    """The members that `loaded` names and that can be used; `above` are the files on the way down to it."""
    folder = Path(loaded.document.source.path).parent
    for position, name in enumerate(loaded.unit.subordinate_files):
        file = folder / name
        found = os.path.realpath(file)
        refused = _refused(found, above, reading)
        if refused:
            reading.problems.append(
                _problem(loaded, position, f"「{name}」{refused}")
            )
            continue
        try:
            member = reading.load(file)
        except ReportgenError as error:
            # a file that is no unit: a change of it is to be seen
            reading.seen[found] = digest_at(file)
            reading.problems.append(
                _problem(loaded, position, _unusable(name, error))
            )
        else:
            reading.seen[found] = member.document.source.sha256
            yield FamilyMember(
                member,
                tuple(_members(member, (*above, found), reading)),
                position,
            )


def _refused(found: str, above: tuple[str, ...], reading: _Reading) -> str:
    """Why a file is not read at all, or ""."""
    if found in above:
        return "是本单位自己或上级单位的文件，下属关系成了环；请删去这一行"
    if found in reading.seen:
        return "已经列过，只汇总一次；请删去重复的一行"
    if len(above) >= MAX_LEVELS:
        return f"在第 {len(above)} 级以下，超过了 {MAX_LEVELS} 级，没有汇总；请改由上一级单位汇总后填报"
    if len(reading.seen) >= MAX_UNITS:
        return f"没有汇总：一份文件最多汇总 {MAX_UNITS} 个单位；请分级填报"
    return ""


def _unusable(name: str, error: ReportgenError) -> str:
    number = len(error.findings) if isinstance(error, Rejected) else 1
    where = error.place.where if error.place else ""
    more = f"（共 {number} 处）" if number > 1 else ""
    return (
        f"下属单位文件「{name}」用不上，没有汇总：{where}{error.message}{more}"
    )


def _problem(loaded: LoadedUnit, position: int, message: str) -> Finding:
    path = ("下属单位", position)
    return Finding(CODE, ERROR, message, loaded.place(path), dotted(path))
