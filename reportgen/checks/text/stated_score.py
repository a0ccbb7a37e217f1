"""TXT001: the score that a report states against the forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.statements import OTHER_TIMES, word_before
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import plain
from reportgen.figures.figure import FieldPath
from reportgen.narrative.numbers import Quantity

_PASS = Decimal(
    "0.6"
)  # less than this share of all points is nearly always the score of one part
_OF_WHOLE = re.compile(
    r"(?:项目|部门|单位|支出|整体|总体|本年|年度|中心|局|委|办|馆|院|校)\Z"
)
_MEANS = re.compile(r"(?:绩效|自评|评价|综合|最终)\Z")


@dataclass(frozen=True, slots=True)
class _Total:
    """A total score: as the form states it and as its rows add up to."""

    path: FieldPath
    stated: Decimal | None
    computed: Decimal | None

    def agrees(self, one: Quantity, tolerance: Decimal) -> bool:
        """Whether the prose says what is stated and that is what the rows add up to."""
        if self.computed is None or self.stated is None:
            known = self.stated if self.computed is None else self.computed
            return known is None or abs(known - one.value) <= max(
                one.tolerance, tolerance
            )
        return (
            abs(self.stated - one.value) <= one.tolerance
            and abs(self.computed - self.stated) <= tolerance
        )

    @property
    def shown(self) -> str:
        """Both, where they differ."""
        stated = "" if self.stated is None else f"表中总分填报为 {plain(self.stated)}"
        computed = (
            "" if self.computed is None else f"各项得分相加为 {plain(self.computed, 2)}"
        )
        return "，".join(filter(None, (stated, computed)))


@rule(
    "TXT001",
    ERROR,
    "文中“{said}”与表不一致：{shown}（{where}）；请核对各项得分、总分和文中的得分",
)
def score_disagrees(facts: Facts) -> Iterator[Problem]:
    """文中的自评得分与自评表的总分不同，或与表中各项得分之和不同.

    依据：报告中的得分应当就是自评表的总分，总分等于各项得分之和。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 得分: 10}
        自评结果: {总分: 100}
        叙述: {自评结论: 本单位2024年度评价得分98分。}
    """
    tolerance = facts.pack.scoring.tolerance
    for passage in facts.prose:
        for position, one in enumerate(passage.quantities):
            if (
                one.measure != "分"
                or one.scale != 1
                or one.relation
                or one.upper is not None
            ):
                continue
            word = _of_whole(facts, passage, position)
            totals = list(_totals(facts, passage, position)) if word else []
            if totals and not any(total.agrees(one, tolerance) for total in totals):
                nearest = totals[0]
                said = passage.block.text[
                    passage.block.text.rfind(word, 0, one.start) : one.end
                ]
                yield at(
                    *passage.block.path,
                    said=said,
                    shown=nearest.shown,
                    where=dotted(nearest.path),
                )


def _of_whole(facts: Facts, passage: ProseBlock, position: int) -> str:
    """The word that makes the number a total score, or ""."""
    one, label = passage.quantities[position], passage.label(position)
    found = word_before(label, facts.lexicon, "得分")
    if found is None and (name := facts.reported.names.longest(label)) in _projects(
        facts
    ):
        return name  # 各项目自评得分：水电维修费98分
    if found is None or OTHER_TIMES.search(passage.before(one)):
        return ""
    if any(part in passage.before(one) for part in facts.words.scores_by_others):
        return ""
    lead, word = found
    if any(part in lead for part in facts.words.partial_scores):
        return ""
    small = one.value < facts.pack.scoring.total * _PASS
    return "" if small and not _OF_WHOLE.search(_MEANS.sub("", lead)) else word


def _projects(facts: Facts) -> set[str]:
    return {one.name.strip() for one in facts.unit.projects}


def _totals(facts: Facts, passage: ProseBlock, position: int) -> Iterator[_Total]:
    """The totals that can be meant: of the project spoken of; of the whole and its frameworks; else of any project."""
    project = passage.block.project
    if project is None:
        text = passage.before(passage.quantities[position])
        named = (
            (text.rfind(one.name.strip()), n)
            for n, one in enumerate(facts.unit.projects)
        )
        last, n = max(named, default=(-1, 0))
        project = n if last >= 0 else None
    if project is not None:
        yield from _of_evaluation(facts, project)
        return
    totals = [*_of_frameworks(facts), *_of_evaluation(facts, None)]
    sure = {total.stated for total in totals if total.computed is not None}
    totals = [
        total
        for total in totals
        if total.computed is not None or total.stated not in sure
    ]
    yield from totals or (
        total
        for n in range(len(facts.unit.projects))
        for total in _of_evaluation(facts, n)
    )


def _of_frameworks(facts: Facts) -> Iterator[_Total]:
    for framework in (facts.figures.framework, facts.figures.project_framework):
        stated, computed = framework.framework.outcome.score, framework.score_total
        if framework.has_data and (stated is not None or computed is not None):
            yield _Total((*framework.path, "自评结果", "总分"), stated, computed)


def _of_evaluation(facts: Facts, project: int | None) -> Iterator[_Total]:
    one = facts.figures.whole if project is None else facts.figures.projects[project]
    stated, computed = one.evaluation.outcome.score, one.score_total.value
    reported, earned = one.evaluation.funds.score, one.funds.printed_score
    weight = one.evaluation.funds.weight or facts.pack.scoring.execution.weight
    if (
        computed is not None
        and reported is not None
        and earned is not None
        and reported > weight
    ):
        computed += (
            earned - reported
        )  # a total that was put where the execution score belongs
    if stated is not None or computed is not None:
        yield _Total(one.score_total.path, stated, computed)
