"""A unit as bytes and findings: the second stage of a run, pure, which may take place on another machine."""

import os
from dataclasses import replace
from typing import Any, NamedTuple

from reportgen.batch.jobs import Job
from reportgen.batch.receipts import unit_record
from reportgen.batch.up_to_date import options_of
from reportgen.checks.units.extracts import extract
from reportgen.core.findings import ERROR, Findings, failure_findings
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
from reportgen.results.unit_result import BUILT, UnitResult, summary_row


class Made(NamedTuple):
    """A unit that was made but not yet delivered; it can be sent between processes."""

    result: UnitResult  # as far as it is known before anything is written
    outputs: tuple[Output, ...]  # none by --strict
    inputs: dict[str, str]  # resolved path -> sha256
    receipt: Receipt
    review: tuple[Output, ...] = ()
    review_failures: Findings = ()  # why there are no review copies


def make(job: Job, packs: PackCache) -> Made:
    """The bytes of all documents and what the checks found; raises ReportgenError when that cannot be had."""
    draft = prepare(job.file, packs, job.pack)
    refused = job.strict and worst(draft.findings) is ERROR
    outputs = [] if refused else print_set(draft, bundled=job.bundled)
    made = _made(job, draft, outputs)
    return _reviewed(made, draft) if job.annotated and outputs else made


def _made(job: Job, draft: Draft, outputs: list[Output]) -> Made:
    unit = draft.loaded.unit
    projects = zip(unit.projects, draft.figures.projects, strict=True)
    told: dict[str, Any] = {
        "whole": summary_row(unit.name, draft.figures.whole),
        "projects": tuple(summary_row(one.name, of) for one, of in projects),
        "findings": all_findings(draft, outputs),
        "extract": extract(draft.facts, draft.loaded, draft.findings),
    }
    source = draft.loaded.document.source
    pack = draft.tools.pack.name
    return Made(
        UnitResult(
            job.file,
            BUILT,
            unit.name,
            unit.year,
            pack,
            includes=tuple(path for path, _ in draft.below),
            **told,
        ),
        # what was looked at need not travel
        tuple(replace(one, seen=None) for one in outputs),
        {os.path.realpath(source.path): source.sha256, **dict(draft.below)},
        {
            "单位": unit.name,
            "年度": unit.year,
            "模板包": pack,
            "模板": unit.pack,
            "模板包校验": draft.tools.digest,
            "程序": program_version(),
            "选项": options_of(job),
            **unit_record(told, str(job.file)),
        },
    )


def _reviewed(made: Made, draft: Draft) -> Made:
    """`made` with its review copies, or with the reason why there are none: the documents are there all the same."""
    try:
        copies = review_copies(draft, made.outputs, made.result.findings)
    except Exception as error:
        failures = failure_findings(error, made.result.file)
        return made._replace(review_failures=failures)
    return made._replace(review=tuple(copies))
