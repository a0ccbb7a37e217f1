"""What became of each unit of a run: small, frozen, and ready to be sent between processes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from reportgen.checks.units.extracts import Extract
from reportgen.core.findings import Finding, Findings, Severity
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.results.asked_changes import DocumentChange

State = Literal["生成", "未变", "保留", "失败"]
BUILT: State = "生成"  # every document that is not as it was before was written
UNCHANGED: State = "未变"  # up to date by its receipt; nothing was computed
KEPT: State = (
    "保留"  # written, but for documents that a person changed or has open
)
FAILED: State = "失败"  # nothing, or not everything, could be written
STATES: tuple[State, ...] = (BUILT, UNCHANGED, KEPT, FAILED)


OLD_REPLACED = "旧稿换新"  # what was done to an old print that was put back
LEFT = "OUT002"  # the code of a finding on a document that was left as it was


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """What the summary says of a unit as a whole or of one project; amounts in 万元, None where there is no value."""

    name: str = ""
    budget: Decimal | None = None  # 全年预算数
    executed: Decimal | None = None  # 全年执行数
    execution_rate: Decimal | None = (
        None  # 0.8997 is 89.97%; computed, not rounded
    )
    weight: Decimal | None = None  # 分值合计
    score: Decimal | None = (
        None  # 自评得分 as printed: as reported, or else as computed
    )
    grade: str = ""  # 等级 as printed


@dataclass(frozen=True)
class ResultDocument:
    """One file of a unit; `kept` says why it was left as it was, "" where it is up to date.

    `merged` says what was brought up to date in a document that a person had edited; `step` what was done to it;
    `resaved` that the person had only saved it again; `changes` what became of its text, where that was asked for.
    """

    path: Path
    kept: str = ""
    merged: str = ""
    resaved: bool = False
    step: str = field(default="", compare=False)
    changes: tuple[DocumentChange, ...] = ()


@dataclass(frozen=True)
class UnitResult:
    """One unit of a run. A unit that failed has its reason, and of the rest whatever is known of it."""

    file: Path  # as given by who asked
    state: State
    name: str = ""  # "" where the file cannot be read
    year: str = ""
    pack: str = ""
    folder: Path | None = None  # where its documents are
    documents: tuple[ResultDocument, ...] = ()
    left_over: tuple[
        Path, ...
    ] = ()  # documents of earlier runs that this one does not have
    left_edited: tuple[Path, ...] = ()  # those of them that a person edited
    put_away: tuple[Path, ...] = ()  # untouched ones that have other names now
    reviewed: tuple[ResultDocument, ...] = ()  # the review copies
    review_failure: str = (
        ""  # why there are no review copies, though they were wanted
    )
    findings: tuple[
        Finding, ...
    ] = ()  # of the checks, and what could not be done
    reason: str = ""  # in one line, of a unit that failed
    dry: bool = False  # nothing was written
    stopped: bool = (
        False  # failed by more than its own figures: not readable, not writable
    )
    includes: tuple[
        str, ...
    ] = ()  # the files of its 下属单位, real paths: its own figures cover them
    whole: SummaryRow = SummaryRow()
    projects: tuple[SummaryRow, ...] = ()
    extract: Extract | None = (
        None  # what the rules over the whole run need of it
    )

    @property
    def title(self) -> str:
        """The unit's name, or its file where there is none."""
        return self.name or str(self.file)

    @property
    def is_complete(self) -> bool:
        """Whether nothing stopped the work: what the checks found, and what a person has open, stops nothing."""
        return not (self.stopped or self.review_failure)

    @property
    def left(self) -> tuple[ResultDocument, ...]:
        """The documents and review copies that were left as they were and need a person."""
        return tuple(
            one for one in (*self.documents, *self.reviewed) if one.kept
        )

    @property
    def problems(self) -> Findings:
        """The findings but for those on documents that were left."""
        return tuple(one for one in self.findings if one.code != LEFT)

    def count(self, severity: Severity) -> int:
        """How many findings of `severity` count: those that the unit waived do not."""
        return sum(
            one.severity is severity and not one.waived for one in self.findings
        )


def summary_row(name: str, figures: EvaluationFigures) -> SummaryRow:
    """What the summary says of one evaluation."""
    funds = figures.evaluation.funds
    return SummaryRow(
        name=name,
        budget=funds.revised,
        executed=funds.executed,
        execution_rate=figures.funds.execution_rate.value,
        weight=figures.weight_total.value,
        score=figures.printed_total,
        grade=figures.printed_grade,
    )


def state_counts(results: Iterable[UnitResult]) -> Counter[State]:
    """How many units there are of each state."""
    return Counter(one.state for one in results)
