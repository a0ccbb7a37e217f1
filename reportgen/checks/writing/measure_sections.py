"""The sections of a report that tell problems, and those that tell measures."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word, is_stated
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import FieldPath

_DEFAULT = re.compile(r"\{\{\s*默认\s*\}\}")
PROBLEMS = "问题"
MEASURES = "措施"


class MeasuresSection(NamedTuple):
    """One section of problems or of measures: its path, its name, what it lists, and what it says instead (无)."""

    path: FieldPath
    name: str
    listed: tuple[str, ...]
    nothing: str
    partial: bool  # {{ 默认 }}: the pack adds what it tells by itself


class MeasuresSide(NamedTuple):
    """All sections of problems, or all of measures, that one report has."""

    sections: tuple[MeasuresSection, ...]

    @property
    def listing(self) -> MeasuresSection | None:
        """The first that lists something."""
        return next((one for one in self.sections if one.listed), None)

    @property
    def whole_listing(self) -> MeasuresSection | None:
        """The same, where the pack adds nothing to it."""
        listing = self.listing
        return None if listing is None or listing.partial else listing

    @property
    def denial(self) -> MeasuresSection | None:
        """The first section, where none lists anything and the pack adds nothing: 无."""
        if self.listing or any(one.partial for one in self.sections):
            return None
        return next(iter(self.sections), None)

    @property
    def text(self) -> str:
        """Everything that is listed, a line each."""
        return "\n".join(text for one in self.sections for text in one.listed)


class MeasuresReport(NamedTuple):
    """The problems and the measures of the unit or of one project."""

    figures: EvaluationFigures
    problems: MeasuresSide
    measures: MeasuresSide


def measures_reports(facts: Facts) -> Iterator[MeasuresReport]:
    """Of the unit, then of each project, where it has sections of either kind."""
    words = facts.words
    for one in facts.evaluations:
        sections: dict[str, list[MeasuresSection]] = {
            PROBLEMS: [],
            MEASURES: [],
        }
        for name, texts in one.evaluation.narrative.items():
            kind = _kind_of_section(
                name,
                words.problem_sections,
                words.measure_sections,
                words.sections_of_neither,
            )
            if texts and kind:
                sections[kind].append(
                    _section(name, texts, (*one.path, "叙述", name))
                )
        if any(sections.values()):
            problems, measures = (
                MeasuresSide(tuple(side)) for side in sections.values()
            )
            yield MeasuresReport(one, problems, measures)


@lru_cache(maxsize=1024)
def _kind_of_section(
    name: str,
    problems: tuple[str, ...],
    measures: tuple[str, ...],
    neither: tuple[str, ...],
) -> str:
    of_problems = has_word(name, problems)
    of_measures = has_word(name, measures)
    if of_problems == of_measures or has_word(name, neither):
        return ""
    return PROBLEMS if of_problems else MEASURES


def _section(
    name: str, texts: Sequence[str], path: FieldPath
) -> MeasuresSection:
    own = [text for text in texts if not _DEFAULT.search(text)]
    listed = tuple(filter(is_stated, own))
    partial = len(own) < len(texts)
    nothing = "" if listed or partial else "".join(texts).rstrip("。")
    return MeasuresSection(path, name, listed, nothing, partial)
