"""Processes of this machine that build units: each plans, makes and delivers; no document goes through a pipe."""

import gc
import multiprocessing
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from reportgen.batch.jobs import Job
from reportgen.batch.stages import build_units
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import UnitResult


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
