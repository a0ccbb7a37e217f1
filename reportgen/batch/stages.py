"""One unit of a run in three stages: is it up to date, make it, deliver it.

`make` is pure: bytes and findings from a file and a pack. It may run on another machine; `plan` and `deliver` look at
the output folder and run where that is. A fault of the program in one unit must not stop the others either.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from reportgen.batch.delivery import deliver, failed
from reportgen.batch.jobs import Job
from reportgen.batch.made import Made, make
from reportgen.batch.memory_limit import within_bounds
from reportgen.batch.up_to_date import plan
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import UnitResult


def build_units(jobs: Iterable[Job], packs: PackCache) -> Iterator[UnitResult]:
    """Builds units one after the other; while one is written, which is waiting for the disk, the next is made."""
    with ThreadPoolExecutor(1) as writer:
        before: Future[UnitResult] | None = None
        for job in jobs:
            step = _planned_or_made(job, packs)
            if before:
                yield before.result()
            before = writer.submit(completed, step, job)
        if before:
            yield before.result()


def build_unit(job: Job, packs: PackCache) -> UnitResult:
    """The whole way of one unit; whatever stops it is in the result."""
    return completed(_planned_or_made(job, packs), job)


def _planned_or_made(job: Job, packs: PackCache) -> UnitResult | Made:
    try:
        with within_bounds():
            return plan(job, packs) or make(job, packs)
    except Exception as error:
        return failed(job, error)


def completed(step: UnitResult | Made, job: Job) -> UnitResult:
    """The unit delivered, where that is still to be done; whatever stops it is in the result."""
    try:
        return deliver(step, job) if isinstance(step, Made) else step
    except Exception as error:
        return failed(job, error)
