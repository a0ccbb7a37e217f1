"""A round of a bureau: forms sent to the units of a roster, and what came back collected, checked and built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.collect_documents import write_draft
from reportgen.application.workplace import Workplace
from reportgen.outputs.receipt import read_receipt
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output
from reportgen.results.unit_result import UnitResult
from reportgen.workbooks.collection.round.outcome import (
    RoundOutcome,
    Ways,
    round_outcome,
)
from reportgen.workbooks.collection.round.prints import PrintDraft
from reportgen.workbooks.collection.round.sending import form_files

ROUND = "收齐情况"  # the folder of the round, and where its receipt keeps it


def send(
    roster: Path,
    output: Path,
    pack: str,
    before: Path | None,
    year: str,
    workplace: Workplace,
) -> None:
    """Writes a form for each unit of `roster` into `output`, of `year` or of that which the roster tells."""
    files = form_files(roster, pack, before, year, workplace.search)
    write_outputs(output, [Output(*one) for one in files], {})


def collect(
    folder: Path, roster: Path, output: Path, workplace: Workplace
) -> RoundOutcome:
    """Reads what lies in `folder`, builds what can be built into `output`, and tells how the round stands."""

    def built(paths: tuple[Path, ...]) -> tuple[UnitResult, ...]:
        plan = plan_build(BuildRequest(paths, output, summary=True))
        return build(
            plan, workplace, on_unit=lambda _: None, stopped=lambda: False
        ).units

    home = output / ROUND
    unpacked = output / "收到的压缩包"
    before = read_receipt(home).get(ROUND) or {}
    drafts = output / "由打印稿读出"

    def read_print(name: str, paths: Sequence[Path]) -> PrintDraft:
        return write_draft(drafts / f"{name}.yaml", paths, workplace)

    ways = Ways(built, read_print)
    outcome = round_outcome(folder, roster, unpacked, ways, before)
    outputs = [Output(*one) for one in outcome.files()]
    write_outputs(home, outputs, {ROUND: outcome.record})
    return outcome
