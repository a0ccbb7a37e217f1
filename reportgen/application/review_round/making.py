"""The review round: a 复核表 for each unit, a 复核报告 for all, and what reviewers typed written home."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.application.review_round.rows import ReviewedUnit, reviewed_unit
from reportgen.application.review_round.word_papers import (
    review_report,
    review_sheet,
)
from reportgen.application.unit_files import unit_files
from reportgen.application.workplace import Workplace
from reportgen.batch.time_limit import within_time
from reportgen.core.file_names import safe_name
from reportgen.core.findings import Finding, Findings, failure_findings
from reportgen.outputs.whole_files import Output, refusing, replace_all
from reportgen.pipeline import PackCache, prepare
from reportgen.workbooks.review_book import review_workbook

REPORT = "复核报告.docx"


@dataclass
class ReviewRound:
    """What was made: the units, the files that were there already and stay as they are, what could not be read."""

    units: list[ReviewedUnit] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failures: list[Finding] = field(default_factory=list)

    def lines(self, folder: Path) -> Iterator[str]:
        """What is told of it."""
        tables = sum(len(one.parts) for one in self.units)
        yield f"已生成 {len(self.units)} 个单位、{tables} 张自评表的复核表和{REPORT}，位于 {folder}"
        for name in self.kept:
            yield f"{name} 已经有了，没有改动；要重新生成的，先导入再移走"
        for one in self.failures:
            yield f"{one.place.file}：{one.message}"


def review(
    paths: Sequence[Path],
    pack: str,
    folder: Path,
    workplace: Workplace,
    *,
    on_unit: Callable[[Path], None] = lambda _: None,
) -> ReviewRound:
    """Makes the papers of a round from units, workbooks and Word documents of others. Raises OutputError."""
    found = unit_files(paths, documents=True)
    packs = workplace.packs()
    done = ReviewRound(failures=[*found.empty])
    for file in found.files:
        unit, failures = _read(file, packs, pack)
        done.failures += failures
        done.units += [unit] if unit else []
        on_unit(file)
    outputs: list[Output] = []
    for unit in done.units:
        outputs += _new(_papers(unit), folder, done)
    if done.units:
        outputs.append(Output(REPORT, review_report(done.units)))
        with refusing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        replace_all(folder, outputs)
    return done


def _read(
    file: Path,
    packs: PackCache,
    pack: str,
) -> tuple[ReviewedUnit | None, Findings]:
    try:
        with within_time():
            return reviewed_unit(prepare(file, packs, pack), str(file)), ()
    except Exception as error:
        # one file that cannot be read does not stop the others
        return None, failure_findings(error, file)


def _papers(unit: ReviewedUnit) -> Iterator[Output]:
    name = safe_name(f"{unit.year} {unit.name}（复核表）")
    parts = [(one.name, one.rows, one.sum) for one in unit.parts]
    book = review_workbook(unit.name, unit.year, unit.file, parts)
    yield Output(f"{name}.xlsx", book)
    yield Output(f"{name}.docx", review_sheet(unit))


def _new(
    outputs: Iterator[Output],
    folder: Path,
    done: ReviewRound,
) -> Iterator[Output]:
    """Those that are not there yet: reviewers may have typed into the others."""
    for one in outputs:
        if (folder / one.name).exists():
            done.kept.append(one.name)
        else:
            yield one
