"""How each figure of a unit came about: formula, values, file and line."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportgen.application.workplace import Workplace
from reportgen.core.errors import Place
from reportgen.core.findings import Findings, dotted
from reportgen.figures.figure import FieldPath, Figure, Input
from reportgen.model.target import Target
from reportgen.model.values import Reported
from reportgen.pipeline import Draft, prepare


class ExplainedInput(NamedTuple):
    """A value that went into a figure, and where it came from: typed at a place, or `origin` says it."""

    label: str
    text: str
    place: Place | None = None
    origin: str = ""


class ExplainedFigure(NamedTuple):
    """One figure, as it was computed and as it was reported."""

    owner: str  # 部门整体, or the project that it belongs to
    path: str
    label: str
    text: str  # "" where there is none
    missing: str  # and why
    formula: str
    source: str
    inputs: tuple[ExplainedInput, ...]
    reported: str | None  # what was typed, which is what prints
    place: Place
    grade: str  # what a total means
    findings: Findings

    def is_about(self, item: str) -> bool:
        """Whether `item` occurs in its name, its place or the name of its project."""
        return item in f"{self.owner}\n{self.label}\n{self.path}"


def explain(
    unit: Path, pack: str, workplace: Workplace
) -> Iterator[ExplainedFigure]:
    """Every figure of `unit`; raises ReportgenError where the unit cannot be read."""
    draft = prepare(unit, workplace.packs(), pack)
    for figure in draft.computed:
        yield explained_figure(figure, draft)


def explain_sentences(
    unit: Path, pack: str, workplace: Workplace
) -> Iterator[tuple[str, str, str]]:
    """编号, text and condition of every sentence of the report; raises ReportgenError like `explain`."""
    draft = prepare(unit, workplace.packs(), pack)
    told = draft.narrative
    for one, sections in zip(
        draft.figures.evaluations, (told.unit, *told.projects), strict=True
    ):
        owner = _owner(one.path, draft)
        for name, passages in sections.items():
            for each in passages:
                why = "本单位写的" if each.own else each.why
                yield f"【{owner}】{name}.{each.id}", each.text, why


def explained_figure(figure: Figure, draft: Draft) -> ExplainedFigure:
    """How that figure of the draft came about."""
    path = dotted(figure.path)
    reported = draft.loaded.typed(figure.path)
    return ExplainedFigure(
        owner=_owner(figure.path, draft),
        path=path,
        label=figure.label,
        text=figure.text,
        missing="、".join(_unscored(figure, draft)) or figure.missing,
        formula=figure.formula,
        source=figure.source,
        inputs=tuple(_input(one, draft) for one in figure.inputs),
        reported=reported if isinstance(reported, str) else None,
        place=draft.loaded.place(figure.path),
        grade=_grade(figure.path, draft),
        findings=tuple(one for one in draft.findings if one.path == path),
    )


def _unscored(figure: Figure, draft: Draft) -> Iterator[str]:
    """The rows whose score a sum of scores lacks, each with its line."""
    parts = {one.path: one for one in draft.computed}
    for one in figure.inputs if figure.unit == "分" else ():
        if one.value is None and one.path[-1] == "得分":
            where = draft.loaded.place(one.path).where
            yield f"{where}「{one.label}」没有得分"
        elif one.value is None and one.path in parts:
            yield from _unscored(parts[one.path], draft)


def _owner(path: FieldPath, draft: Draft) -> str:
    match path:
        case ("项目", int(position), *_):
            name = draft.loaded.unit.projects[position].name
            return f"项目[{position + 1}] {name}"
    return "部门整体"


def _input(one: Input, draft: Draft) -> ExplainedInput:
    place = None
    origin = ""
    if not isinstance(one.value, (Target, Reported)):
        origin = "计算得出" if isinstance(one.value, Decimal) else ""
    elif draft.loaded.typed(one.path) is not None:
        place = draft.loaded.place(one.path)
    elif draft.facts.department and not one.is_points:
        origin = "本级与下属单位汇总"
    else:
        origin = "模板包规定"
    return ExplainedInput(one.label, one.text, place, origin)


def _grade(path: FieldPath, draft: Draft) -> str:
    """Which grade the total means; the total of a framework has none."""
    grades = draft.tools.pack.scoring.grades
    bands = "、".join(f"{band.floor.text}分起为{band.name}" for band in grades)
    for one in draft.figures.evaluations:
        if one.score_total.path == path and one.grade:
            reported = one.evaluation.outcome.grade
            told = f"；填报为“{reported}”，表中按填报值打印" if reported else ""
            return f"{one.grade}（{bands}）{told}"
    return ""
