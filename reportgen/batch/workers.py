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
from reportgen.batch.results import UnitResult
from reportgen.batch.stages import build_units
from reportgen.pipeline import Shelf

_SELDOM = 20_000  # objects more than before; a unit has about as many, and nearly all are gone without the collector


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """The collector of garbage looks once a unit, and not at what is there already: that is a tenth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@dataclass(frozen=True, slots=True)
class _Here:
    """What a worker process keeps between its units."""

    shelf: Shelf
    site: Site


_here: list[_Here] = []


def local_pool(workers: int, site: Site, shelf: Shelf) -> ProcessPoolExecutor:
    """A pool whose processes are there already: where they are forked, with everything that `shelf` has compiled.

    They are started now because a fork must come before the first thread (the progress bar has one).
    """
    if sys.platform.startswith("linux"):
        gc.freeze()  # or else the collector touches, and so copies, every page that the workers share
        context = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(workers, context, _start, (site, shelf))
    else:
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start, (site, None))
    pool.submit(_nothing).result()
    return pool


def _start(site: Site, shelf: Shelf | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of the group; who asked says when to stop
    _here[:] = [_Here(shelf or Shelf(site.search, site.cache), site)]


def _nothing() -> None:
    """Makes the pool start."""


def build_here(jobs: tuple[Job, ...]) -> tuple[UnitResult, ...]:
    """Builds units one after the other; what a process of the pool runs."""
    return tuple(build_units(jobs, _here[0].shelf, _here[0].site))
