"""TXT011: a project whose text speaks of another project of the same unit."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word, money
from reportgen.checks.facts.own_names import core
from reportgen.checks.facts.text_index import any_of
from reportgen.checks.rule import ADVICE, WARNING, Problems, at, rule, shortened

_NO_HAN = re.compile(r"[^\u4e00-\u9fff]+")


@rule(
    "TXT011",
    ADVICE,
    "“{text}”讲的是「{other}」，与本项目的名称对不上；请改写为本项目的内容",
)
def text_of_another_topic(facts: Facts) -> Problems:
    """文字讲的不是本项目的事.

    依据：项目的目标、问题应当讲本项目；只讲到本单位另一项目而没有讲到本项目的，多为复制后没有改。
    反例：
        项目:
          - {名称: 物业管理费, 年度目标: {预期目标: 负责机关大院物业、安保等后勤, 完成情况: 大院物业运转正常}}
          - {名称: 网络维护费, 年度目标: {预期目标: 负责机关大院物业、安保等后勤, 完成情况: 全年线路畅通}}
    """
    projects = facts.projects
    if len(projects) > 1:
        topics = _topics(facts)
        sections = facts.words.project_sections
        for block in facts.blocks:
            if has_word(block.section, sections):
                yield from _foreign(facts, block, topics)
    for position in range(len(projects)):
        yield from _cost_named_otherwise(facts, position)


def _topics(facts: Facts) -> tuple[frozenset[str], ...]:
    """What each project is about, in pairs of characters of its name that no other project's name has."""
    plain = any_of(facts.words.plain_project_words)
    pairs = [
        _pairs(plain.sub(" ", core(project.name))) for project in facts.projects
    ]
    place = _pairs(
        f"{facts.unit.name} {facts.profile.short_name} {' '.join(facts.own.places)}"
    )
    return tuple(
        one - place.union(*(other for m, other in enumerate(pairs) if m != n))
        for n, one in enumerate(pairs)
    )


@lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    runs = _NO_HAN.split(text)
    return frozenset(
        f"{one}{two}" for run in runs for one, two in pairwise(run)
    )


def _foreign(
    facts: Facts, block: Block, topics: Sequence[frozenset[str]]
) -> Problems:
    """A paragraph with words of one other project's name, none of its own, and none of its own indicators."""
    position = block.project
    text = block.text
    if position is None:
        return
    name = core(facts.projects[position].name)
    if _found(topics[position] | _pairs(name), text):
        return
    others = {n: _found(topic, text) for n, topic in enumerate(topics)}
    other = max(others, key=lambda n: (len(others[n]), n))
    if not others[other]:
        return
    project = facts.projects[other]
    copied = text in (*project.goals.expected, *project.goals.achieved)
    spoken_of = not topics[position] or _in_indicators(
        facts, position, others[other]
    )
    if copied or not spoken_of:
        yield at(
            block,
            severity=WARNING if copied else ADVICE,
            text=shortened(text),
            other=project.name,
        )


def _found(words: Iterable[str], text: str) -> list[str]:
    return [word for word in words if word in text]


def _in_indicators(facts: Facts, position: int, words: Sequence[str]) -> bool:
    """Whether the project's own indicators speak of the same: then it is its topic as well."""
    project = facts.projects[position]
    names = (row.name for row in project.indicators)
    return has_word(" ".join((*names, project.purpose)), words)


def _cost_named_otherwise(facts: Facts, position: int) -> Problems:
    """The whole cost of the project under the name of some other fee: 机关服务费 400万元 in 水电维修费."""
    project = facts.projects[position]
    table = facts.tables[position + 1]
    whole = {project.funds.executed, project.funds.revised} - {None}
    own = _pairs(core(project.name))
    for row in table.rows:
        if "成本" not in row.category or not row.name.endswith("费"):
            continue
        if has_word(row.name, facts.words.total_cost_words):
            continue
        if money(row.target) in whole and not _pairs(core(row.name)) & own:
            yield at(
                row,
                "三级",
                message="成本指标“{text}”的金额是本项目的全部资金，名称却与项目「{own}」不同；请核对名称",
                text=row.name,
                own=project.name,
            )
