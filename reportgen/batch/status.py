"""How the documents of a unit stand against its file: nothing is made and nothing written to find out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reportgen.batch.jobs import Job
from reportgen.batch.receipts import asked_pack, options_in
from reportgen.batch.twins import refusal_of_twins
from reportgen.batch.up_to_date import from_receipt, open_conflicts_in, stale
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.findings import failure_findings
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.document_identity import identity_of, renamed_in
from reportgen.outputs.file_states import file_states
from reportgen.outputs.receipt import (
    Receipt,
    entries_of,
    name_on_disk,
    read_receipt,
)
from reportgen.pipeline import PackCache
from reportgen.results.unit_status import (
    EDITED,
    FAILED,
    FRESH,
    MERGED,
    MISSING,
    RESAVED,
    STALE,
    WORST_FIRST,
    FileStanding,
    Standing,
    UnitStatus,
    worst_of,
)
from reportgen.workbooks.collection.filled.unit_loading import load_unit_file


def unit_status(job: Job, packs: PackCache) -> UnitStatus:
    """How the unit of `job` stands; a unit that has to be made is read, to tell whether it can be."""
    found = UnitStatus(job.file, MISSING, "", "还没有生成")
    try:
        standings = (_by_receipt(job, folder, packs) for folder in job.known)
        # a unit that was renamed has two folders; the one that is right counts
        found = max(
            filter(None, standings),
            key=lambda one: WORST_FIRST.index(one.standing),
            default=found,
        )
        is_made = found.standing in {FRESH, EDITED, MERGED, RESAVED}
        if is_made and not found.reason and not job.twins:
            return found
        return found._replace(name=_readable_name(job, packs))
    except Exception as error:  # told of this unit, the others go on
        failures = failure_findings(error, job.file)
        reason = failures[0].message
        return found._replace(standing=FAILED, reason=reason, findings=failures)


def _readable_name(job: Job, packs: PackCache) -> str:
    """The name of a unit that can be made; raises what stops it."""
    if job.twins:
        raise refusal_of_twins(job.twins)
    unit = load_unit_file(job.file).unit
    packs.tools(job.pack or unit.pack)
    return unit.name


def _by_receipt(job: Job, folder: Path, packs: PackCache) -> UnitStatus | None:
    receipt = read_receipt(folder)
    made = from_receipt(job.file, folder, receipt)
    if made is None:
        return None
    reasons = "、".join(stale(_as_made(job, receipt), folder, receipt, packs))
    try:
        states = file_states(folder, receipt)
    except OutputError as error:
        return UnitStatus(job.file, FAILED, made.name, error.message)
    entries = entries_of(receipt)
    gone = [name for name, state in states.items() if state == MISSING]
    renamed = renamed_in(folder, receipt, gone, entries)
    files: list[FileStanding] = []
    for name, state in states.items():
        path = folder / name_on_disk(name, entries.get(name, {}))
        known = renamed.get(name, ())
        # one that is gone may lie there under another name, or several
        for there in known or (path,):
            standing = EDITED if known else state
            if len(known) <= 1:  # which of several is meant a person has to say
                standing = _standing(there, standing, is_stale=bool(reasons))
            files.append(FileStanding(there, standing))
    told = "；".join(filter(None, (reasons, *_several(renamed))))
    standing = worst_of((one.standing for one in files), otherwise=MISSING)
    not_fresh = tuple(one for one in files if one.standing != FRESH)
    is_open = tuple(open_conflicts_in(folder, receipt))
    return UnitStatus(job.file, standing, made.name, told, not_fresh, is_open)


def _standing(path: Path, standing: Standing, *, is_stale: bool) -> Standing:
    if standing in {EDITED, MERGED}:
        standing = _of_resaved(path) or standing
    is_outdated = is_stale and standing in {FRESH, MERGED, RESAVED}
    return STALE if is_outdated else standing


def _of_resaved(path: Path) -> Standing | None:
    """How a document stands that was only saved again: as printed by the last build, or by one before it."""
    from reportgen.readback.compare.origin import origin_of  # noqa: PLC0415
    from reportgen.readback.compare.resaved import only_resaved  # noqa: PLC0415  lxml, wanted only for what is not as printed

    with suppress(ReportgenError, OSError):
        data = read_plain(path)
        origin = origin_of(path, identity_of(data), ())
        if origin and origin.base and only_resaved(origin.base, data):
            return RESAVED if origin.base == origin.latest else STALE
    return None


def _several(renamed: Mapping[str, Sequence[Path]]) -> Iterator[str]:
    """Which documents all say that they are one: nobody can tell which of them is meant."""
    for name, paths in renamed.items():
        if len(paths) > 1:
            names = "、".join(path.name for path in paths)
            yield f"{name} 改了名，现有 {names} 几份，请把要用的一份改回原名"


def _as_made(job: Job, receipt: Receipt) -> Job:
    """`job` with the options of the earlier run: they are not typed again to ask how things stand."""
    pack = job.pack or asked_pack(receipt)
    bundled = bool(options_in(receipt).get("合订"))
    return Job(job.file, job.output, pack, bundled=bundled)
