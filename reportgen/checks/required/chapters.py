"""REQ001: chapters of the report that do not say what they are for."""

from collections.abc import Iterator
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word, is_stated
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import FieldPath

# Characters of a text that cannot stand twice by chance; longer ones are TXT007.
_SHORTEST = 8
_LONGEST = 40


class _Chapter(NamedTuple):
    """A chapter that a unit wrote: of which table, where it stands, its name and its words."""

    of: EvaluationFigures
    path: FieldPath
    name: str
    text: str


def _chapters(facts: Facts) -> Iterator[_Chapter]:
    for one in facts.evaluations:
        for name, texts in one.evaluation.narrative.items():
            text = "".join(texts).strip()
            if is_stated(text):
                yield _Chapter(one, (*one.path, "叙述", name), name, text)


@rule(
    "REQ001",
    WARNING,
    "「{name}」与「{other}」文字相同，没有写{name}的内容；请分别填写",
)
def chapter_repeated(facts: Facts) -> Problems:
    """报告的某一节与另一节文字相同.

    依据：各节应写本节的内容。
    反例：
        叙述: {资金执行情况: 全年支出按进度执行。, 产出指标完成情况: 全年支出按进度执行。}
    """
    first: dict[tuple[FieldPath, str], str] = {}
    for one in facts.once(_chapters):
        other = first.setdefault((one.of.path, one.text), one.name)
        if other != one.name and _SHORTEST <= len(one.text) < _LONGEST:
            yield at(one, name=one.name, other=other)


@rule("REQ001", WARNING, "「{name}」没有写自评得分和等级；请写明")
def conclusion_without_score(facts: Facts) -> Problems:
    """评价结论没有写得分和等级.

    依据：评价结论写明自评得分和等级。
    反例：
        叙述: {自评结论: 年度工作全部完成。}
    """
    for one in facts.once(_chapters):
        by_program = "{{" in one.text
        names_score = "分" in one.text.replace("部分", "").replace("充分", "")
        owes_score = one.name.endswith("结论") and _has_score(facts, one.of)
        if owes_score and not names_score and not by_program:
            yield at(one, name=one.name)


def _has_score(facts: Facts, one: EvaluationFigures) -> bool:
    """Whether there is a score that a conclusion could tell of; a report of the unit tells of its projects too."""
    below = facts.figures.projects if not one.path else ()
    return any(found.printed_total is not None for found in (one, *below))


@rule(
    "REQ001",
    WARNING,
    "「{name}」写的是措施或成绩，没有写存在的问题；请写明问题和原因，没有的填“无”",
)
def problems_without_problem(facts: Facts) -> Problems:
    """存在问题一节只写了措施或成绩.

    依据：存在问题写明问题和原因；确实没有的写“无”。
    反例：
        叙述: {存在问题: 进一步健全管理机制，加强财务管理。}
    """
    problems = facts.words.problem_terms
    measures = facts.words.measure_terms
    for one in facts.once(_chapters) if problems else ():
        if "问题" not in one.name or "说明" in one.name:
            continue
        if has_word(one.text, measures) and not has_word(one.text, problems):
            yield at(one, name=one.name)
