"""A run of many units on a terminal: a bar or a line for each; and how a run is stopped."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from types import FrameType

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


@contextmanager
def run_progress(total: int) -> Iterator[Callable[[UnitResult, str], None]]:
    """Who is told each unit and its line: a bar with rate and time left on a terminal; every line anywhere else.

    Above the bar stands a line only when somebody has to look at it.
    """
    if not sys.stdout.isatty():
        numbers = count(1)
        yield lambda _, line: typer.echo(f"[{next(numbers)}/{total}] {line}")
        return
    from rich import progress  # noqa: PLC0415  60 ms, wanted only on a terminal with many units

    columns = (
        progress.BarColumn(bar_width=24),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TextColumn("还需"),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[unit]}", markup=False),
    )
    with progress.Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=total, unit="", rate="")

        def advance(one: UnitResult, line: str) -> None:
            if one.state in {FAILED, KEPT}:
                bar.print(line, markup=False, highlight=False)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(
                task,
                advance=1,
                unit=harmless(one.title),
                rate=f"{speed:.0f} 个/秒" if speed else "",
            )

        yield advance
