"""The list of units: what each is called at a glance, and how it stands when somebody looks at its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from reportgen.application.web.checked import checked
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.batch.jobs import Job, plan_jobs
from reportgen.batch.status import unit_status
from reportgen.core.errors import ReportgenError
from reportgen.core.findings import Severity
from reportgen.results.unit_status import FAILED, FRESH, MISSING
from reportgen.sources.glance import text_at
from reportgen.workbooks.collection.filled.unit_loading import (
    is_workbook,
    unit_name,
)

PAGE = 50  # rows of the list at a time
_KIND = "glance"
_YEAR = (("年度", "year"),)
_TOLD = {  # as a clerk would say it
    MISSING: "还没有生成",
    FRESH: "已生成",
    FAILED: "还不能生成",
}


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One row: the unit as its file says at a glance; `name` is the file where it says none."""

    unit: DeskUnit
    name: str
    year: str
    is_workbook: bool


class _Glanced(NamedTuple):
    """What a file said when it was last written."""

    mark: str
    listed: ListedUnit


class UnitPage(NamedTuple):
    """The rows of one page of the list, how many there are in all, and the pages."""

    rows: tuple[ListedUnit, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class UnitState:
    """How a unit stands: its documents, the number of its errors and warnings, the day of the last print."""

    standing: str
    errors: int
    warnings: int
    printed: date | None
    reason: str = ""


def list_units(
    desk: Desk,
    page: int,
    wanted: str = "",
) -> UnitPage:
    """One page of the units whose name or path holds `wanted`; the last page where there are fewer."""
    units = desk.units()
    rows: Sequence[ListedUnit] | None = None
    if wanted:
        rows = [one for one in every_glance(desk) if wanted in _searched(one)]
    total = len(units) if rows is None else len(rows)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE
    if rows is None:
        seen = units[first : first + PAGE]
        shown = tuple(glance(desk, one) for one in seen)
    else:
        shown = tuple(rows[first : first + PAGE])
    return UnitPage(shown, total, page, pages)


def every_glance(desk: Desk) -> list[ListedUnit]:
    """Every unit of the folder at a glance."""
    return [glance(desk, one) for one in desk.units()]


def _searched(one: ListedUnit) -> str:
    return f"{one.name}\n{one.unit.shown}\n{one.year}"


def glance(
    desk: Desk,
    unit: DeskUnit,
) -> ListedUnit:
    """What a unit is called; its file is read again only where it was written since."""
    mark = _mark(unit.file)
    known = desk.remembered.get((_KIND, unit.id))
    if not isinstance(known, _Glanced) or known.mark != mark:
        known = _Glanced(mark, _glance(unit))
        desk.remembered[_KIND, unit.id] = known
    return known.listed


def _mark(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"


def _glance(unit: DeskUnit) -> ListedUnit:
    book = is_workbook(unit.file)
    name = year = ""
    try:
        name = unit_name(unit.file)
        year = "" if book else text_at(unit.file, _YEAR) or ""
    except ReportgenError:
        name = ""  # its page says what is wrong with it
    name = name.strip() or unit.file.stem
    return ListedUnit(unit, name, year, book)


def unit_state(
    desk: Desk,
    unit: DeskUnit,
) -> UnitState:
    """How the unit stands now."""
    found = checked(desk, unit)
    job = plan_jobs([unit.file], Job(unit.file, desk.output))[0]
    with desk.packs_at_hand() as packs:
        status = unit_status(job, packs)
    told = _TOLD.get(status.standing, str(status.standing))
    return UnitState(
        told,
        found.count(Severity.ERROR),
        found.count(Severity.WARNING),
        _last_print(job),
        status.reason,
    )


def _last_print(job: Job) -> date | None:
    """The day on which the newest receipt of the unit was written."""
    days = []
    for folder in job.known:
        try:
            written = (folder / "receipt.json").stat().st_mtime
        except OSError:
            continue
        days.append(datetime.fromtimestamp(written).astimezone().date())
    return max(days, default=None)
