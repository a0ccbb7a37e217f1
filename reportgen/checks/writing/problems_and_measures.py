"""TXT006: problems and the measures that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import is_stated, row_label
from reportgen.checks.facts.quoting import shortened
from reportgen.checks.facts.text_index import any_of
from reportgen.checks.rule import ADVICE, WARNING, Problem, at, rule
from reportgen.core.numerals import percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import FrameworkFigures
from reportgen.figures.figure import FieldPath

_DEFAULT = re.compile(r"\{\{\s*默认\s*\}\}")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_NONE_BUT_LISTED = "「{section}」填写“{text}”，而「{other}」列了 {count} 条；请写明所针对的问题，或删去没有对应问题的措施"
_LISTED_BUT_NONE = (
    "「{other}」写有 {count} 个问题，而「{section}」填写“{text}”；请逐条写明改进措施"
)
_SAID_ELSEWHERE = "「{section}」填写“{text}”，而「{other}」列了 {count} 条；请前后一致"
_BELOW = "部门的「{section}」填写“{text}”，而{below}写有改进措施；请汇总各项目的措施，上下一致"
_FEWER = "写有 {problems} 个问题，只有 {measures} 条改进措施；请为每个问题写明措施"
_NO_PARTNER = "问题“{text}”在「{section}」中没有对应的措施；请针对这个问题写明措施"
_NO_PROBLEM = "措施“{text}”没有对应的问题；请核对，或写明所针对的问题"
_LOSS = "「{section}」填写“{text}”，而{loss}；请写明存在的问题和原因"
_NOT_NEEDED = (
    "改进措施写“{word}”，而{fact}，存在问题中也没有提到；请核对，或写明所针对的问题"
)


@dataclass(frozen=True, slots=True)
class MeasuresSection:
    """One section of problems or of measures: its path, its name, what it lists, and what it says instead (无)."""

    path: FieldPath
    name: str
    listed: tuple[str, ...]
    nothing: str
    partial: bool = False  # {{ 默认 }}: the pack adds what it tells by itself


@dataclass(frozen=True, slots=True)
class Report:
    """The problems and the measures of the unit or of one project."""

    figures: EvaluationFigures
    problems: tuple[MeasuresSection, ...]
    measures: tuple[MeasuresSection, ...]


@rule("TXT006", WARNING, "存在问题与改进措施不对应；请核对")
def problems_and_measures(facts: Facts) -> Iterator[Problem]:
    """存在问题与改进措施不对应.

    依据：有问题应有措施，措施应针对问题；写“无”的，不应另列措施，指标也不应有未达到或扣分的。
    反例：
        叙述: {存在问题: [无], 改进措施: [加强培训。]}
    """
    reports = tuple(_reports(facts))
    for one in reports:
        yield from _nothing_against_listed(one)
        yield from _loss_unsaid(one, facts)
        yield from _counts(one)
        yield from _subjects(one, facts)
        yield from _needless(one, facts)
    yield from _below(reports, facts)


def _reports(facts: Facts) -> Iterator[Report]:
    words = facts.words
    for one in facts.figures.evaluations:
        problems: list[MeasuresSection] = []
        measures: list[MeasuresSection] = []
        for name, texts in one.evaluation.narrative.items():
            kind = (
                _kind(
                    name,
                    words.problem_sections,
                    words.measure_sections,
                    words.sections_of_neither,
                )
                if texts
                else ""
            )
            if kind:
                listed = problems if kind == "问题" else measures
                listed.append(_section(name, texts, (*one.path, "叙述", name)))
        if problems or measures:
            yield Report(one, tuple(problems), tuple(measures))


@lru_cache(maxsize=1024)
def _kind(
    name: str,
    problem: tuple[str, ...],
    measure: tuple[str, ...],
    neither: tuple[str, ...],
) -> str:
    """问题 or 措施; "" for any other section, and for one of both, which answers itself."""
    is_problem, is_measure = (
        any(word in name for word in problem),
        any(word in name for word in measure),
    )
    if is_problem == is_measure or any(word in name for word in neither):
        return ""
    return "问题" if is_problem else "措施"


def _section(name: str, texts: Sequence[str], path: FieldPath) -> MeasuresSection:
    own = [text for text in texts if not _DEFAULT.search(text)]
    listed = tuple(text for text in own if is_stated(text))
    partial = len(own) < len(texts)
    return MeasuresSection(
        path,
        name,
        listed,
        "" if listed or partial else "".join(texts).rstrip("。"),
        partial,
    )


def _nothing_against_listed(one: Report) -> Iterator[Problem]:
    """无 on one side and a list on the other, or on the same side in another section."""
    problems, measures = _listing(one.problems), _listing(one.measures)
    if (
        one.problems
        and not problems
        and measures
        and not any(section.partial for section in one.problems)
    ):
        empty = one.problems[0]
        yield _against(
            _NONE_BUT_LISTED, at_section=measures, section=empty, other=measures
        )
    if (
        problems
        and one.measures
        and not measures
        and not any(section.partial for section in one.measures)
    ):
        empty = one.measures[0]
        yield _against(
            _LISTED_BUT_NONE, at_section=empty, section=empty, other=problems
        )
    for section in one.measures:
        if (
            section.nothing
            and measures
            and "措施" in section.name
            and "措施" in measures.name
        ):
            yield _against(
                _SAID_ELSEWHERE, at_section=section, section=section, other=measures
            )


def _listing(sections: tuple[MeasuresSection, ...]) -> MeasuresSection | None:
    return next((section for section in sections if section.listed), None)


def _against(
    message: str,
    *,
    at_section: MeasuresSection,
    section: MeasuresSection,
    other: MeasuresSection,
) -> Problem:
    count, text = len(other.listed), section.nothing
    return at(
        *at_section.path,
        message=message,
        section=section.name,
        text=text,
        other=other.name,
        count=count,
    )


def _loss_unsaid(one: Report, facts: Facts) -> Iterator[Problem]:
    """无 for problems, where the figures of the same form show one; what projects show is AGG001 of the unit."""
    for section in one.problems:
        if section.nothing and (loss := next(_losses(one.figures, facts), "")):
            yield at(
                *section.path,
                message=_LOSS,
                section=section.name,
                text=section.nothing,
                loss=loss,
            )


def _losses(figures: EvaluationFigures, facts: Facts) -> Iterator[str]:
    rate, floor = figures.funds.execution_rate.value, facts.pack.limits.execution_rate
    if rate is not None and floor is not None and rate < floor:
        yield f"预算执行率{percent(rate)}，低于{percent(floor, 0)}"
    missed = [
        row_label(row.indicator) for row in figures.indicators if row.reached is False
    ]
    if missed:
        yield f"「{missed[0]}」{f'等 {len(missed)} 项指标' if len(missed) > 1 else ''}没有达到指标值"
    for row in figures.indicators:
        lost = _lost(row.indicator.weight, row.indicator.score)
        if lost:
            yield f"「{row_label(row.indicator)}」扣 {plain(lost)} 分"
    if not figures.path:
        for framework in facts.figures.frameworks:
            yield from _framework_losses(framework)


def _framework_losses(framework: FrameworkFigures) -> Iterator[str]:
    lost = [
        (one.name, _lost(one.spec.weight, one.reported.score))
        for one in framework.indicators
    ]
    named = [f"「{name}」扣 {plain(points)} 分" for name, points in lost if points]
    if named:
        yield f"{framework.path[0]}中{'、'.join(named[:3])}{'等' if len(named) > 3 else ''}"


def _lost(weight: Decimal | None, score: Decimal | None) -> Decimal:
    return (
        weight - score
        if weight is not None and score is not None and score < weight
        else Decimal(0)
    )


def _counts(one: Report) -> Iterator[Problem]:
    """Fewer measures than problems, where both are lists."""
    problems, measures = _pair(one)
    if problems and measures and 1 < len(measures.listed) < len(problems.listed):
        fewer = len(measures.listed)
        yield at(
            *measures.path,
            message=_FEWER,
            problems=len(problems.listed),
            measures=fewer,
        )


def _pair(one: Report) -> tuple[MeasuresSection | None, MeasuresSection | None]:
    """The list of problems and that of the measures, where the unit wrote both alone."""
    problems, measures = _listing(one.problems), _listing(one.measures)
    if problems is None or measures is None or problems.partial or measures.partial:
        return None, None
    return problems, measures


def _subjects(one: Report, facts: Facts) -> Iterator[Problem]:
    """Problems that share no word with any measure; then measures beyond the number of problems that share none."""
    problems, measures = _pair(one)
    if problems is None or measures is None:
        return
    common = any_of(facts.words.words_without_topic)
    answers = "\n".join(text for section in one.measures for text in section.listed)
    alone = [
        text for text in problems.listed if not _shares_words(text, answers, common)
    ]
    for text in alone:
        path = _item(facts, problems, text)
        yield at(
            *path,
            message=_NO_PARTNER,
            severity=ADVICE,
            text=shortened(text),
            section=measures.name,
        )
    if len(measures.listed) > len(problems.listed) and not alone:
        asked = "\n".join(text for section in one.problems for text in section.listed)
        for text in measures.listed:
            if not _shares_words(text, asked, common):
                yield at(
                    *_item(facts, measures, text),
                    message=_NO_PROBLEM,
                    severity=ADVICE,
                    text=shortened(text),
                )


def _shares_words(text: str, others: str, common: re.Pattern[str]) -> bool:
    """Whether two characters that stand together in `text`, in no word of every report, do so in `others` as well."""
    runs = _RUN.findall(common.sub(" ", text))
    return not runs or any(
        f"{one}{two}" in others for run in runs for one, two in pairwise(run)
    )


def _item(facts: Facts, section: MeasuresSection, text: str) -> FieldPath:
    """The path of one paragraph of a section."""
    return next(
        (
            one.path
            for one in facts.blocks
            if one.path[:-1] == section.path and one.text == text
        ),
        section.path,
    )


def _needless(one: Report, facts: Facts) -> Iterator[Problem]:
    """A measure against what the figures show to be in order, and no problem speaks of it."""
    measures = _listing(one.measures)
    if measures is None:
        return
    text, problems = (
        "".join(measures.listed),
        "".join(text for section in one.problems for text in section.listed),
    )
    words = facts.words
    for listed, spoken_of, fact in (
        (words.rate_measures, words.rate_problem_words, _rates_in_order(one, facts)),
        (
            words.adjustment_measures,
            words.adjustment_problem_words,
            _not_adjusted(one, facts),
        ),
    ):
        word = next((word for word in listed if word in text), "")
        if word and fact and not any(other in problems for other in spoken_of):
            yield at(*measures.path, message=_NOT_NEEDED, word=word, fact=fact)


def _within(one: Report, facts: Facts) -> Sequence[EvaluationFigures]:
    """The unit's own measures may be meant for any of its projects."""
    return (one.figures,) if one.figures.path else facts.figures.evaluations


