"""Processes of this machine that build units: each plans, makes and delivers; no document goes through a pipe."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from reportgen.batch.jobs import Job, Site
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


@dataclass(frozen=True, slots=True)
class _Here:
    """What a worker process keeps between its units."""

    packs: PackCache
    site: Site


_here: list[_Here] = []


def local_pool(workers: int, site: Site, packs: PackCache) -> ProcessPoolExecutor:
    """A pool whose processes are there already: where they are forked, with everything that `packs` has compiled.

    They are started now because a fork must come before the first thread (the progress bar has one).
    """
    if sys.platform.startswith("linux"):
        context = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(workers, context, _start, (site, packs))
    else:
        pool = ProcessPoolExecutor(
            workers, multiprocessing.get_context("spawn"), _start, (site, None)
        )
    pool.submit(_nothing).result()
    return pool


def _start(site: Site, packs: PackCache | None) -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches all of the group; who asked says when to stop
    _here[:] = [_Here(packs or PackCache(site.search, site.cache), site)]


def _nothing() -> None:
    """Makes the pool start."""


def build_here(jobs: tuple[Job, ...]) -> tuple[UnitResult, ...]:
    """Builds units one after the other; what a process of the pool runs."""
    return tuple(build_units(jobs, _here[0].packs, _here[0].site))
