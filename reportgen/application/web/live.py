"""What the page shows beside what is typed: findings with the field they are about, and computed values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from reportgen.application.explain import ExplainedFigure, explained_figure
from reportgen.application.web.checked import CheckedFile, checked
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.sections import section_of
from reportgen.application.web.texts.page_words import page_words
from reportgen.core.findings import Finding, Severity, dotted, worst_first
from reportgen.pipeline import Draft
from reportgen.workbooks.collection.form import PROJECTS

_OUTCOME = ("自评结果", "等级")


class LiveFinding(NamedTuple):
    """A finding as the page shows it: `section` is where its field is."""

    path: str
    section: str
    code: str
    severity: str
    label: str
    message: str
    where: str


@dataclass(frozen=True)
class Live:
    """The unit as it stands: findings, worst first, and the computed values of one section by their paths."""

    digest: str
    findings: tuple[LiveFinding, ...]
    figures: Mapping[str, str]
    waived: int
    failed: bool  # nothing can be computed before something is mended

    @property
    def counts(self) -> Mapping[str, int]:
        """How many errors and warnings each section has."""
        advice = Severity.ADVICE.value
        grave = (one for one in self.findings if one.severity != advice)
        return Counter(one.section for one in grave)


def live(
    desk: Desk,
    unit: DeskUnit,
    section: str,
) -> Live:
    """How the unit stands now."""
    found = checked(desk, unit, drafted=True)
    shown = tuple(_shown(one) for one in worst_first(found.open))
    waived = len(found.findings) - len(found.open)
    figures = dict(_figures(found, section))
    return Live(found.digest, shown, figures, waived, found.draft is None)


def _shown(one: Finding) -> LiveFinding:
    return LiveFinding(
        one.path,
        section_of(one.path),
        one.code,
        one.severity.value,
        one.severity.label,
        page_words(one.message.removeprefix(f"{one.path}：")),
        one.place.where,
    )


def _figures(
    found: CheckedFile,
    section: str,
) -> Iterator[tuple[str, str]]:
    """Path and text of each computed value that is shown in the section."""
    if found.draft is None:
        return
    for one in found.draft.computed:
        path = dotted(one.path)
        if one.text and _is_in(path, section):
            yield path, one.text
    for path, grade in _grades(found.draft):
        if _is_in(path, section):
            yield path, grade


def _grades(draft: Draft) -> Iterator[tuple[str, str]]:
    for one in draft.figures.evaluations:
        if one.grade:
            yield dotted((*one.path, *_OUTCOME)), one.grade


def _is_in(
    path: str,
    section: str,
) -> bool:
    is_of_project = path.startswith(f"{PROJECTS}[")
    if is_of_project != section.startswith("p"):
        return False
    return not is_of_project or section_of(path) == section


def explain_at(
    desk: Desk,
    unit: DeskUnit,
    path: str,
) -> ExplainedFigure | None:
    """How the computed value with that path came about; None where there is none."""
    draft = checked(desk, unit, drafted=True).draft
    if draft is None:
        return None
    outcome, grade = _OUTCOME
    total = path.removesuffix(f"{outcome}.{grade}")
    if total != path:  # what a grade means is told with the total
        path = f"{total}{outcome}.总分"
    for one in draft.computed:
        if dotted(one.path) == path:
            return explained_figure(one, draft)
    return None
