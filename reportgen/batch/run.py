"""Many units: jobs to whoever does the work, results in the order in which they are done."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any

from reportgen.batch.jobs import Job, Site
from reportgen.batch.remote import Answer, Packer, make_parcel
from reportgen.batch.stages import Made, build_unit, build_units, deliver, failed, plan
from reportgen.batch.workers import build_here, kept_from_collector, local_pool
from reportgen.checks.units.run import check_run
from reportgen.core.errors import OutputError, PackError
from reportgen.core.findings import Rejected
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import UNCHANGED, UnitResult

_CHUNK = 8  # units sent at once: a pool costs 0.2 ms for each thing that is sent
_WARM = 8  # so many at most are built here in search of one that is not up to date
_DIED = "生成这个单位时工作进程意外退出（可能是内存不足）"
_LOST, _LOST_HINT = (
    "与集群的连接断开",
    "请恢复集群后重新运行 build，已经生成的单位不会重做",
)
_DIED_HINT = "请关闭其他程序后重新运行 build，已经生成的单位不会重做"

Jobs = tuple[Job, ...]
Stopped = Callable[[], bool]


def _never() -> bool:
    return False


def build_locally(
    jobs: Sequence[Job], site: Site, *, workers: int = 1, stopped: Stopped = _never
) -> Iterator[UnitResult]:
    """Builds `jobs` in this process, or in `workers` processes of this machine; results as they come.

    The first units are built here until one was really made: what was compiled for it is there in every process that
    is forked afterwards.
    """
    packs = PackCache(site.search, site.cache)
    left = takewhile(lambda _: not stopped(), jobs)
    for job in islice(left, _WARM):
        result = build_unit(job, packs, site)
        yield result
        if result.state != UNCHANGED and packs.read:
            break
    with (
        kept_from_collector()
    ):  # and so the pages that processes share need not be copied for them
        if workers == 1:
            yield from build_units(left, packs, site)
        elif others := tuple(left):
            yield from _build_in_pool(
                others, site, packs, workers=workers, stopped=stopped
            )


def _build_in_pool(
    jobs: Sequence[Job], site: Site, packs: PackCache, *, workers: int, stopped: Stopped
) -> Iterator[UnitResult]:
    pools = [local_pool(workers, site, packs)]

    def renew() -> Executor:
        pools.append(local_pool(workers, site, packs))
        return pools[-1]

    try:
        yield from build_many(
            jobs, site, executor=pools[0], workers=workers, stopped=stopped, renew=renew
        )
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def build_many(
    jobs: Sequence[Job],
    site: Site,
    *,
    executor: Executor,
    workers: int,
    remote: bool = False,
    stopped: Stopped = _never,
    renew: Callable[[], Executor] | None = None,
) -> Iterator[UnitResult]:
    """Builds `jobs` by `executor`, not more than twice its `workers` under way at once; results as they come.

    The processes of a local executor write the documents; a `remote` one is sent bytes and sends bytes back. When
    `stopped` says so nothing more is begun. An executor that breaks because a process died is replaced by `renew`,
    and what was under way is built one by one, so that only the unit that killed it is lost.
    """
    way = _Remote(site) if remote else _Local()
    waiting = deque(_chunks(jobs, workers))
    under_way: dict[Future[Any], Jobs] = {}
    while waiting or under_way:
        yield from _begin_some(
            way, waiting, executor, under_way, most=2 * workers, stopped=stopped
        )
        if stopped() and not under_way:
            return
        broken: list[Job] = []
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            chunk = under_way.pop(future)
            error = _error_of(future)
            if isinstance(
                error, CancelledError
            ):  # nobody here cancels: the cluster is gone
                left = (
                    job
                    for jobs in (chunk, *under_way.values(), *waiting)
                    for job in jobs
                )
                yield from (
                    failed(job, OutputError(_LOST, hint=_LOST_HINT)) for job in left
                )
                return
            if isinstance(error, BrokenExecutor):
                broken += chunk
            elif (
                error and remote and len(chunk) > 1
            ):  # so that only the unit that killed its workers is lost
                waiting.extend((job,) for job in chunk)
            else:
                yield from _finished(way, chunk, future)
        if broken:
            broken += [job for chunk in under_way.values() for job in chunk]
            under_way.clear()
            executor = yield from _one_by_one(way, broken, executor, renew)


def check_together(results: Iterable[UnitResult]) -> list[UnitResult]:
    """`results`, each with what only the units of the run together show."""
    units = list(results)
    found = check_run(one.extract for one in units if one.extract)
    return [
        replace(one, findings=(*one.findings, *found.get(str(one.file), ())))
        for one in units
    ]


def _chunks(jobs: Sequence[Job], workers: int) -> Iterator[Jobs]:
    size = max(1, min(_CHUNK, len(jobs) // (4 * workers)))
    for start in range(0, len(jobs), size):
        yield tuple(jobs[start : start + size])


class _Local:
    """Workers that see the same disk: they plan, make and deliver."""

    work = staticmethod(build_here)

    def send(self, jobs: Jobs) -> Iterator[UnitResult | tuple[Jobs, Any]]:
        """What is to be worked on elsewhere, and the jobs that it is of."""
        yield jobs, jobs

    def receive(
        self, jobs: Jobs, answer: tuple[UnitResult, ...]
    ) -> Iterator[UnitResult]:
        """The results of `jobs`."""
        yield from answer


class _Remote:
    """Workers that see nothing: what is up to date is not sent to them, what they make is written here."""

    work = staticmethod(make_parcel)

    def __init__(self, site: Site) -> None:
        self._site = site
        self._shelf = PackCache(site.search, site.cache)
        self._packer = Packer(self._shelf)

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
        yield from (
            build_unit(job, self._shelf, self._site) for job in due if job not in sent
        )
        yield from ((parcel.jobs, parcel) for parcel in parcels)

    def receive(self, jobs: Jobs, answer: tuple[Answer, ...]) -> Iterator[UnitResult]:
        """The results of `jobs`, delivered."""
        for job, made in zip(jobs, answer, strict=True):
            if isinstance(made, Made):
                yield self._delivered(job, made)
            elif (
                made[0].code == PackError.code
            ):  # of a pack that was not in the parcel perhaps
                yield build_unit(job, self._shelf, self._site)
            else:
                yield failed(job, Rejected(made))

    def _planned(self, job: Job) -> UnitResult | None:
        try:
            return plan(job, self._shelf)
        except Exception as error:  # as for a unit that is built here
            return failed(job, error)

    def _delivered(self, job: Job, made: Made) -> UnitResult:
        inputs = {
            os.path.realpath(job.file): digest
            for digest in list(made.inputs.values())[:1]
        }
        try:
            return deliver(replace(made, inputs=inputs), job, self._site)
        except Exception as error:  # as for a unit that is built here
            return failed(job, error)


_Way = _Local | _Remote


def _begin_some(
    way: _Way,
    waiting: deque[Jobs],
    executor: Executor,
    under_way: dict[Future[Any], Jobs],
    *,
    most: int,
    stopped: Stopped,
) -> Iterator[UnitResult]:
    """Begins what is waiting until `most` are under way."""
    while waiting and len(under_way) < most and not stopped():
        yield from _begin(way, waiting.popleft(), executor, under_way)


def _begin(
    way: _Way, jobs: Jobs, executor: Executor, under_way: dict[Future[Any], Jobs]
) -> Iterator[UnitResult]:
    for one in way.send(jobs):
        if isinstance(one, UnitResult):
            yield one
        else:
            sent, parcel = one
            under_way[_submit(executor, way, parcel)] = sent


def _submit(executor: Executor, way: _Way, parcel: Any) -> Future[Any]:
    try:
        return executor.submit(way.work, parcel)
    except BrokenExecutor as error:  # it broke since it was last waited for
        future: Future[Any] = Future()
        future.set_exception(error)
        return future


def _error_of(future: Future[Any]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _finished(way: _Way, jobs: Jobs, future: Future[Any]) -> Iterator[UnitResult]:
    error = _error_of(future)
    if isinstance(error, BrokenExecutor) or (
        isinstance(error, Exception) and isinstance(way, _Remote)
    ):
        error = OutputError(
            _DIED, hint=_DIED_HINT
        )  # what stops a unit elsewhere is in the answer
    if isinstance(error, Exception):
        yield from (failed(job, error) for job in jobs)
    elif error is not None:
        raise error
    else:
        yield from way.receive(jobs, future.result())


def _one_by_one(
    way: _Way,
    jobs: Sequence[Job],
    executor: Executor,
    renew: Callable[[], Executor] | None,
) -> Generator[UnitResult, None, Executor]:
    """Builds `jobs` alone, each by an executor that is whole; gives the executor to go on with."""
    for job in jobs:
        executor = renew() if renew else executor
        under_way: dict[Future[Any], Jobs] = {}
        yield from _begin(way, (job,), executor, under_way)
        for future, sent in under_way.items():
            yield from _finished(way, sent, future)
    return renew() if renew else executor
