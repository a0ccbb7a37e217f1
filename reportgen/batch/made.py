"""A unit as bytes and findings: the second stage of a run, pure, which may take place on another machine."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.batch.jobs import Job
from reportgen.batch.receipts import extract_record, summary_record
from reportgen.batch.up_to_date import options_of
from reportgen.checks.units.extracts import Extract, extract
from reportgen.core.findings import Finding, Severity, failure_findings
from reportgen.core.version import program_version
from reportgen.outputs.receipt import Receipt
from reportgen.outputs.whole_files import Output
from reportgen.pipeline import (
    Draft,
    PackCache,
    all_findings,
    prepare,
    print_set,
    review_copies,
    worst,
)
from reportgen.results.unit_result import SummaryRow, summary_row


@dataclass(frozen=True, slots=True)
class Made:
    """A unit that was made but not yet delivered; it can be sent between processes."""

    file: Path
    name: str
    year: str
    pack: str
    outputs: tuple[Output, ...]  # none by --strict
    findings: tuple[Finding, ...]
    inputs: dict[str, str]  # resolved path -> sha256
    receipt: Receipt
    whole: SummaryRow
    projects: tuple[SummaryRow, ...]
    extract: Extract
    review: tuple[Output, ...] = ()
    review_failures: tuple[Finding, ...] = ()  # why there are no review copies


def make(job: Job, packs: PackCache) -> Made:
    """The bytes of all documents and what the checks found; raises ReportgenError when that cannot be had."""
    draft = prepare(job.file, packs, job.pack)
    refused = job.strict and worst(draft.findings) is Severity.ERROR
    outputs = [] if refused else print_set(draft, bundled=job.bundled)
    made = _made(job, draft, outputs)
    return _reviewed(made, draft) if job.annotated and outputs else made


def _made(job: Job, draft: Draft, outputs: list[Output]) -> Made:
    unit = draft.loaded.unit
    findings = all_findings(draft, outputs)
    compared = extract(draft.facts, draft.loaded, draft.findings)
    whole = summary_row(unit.name, draft.figures.whole)
    projects = tuple(
        summary_row(project.name, figures)
        for project, figures in zip(
            unit.projects, draft.figures.projects, strict=True
        )
    )
    source = draft.loaded.document.source
    return Made(
        file=job.file,
        name=unit.name,
        year=unit.year,
        pack=draft.tools.pack.name,
        # what was looked at need not travel
        outputs=tuple(replace(one, seen=None) for one in outputs),
        findings=findings,
        inputs={
            os.path.realpath(source.path): source.sha256,
            **dict(draft.below),
        },
        receipt={
            "单位": unit.name,
            "年度": unit.year,
            "模板包": draft.tools.pack.name,
            "模板": unit.pack,
            "模板包校验": draft.tools.digest,
            "程序": program_version(),
            "选项": options_of(job),
            **summary_record(whole, projects, findings, str(job.file)),
            **extract_record(compared),
        },
        whole=whole,
        projects=projects,
        extract=compared,
    )


def _reviewed(made: Made, draft: Draft) -> Made:
    """`made` with its review copies, or with the reason why there are none: the documents are there all the same."""
    try:
        copies = review_copies(draft, made.outputs, made.findings)
    except Exception as error:
        failures = failure_findings(error, str(made.file))
        return replace(made, review_failures=failures)
    return replace(made, review=tuple(copies))
