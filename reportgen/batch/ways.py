"""How work goes to a worker and comes back: one that sees the same disk, or one elsewhere that sees nothing."""

import os
from collections.abc import Iterator
from typing import Any

from reportgen.batch.delivery import deliver, failed
from reportgen.batch.jobs import Job
from reportgen.batch.made import Made
from reportgen.batch.remote import Answer, Packer, make_parcel
from reportgen.batch.stages import build_unit
from reportgen.batch.up_to_date import plan
from reportgen.batch.workers import build_here
from reportgen.core.errors import PackError
from reportgen.core.findings import Rejected
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import UnitResult

Jobs = tuple[Job, ...]


class LocalWay:
    """Workers that see the same disk: they plan, make and deliver."""

    is_remote = False
    work = staticmethod(build_here)

    def send(self, jobs: Jobs) -> Iterator[UnitResult | tuple[Jobs, Any]]:
        """What is to be worked on elsewhere, and the jobs that it is of."""
        yield jobs, jobs

    def receive(
        self, jobs: Jobs, answer: tuple[UnitResult, ...]
    ) -> Iterator[UnitResult]:
        """The results of `jobs`."""
        yield from answer


class RemoteWay:
    """Workers that see nothing: what is up to date is not sent to them, what they make is written here."""

    is_remote = True
    work = staticmethod(make_parcel)

    def __init__(self, packs: PackCache) -> None:
        self._packs = packs
        self._packer = Packer(packs)

    def send(self, jobs: Jobs) -> Iterator[UnitResult | tuple[Jobs, Any]]:
        """Results that are known without work, then parcels and the jobs that they are of."""
        due = []
        for job in jobs:
            result = self._planned(job)
            if result:
                yield result
            else:
                due.append(job)
        parcels = list(self._packer.parcels(due))
        sent = {job for parcel in parcels for job in parcel.jobs}
        for job in due:
            if job not in sent:
                yield build_unit(job, self._packs)
        yield from ((parcel.jobs, parcel) for parcel in parcels)

    def receive(
        self, jobs: Jobs, answer: tuple[Answer, ...]
    ) -> Iterator[UnitResult]:
        """The results of `jobs`, delivered."""
        for job, made in zip(jobs, answer, strict=True):
            if isinstance(made, Made):
                yield self._delivered(job, made)
            elif made[0].code == PackError.code:
                # of a pack that was not in the parcel perhaps
                yield build_unit(job, self._packs)
            else:
                yield failed(job, Rejected(made))

    def _planned(self, job: Job) -> UnitResult | None:
        try:
            return plan(job, self._packs)
        except Exception as error:  # as for a unit that is built here
            return failed(job, error)

    def _delivered(self, job: Job, made: Made) -> UnitResult:
        digest = next(iter(made.inputs.values()))
        inputs = {os.path.realpath(job.file): digest}
        try:
            return deliver(made._replace(inputs=inputs), job)
        except Exception as error:  # as for a unit that is built here
            return failed(job, error)


Way = LocalWay | RemoteWay
