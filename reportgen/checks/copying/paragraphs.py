"""TXT005 and TXT007: what was copied instead of written: goals as results, one project's paragraphs as another's."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.alike import Alike, Match
from reportgen.checks.facts.copies import (
    comparable_blocks,
    how_alike,
    section_path,
)
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.own_names import joined_names
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import (
    ADVICE,
    WARNING,
    Problem,
    Problems,
    at,
    rule,
    shortened,
)
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Goals
from reportgen.narrative.numbers import MONEY, Quantity

_MARKS = re.compile(r"[\s，。；：、,.;:！!]|已经?|了")
_MET = re.compile(  # 清淤渠道30公里, to the number: there is no other way to say it
    r"\s*(?:[^，。；、\d]{0,20}(?<![于过约少低高≥≤到])\d[\d.,]*[^，。；、\d%％以左]{1,8}(?:[，；。、]|\Z)){1,2}\s*"
)
_LEAST_NAME = 12  # characters; a shorter name of an indicator is no sentence that one would notice to be copied


@rule(
    "TXT005",
    WARNING,
    "完成情况{how}照抄预期目标（“{text}”）；请写实际完成的情况和数量",
)
def goal_repeated_as_result(facts: Facts) -> Problems:
    """完成情况照抄预期目标.

    依据：预期目标写要做到什么，完成情况写实际做到什么程度，两栏文字相同的没有反映完成情况。
    反例：
        年度目标: {预期目标: [完成设备更新八台], 完成情况: [完成设备更新八台]}
    """
    for one in facts.evaluations:
        place = (*one.path, "年度目标", "完成情况")
        goals = one.evaluation.goals
        same = _repeated_goals(goals)
        how = ""
        if 0 < len(same) < len(goals.achieved):
            place = (*place, same[0])
            how = f"有 {len(same)} 条"
        if same:
            text = shortened(goals.achieved[same[0]])
            yield at(*place, how=how, text=text)


def _repeated_goals(goals: Goals) -> Sequence[int]:
    """The positions of the results that are goals word for word, also where the paragraphs are cut otherwise."""
    expected = [_MARKS.sub("", text) for text in goals.expected]
    achieved = [_MARKS.sub("", text) for text in goals.achieved]
    whole = "".join(expected) == "".join(achieved)
    return [
        n
        for n, text in enumerate(achieved)
        if (whole or text in expected) and not _MET.fullmatch(goals.achieved[n])
    ]


class _Paragraph(NamedTuple):
    """Where a paragraph stands: the project (None: the unit as a whole), the section and its path, and what it says."""

    project: int | None
    section: str
    path: FieldPath
    text: str


@rule(
    "TXT007", WARNING, "「{section}」与{other}{how}；请按{scope}的实际情况重写"
)
def paragraphs_copied(facts: Facts) -> Problems:
    """两个项目、两节的段落雷同.

    依据：除去名称和数字后相似 85% 及以上的段落，说明不是按各自的实际情况写的；短句和各处通用的节不比较。
    反例：
        项目:
          - {名称: 甲, 叙述: {存在问题: [工作机制有待进一步完善，对绩效监控工作重视不够，未形成定期监控的习惯。]}}
          - {名称: 乙, 叙述: {存在问题: [工作机制有待进一步完善，对绩效监控工作重视不够，未形成定期监控的习惯。]}}
    """
    limits = facts.limits
    if limits.alike is None:
        return
    seen = Alike(float(limits.alike), _comparable)
    seen_paths: set[FieldPath] = set()
    for block, text in comparable_blocks(facts, int(limits.alike_length or 0)):
        paragraph = _Paragraph(
            block.project, block.section, section_path(block), block.text
        )
        match = seen.match(text, paragraph)
        if match and paragraph.path not in seen_paths:
            seen_paths.add(paragraph.path)
            yield _copied(facts, paragraph, match)
    yield from _names_copied(facts)
    yield from _same_sum_twice(facts)


def _comparable(one: _Paragraph, other: _Paragraph) -> bool:
    """Two projects, or two sections of one; what a project says may stand in the unit's own report as well."""
    if one.project != other.project:
        return one.project is not None and other.project is not None
    return one.section != other.section and {one.section, other.section} != {
        "预期目标",
        "完成情况",
    }


def _copied(facts: Facts, one: _Paragraph, match: Match[_Paragraph]) -> Problem:
    other = match.owner
    how = how_alike(other.text, one.text, match.ratio)
    where = f"「{other.section}」"
    elsewhere = other.project not in (one.project, None)
    if elsewhere:
        project = facts.projects[other.project or 0].name
        section = "" if other.section == one.section else f"的{where}"
        where = f"「{project}」项目{section}"
    return at(
        one,
        section=one.section,
        other=where,
        how=how,
        scope="本项目" if elsewhere else "本节",
    )


def _names_copied(facts: Facts) -> Problems:
    """Sentences in place of an indicator's name that stand in several projects, word for word."""
    for name, places in _sentences_as_names(facts).items():
        if len(places) > 1:
            first, again, *more = places
            others = joined_names(
                facts.projects[n].name for n in (first, *more)
            )
            message = (
                "指标名称“{name}”与{others}项目的逐字相同；请写本项目自己的指标"
            )
            yield at(
                *places[again],
                message=message,
                name=shortened(name),
                others=others,
            )


def _sentences_as_names(facts: Facts) -> dict[str, dict[int, FieldPath]]:
    """Names of indicators that are sentences: in which projects each stands, and where."""
    found = defaultdict[str, dict[int, FieldPath]](dict)
    measured = facts.words.indicator_endings
    for n, project in enumerate(facts.projects):
        for row, indicator in enumerate(project.indicators):
            name = indicator.name.strip()
            if len(name) >= _LEAST_NAME and not name.endswith(measured):
                found[name].setdefault(n, ("项目", n, "指标", row, "三级"))
    return found


def _same_sum_twice(facts: Facts) -> Problems:
    """节约…500万元 and again 节省…500万元 in one paragraph: one sum as the result of two things."""
    words = facts.words.saving_terms
    if not words or not facts.paragraph_text.holds(words):
        return
    for passage in facts.prose:
        first_by_amount: dict[Decimal, str] = {}
        for one in _saved_amounts(passage, words):
            phrase = _around(passage, one)
            first = first_by_amount.setdefault(one.value, phrase)
            if first is not phrase:
                message = "“{first}”和“{again}”的金额相同，像是同一件事写了两次；请核对"
                yield at(
                    passage,
                    message=message,
                    severity=ADVICE,
                    first=first,
                    again=phrase,
                )


def _saved_amounts(
    passage: ProseBlock, words: Sequence[str]
) -> Iterator[Quantity]:
    for one in passage.quantities:
        if one.kind == MONEY and has_word(passage.clause(one), words):
            yield one


def _around(passage: ProseBlock, one: Quantity) -> str:
    return f"{passage.clause(one)[-12:]}{passage.text[one.start : one.end]}"
