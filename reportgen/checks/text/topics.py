"""TXT011: a project whose text speaks of another project of the same unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import money
from reportgen.checks.facts.own_names import core
from reportgen.checks.facts.quoting import shortened
from reportgen.checks.facts.text_index import any_of
from reportgen.checks.rule import ADVICE, WARNING, Problem, at, rule
from reportgen.model.unit import Project

_NO_HAN = re.compile(r"[^\u4e00-\u9fff]+")


@rule(
    "TXT011",
    ADVICE,
    "“{text}”讲的是「{other}」，与本项目的名称对不上；请改写为本项目的内容",
)
def text_of_another_topic(facts: Facts) -> Iterator[Problem]:
    """文字讲的不是本项目的事.

    依据：项目的目标、问题应当讲本项目；只讲到本单位另一项目而没有讲到本项目的，多为复制后没有改。
    反例：
        项目:
          - {名称: 物业管理费, 年度目标: {预期目标: 负责机关大院物业、安保等后勤, 完成情况: 大院物业运转正常}}
          - {名称: 网络维护费, 年度目标: {预期目标: 负责机关大院物业、安保等后勤, 完成情况: 全年线路畅通}}
    """
    projects = facts.unit.projects
    if len(projects) > 1:
        topics = _topics(facts)
        sections = facts.words.project_sections
        for block in facts.blocks:
            if block.project is not None and any(
                word in block.section for word in sections
            ):
                yield from _foreign(facts, block, topics)
    for position, project in enumerate(projects):
        yield from _cost_named_otherwise(facts, project, position)


def _topics(facts: Facts) -> tuple[frozenset[str], ...]:
    """What each project is about, in pairs of characters of its name that no other project's name has."""
    plain = any_of(facts.words.plain_project_words)
    pairs = [
        _pairs(plain.sub(" ", core(project.name))) for project in facts.unit.projects
    ]
    place = _pairs(
        f"{facts.unit.name} {facts.unit.profile.short_name} {' '.join(facts.own.places)}"
    )
    return tuple(
        one - place.union(*(other for m, other in enumerate(pairs) if m != n))
        for n, one in enumerate(pairs)
    )


@lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    runs = _NO_HAN.split(text)
    return frozenset(f"{one}{two}" for run in runs for one, two in pairwise(run))


def _foreign(
    facts: Facts, block: Block, topics: Sequence[frozenset[str]]
) -> Iterator[Problem]:
    """A paragraph with words of one other project's name, none of its own, and none of its own indicators."""
    if block.project is None:
        return
    project, text = facts.unit.projects[block.project], block.text
    others = [
        (n, words)
        for n, topic in enumerate(topics)
        if n != block.project and (words := _of(topic, text))
    ]
    if (
        not others
        or _of(topics[block.project], text)
        or _of(_pairs(core(project.name)), text)
    ):
        return
    other, words = max(others, key=lambda one: (len(one[1]), one[0]))
    goals = facts.unit.projects[other].goals
    copied = block.text in (*goals.expected, *goals.achieved)
    if not copied and (not topics[block.project] or _in_indicators(project, words)):
        return
    severity = WARNING if copied else ADVICE
    yield at(
        *block.path,
        severity=severity,
        text=shortened(block.text),
        other=facts.unit.projects[other].name,
    )


def _of(words: Iterable[str], text: str) -> list[str]:
    return [word for word in words if word in text]


def _in_indicators(project: Project, words: list[str]) -> bool:
    """Whether the project's own indicators speak of the same: then it is its topic as well."""
    names = " ".join((*(row.name for row in project.indicators), project.purpose))
    return any(word in names for word in words)


def _cost_named_otherwise(
    facts: Facts, project: Project, position: int
) -> Iterator[Problem]:
    """The whole cost of the project under the name of some other fee: 机关服务费 400万元 in 水电维修费."""
    whole = {
        amount
        for amount in (project.funds.executed, project.funds.revised)
        if amount is not None
    }
    for row, indicator in enumerate(project.indicators):
        name = indicator.name.strip()
        if "成本" not in indicator.category or not name.endswith(("费", "经费")):
            continue
        amount = money(indicator.target)
        if amount not in whole:
            continue
        own = _pairs(core(project.name))
        if not (_pairs(core(name)) & own) and not _is_total(facts, name, amount):
            message = "成本指标“{text}”的金额是本项目的全部资金，名称却与项目「{own}」不同；请核对名称"
            yield at(
                "项目",
                position,
                "指标",
                row,
                "三级",
                message=message,
                text=name,
                own=project.name,
            )


def _is_total(facts: Facts, name: str, amount: Decimal | None) -> bool:
    return amount is None or any(word in name for word in facts.words.total_cost_words)
