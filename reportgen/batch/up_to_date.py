"""Is a unit as its receipt tells it, or is it to be made: the first stage of a run, and what `status` asks."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from reportgen.batch.jobs import Job
from reportgen.batch.receipts import (
    input_file,
    inputs_of,
    read_unit_record,
)
from reportgen.batch.twins import refusal_of_twins
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.file_names import digest_at, sha256
from reportgen.core.findings import ERROR, Finding
from reportgen.core.plain_files import read_plain
from reportgen.core.version import program_version
from reportgen.outputs.doubts import doubts_in
from reportgen.outputs.file_states import file_states
from reportgen.outputs.predecessors import (
    Predecessor,
    edited_documents,
    is_free,
    left_over,
)
from reportgen.outputs.print_store import STORE
from reportgen.outputs.receipt import (
    BEFORE_MERGE,
    FOLLOWED,
    MERGED_AS,
    ROLE,
    SET,
    Receipt,
    entries_of,
    name_on_disk,
    read_receipt,
    texts_at,
)
from reportgen.outputs.whole_files import left_behind
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import UNCHANGED, ResultDocument, UnitResult
from reportgen.results.unit_status import FRESH, MERGED


def plan(job: Job, packs: PackCache) -> UnitResult | None:
    """The unit as its receipt tells it, when it is up to date; None where it has to be made, as for review copies.

    Raises OutputError where another file of the run is of the same unit.
    """
    if job.twins:
        raise refusal_of_twins(job.twins)
    if job.force or job.annotated:
        return None
    results = (_kept_result(job, folder, packs) for folder in job.known)
    return next(filter(None, results), None)


def _kept_result(job: Job, folder: Path, packs: PackCache) -> UnitResult | None:
    """The unit as the receipt in `folder` tells it, where that is what would be made now."""
    receipt = read_receipt(folder)
    is_due = (
        next(stale(job, folder, receipt, packs), "")
        or not _is_as_printed(folder, receipt)
        or _has_edits_to_follow(folder, receipt)
        or edited_elsewhere(job, folder)
    )
    result = None if is_due else from_receipt(job.file, folder, receipt)
    is_refused = job.strict and result and result.count(ERROR)
    return None if is_refused else result


def edited_elsewhere(job: Job, folder: Path) -> dict[str, Predecessor]:
    """By sha256 what persons edited in other folders of the unit and `folder` does not know yet."""
    others = [one for one in job.known if one != folder]
    if not others:
        return {}
    receipt = read_receipt(folder)
    # taken over by a run that was killed before it wrote the document
    cut = {
        entry.get(BEFORE_MERGE)
        for name, entry in entries_of(receipt).items()
        if is_free(folder, name, entry)
    }
    known = set(texts_at(receipt, FOLLOWED)) - cut
    return {
        digest: one
        for other in others
        for one in edited_documents(other, read_receipt(other), ())
        if (digest := sha256(one.data)) not in known
    }


def stale(
    job: Job, folder: Path, receipt: Receipt, packs: PackCache
) -> Iterator[str]:
    """Why what `receipt` tells of is not what would be made now; nothing where it is."""
    if input_file(folder, receipt) != os.path.realpath(job.file):
        yield "由另一份文件生成"
    elif any(
        digest_at(Path(path)) != digest
        for path, digest in inputs_of(folder, receipt)
    ):
        yield "填报内容有改动"
    if receipt.get("选项") != options_of(job):
        yield "生成时的选项不同"
    elif receipt.get("模板包校验") != _pack_digest(
        job.pack or str(receipt.get("模板")), packs
    ):
        yield "模板包有改动"
    if receipt.get("程序") != program_version():
        yield "程序有更新"


def options_of(job: Job) -> dict[str, Any]:
    """What of `job` changes the documents, as a receipt keeps it."""
    return {"模板包": job.pack, "合订": job.bundled}


def from_receipt(
    file: Path, folder: Path, receipt: Receipt
) -> UnitResult | None:
    """What an earlier run made of the unit; None where the receipt is damaged."""
    try:
        return _from_receipt(file, folder, receipt)
    except Exception:  # whatever in it is damaged: the unit is made anew
        return None


def _from_receipt(file: Path, folder: Path, receipt: Receipt) -> UnitResult:
    wanted = receipt["成套"]
    entries = receipt["文件"]
    edited = [one.path for one in edited_documents(folder, receipt, wanted)]
    record = read_unit_record(receipt, str(file))
    record["findings"] += tuple(open_conflicts_in(folder, receipt))
    return UnitResult(
        file=file,
        state=UNCHANGED,
        name=str(receipt["单位"]),
        year=str(receipt["年度"]),
        pack=str(receipt["模板包"]),
        folder=folder,
        documents=tuple(
            ResultDocument(folder / name_on_disk(name, entries[name]))
            for name in wanted
        ),
        left_over=left_over(folder, receipt, wanted, edited),
        left_edited=tuple(edited),
        includes=tuple(path for path, _ in inputs_of(folder, receipt))[1:],
        **record,
    )


def open_conflicts_in(folder: Path, receipt: Receipt) -> Iterator[Finding]:
    """What is still to be settled in the documents that were merged, as they lie in `folder`."""
    for name, entry in entries_of(receipt).items():
        if entry.get(MERGED_AS):
            from reportgen.readback.merge.open_conflicts import open_conflicts  # noqa: PLC0415  lxml, wanted only for what was merged

            with suppress(ReportgenError, OSError):
                data = read_plain(folder / name_on_disk(name, entry))
                yield from open_conflicts(data, name, doubts_in(entry))


def _is_as_printed(folder: Path, receipt: Receipt) -> bool:
    try:
        states = set(file_states(folder, receipt).values())
    except OutputError:
        return False
    as_printed = bool(states) and states <= {FRESH, MERGED}
    has_prints = (folder / STORE).exists()
    return as_printed and has_prints and not any(left_behind(folder))


def _has_edits_to_follow(folder: Path, receipt: Receipt) -> bool:
    """Whether a person edited what an earlier run left under another name of a document without edits of its own."""
    names = texts_at(receipt, SET)
    free = {
        entry.get(ROLE)
        for name, entry in entries_of(receipt).items()
        if name in names and is_free(folder, name, entry)
    }
    left = edited_documents(folder, receipt, names)
    return any(one.entry.get(ROLE) in free - {None, ""} for one in left)


def _pack_digest(name: str, packs: PackCache) -> str:
    try:
        return packs.tools(name).digest
    except ReportgenError:  # will be told when the unit is made
        return ""