def _rates_in_order(one: Report, facts: Facts) -> str:
    rates = [figures.funds.execution_rate.value for figures in _within(one, facts)]
    known = [rate for rate in rates if rate is not None]
    high = facts.pack.limits.paid
    if high is None or not known or min(known) < high:
        return ""
    return f"预算执行率已达{percent(min(known))}"


def _not_adjusted(one: Report, facts: Facts) -> str:
    changes = [figures.funds.adjustment.value for figures in _within(one, facts)]
    known = [change for change in changes if change is not None]
    return "本年度预算没有追加或调整" if known and not any(known) else ""


def _below(reports: Sequence[Report], facts: Facts) -> Iterator[Problem]:
    """无 for the measures of the unit, above projects that list some."""
    whole = next((one for one in reports if not one.figures.path), None)
    below = [one for one in reports if one.figures.path and _listing(one.measures)]
    if whole is None or not below or _listing(whole.measures):
        return
    names = "、".join(
        f"「{facts.unit.projects[int(one.figures.path[1])].name}」" for one in below[:3]
    )
    count = f"等 {len(below)} 个项目" if len(below) > 3 else "项目"
    for section in whole.measures:
        if section.nothing:
            yield at(
                *section.path,
                message=_BELOW,
                section=section.name,
                text=section.nothing,
                below=f"{names}{count}",
            )
