"""How the documents of units stand: fresh, stale, edited, merged, missing."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reportgen.application.unit_files import UnitFiles, unit_files
from reportgen.application.workplace import Workplace
from reportgen.batch.jobs import Job, plan_jobs
from reportgen.batch.status import unit_status
from reportgen.core.errors import ReportgenError
from reportgen.results.unit_status import (
    EDITED,
    FAILED,
    FRESH,
    MERGED,
    FileStanding,
    Standing,
    UnitStatus,
    worst_of,
)


class StatusReport(NamedTuple):
    """All units that were asked for."""

    found: UnitFiles
    units: tuple[UnitStatus, ...]

    @property
    def worst(self) -> Standing:
        """How the worst of them stands; 最新 where there are none, 无法生成 where a folder has none."""
        if self.found.empty:
            return FAILED
        return worst_of((one.standing for one in self.units), otherwise=FRESH)


def status(
    paths: tuple[Path, ...], output: Path, pack: str, workplace: Workplace
) -> StatusReport:
    """How the units in `paths` stand in `output`, by `pack` or by the pack that each was printed with."""
    found = unit_files(paths)
    packs = workplace.packs()
    jobs = plan_jobs(found.files, Job(Path(), output, pack))
    units = (unit_status(job, packs) for job in jobs)
    return StatusReport(
        found, tuple(_with_edits(one, workplace) for one in units)
    )


def _with_edits(one: UnitStatus, workplace: Workplace) -> UnitStatus:
    files = (_counted(file, workplace) for file in one.files)
    return one._replace(files=tuple(files))


def _counted(file: FileStanding, workplace: Workplace) -> FileStanding:
    if file.standing not in {EDITED, MERGED} or file.path.suffix != ".docx":
        return file
    from reportgen.application.edited import read_edited  # noqa: PLC0415  lxml, wanted only for what was edited

    with suppress(ReportgenError):
        edited = read_edited(file.path, file.path.parent, None, workplace)
        return file._replace(edits=len(edited.edits))
    return file
