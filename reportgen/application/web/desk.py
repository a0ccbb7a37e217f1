"""What the page works on: one folder, the units in it by ids of our own, and what was found out about them already."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.application.unit_files import unit_files
from reportgen.application.workplace import Workplace
from reportgen.core.errors import ReportgenError
from reportgen.core.file_names import digest_at, sha256
from reportgen.core.plain_files import stays_in
from reportgen.pipeline import PackCache

OUTPUTS = "outputs"  # as `reportgen build` calls it
_ID = 16  # digits of an id


class UnknownUnitError(ReportgenError):
    """An id that leads to no file of the folder."""

    code = "WEB001"


@dataclass(frozen=True, slots=True)
class DeskUnit:
    """One file of a unit: its id, where it lies, and its path below the folder as people read it."""

    id: str
    file: Path
    shown: str


@dataclass
class Desk:
    """One folder and what surrounds the calls on it.

    A request names a unit by its id, which only a look at the folder gives: no path ever comes from outside. Drafts
    are made one at a time, as what packs leave compiled is shared.
    """

    folder: Path
    workplace: Workplace
    packs: PackCache = field(init=False)
    known: dict[str, DeskUnit] = field(default_factory=dict)
    remembered: dict[tuple[str, str], object] = field(default_factory=dict)
    drafting: threading.RLock = field(default_factory=threading.RLock)
    writing: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.folder = self.folder.resolve()
        self.packs = self.workplace.packs()

    @property
    def output(self) -> Path:
        """Where documents are made."""
        return self.folder / OUTPUTS

    def units(self) -> tuple[DeskUnit, ...]:
        """Every unit of the folder as it lies there now, in the order of the paths."""
        found = unit_files((self.folder,)).files
        # the walk follows no folder that is a link
        inside = (
            one
            for one in found
            if not one.is_symlink() or stays_in(one, self.folder)
        )
        self.known = {one.id: one for one in map(self._named, inside)}
        return tuple(self.known.values())

    def unit(
        self,
        unit_id: str,
    ) -> DeskUnit:
        """The unit with that id; raises UnknownUnitError."""
        if unit_id not in self.known:
            self.units()
        found = self.known.get(unit_id)
        if found is None or not self._is_here(found.file):
            message = "找不到这个单位的填报文件，它可能被移走、改名或删除了"
            raise UnknownUnitError(message, hint="请回到单位列表重新选择")
        return found

    def unit_at(
        self,
        file: Path,
    ) -> DeskUnit:
        """The unit of a file that was just written."""
        found = self._named(self.folder / file)
        self.known[found.id] = found
        return found

    def forget_packs(self) -> None:
        """Packs are read anew: somebody has changed one."""
        with self.drafting:
            self.packs = self.workplace.packs()
            self.remembered.clear()

    @contextmanager
    def packs_at_hand(self) -> Iterator[PackCache]:
        """The packs, for one caller at a time."""
        with self.drafting:
            yield self.packs

    def _named(
        self,
        file: Path,
    ) -> DeskUnit:
        shown = file.relative_to(self.folder).as_posix()
        return DeskUnit(sha256(shown.encode())[:_ID], file, shown)

    def _is_here(
        self,
        file: Path,
    ) -> bool:
        return file.is_file() and stays_in(file, self.folder)


def digest_of(unit: DeskUnit) -> str:
    """The sha256 of the unit's file, "" where it cannot be read."""
    return digest_at(unit.file)
