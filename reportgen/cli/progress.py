"""A run of many units on a terminal: a bar or a line for each; and how a run is stopped."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer

from reportgen.core.control_chars import harmless
from reportgen.results.unit_result import FAILED, KEPT, UnitResult

_STOPPING = "正在停止：手头的单位写完就停（再按一次 Ctrl-C 立即停止）。"


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Whether a first Ctrl-C asked the run to stop once the units under way are done; a second stops it."""
    wanted = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    is_asked_here = threading.current_thread() is threading.main_thread()

    def ask(number: int, frame: FrameType | None) -> None:
        wanted.set()
        signal.signal(signal.SIGINT, before)
        typer.echo(_STOPPING, err=True)

    if is_asked_here:
        signal.signal(signal.SIGINT, ask)
    try:
        yield wanted.is_set
    finally:
        if is_asked_here:
            signal.signal(signal.SIGINT, before)


class RunProgress:
    """A bar with unit, rate and time left on a terminal; one plain line for each unit anywhere else."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._done = 0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> RunProgress:
        if sys.stdout.isatty():
            from rich import progress  # noqa: PLC0415  60 ms, wanted only on a terminal with many units

            columns = (
                progress.BarColumn(bar_width=24),
                progress.MofNCompleteColumn(),
                progress.TextColumn("{task.fields[rate]}"),
                progress.TextColumn("还需"),
                progress.TimeRemainingColumn(),
                progress.TextColumn("{task.fields[unit]}", markup=False),
            )
            self._bar = progress.Progress(*columns, transient=True)
            self._task = self._bar.add_task(
                "", total=self._count, unit="", rate=""
            )
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, one: UnitResult, line: str) -> None:
        """Tells `one`: in a line of the log; above the bar only when somebody has to look at it."""
        self._done += 1
        line = harmless(line)
        if not self._bar:
            typer.echo(f"[{self._done}/{self._count}] {line}")
            return
        if one.state in {FAILED, KEPT}:
            self._bar.print(line, markup=False, highlight=False)
        speed = self._bar.tasks[0].finished_speed or self._bar.tasks[0].speed
        self._bar.update(
            self._task,
            advance=1,
            unit=harmless(one.title),
            rate=f"{speed:.0f} 个/秒" if speed else "",
        )
