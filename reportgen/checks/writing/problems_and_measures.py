"""TXT006: problems and the measures that answer them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word, is_stated, row_label
from reportgen.checks.facts.text_index import any_of
from reportgen.checks.rule import (
    ADVICE,
    WARNING,
    Problem,
    Problems,
    at,
    first_of,
    rule,
    shortened,
)
from reportgen.core.numerals import ZERO, percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import FrameworkFigures
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


_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_MEASURE = "措施"
_NAMED = 3  # projects and rows that a message names
_NONE_BUT_LISTED = (
    "「{section}」填写“{text}”，而「{other}」列了 {count} 条；"
    "请写明所针对的问题，或删去没有对应问题的措施"
)
_LISTED_BUT_NONE = "「{other}」写有 {count} 个问题，而「{section}」填写“{text}”；请逐条写明改进措施"
_SAID_ELSEWHERE = (
    "「{section}」填写“{text}”，而「{other}」列了 {count} 条；请前后一致"
)
_BELOW = "部门的「{section}」填写“{text}”，而{below}项目写有改进措施；请汇总各项目的措施，上下一致"
_LOSS = "「{section}」填写“{text}”，而{loss}；请写明存在的问题和原因"


@rule("TXT006", WARNING, "存在问题与改进措施不对应；请核对")
def problems_and_measures(facts: Facts) -> Problems:
    """存在问题与改进措施不对应.

    依据：有问题应有措施，措施应针对问题；写“无”的，不应另列措施，指标也不应有未达到或扣分的。
    反例：
        叙述: {存在问题: [无], 改进措施: [加强培训。]}
    """
    reports = tuple(measures_reports(facts))
    for one in reports:
        yield from _nothing_against_listed(one)
        yield from _denied_elsewhere(one.measures)
        yield from _loss_unsaid(one, facts)
        yield from _unequal_lists(one, facts)
        yield from _needless(one, facts)
    yield from _projects_measures(reports, facts)


def _nothing_against_listed(one: MeasuresReport) -> Problems:
    """无 on one side and a list on the other."""
    problems = one.problems
    measures = one.measures
    if (none := problems.denial) and (listed := measures.listing):
        yield _denied(_NONE_BUT_LISTED, listed.path, none, listed)
    if (none := measures.denial) and (listed := problems.listing):
        yield _denied(_LISTED_BUT_NONE, none.path, none, listed)


def _denied_elsewhere(measures: MeasuresSide) -> Problems:
    """无 in one section of measures, and a list in another."""
    listed = measures.listing
    if listed is None or _MEASURE not in listed.name:
        return
    for section in measures.sections:
        if section.nothing and _MEASURE in section.name:
            yield _denied(_SAID_ELSEWHERE, section.path, section, listed)


def _denied(
    message: str,
    path: FieldPath,
    section: MeasuresSection,
    other: MeasuresSection,
) -> Problem:
    return at(
        *path,
        message=message,
        section=section.name,
        text=section.nothing,
        other=other.name,
        count=len(other.listed),
    )


def _loss_unsaid(one: MeasuresReport, facts: Facts) -> Problems:
    """无 for problems, where the figures of the same form show one; what projects show is AGG001 of the unit."""
    for section in one.problems.sections:
        loss = next(_losses(one.figures, facts), "") if section.nothing else ""
        if loss:
            yield _says_nothing(section, _LOSS, loss=loss)


def _says_nothing(
    section: MeasuresSection, message: str, **values: Any
) -> Problem:
    return at(
        section,
        message=message,
        section=section.name,
        text=section.nothing,
        **values,
    )


def _losses(figures: EvaluationFigures, facts: Facts) -> Iterator[str]:
    """What the figures show to be wrong, the gravest first."""
    frameworks = () if figures.path else facts.figures.frameworks
    return chain(
        _low_rate(figures, facts.limits.execution_rate),
        _missed_targets(figures),
        _lost_points(figures),
        *map(_framework_losses, frameworks),
    )


def _low_rate(
    figures: EvaluationFigures, floor: Decimal | None
) -> Iterator[str]:
    rate = figures.funds.execution_rate.value
    if rate is not None and floor is not None and rate < floor:
        yield f"预算执行率{percent(rate)}，低于{percent(floor, 0)}"


def _missed_targets(figures: EvaluationFigures) -> Iterator[str]:
    missed = [row for row in figures.indicators if row.reached is False]
    if missed:
        count = f"等 {len(missed)} 项指标" if len(missed) > 1 else ""
        yield f"「{row_label(missed[0].indicator)}」{count}没有达到指标值"


def _lost_points(figures: EvaluationFigures) -> Iterator[str]:
    for row in figures.indicators:
        lost = _lost(row.indicator.weight, row.indicator.score)
        if lost:
            yield f"「{row_label(row.indicator)}」扣 {plain(lost)} 分"


def _framework_losses(framework: FrameworkFigures) -> Iterator[str]:
    named = [
        f"「{one.name}」扣 {plain(lost)} 分"
        for one in framework.indicators
        if (lost := _lost(one.spec.weight, one.reported.score))
    ]
    if named:
        yield f"{framework.path[0]}中{first_of(named, _NAMED, '等')}"


def _lost(weight: Decimal | None, score: Decimal | None) -> Decimal:
    if weight is None or score is None:
        return ZERO
    return max(weight - score, ZERO)


def _unequal_lists(one: MeasuresReport, facts: Facts) -> Problems:
    """Fewer measures than problems, and problems that share no word with any measure.

    Then measures beyond the number of problems that share none with those.
    """
    problems = one.problems.whole_listing
    measures = one.measures.whole_listing
    if problems is None or measures is None:
        return
    many = len(problems.listed)
    count = len(measures.listed)
    if 1 < count < many:
        yield at(
            measures,
            message="写有 {problems} 个问题，只有 {measures} 条改进措施；请为每个问题写明措施",
            problems=many,
            measures=count,
        )
    common = any_of(facts.words.words_without_topic)
    alone = _strangers(problems.listed, one.measures.text, common)
    for text in alone:
        yield at(
            *_item(facts, problems, text),
            message="问题“{text}”在「{section}」中没有对应的措施；请针对这个问题写明措施",
            severity=ADVICE,
            text=shortened(text),
            section=measures.name,
        )
    beyond = not alone and count > many
    for text in _strangers(
        measures.listed if beyond else (), one.problems.text, common
    ):
        yield at(
            *_item(facts, measures, text),
            message="措施“{text}”没有对应的问题；请核对，或写明所针对的问题",
            severity=ADVICE,
            text=shortened(text),
        )


def _strangers(
    texts: Sequence[str], others: str, common: re.Pattern[str]
) -> list[str]:
    """Those of `texts` that share no two characters that stand together with `others`, but in words of every report."""
    return [text for text in texts if not _shares_words(text, others, common)]


def _shares_words(text: str, others: str, common: re.Pattern[str]) -> bool:
    runs = _RUN.findall(common.sub(" ", text))
    pairs = [f"{one}{two}" for run in runs for one, two in pairwise(run)]
    return not pairs or has_word(others, pairs)


def _item(facts: Facts, section: MeasuresSection, text: str) -> FieldPath:
    """The path of one paragraph of a section."""
    for block in facts.blocks:
        if block.text == text and block.path[:-1] == section.path:
            return block.path
    return section.path


def _needless(one: MeasuresReport, facts: Facts) -> Problems:
    """A measure against what the figures show to be in order, and no problem speaks of it."""
    measures = one.measures.listing
    if measures is None:
        return
    words = facts.words
    text = "".join(measures.listed)
    for listed, asked, in_order in (
        (words.rate_measures, words.rate_problem_words, _rates_in_order),
        (
            words.adjustment_measures,
            words.adjustment_problem_words,
            _not_adjusted,
        ),
    ):
        word = next((word for word in listed if word in text), "")
        if not word or has_word(one.problems.text, asked):
            continue
        if fact := in_order(_within(one, facts), facts):
            yield at(
                measures,
                message="改进措施写“{word}”，而{fact}，存在问题中也没有提到；请核对，或写明所针对的问题",
                word=word,
                fact=fact,
            )


def _within(one: MeasuresReport, facts: Facts) -> Sequence[EvaluationFigures]:
    """The unit's own measures may be meant for any of its projects."""
    return (one.figures,) if one.figures.path else facts.evaluations


def _rates_in_order(within: Sequence[EvaluationFigures], facts: Facts) -> str:
    rates = (figures.funds.execution_rate.value for figures in within)
    lowest = min((rate for rate in rates if rate is not None), default=None)
    high = facts.limits.paid
    if high is None or lowest is None or lowest < high:
        return ""
    return f"预算执行率已达{percent(lowest)}"


def _not_adjusted(within: Sequence[EvaluationFigures], _facts: Facts) -> str:
    changes = (figures.funds.adjustment.value for figures in within)
    known = [change for change in changes if change is not None]
    return "本年度预算没有追加或调整" if known and not any(known) else ""


def _projects_measures(
    reports: Sequence[MeasuresReport], facts: Facts
) -> Problems:
    """无 for the measures of the unit, above projects that list some."""
    names = [
        f"「{facts.projects[int(one.figures.path[1])].name}」"
        for one in reports
        if one.figures.path and one.measures.listing
    ]
    for one in reports if names else ():
        if one.figures.path or one.measures.listing:
            continue
        for section in one.measures.sections:
            if section.nothing:
                below = first_of(names, _NAMED, f"等 {len(names)} 个")
                yield _says_nothing(section, _BELOW, below=below)
