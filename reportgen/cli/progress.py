"""How a run of `build` is told: a unit in full, in a line, or as a bar on a terminal; and how it is stopped."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from types import FrameType, TracebackType
from typing import Any

import typer

from reportgen.cli.show import by_severity, counts, finding_line
from reportgen.core.findings import Finding
from reportgen.results.unit_result import (
    FAILED,
    KEPT,
    UNCHANGED,
    ResultDocument,
    UnitResult,
)

_SHOWN = 5


class StopOnInterrupt:
    """While it is entered, a first Ctrl-C asks the run to stop once the units under way are done; a second stops it."""

    def __init__(self) -> None:
        self._wanted = False
        self._before: Any = None

    def is_wanted(self) -> bool:
        """Whether nothing more is to be begun."""
        return self._wanted

    def __enter__(self) -> StopOnInterrupt:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: object,
        trace: TracebackType | None,
    ) -> None:
        self._put_back()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._wanted = True
        self._put_back()
        typer.echo(
            "正在停止：手头的单位写完就停（再按一次 Ctrl-C 立即停止）。", err=True
        )

    def _put_back(self) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
            self._before = None


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
            self._task = self._bar.add_task("", total=self._count, unit="", rate="")
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: object,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, one: UnitResult, line: str) -> None:
        """Tells `one`: in a line of the log; above the bar only when somebody has to look at it."""
        self._done += 1
        if not self._bar:
            typer.echo(f"[{self._done}/{self._count}] {line}")
            return
        if one.state in {FAILED, KEPT}:
            self._bar.print(line, markup=False, highlight=False)
        speed = self._bar.tasks[0].finished_speed or self._bar.tasks[0].speed
        self._bar.update(
            self._task,
            advance=1,
            unit=one.title,
            rate=f"{speed:.0f} 个/秒" if speed else "",
        )


def told_many(one: UnitResult) -> str:
    """A unit in one line: what became of it, and what to look at."""
    if one.state == FAILED:
        return f"{one.title}：没有生成：{one.reason}"
    kept = [document.path.name for document in one.documents if document.kept]
    said = (
        f"未更新 {'、'.join(kept)}"
        if kept
        else "没有变化"
        if one.state == UNCHANGED
        else f"{len(one.documents)} 份文件"
    )
    return f"{one.title}：{said}；{counts(one.findings)}"


def told_few(one: UnitResult) -> Iterator[str]:
    """A unit in full."""
    if one.stopped:
        yield f"{one.file}：没有{'全部' if one.documents else ''}生成"
        yield from (f"  {finding_line(finding)}" for finding in one.findings)
        return
    yield f"{one.name}（{one.year}年度，模板包 {one.pack}）"
    yield from (f"  {line}" for line in _documents(one))
    checked = [finding for finding in one.findings if finding.code != "OUT002"]
    yield from (f"  {line}" for line in _findings(by_severity(checked), one))


def _documents(one: UnitResult) -> Iterator[str]:
    if one.state == FAILED:
        yield f"{one.reason}。"
        return
    done = [document.path.name for document in one.documents if not document.kept]
    if one.state == UNCHANGED:
        yield f"没有变化，{len(done)} 份文件已是最新，位于 {one.folder}（要重新生成请加 --force）"
    elif one.dry:
        yield f"预演，没有写任何文件；{one.folder} 里会："
        yield from (
            f"  {document.step} {document.path.name}" for document in one.documents
        )
    else:
        yield f"已生成 {len(done)} 份文件，位于 {one.folder}"
    yield from (f"  {name}" for name in ([] if one.dry else done))
    yield from (
        f"未更新 {document.path.name}：{document.kept}"
        for document in one.documents
        if document.kept
    )
    edited = [document for document in one.documents if document.merged]
    yield from (_kept_and_merged(document) for document in edited)
    if one.left_over:
        names = "、".join(path.name for path in one.left_over)
        yield f"文件夹里另有以前生成、这次没有生成的文件，不用时请删去：{names}"


def _kept_and_merged(document: ResultDocument) -> str:
    name = document.path.name
    if document.resaved:
        return f"未改动，只是重新保存过 {name}：{document.merged}"
    return f"人工改过，已保留修改并合并 {name}：{document.merged}"


def _findings(findings: list[Finding], one: UnitResult) -> Iterator[str]:
    if not findings:
        yield "检查：未发现问题"
        return
    yield f"检查：{counts(findings)}" + (
        f"，前 {_SHOWN} 处如下" if len(findings) > _SHOWN else ""
    )
    yield from (f"  {finding_line(finding)}" for finding in findings[:_SHOWN])
    if len(findings) > _SHOWN:
        yield f"  查看全部：reportgen check {one.file}"


def told_together(
    alone: Sequence[UnitResult], together: Sequence[UnitResult]
) -> Iterator[str]:
    """What only the units together show, below all of them."""
    more = [
        finding
        for one, two in zip(alone, together, strict=True)
        for finding in two.findings[len(one.findings) :]
    ]
    if more:
        yield f"各单位相互比对：{counts(more)}" + (
            f"，前 {_SHOWN} 处如下" if len(more) > _SHOWN else ""
        )
        yield from (
            f"  {finding_line(finding)}" for finding in by_severity(more)[:_SHOWN]
        )
