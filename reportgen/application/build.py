"""Units to documents, one or many: what is wanted, what is to be done, what became of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from reportgen.application.summary_files import SummaryFiles, write_summary
from reportgen.application.unit_files import UnitFiles, unit_files
from reportgen.application.workplace import Workplace
from reportgen.batch.jobs import Job, plan_jobs
from reportgen.batch.run import build_locally, build_many, check_together
from reportgen.core.findings import Findings
from reportgen.results.unit_result import FAILED, ResultDocument, UnitResult

_PER_WORKER = 12  # units for which another process is worth starting


class BuildRequest(NamedTuple):
    """What is wanted."""

    paths: tuple[Path, ...]  # of units, and folders of them
    output: Path
    pack: str = ""  # instead of the one that each unit names
    bundled: bool = False  # the set in one document as well
    annotated: bool = False  # review copies as well
    listed: bool = False  # what was changed in each document, place by place
    redlined: bool = False  # copies with what was changed tracked as well
    strict: bool = False  # nothing is printed of a unit with errors
    force: bool = False  # also what is up to date
    dry: bool = False  # nothing is written
    summary: bool | None = None  # None: where there are several units
    workers: int = 0  # 0: as many as are worth it
    cluster: str = ""  # the address of a scheduler that does the work


class BuildPlan(NamedTuple):
    """What is to be done: a job for each file."""

    request: BuildRequest
    found: UnitFiles
    jobs: tuple[Job, ...]


class BuildReport(NamedTuple):
    """What became of it: the units in the order of their files, each with all of its findings."""

    plan: BuildPlan
    units: tuple[UnitResult, ...]
    together: Findings  # those that only the units together show
    summary: SummaryFiles | None

    @property
    def findings(self) -> Findings:
        """Everything that was found, in whatever."""
        of_summary = self.summary.findings if self.summary else ()
        of_units = (finding for one in self.units for finding in one.findings)
        return (*self.plan.found.empty, *of_summary, *of_units)

    @property
    def is_complete(self) -> bool:
        """Whether all that was wanted could be done; what the checks found, or a person has open, stops nothing."""
        if self.plan.found.empty or len(self.units) < len(self.plan.jobs):
            return False
        is_summed_up = self.summary is None or not self.summary.failure
        return is_summed_up and all(one.is_complete for one in self.units)

    @property
    def left(self) -> tuple[ResultDocument, ...]:
        """The documents that were left as they were and need a person."""
        of_summary = self.summary.left if self.summary else ()
        return (*of_summary, *(one for unit in self.units for one in unit.left))

    @property
    def word_documents(self) -> list[Path]:
        """Those of all units."""
        documents = (one.path for unit in self.units for one in unit.documents)
        return [path for path in documents if path.suffix == ".docx"]

    @property
    def made(self) -> tuple[UnitResult, ...]:
        """The units whose documents are there now."""
        return tuple(
            one for one in self.units if one.state != FAILED and not one.dry
        )


def plan_build(request: BuildRequest) -> BuildPlan:
    """What `request` comes to; nothing is written."""
    wanted = Job(
        Path(),
        request.output,
        request.pack,
        strict=request.strict,
        bundled=request.bundled,
        force=request.force or request.dry,
        dry=request.dry,
        annotated=request.annotated and not request.dry,
        listed=request.listed,
        redlined=request.redlined,
    )
    found = unit_files(request.paths)
    return BuildPlan(request, found, tuple(plan_jobs(found.files, wanted)))


def build(
    plan: BuildPlan,
    workplace: Workplace,
    *,
    on_unit: Callable[[UnitResult], None],
    stopped: Callable[[], bool],
) -> BuildReport:
    """Builds what was planned. `on_unit` is told each unit as it is done; when `stopped`, nothing more is begun."""
    done = []
    for one in _results(plan, workplace, stopped):
        on_unit(one)
        done.append(one)
    order = {job.file: position for position, job in enumerate(plan.jobs)}
    alone = sorted(done, key=lambda one: order[one.file])
    units = check_together(alone)
    together = (
        finding
        for before, after in zip(alone, units, strict=True)
        for finding in after.findings[len(before.findings) :]
    )
    request = plan.request
    wanted = len(plan.jobs) > 1 if request.summary is None else request.summary
    report = BuildReport(plan, tuple(units), tuple(together), None)
    if not wanted or not report.made:
        return report
    return report._replace(summary=write_summary(units, request.output))


def _results(
    plan: BuildPlan, workplace: Workplace, stopped: Callable[[], bool]
) -> Iterator[UnitResult]:
    """The units as they are done, here or on a cluster."""
    packs = workplace.packs()
    jobs = plan.jobs
    workers = plan.request.workers
    if not plan.request.cluster:
        worth = min(workplace.processors, len(jobs) // _PER_WORKER)
        workers = workers or max(1, worth)
        yield from build_locally(jobs, packs, workers=workers, stopped=stopped)
        return
    from reportgen.batch.cluster import connect  # noqa: PLC0415  dask takes a second, and is an extra

    with connect(plan.request.cluster) as (executor, there):
        yield from build_many(
            jobs,
            packs,
            executor=executor,
            workers=workers or there,
            remote=True,
            stopped=stopped,
        )
