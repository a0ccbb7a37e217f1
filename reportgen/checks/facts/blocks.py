"""What a unit wrote itself, paragraph by paragraph, for the rules that read text.

Passages told from snippets are left out: their figures come from the same values as the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Evaluation, Unit


class Block(NamedTuple):
    """One paragraph: where it was typed, which project it speaks of (None: the whole unit), and of what.

    `section` is the last name of the place: a section of 叙述 (存在问题), or 预期目标, 完成情况, 偏差原因, 职责 …
    """

    path: FieldPath
    text: str
    section: str
    project: int | None = None


def typed_blocks(unit: Unit) -> Iterator[Block]:
    """Every paragraph that was typed, in the order of the file."""
    yield from _listed(unit.profile.duties, ("单位", "职责"), None)
    yield from _of_evaluation(unit, (), None)
    yield from _listed(unit.tasks, ("年度工作任务",), None)
    yield from _listed(unit.long_term_goals, ("长期目标",), None)
    for name, texts in unit.supplement.items():
        yield from _listed(texts, ("补充", name), None)
    for position, project in enumerate(unit.projects):
        path = ("项目", position)
        if project.purpose:
            yield Block((*path, "用途"), project.purpose, "用途", position)
        yield from _of_evaluation(project, path, position)


def _of_evaluation(
    one: Evaluation, path: FieldPath, project: int | None
) -> Iterator[Block]:
    funds = one.funds
    for text, name in (
        (funds.adjustment_reason, "调整原因"),
        (funds.reason, "偏差原因"),
    ):
        if text:
            yield Block((*path, "资金", name), text, name, project)
    yield from _listed(one.goals.expected, (*path, "年度目标", "预期目标"), project)
    yield from _listed(one.goals.achieved, (*path, "年度目标", "完成情况"), project)
    for position, indicator in enumerate(one.indicators):
        if indicator.deviation:
            place = (*path, "指标", position, "偏差原因")
            yield Block(place, indicator.deviation, "偏差原因", project)
    for name, texts in one.narrative.items():
        yield from _listed(texts, (*path, "叙述", name), project)


def _listed(
    texts: Sequence[str], path: FieldPath, project: int | None
) -> Iterator[Block]:
    for position, text in enumerate(texts):
        yield Block((*path, position), text, str(path[-1]), project)
