"""One unit of a run in three stages: is it up to date, make it, deliver it.

`make` is pure: bytes and findings from a file and a pack. It may run on another machine; `plan` and `deliver` look at
the output folder and run where that is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

from reportgen.batch.jobs import Job, Site
from reportgen.batch.receipts import (
    extract_record,
    input_file,
    inputs_of,
    read_extract,
    read_findings,
    read_rows,
    summary_record,
    with_inputs,
)
from reportgen.checks.units.run import Extract, extract
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.file_names import sha256, unit_folder
from reportgen.core.findings import Finding, Severity, failure_findings
from reportgen.core.version import program_version
from reportgen.outputs.unit_outputs import (
    FileState,
    Receipt,
    Written,
    file_states,
    is_half_written,
    left_over,
    name_on_disk,
    read_receipt,
    write_outputs,
)
from reportgen.outputs.whole_files import Output
from reportgen.pipeline import (
    BUNDLED,
    Draft,
    PackCache,
    all_findings,
    bundle_of,
    merge_edited,
    prepare,
    print_set,
    with_findings,
    worst,
)
from reportgen.results.unit_result import (
    BUILT,
    FAILED,
    KEPT,
    UNCHANGED,
    ResultDocument,
    SummaryRow,
    UnitResult,
    summary_row,
)

NOT_BUILT = "检查发现错误，按 --strict 的要求没有生成文件"


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


def build_units(
    jobs: Iterable[Job], packs: PackCache, site: Site
) -> Iterator[UnitResult]:
    """Builds units one after the other; while one is written, which is waiting for the disk, the next is made."""
    with ThreadPoolExecutor(1) as writer:
        before: Future[UnitResult] | None = None
        for job in jobs:
            began = perf_counter()
            step = _planned_or_made(job, packs)
            if before:
                yield before.result()
            before = writer.submit(_completed, step, job, site, began)
        if before:
            yield before.result()


def build_unit(job: Job, packs: PackCache, site: Site) -> UnitResult:
    """The whole way of one unit; whatever stops it is in the result."""
    began = perf_counter()
    return _completed(_planned_or_made(job, packs), job, site, began)


def _planned_or_made(job: Job, packs: PackCache) -> UnitResult | Made:
    try:
        return plan(job, packs) or make(job, packs)
    except (
        Exception
    ) as error:  # a fault of the program in one unit must not stop the others either
        return failed(job, error)


def _completed(
    step: UnitResult | Made, job: Job, site: Site, began: float
) -> UnitResult:
    try:
        result = deliver(step, job, site) if isinstance(step, Made) else step
    except Exception as error:  # as above
        result = failed(job, error)
    return replace(result, seconds=perf_counter() - began)


def failed(job: Job, error: Exception) -> UnitResult:
    """A unit that could not be made or not be written."""
    return _failed(UnitResult(job.file, FAILED), error)


def _failed(result: UnitResult, error: Exception) -> UnitResult:
    failures = failure_findings(error, str(result.file))
    return replace(
        result,
        state=FAILED,
        stopped=True,
        reason=failures[0].message,
        findings=(*result.findings, *failures),
    )


# ---- plan


def plan(job: Job, packs: PackCache) -> UnitResult | None:
    """The unit as its receipt tells it, when it is up to date; None where it has to be made."""
    if job.force:
        return None
    for folder in job.known:
        receipt = read_receipt(folder)
        if next(stale(job, folder, receipt, packs), None) or not _is_as_printed(
            folder, receipt
        ):
            continue
        result = from_receipt(job.file, folder, receipt)
        if result and not (job.strict and result.count(Severity.ERROR)):
            return result
    return None


def stale(job: Job, folder: Path, receipt: Receipt, packs: PackCache) -> Iterator[str]:
    """Why what `receipt` tells of is not what would be made now; nothing where it is."""
    if input_file(folder, receipt) != os.path.realpath(job.file):
        yield "由另一份文件生成"
    elif any(_digest_of(path) != digest for path, digest in inputs_of(folder, receipt)):
        yield "填报内容有改动"
    if receipt.get("选项") != _options(job):
        yield "生成时的选项不同"
    elif receipt.get("模板包校验") != _pack_digest(
        job.pack or str(receipt.get("模板")), packs
    ):
        yield "模板包有改动"
    if receipt.get("程序") != program_version():
        yield "程序有更新"


def from_receipt(file: Path, folder: Path, receipt: Receipt) -> UnitResult | None:
    """What an earlier run made of the unit; None where the receipt is damaged."""
    try:
        whole, projects = read_rows(receipt)
        names = {
            name: name_on_disk(name, entry) for name, entry in receipt["文件"].items()
        }
        return UnitResult(
            file=file,
            state=UNCHANGED,
            name=str(receipt["单位"]),
            year=str(receipt["年度"]),
            pack=str(receipt["模板包"]),
            folder=folder,
            documents=tuple(
                ResultDocument(folder / names[name]) for name in receipt["成套"]
            ),
            left_over=tuple(
                folder / actual
                for name, actual in names.items()
                if name not in receipt["成套"] and (folder / actual).exists()
            ),
            findings=read_findings(receipt, str(file)),
            includes=tuple(path for path, _ in inputs_of(folder, receipt))[1:],
            whole=whole,
            projects=projects,
            extract=read_extract(receipt, str(file)),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _is_as_printed(folder: Path, receipt: Receipt) -> bool:
    try:
        states = file_states(folder, receipt)
    except OutputError:
        return False
    as_printed = all(
        one in {FileState.FRESH, FileState.MERGED} for one in states.values()
    )
    return bool(states) and as_printed and not is_half_written(folder)


def _digest_of(path: str) -> str:
    try:
        return sha256(Path(path).read_bytes())
    except OSError:
        return ""


def _pack_digest(name: str, packs: PackCache) -> str:
    try:
        return packs.tools(name).digest
    except ReportgenError:  # will be told when the unit is made
        return ""


def _options(job: Job) -> dict[str, Any]:
    return {"模板包": job.pack, "合订": job.bundled}


# ---- make


def make(job: Job, packs: PackCache) -> Made:
    """The bytes of all documents and what the checks found; raises ReportgenError when that cannot be had."""
    draft = prepare(job.file, packs, job.pack)
    refused = job.strict and worst(draft.findings) is Severity.ERROR
    outputs = () if refused else tuple(print_set(draft, bundled=job.bundled))
    findings = all_findings(draft, outputs)
    outputs = tuple(
        replace(one, seen=None) for one in outputs
    )  # what was looked at need not travel
    unit = draft.loaded.unit
    compared = extract(draft.facts, draft.loaded, draft.findings)
    whole = summary_row(unit.name, draft.figures.whole)
    projects = tuple(
        summary_row(project.name, figures)
        for project, figures in zip(unit.projects, draft.figures.projects, strict=True)
    )
    return Made(
        file=job.file,
        name=unit.name,
        year=unit.year,
        pack=draft.tools.pack.name,
        outputs=outputs,
        findings=findings,
        inputs=_inputs(draft),
        receipt={
            "单位": unit.name,
            "年度": unit.year,
            "模板包": draft.tools.pack.name,
            "模板": unit.pack,
            "模板包校验": draft.tools.digest,
            "程序": program_version(),
            "选项": _options(job),
            **summary_record(whole, projects, findings, str(job.file)),
            **extract_record(compared),
        },
        whole=whole,
        projects=projects,
        extract=compared,
    )


def _inputs(draft: Draft) -> dict[str, str]:
    source = draft.loaded.document.source
    return {os.path.realpath(source.path): source.sha256, **dict(draft.below)}


# ---- deliver


def deliver(made: Made, job: Job, site: Site) -> UnitResult:
    """Writes what was made to `output`/年度/单位; what could not be written is in the result."""
    result = UnitResult(
        file=job.file,
        state=BUILT,
        name=made.name,
        year=made.year,
        pack=made.pack,
        findings=made.findings,
        includes=tuple(made.inputs)[1:],
        whole=made.whole,
        projects=made.projects,
        extract=made.extract,
    )
    if not made.outputs and job.strict:
        return replace(result, state=FAILED, reason=NOT_BUILT)
    folder = unit_folder(job.output, made.year, made.name)
    try:
        return _written(result, made, folder, job, site)
    except OutputError as error:
        return _failed(replace(result, folder=folder), error)


def _written(
    result: UnitResult, made: Made, folder: Path, job: Job, site: Site
) -> UnitResult:
    outputs = with_findings(list(made.outputs), made.findings, str(made.file), folder)

    def claim(before: Receipt) -> None:
        _refuse_twin(folder, before, made, site)

    receipt = with_inputs(made.receipt, made.inputs, folder)
    if job.bundled:
        outputs = _with_edited_bundle(folder, outputs, receipt)
    written = write_outputs(
        folder, outputs, receipt, claim=claim, merge=merge_edited, dry=job.dry
    )
    kept = [
        Finding("OUT002", Severity.ERROR, one.kept, one.place)
        for one in written
        if one.kept
    ]
    merged = [
        finding for one in written if one.merging for finding in one.merging.findings
    ]
    return replace(
        result,
        state=KEPT if kept else BUILT,
        dry=job.dry,
        folder=folder,
        documents=tuple(
            ResultDocument(one.path, one.kept, _merged(one), _resaved(one), one.step)
            for one in written
        ),
        left_over=tuple(left_over(folder, written)),
        findings=(*result.findings, *merged, *kept),
    )


def _with_edited_bundle(
    folder: Path, outputs: list[Output], receipt: Receipt
) -> list[Output]:
    """`outputs`, the bundle made of the documents as persons have edited them."""
    trial = write_outputs(folder, outputs, receipt, merge=merge_edited, dry=True)
    edited = {one.name: one.merging.data for one in trial if one.merging}
    single = [
        one
        for one in outputs
        if one.name.endswith(".docx") and not one.name.endswith(BUNDLED)
    ]
    if not any(one.name in edited for one in single):
        return outputs
    data = [edited.get(one.name, one.data) for one in single]
    return [
        bundle_of(one.name, data) if one.name.endswith(BUNDLED) else one
        for one in outputs
    ]


def _merged(written: Written) -> str:
    """What was done to a document that a person had edited, "" for another one."""
    if written.merging is None:
        return ""
    counted = Counter(change.kind for change in written.merging.changes)
    return (
        "、".join(f"{kind} {count} 处" for kind, count in counted.items())
        or "没有新内容"
    )


def _resaved(written: Written) -> bool:
    return written.merging is not None and written.merging.resaved


def _refuse_twin(folder: Path, before: Receipt, made: Made, site: Site) -> None:
    """Two files of one run with one year and name are a mistake; a file that took another's place is none."""
    there, here = input_file(folder, before), next(iter(made.inputs))
    twin = site.files.get(there)
    if (
        there != here
        and twin
        and _digest_of(there) == next(digest for _, digest in inputs_of(folder, before))
    ):
        raise OutputError(
            f"与 {twin} 的年度和单位名称相同，输出文件夹会重复",
            hint="是多出来的副本的，请删去或移走；不是的，请核对其中一份的「单位.名称」或「年度」",
        )
