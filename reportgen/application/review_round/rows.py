"""The rows of a 复核表: what a unit reported, what the rules found, and what they would leave of the points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.core.findings import Finding, dotted
from reportgen.core.numerals import percent, plain, round_half_up, total
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.model.target import Target
from reportgen.pipeline import Draft
from reportgen.workbooks.review_row import RATE, ReviewRow

WHOLE, SUM = "整体", "合计"
_DEDUCTED = re.compile(r"复核一般扣[^；。]*?即([\d.]+)分")
_SHARE = re.compile(r"复核一般扣[^；。]*?的([\d.]+)%")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class ReviewedPart:
    """The unit as a whole or one project: its rows, and their sum."""

    name: str
    rows: tuple[ReviewRow, ...]
    sum: ReviewRow

    @property
    def deducted(self) -> tuple[ReviewRow, ...]:
        """The rows whose points are fewer after the review, the most first."""
        less = [one for one in self.rows if (one.difference or _ZERO) < 0]
        return tuple(sorted(less, key=lambda one: one.difference or _ZERO))


@dataclass(frozen=True)
class ReviewedUnit:
    """A unit of the round: what it is called, the file it was read from, its parts."""

    name: str
    year: str
    file: str
    parts: tuple[ReviewedPart, ...]


def reviewed_unit(
    draft: Draft,
    file: str,
) -> ReviewedUnit:
    """What a reviewer is given of a unit."""
    unit = draft.loaded.unit
    found = [one for one in draft.findings if not one.waived]
    parts = []
    for at, table in enumerate(draft.facts.tables):
        rows = table.filled
        name = unit.projects[at - 1].name if at else f"{unit.name}（{WHOLE}）"
        own = f"项目{at}" if at else WHOLE
        if rows:
            part = _part(own, name, table.figures, rows, found)
            parts.append(part)
    return ReviewedUnit(unit.name, unit.year, file, tuple(parts))


def _part(
    own: str,
    name: str,
    figures: EvaluationFigures,
    rows: Sequence[IndicatorRow],
    found: Sequence[Finding],
) -> ReviewedPart:
    made = [*_rate_row(own, figures, found)]
    made += [
        _row(f"{own}-{number}", row, found)
        for number, row in enumerate(rows, start=1)
    ]
    return ReviewedPart(name, tuple(made), _sum_row(own, figures, made, found))


def _row(
    number: str,
    row: IndicatorRow,
    found: Sequence[Finding],
) -> ReviewRow:
    one = row.indicator
    about = _about(found, dotted(row.path))
    score = row.figures.printed_score
    given = one.reviewed_score
    return ReviewRow(
        number,
        row.path,
        (row.dimension_label, row.category_label, one.name.strip()),
        _text(row.target),
        _text(row.actual),
        one.weight,
        score,
        _text(one.reviewed_actual),
        _left(score, row.figures.score.value, about)
        if given is None
        else given,
        given is None,
        "；".join(map(_reason, about)),
        one.evidence,
    )


def _text(value: Target | None) -> str:
    return value.text if value else ""


def _reason(finding: Finding) -> str:
    return f"{finding.message}（{finding.code}）"


def _left(
    score: Decimal | None,
    computed: Decimal | None,
    about: Sequence[Finding],
) -> Decimal | None:
    """What is left of the points: no more than the rule gives, less what is deducted."""
    if score is None:
        return None
    least = score if computed is None else min(score, round_half_up(computed))
    taken = sum((_deducted(one, score) for one in about), _ZERO)
    return max(least - taken, _ZERO)


def _deducted(
    finding: Finding,
    points: Decimal | None = None,
) -> Decimal:
    """What a finding says is deducted: points, or a share of `points` where the form has no column for them."""
    told = _DEDUCTED.search(finding.message)
    share = _SHARE.search(finding.message)
    if told or not share or points is None:
        return Decimal(told[1]) if told else _ZERO
    return round_half_up(points * Decimal(share[1]) / 100)


def _about(
    found: Sequence[Finding],
    path: str,
) -> list[Finding]:
    """What was found at a place and below it."""
    below = (f"{path}.", f"{path}[")
    return [
        one for one in found if one.path == path or one.path.startswith(below)
    ]


def _rate_row(
    own: str,
    figures: EvaluationFigures,
    found: Sequence[Finding],
) -> Iterator[ReviewRow]:
    """The execution rate, where it has points of its own."""
    score = figures.printed_execution_score
    if not figures.execution_weight or score is None:
        return
    path = (*figures.path, "资金")
    rate = figures.funds.execution_rate.value
    computed = figures.funds.printed_score
    about = _about(found, dotted(path))
    yield ReviewRow(
        f"{own}-{RATE}",
        path,
        ("预算执行", "", "预算执行率"),
        actual=_stated_rate(figures),
        weight=figures.execution_weight,
        score=score,
        reviewed_actual="" if rate is None else percent(rate),
        reviewed=_left(score, computed, ()),
        proposed=True,
        reason="；".join(map(_reason, about)),
    )


def _sum_row(
    own: str,
    figures: EvaluationFigures,
    rows: Sequence[ReviewRow],
    found: Sequence[Finding],
) -> ReviewRow:
    """The sums; what is deducted of the whole table is deducted here."""
    outcome = figures.evaluation.outcome
    path = (*figures.path, "自评结果")
    of_table = [
        one for one in found if one.path == dotted((*figures.path, "指标"))
    ]
    about = [*of_table, *_about(found, dotted(path))]
    score = figures.printed_total
    off = total(one.difference for one in rows) or _ZERO
    taken = sum(map(_deducted, of_table), _ZERO)
    given = outcome.reviewed_score
    proposed = None if score is None else max(score + off - taken, _ZERO)
    return ReviewRow(
        f"{own}-{SUM}",
        path,
        (SUM, "", ""),
        weight=total(one.weight for one in rows),
        score=score,
        reviewed=proposed if given is None else given,
        proposed=given is None,
        reason="；".join(map(_reason, about)),
    )


def shown(value: Decimal | None) -> str:
    """A number of points as it is printed; "" for none."""
    return "" if value is None else plain(value, 2)


def _stated_rate(figures: EvaluationFigures) -> str:
    """The rate as reported, or else as computed."""
    stated = figures.evaluation.funds.execution_rate
    rate = figures.funds.execution_rate.value if stated is None else stated
    return "" if rate is None else percent(rate)
