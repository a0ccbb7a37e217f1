"""A unit that was made written to its folder: the last stage of a run."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.batch.asked.refusing import (
    asked_documents,
    merge_for,
    with_redlines,
)
from reportgen.batch.jobs import Job
from reportgen.batch.made import Made
from reportgen.batch.outdated_prints import put_away
from reportgen.batch.receipts import with_inputs
from reportgen.batch.up_to_date import edited_elsewhere
from reportgen.core.errors import Place, ReportgenError
from reportgen.core.file_names import unit_folder
from reportgen.core.findings import ERROR, Finding, Findings, failure_findings
from reportgen.outputs.predecessors import (
    Predecessor,
    edited_documents,
    is_in_role,
    left_over,
)
from reportgen.outputs.receipt import (
    FOLLOWED,
    Receipt,
    entries_of,
    read_receipt,
    texts_at,
)
from reportgen.outputs.steps import Merged, Written
from reportgen.outputs.unit_outputs import Revise, write_outputs
from reportgen.outputs.whole_files import Output
from reportgen.pipeline import (
    BUNDLED,
    REVIEW_FOLDER,
    bundle_of,
    findings_book,
)
from reportgen.readback.compare.heirs import heirs_of
from reportgen.results.asked_changes import DocumentChange
from reportgen.results.unit_result import (
    BUILT,
    FAILED,
    KEPT,
    LEFT,
    ResultDocument,
    UnitResult,
)
from reportgen.workbooks.findings_book import FILE_NAME as FINDINGS_BOOK

NOT_BUILT = "检查发现错误，按 --strict 的要求没有生成文件"


def failed(job: Job, error: Exception) -> UnitResult:
    """A unit that could not be made or not be written."""
    return _failed(UnitResult(job.file, FAILED), error)


def _failed(result: UnitResult, error: Exception) -> UnitResult:
    failures = failure_findings(error, result.file)
    return replace(
        result,
        state=FAILED,
        stopped=True,
        reason=failures[0].message,
        findings=(*failures, *result.findings),
    )


def deliver(made: Made, job: Job) -> UnitResult:
    """Writes what was made to `output`/年度/单位; what could not be written is in the result."""
    result = made.result
    if not made.outputs and job.strict:
        return replace(result, state=FAILED, reason=NOT_BUILT)
    folder = unit_folder(job.output, result.year, result.name)
    result = replace(result, folder=folder, dry=job.dry)
    try:
        result, written = _with_documents(result, made, folder, job)
    except ReportgenError as error:
        return _failed(result, error)
    if job.dry:
        return result
    result = put_away(result, folder, made.outputs, written)
    made = with_redlines(made, written, job)
    return _with_review(result, made, folder / REVIEW_FOLDER)


def _with_documents(
    result: UnitResult, made: Made, folder: Path, job: Job
) -> tuple[UnitResult, Sequence[Written]]:
    before = read_receipt(folder)
    outputs = [*made.outputs, Output(FINDINGS_BOOK, b"")]
    elsewhere = edited_elsewhere(job, folder)
    followed = [*texts_at(before, FOLLOWED), *elsewhere]
    receipt = {**made.receipt, FOLLOWED: followed}
    edited = [*_edited_here(folder, before, outputs), *elsewhere.values()]
    written = write_outputs(
        folder,
        outputs,
        with_inputs(receipt, made.inputs, folder),
        merge=merge_for(job, folder),
        revise=_as_merged(made, folder),
        heirs={
            **asked_documents(job, folder, before, outputs),
            **heirs_of(folder, outputs, before, receipt, edited),
        },
        dry=job.dry,
    )
    names = {one.name for one in written}
    taken = [one.before for one in written]
    left = tuple(one.path for one in edited if one not in taken)
    paths = [one.path for one in edited]
    merged = (one.merging.doubts for one in written if one.merging)
    kept = kept_findings(written)
    result = replace(
        result,
        state=KEPT if kept else BUILT,
        documents=tuple(_told(one, listed=job.listed) for one in written),
        left_over=left_over(folder, before, names, paths),
        left_edited=left,
        findings=(
            *result.findings,
            *(one for each in merged for one in each),
            *kept,
        ),
    )
    return result, written


def _edited_here(
    folder: Path, before: Receipt, outputs: Sequence[Output]
) -> Iterator[Predecessor]:
    """What persons edited in the folder that is no longer one of `outputs` by its name."""
    known = entries_of(before)
    wanted = [
        one.name
        for one in outputs
        if is_in_role(known.get(one.name, {}), one.role)
    ]
    yield from edited_documents(folder, before, wanted)


def _as_merged(made: Made, folder: Path) -> Revise:
    """What follows from the documents as they were merged: the bundle of them, the workbook of all findings."""

    def revise(
        output: Output, outputs: Sequence[Output], merged: Mapping[str, Merged]
    ) -> Output | None:
        if output.name == FINDINGS_BOOK:
            doubts = (one for each in merged.values() for one in each.doubts)
            findings = (*made.result.findings, *doubts)
            return findings_book(findings, str(made.result.file), folder)
        if merged and output.name.endswith(BUNDLED):
            return _bundle_as_edited(output, outputs, merged)
        return output

    return revise


def _bundle_as_edited(
    output: Output, outputs: Sequence[Output], merged: Mapping[str, Merged]
) -> Output:
    """The bundle made of the documents as persons have edited them."""
    documents = [
        replace(one, data=merged[one.name].data) if one.name in merged else one
        for one in outputs
        if one.name.endswith(".docx") and one is not output
    ]
    return bundle_of(output.name, documents)


def _with_review(result: UnitResult, made: Made, folder: Path) -> UnitResult:
    """`result` with what became of its review copies; one in which a person wrote is kept."""
    failures = made.review_failures
    written = list[Written]()
    try:
        if made.review:
            written = write_outputs(folder, made.review, {})
    except Exception as error:  # the documents themselves are there
        failures = failure_findings(error, made.result.file)
    return replace(
        result,
        reviewed=told_documents(written),
        review_failure=failures[0].message if failures else "",
        findings=(*result.findings, *failures, *kept_findings(written)),
    )


def kept_findings(written: Sequence[Written]) -> Findings:
    """A finding for each file that was left as it was, since a person changed it or has it open."""
    return tuple(
        Finding(LEFT, ERROR, one.kept, Place(str(one.path)))
        for one in written
        if one.kept
    )


def told_documents(written: Sequence[Written]) -> tuple[ResultDocument, ...]:
    """What became of each file, as a result tells it."""
    return tuple(map(_told, written))


def _told(one: Written, *, listed: bool = False) -> ResultDocument:
    resaved = bool(one.merging and one.merging.resaved)
    changes = _changes(one) if listed else ()
    return ResultDocument(
        one.path, one.kept, _merged(one), resaved, one.step, changes
    )


def _changes(one: Written) -> tuple[DocumentChange, ...]:
    """What the build changed in a document that was there, place by place."""
    if not one.texts or one.path.suffix != ".docx":
        return ()
    from reportgen.readback.accept.refused import changes_between  # noqa: PLC0415  lxml, wanted only where somebody asks

    return changes_between(*one.texts)


def _merged(written: Written) -> str:
    """What was done to a document that a person had edited, "" for another one."""
    if written.merging is None:
        return ""
    counted = Counter(written.merging.changes)
    kinds = (f"{kind} {count} 处" for kind, count in counted.items())
    told, before = "、".join(kinds) or "没有新内容", written.before
    if before and before.path != written.path:
        told += f"（修改来自 {before.path}）"
    return told
