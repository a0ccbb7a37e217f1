"""How the documents of a unit stand against its file: nothing is made and nothing written to find out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen.batch.jobs import Job
from reportgen.batch.receipts import asked_pack
from reportgen.batch.stages import from_receipt, stale
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.findings import Finding, failure_findings
from reportgen.model.loading import load_unit
from reportgen.ooxml.document_identity import renamed_in
from reportgen.outputs.unit_outputs import (
    FileState,
    Receipt,
    file_states,
    name_on_disk,
    read_receipt,
)
from reportgen.pipeline import PackCache

Standing = Literal["最新", "需重新生成", "已修改", "已合并", "未改动", "缺失", "失败"]
FRESH: Standing = "最新"
STALE: Standing = "需重新生成"
EDITED: Standing = "已修改"
MERGED: Standing = "已合并"
RESAVED: Standing = "未改动"  # only saved again
MISSING: Standing = "缺失"
FAILED: Standing = "失败"
_WORST_FIRST: tuple[Standing, ...] = (
    *(FAILED, MISSING, STALE, EDITED, MERGED, RESAVED, FRESH),
)
_OF_FILE: dict[FileState, Standing] = {
    FileState.FRESH: FRESH,
    FileState.OLD: STALE,
    FileState.EDITED: EDITED,
    FileState.MERGED: MERGED,
    FileState.MISSING: MISSING,
}


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """How one unit stands: the worst of its files, why, and the files that are not 最新."""

    file: Path
    standing: Standing
    name: str = ""
    reason: str = ""
    files: tuple[tuple[Path, Standing], ...] = ()
    findings: tuple[Finding, ...] = ()  # why it cannot be made


def unit_status(job: Job, packs: PackCache) -> UnitStatus:
    """How the unit of `job` stands; a unit that has to be made is read, to tell whether it can be."""
    standings = [_by_receipt(job, folder, packs) for folder in job.known]
    found = min(
        (one for one in standings if one),
        key=_nearest,
        default=UnitStatus(job.file, MISSING, "", "还没有生成"),
    )
    if found.standing in {FRESH, EDITED, MERGED, RESAVED} and not found.reason:
        return found
    try:
        unit = load_unit(job.file).unit
        packs.tools(job.pack or unit.pack)
    except Exception as error:  # told of this unit, the others go on
        failures = failure_findings(error, str(job.file))
        return UnitStatus(
            job.file, FAILED, found.name, failures[0].message, found.files, failures
        )
    return UnitStatus(job.file, found.standing, unit.name, found.reason, found.files)


def _nearest(one: UnitStatus) -> int:
    """A unit that was renamed has two folders; the one that is right counts."""
    return -_WORST_FIRST.index(one.standing)


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
    gone = [name for name, state in states.items() if state is FileState.MISSING]
    renamed = renamed_in(folder, receipt, gone, receipt["文件"])
    files = tuple(
        one
        for name, state in states.items()
        for one in _of_file(
            folder, name, state, receipt, renamed.get(name, []), reasons
        )
    )
    standing = min((one for _, one in files), key=_WORST_FIRST.index, default=MISSING)
    told = "；".join((reasons, *map(_several, renamed.items()))).strip("；")
    return UnitStatus(
        job.file,
        standing,
        made.name,
        told,
        tuple(one for one in files if one[1] != FRESH),
    )


def _several(renamed: tuple[str, list[Path]]) -> str:
    """Which documents all say that they are one: nobody can tell which of them is meant."""
    name, paths = renamed
    names = "、".join(path.name for path in paths)
    return (
        f"{name} 改了名，现有 {names} 几份，请把要用的一份改回原名"
        if len(paths) > 1
        else ""
    )


def _of_file(
    folder: Path,
    name: str,
    state: FileState,
    receipt: Receipt,
    renamed: list[Path],
    reasons: str,
) -> Iterator[tuple[Path, Standing]]:
    if renamed:
        yield from ((path, EDITED) for path in renamed)
        return
    path = folder / name_on_disk(name, receipt["文件"].get(name, {}))
    standing = _OF_FILE[state]
    if standing in {EDITED, MERGED} and _is_resaved(path):
        standing = RESAVED
    is_outdated = bool(reasons) and standing in {FRESH, MERGED, RESAVED}
    yield path, STALE if is_outdated else standing


def _is_resaved(path: Path) -> bool:
    """Whether a document was only saved again since it was printed."""
    from reportgen.readback.compare.origin import origin_of  # noqa: PLC0415
    from reportgen.readback.compare.resaved import only_resaved  # noqa: PLC0415  lxml, wanted only for what is not as printed

    with suppress(ReportgenError, OSError):
        data = path.read_bytes()
        origin = origin_of(path, data, ()) if path.suffix == ".docx" else None
        if origin is not None and origin.base is not None:
            return only_resaved(origin.base, data)
    return False


def _as_made(job: Job, receipt: Receipt) -> Job:
    """`job` with the options of the earlier run: they are not typed again to ask how things stand."""
    options = receipt.get("选项")
    known = options if isinstance(options, dict) else {}
    return Job(
        job.file,
        job.output,
        job.pack or asked_pack(receipt),
        bundled=bool(known.get("合订")),
    )


def worst(statuses: Iterable[UnitStatus]) -> Standing:
    """The worst of them; 最新 where there are none."""
    return min(
        (one.standing for one in statuses), key=_WORST_FIRST.index, default=FRESH
    )
