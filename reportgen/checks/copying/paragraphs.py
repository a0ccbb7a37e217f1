"""TXT005 and TXT007: what was copied instead of written: goals as results, one project's paragraphs as another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.alike import Alike, Match
from reportgen.checks.facts.copies import comparable_blocks, how_alike, section_path
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.own_names import joined_names
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.quoting import shortened
from reportgen.checks.rule import WARNING, Problem, at, rule
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Evaluation
from reportgen.narrative.numbers import MONEY, Quantity

_MARKS = re.compile(r"[\s，。；：、,.;:！!]|已经?|了")
_LEAST_NAME = 12  # characters; a shorter name of an indicator is no sentence that one would notice to be copied


@rule(
    "TXT005", WARNING, "完成情况{how}照抄预期目标（“{text}”）；请写实际完成的情况和数量"
)
def goal_repeated_as_result(facts: Facts) -> Iterator[Problem]:
    """完成情况照抄预期目标.

    依据：预期目标写要做到什么，完成情况写实际做到什么程度，两栏文字相同的没有反映完成情况。
    反例：
        年度目标: {预期目标: [完成设备更新八台], 完成情况: [完成设备更新八台]}
    """
    for one in facts.figures.evaluations:
        yield from _repeated(one.evaluation, one.path)


def _repeated(one: Evaluation, path: FieldPath) -> Iterator[Problem]:
    goals = one.goals
    if not goals.expected or not goals.achieved:
        return
    expected = {_MARKS.sub("", text) for text in goals.expected}
    whole = "".join(_MARKS.sub("", text) for text in goals.expected)
    same = [
        n for n, text in enumerate(goals.achieved) if _MARKS.sub("", text) in expected
    ]
    if not same and "".join(_MARKS.sub("", text) for text in goals.achieved) == whole:
        same = list(range(len(goals.achieved)))
    if not same:
        return
    everything = len(same) == len(goals.achieved)
    how = "" if everything else f"有 {len(same)} 条"
    place = (*path, "年度目标", "完成情况")
    yield at(
        *(place if everything else (*place, same[0])),
        how=how,
        text=shortened(goals.achieved[same[0]]),
    )


class Whose(NamedTuple):
    """Where a paragraph stands: the project (None: the unit as a whole), the section and its path, and what it says."""

    project: int | None
    section: str
    path: FieldPath
    text: str


@rule("TXT007", WARNING, "「{section}」与{other}{how}；请按{scope}的实际情况重写")
def paragraphs_copied(facts: Facts) -> Iterator[Problem]:
    """两个项目、两节的段落雷同.

    依据：除去名称和数字后相似 85% 及以上的段落，说明不是按各自的实际情况写的；短句和各处通用的节不比较。
    反例：
        项目:
          - {名称: 甲, 叙述: {存在问题: [工作机制有待进一步完善，对绩效监控工作重视不够，未形成定期监控的习惯。]}}
          - {名称: 乙, 叙述: {存在问题: [工作机制有待进一步完善，对绩效监控工作重视不够，未形成定期监控的习惯。]}}
    """
    limits = facts.pack.limits
    if limits.alike is None:
        return
    seen: Alike[Whose] = Alike(float(limits.alike), _comparable)
    said: set[FieldPath] = set()
    for block, text in comparable_blocks(facts, int(limits.alike_length or 0)):
        whose = Whose(block.project, block.section, section_path(block), block.text)
        match = seen.match(text, whose)
        if match and whose.path not in said:
            said.add(whose.path)
            yield _copied(facts, whose, match)
    yield from _names_copied(facts)
    yield from _told_twice(facts)


def _comparable(one: Whose, other: Whose) -> bool:
    """Two projects, or two sections of one; what a project says may stand in the unit's own report as well."""
    if one.project != other.project:
        return one.project is not None and other.project is not None
    return one.section != other.section and {one.section, other.section} != {
        "预期目标",
        "完成情况",
    }


def _copied(facts: Facts, whose: Whose, match: Match[Whose]) -> Problem:
    other = match.owner
    how = "文字完全相同" if other.text == whose.text else how_alike(match.ratio)
    if other.project == whose.project or other.project is None:
        return at(
            *whose.path,
            section=whose.section,
            other=f"「{other.section}」",
            how=how,
            scope="本节",
        )
    named = f"「{facts.unit.projects[other.project].name}」项目"
    section = "" if other.section == whose.section else f"的「{other.section}」"
    return at(
        *whose.path,
        section=whose.section,
        other=f"{named}{section}",
        how=how,
        scope="本项目",
    )


def _names_copied(facts: Facts) -> Iterator[Problem]:
    """Sentences in place of an indicator's name that stand in several projects, word for word."""
    measured = facts.words.indicator_endings
    first: dict[str, int] = {}
    again: dict[str, tuple[FieldPath, list[int]]] = {}
    for n, project in enumerate(facts.unit.projects):
        for row, indicator in enumerate(project.indicators):
            name = indicator.name.strip()
            if len(name) < _LEAST_NAME or name.endswith(measured):
                continue
            if first.setdefault(name, n) != n:
                again.setdefault(name, (("项目", n, "指标", row, "三级"), []))[
                    1
                ].append(n)
    for name, (path, projects) in again.items():
        others = joined_names(
            facts.unit.projects[n].name for n in (first[name], *projects[1:])
        )
        message = "指标名称“{name}”与{others}项目的逐字相同；请写本项目自己的指标"
        yield at(*path, message=message, name=shortened(name), others=others)


def _told_twice(facts: Facts) -> Iterator[Problem]:
    """节约…500万元 and again 节省…500万元 in one paragraph: one sum as the result of two things."""
    words = facts.words.saving_terms
    if not words or not facts.paragraph_text.holds(words):
        return
    for passage in facts.prose:
        told: dict[Decimal, str] = {}
        for one in passage.quantities:
            if one.kind != MONEY or not any(
                word in passage.clause(one) for word in words
            ):
                continue
            if one.value in told:
                message = "“{first}”和“{again}”的金额相同，像是同一件事写了两次；请核对"
                yield at(
                    *passage.block.path,
                    message=message,
                    first=told[one.value],
                    again=_around(passage, one),
                )
            told.setdefault(one.value, _around(passage, one))


def _around(passage: ProseBlock, one: Quantity) -> str:
    return f"{passage.clause(one)[-12:]}{passage.block.text[one.start : one.end]}"
