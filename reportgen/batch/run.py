"""Many units: jobs to whoever does the work, here or elsewhere, results in the order in which they are done."""

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice, takewhile
from typing import Any

from reportgen.batch.delivery import failed
from reportgen.batch.jobs import Job
from reportgen.batch.made import Made
from reportgen.batch.remote import Answer, Packer, make_parcel
from reportgen.batch.stages import build_unit, build_units, completed
from reportgen.batch.up_to_date import plan
from reportgen.checks.units.run import check_run
from reportgen.core.errors import OutputError, PackError
from reportgen.core.findings import Rejected
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import UNCHANGED, UnitResult


@contextmanager
def kept_from_collector() -> Iterator[None]:
    """What is there now, templates above all, is not looked through again and again for garbage."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


_packs: list[PackCache] = []  # what a worker process keeps between its units


def local_pool(workers: int, packs: PackCache) -> ProcessPoolExecutor:
    """A pool whose processes are there already: where they are forked, with everything that `packs` has compiled.

    They are started now because a fork must come before the first thread (the progress bar has one).
    """
    if sys.platform.startswith("linux"):
        way = "fork"
        known = packs
    else:
        way = "spawn"
        known = PackCache(packs.search, packs.cache)
    context = multiprocessing.get_context(way)
    pool = ProcessPoolExecutor(workers, context, _start, (known,))
    pool.submit(_nothing).result()
    return pool


def _start(packs: PackCache) -> None:
    # Ctrl-C reaches all of the group; who asked says when to stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _packs[:] = [packs]


def _nothing() -> None:
    """Makes the pool start."""


def build_here(jobs: tuple[Job, ...]) -> tuple[UnitResult, ...]:
    """Builds units one after the other; what a process of the pool runs."""
    return tuple(build_units(jobs, _packs[0]))


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
        return completed(made._replace(inputs=inputs), job)


Way = LocalWay | RemoteWay


_CHUNK = (
    8  # units sent at once: a pool costs 0.2 ms for each thing that is sent
)
_WARM = (
    8  # so many at most are built here in search of one that is not up to date
)
_AGAIN = "后再执行同一条 reportgen build 命令，已经生成的单位不会重做"
_DIED = "生成这个单位时工作进程意外退出（可能是内存不足）"
_DIED_HINT = f"请关闭其他程序{_AGAIN}"
_LOST = "与集群的连接断开"
_LOST_HINT = f"请恢复集群{_AGAIN}"

Stopped = Callable[[], bool]


def _never() -> bool:
    return False


def build_locally(
    jobs: Sequence[Job],
    packs: PackCache,
    *,
    workers: int = 1,
    stopped: Stopped = _never,
) -> Iterator[UnitResult]:
    """Builds `jobs` in this process, or in `workers` processes of this machine; results as they come.

    The first units are built here until one was really made: what was compiled for it is there in every process that
    is forked afterwards.
    """
    left = takewhile(lambda _: not stopped(), jobs)
    for job in islice(left, _WARM):
        result = build_unit(job, packs)
        yield result
        if result.state != UNCHANGED and packs.read:
            break
    # and so the pages that processes share need not be copied for them
    with kept_from_collector():
        if workers == 1:
            yield from build_units(left, packs)
        elif others := tuple(left):
            yield from _build_in_pool(
                others, packs, workers=workers, stopped=stopped
            )


def _build_in_pool(
    jobs: Sequence[Job], packs: PackCache, *, workers: int, stopped: Stopped
) -> Iterator[UnitResult]:
    pools = [local_pool(workers, packs)]

    def renew() -> Executor:
        pools.append(local_pool(workers, packs))
        return pools[-1]

    try:
        yield from build_many(
            jobs,
            packs,
            executor=pools[0],
            workers=workers,
            stopped=stopped,
            renew=renew,
        )
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def build_many(
    jobs: Sequence[Job],
    packs: PackCache,
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
    way = RemoteWay(packs) if remote else LocalWay()
    run = _Run(way, executor, deque(_chunks(jobs, workers)), 2 * workers, renew)
    while run.waiting or run.under_way:
        yield from run.begin_some(stopped)
        if stopped() and not run.under_way:
            return
        yield from run.settle_some()


def _chunks(jobs: Sequence[Job], workers: int) -> Iterator[Jobs]:
    size = max(1, min(_CHUNK, len(jobs) // (4 * workers)))
    for start in range(0, len(jobs), size):
        yield tuple(jobs[start : start + size])


@dataclass
class _Run:
    """What waits, and what is under way at `executor`, by the future that will tell of it; not more than `most`."""

    way: Way
    executor: Executor
    waiting: deque[Jobs]
    most: int
    renew: Callable[[], Executor] | None
    under_way: dict[Future[Any], Jobs] = field(default_factory=dict)

    def begin_some(self, stopped: Stopped) -> Iterator[UnitResult]:
        """Begins what is waiting; gives what is known without work."""
        while (
            self.waiting and len(self.under_way) < self.most and not stopped()
        ):
            yield from self._begin(self.waiting.popleft())

    def settle_some(self) -> Iterator[UnitResult]:
        """The results of what is done by now; waits until something is."""
        broken: list[Job] = []
        for future in wait(self.under_way, return_when=FIRST_COMPLETED).done:
            jobs = self.under_way.pop(future)
            error = _error_of(future)
            is_parcel = self.way.is_remote and len(jobs) > 1
            if isinstance(error, CancelledError):  # nobody here cancels
                yield from self._lost(jobs)
                return
            if isinstance(error, BrokenExecutor):
                broken += jobs
            elif error and is_parcel:
                # so that only the unit that killed its workers is lost
                self.waiting.extend((job,) for job in jobs)
            else:
                yield from self._finished(jobs, future)
        if broken:
            broken += chain(*self.under_way.values())
            self.under_way.clear()
            yield from self._one_by_one(broken)

    def _begin(self, jobs: Jobs) -> Iterator[UnitResult]:
        for one in self.way.send(jobs):
            if isinstance(one, UnitResult):
                yield one
            else:
                sent, parcel = one
                self.under_way[self._submitted(parcel)] = sent

    def _submitted(self, parcel: Any) -> Future[Any]:
        try:
            return self.executor.submit(self.way.work, parcel)
        except BrokenExecutor as error:  # it broke since it was last waited for
            future: Future[Any] = Future()
            future.set_exception(error)
            return future

    def _finished(
        self, jobs: Jobs, future: Future[Any]
    ) -> Iterator[UnitResult]:
        error = _error_of(future)
        if error is None:
            yield from self.way.receive(jobs, future.result())
            return
        if not isinstance(error, Exception):
            raise error
        # What stops a unit elsewhere is in the answer: there only a worker that died is told by an error.
        if self.way.is_remote or isinstance(error, BrokenExecutor):
            error = OutputError(_DIED, _DIED_HINT)
        yield from (failed(job, error) for job in jobs)

    def _lost(self, jobs: Jobs) -> Iterator[UnitResult]:
        """The cluster is gone, and with it all that is left."""
        left = [*jobs, *chain(*self.under_way.values(), *self.waiting)]
        self.under_way.clear()
        self.waiting.clear()
        yield from (failed(job, OutputError(_LOST, _LOST_HINT)) for job in left)

    def _one_by_one(self, jobs: Iterable[Job]) -> Iterator[UnitResult]:
        """Builds `jobs` alone, each by an executor that is whole."""
        for job in jobs:
            self._renew()
            yield from self._begin((job,))
            for future, sent in self.under_way.items():
                yield from self._finished(sent, future)
            self.under_way.clear()
        self._renew()

    def _renew(self) -> None:
        if self.renew:
            self.executor = self.renew()


def _error_of(future: Future[Any]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error


def check_together(units: Collection[UnitResult]) -> list[UnitResult]:
    """The units of a run, each with what only all of them together show."""
    found = check_run(one.extract for one in units if one.extract)
    return [
        replace(one, findings=(*one.findings, *found.get(str(one.file), ())))
        for one in units
    ]
