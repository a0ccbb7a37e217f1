"""汇总.html: a run as one page without network: totals, distributions, a table of units to sort and search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from reportgen.core.findings import Finding, Severity, worst_first
from reportgen.core.numerals import fixed, percent, plain, round_half_up
from reportgen.results.summary import Summary, link
from reportgen.results.unit_result import (
    BUILT,
    FAILED,
    KEPT,
    SummaryRow,
    UnitResult,
)

FILE_NAME = "汇总.html"
_SHOWN, _SHOWN_OF_MANY, _MANY = (
    12,
    3,
    2000,
)  # findings told of a unit; a page of 10,000 units still has to open
_GRADE_TONES = {"优": "good", "良": "fair", "中": "low", "差": "bad"}
_STATE_TONES = {BUILT: "good", KEPT: "low", FAILED: "bad"}
_SEVERITY_TONES = {
    Severity.ERROR: "bad",
    Severity.WARNING: "low",
    Severity.ADVICE: "plain",
}
_RATE_TONES = {
    "超过100%": "bad",
    "低于60%": "bad",
    "60%—80%": "low",
    "80%—90%": "low",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its length in percent of the longest."""

    name: str
    number: int
    length: Decimal
    tone: str


def summary_page(summary: Summary, root: Path) -> bytes:
    """The page, whose links to documents are relative to `root`, where it is to stand."""
    few = len(summary.units) <= _MANY
    text = _template().render(
        title=f"{summary.years}绩效自评汇总",
        summary=summary,
        tiles=list(_tiles(summary)),
        charts=(
            ("自评等级", _bars(summary.grades, _GRADE_TONES)),
            ("预算执行率", _bars(summary.rates, _RATE_TONES)),
        ),
        units=(
            _unit(at, one, summary, root, few=few)
            for at, one in enumerate(summary.units, start=1)
        ),
        few=few,
        grades=[name for name, number in summary.grades if number],
    )
    return text.encode("utf-8", "backslashreplace")


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        autoescape=True,  # names and findings are what people typed
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    source = (
        files("reportgen.batch")
        .joinpath("summary.html")
        .read_text(encoding="utf-8")
    )
    return environment.from_string(source)


def _tiles(summary: Summary) -> Iterator[tuple[str, str, str]]:
    """Name, number and remark of each total."""
    parts = "，".join(f"{state} {number}" for state, number in summary.states)
    yield "单位", str(len(summary.units)), parts
    covered = len(summary.covered)
    once = f"{covered} 个下属单位已含在部门数内，不重复计" if covered else ""
    yield "预算数合计（万元）", _money(summary.budget), once
    yield "执行数合计（万元）", _money(summary.executed), once
    yield "总体执行率", _rate(summary.execution_rate), "执行数合计 ÷ 预算数合计"
    weighted = f"按预算数加权平均 {_points(summary.weighted_score)}"
    yield "得分简单平均", _points(summary.mean_score), weighted
    errors = summary.count(Severity.ERROR)
    warnings = summary.count(Severity.WARNING)
    yield "检查发现", f"错误 {errors} 处", f"警告 {warnings} 处"


def _bars(
    counts: Sequence[tuple[str, int]], tones: dict[str, str]
) -> list[Bar]:
    most = max((number for _, number in counts), default=0) or 1
    return [
        Bar(
            name,
            number,
            round_half_up(Decimal(100 * number) / most, 1),
            tones.get(name, "plain"),
        )
        for name, number in counts
    ]


def _unit(
    at: int, one: UnitResult, summary: Summary, root: Path, *, few: bool
) -> dict[str, Any]:
    """What the page says of one unit."""
    found = worst_first(found for found in one.findings if not found.waived)
    most = _SHOWN if few else _SHOWN_OF_MANY
    return {
        "at": at,
        "title": one.title,
        "file": str(one.file),
        "state": one.state,
        "tone": _STATE_TONES[one.state],
        "reason": one.reason,
        "part": one.file in summary.covered,
        "whole": _row(one.whole),
        "projects": [_row(row) for row in one.projects] if few else [],
        "documents": [
            (link(document.path, root), document.path.name, document.kept)
            for document in one.documents
        ],
        "errors": one.count(Severity.ERROR),
        "warnings": one.count(Severity.WARNING),
        "findings": [_finding(finding) for finding in found[:most]],
        "further": max(len(found) - most, 0),
    }


def _row(row: SummaryRow) -> dict[str, Any]:
    """A row of figures as text, and as plain numbers to sort by ("" where there is none)."""
    return {
        "name": row.name,
        "budget": _money(row.budget),
        "executed": _money(row.executed),
        "rate": _rate(row.execution_rate),
        "score": _points(row.score),
        "weight": _points(row.weight),
        "grade": row.grade,
        "tone": _GRADE_TONES.get(row.grade, "plain"),
        "filled": _filled(row.execution_rate),
        "low": row.execution_rate is not None
        and not Decimal("0.9") <= row.execution_rate < Decimal("1.00005"),
        "sort": [
            "" if one is None else plain(one, 6)
            for one in (row.budget, row.executed, row.execution_rate, row.score)
        ],
    }


def _filled(rate: Decimal | None) -> str:
    """How far the bar behind a rate reaches, in percent."""
    return plain(max(min(rate or Decimal(0), Decimal(1)), Decimal(0)) * 100, 1)


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "label": finding.severity.label,
        "tone": _SEVERITY_TONES[finding.severity],
        "code": finding.code,
        "message": finding.message,
        "where": f"第{finding.place.line}行" if finding.place.line else "",
        "path": finding.path,
    }


def _money(amount: Decimal | None) -> str:
    """12345.6 -> 12,345.60."""
    return "—" if amount is None else f"{round_half_up(amount):,.2f}"


def _rate(rate: Decimal | None) -> str:
    return "—" if rate is None else percent(rate)


def _points(points: Decimal | None) -> str:
    return "—" if points is None else fixed(points)
