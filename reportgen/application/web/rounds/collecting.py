"""A round collected: what came back read, checked and built, and shown unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.collect import ROUND
from reportgen.application.collect_documents import write_draft
from reportgen.application.unit_files import UNITS
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.rounds.folders import (
    RoundFile,
    RoundFolder,
    files_in_folder,
)
from reportgen.core.errors import OutputError
from reportgen.core.file_names import safe_name
from reportgen.outputs.receipt import read_receipt
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output
from reportgen.results.summary import Summary, summarise
from reportgen.results.unit_result import UnitResult
from reportgen.workbooks.collection.filled.unit_loading import is_workbook
from reportgen.workbooks.collection.round.outcome import (
    RoundOutcome,
    Ways,
    round_outcome,
)
from reportgen.workbooks.collection.round.prints import PrintDraft
from reportgen.workbooks.collection.round.problems import RoundProblem
from reportgen.workbooks.collection.round.returned import Returned
from reportgen.workbooks.collection.round.round_book import RoundResult

UNPACKED, FROM_PRINTS = "收到的压缩包", "由打印稿读出"
_STOPPED = "已停止，没有收完"
_AGAIN = "再点一次“收表”，已经生成的不会重做"


class RoundUnit(NamedTuple):
    """One unit of the roster as it stands: its own page, its problems, its return slip."""

    number: int
    name: str
    supervisor: str
    contact: str
    standing: str
    file: str
    note: str
    unit: DeskUnit | None
    problems: tuple[RoundProblem, ...]
    mended: tuple[str, ...]
    slip: RoundFile | None

    def count(
        self,
        label: str,
    ) -> int:
        """How many problems it has of that severity."""
        return sum(1 for one in self.problems if one.severity == label)


class OutsideFile(NamedTuple):
    """A file that belongs to no unit of the roster: why, what it is called, what it says of itself."""

    kind: str
    file: str
    unit: str
    year: str
    why: str


class RoundTotals(NamedTuple):
    """What the units whose documents were made come to; amounts in 万元."""

    counted: int
    budget: Decimal
    executed: Decimal
    execution_rate: Decimal | None
    mean_score: Decimal | None
    grades: tuple[tuple[str, int], ...]
    rates: tuple[tuple[str, int], ...]


class CollectedRound(NamedTuple):
    """How a round stands."""

    year: str
    told: str
    counts: Mapping[str, int]
    units: tuple[RoundUnit, ...]
    outside: tuple[OutsideFile, ...]
    totals: RoundTotals | None


class Watcher(NamedTuple):
    """Who looks on: told each file that was read, how many units there are, each of them; asked whether to go on."""

    read: Callable[[str], None]
    begin: Callable[[int], None]
    step: Callable[[str], None]
    stopped: Callable[[], bool]


def collect_round(
    desk: Desk,
    one: RoundFolder,
    watcher: Watcher,
) -> CollectedRound:
    """Reads what lies in the folder of the round, makes what can be made, writes how it stands; raises ReportgenError.

    When it is stopped, nothing is said of the round; documents that were made stay.
    """
    results: list[UnitResult] = []

    def built(paths: tuple[Path, ...]) -> tuple[UnitResult, ...]:
        results.extend(_built(desk, paths, watcher))
        return tuple(results)

    def read_print(name: str, paths: Sequence[Path]) -> PrintDraft:
        target = one.folder / FROM_PRINTS / f"{name}.yaml"
        return write_draft(target, paths, desk.workplace)

    def seen(file: Returned) -> None:
        watcher.read(file.shown)
        _refuse_stopped(watcher)

    before = read_receipt(one.results).get(ROUND) or {}
    outcome = round_outcome(
        one.received,
        one.roster,
        one.folder / UNPACKED,
        Ways(built, read_print, seen),
        before,
    )
    outputs = [Output(*file) for file in outcome.files()]
    write_outputs(one.results, outputs, {ROUND: outcome.record})
    return _shown(desk, one, outcome, results)


def _built(
    desk: Desk,
    paths: tuple[Path, ...],
    watcher: Watcher,
) -> tuple[UnitResult, ...]:
    _refuse_stopped(watcher)
    if not paths:
        return ()
    watcher.begin(len(paths))
    report = build(
        plan_build(BuildRequest(paths, desk.output, summary=True)),
        desk.workplace,
        on_unit=lambda unit: watcher.step(unit.name or unit.file.name),
        stopped=watcher.stopped,
    )
    _refuse_stopped(watcher)
    return report.units


def _refuse_stopped(watcher: Watcher) -> None:
    """Raises OutputError where somebody asked to stop."""
    if watcher.stopped():
        raise OutputError(_STOPPED, hint=_AGAIN)


def _shown(
    desk: Desk,
    one: RoundFolder,
    outcome: RoundOutcome,
    results: list[UnitResult],
) -> CollectedRound:
    slips = files_in_folder(one.results, ".docx")
    units = (
        _unit(desk, number, result, slips)
        for number, result in enumerate(outcome.results, start=1)
    )
    totals = _totals(summarise(results)) if results else None
    return CollectedRound(
        outcome.standing.year,
        outcome.told,
        dict(outcome.standing.counts()),
        tuple(units),
        tuple(_outside(outcome)),
        totals,
    )


def _totals(summary: Summary) -> RoundTotals:
    return RoundTotals(
        len(summary.counted),
        summary.budget,
        summary.executed,
        summary.execution_rate,
        summary.mean_score,
        tuple(summary.grades),
        tuple(summary.rates),
    )


def _unit(
    desk: Desk,
    number: int,
    result: RoundResult,
    slips: tuple[RoundFile, ...],
) -> RoundUnit:
    asked, used = result.unit.asked, result.unit.used
    slip = f"退回单 {number:03} {safe_name(asked.name)}.docx"
    there = (one for one in slips if one.file.name == slip)
    return RoundUnit(
        number,
        asked.name,
        asked.supervisor,
        asked.contact,
        result.unit.standing,
        used.shown if used else "",
        result.unit.note,
        desk.unit_at(used.path) if used and _is_unit(used.path) else None,
        result.problems,
        result.mended,
        next(there, None) if result.problems else None,
    )


def _is_unit(file: Path) -> bool:
    return is_workbook(file) or file.suffix.lower() in UNITS


def _outside(outcome: RoundOutcome) -> Iterator[OutsideFile]:
    for kind, one in outcome.standing.outside:
        yield OutsideFile(kind, one.shown, one.unit, one.year, one.reason)
