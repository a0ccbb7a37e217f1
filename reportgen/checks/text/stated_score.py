"""TXT001: the score that a report states against the forms."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.lexicon import word_before
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import ERROR, Problems, at, rule
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


class _Total(NamedTuple):
    """A total score: as the form states it and as its rows add up to."""

    path: FieldPath
    stated: Decimal | None
    computed: Decimal | None

    def agrees(self, one: Quantity, tolerance: Decimal) -> bool:
        """Whether the prose says what is stated and that is what the rows add up to."""
        if self.stated is not None and self.computed is not None:
            added_up = abs(self.computed - self.stated) <= tolerance
            return added_up and abs(self.stated - one.value) <= one.tolerance
        known = self.computed if self.stated is None else self.stated
        slack = max(one.tolerance, tolerance)
        return known is None or abs(known - one.value) <= slack

    @property
    def shown(self) -> str:
        """Both, where they differ."""
        said = []
        if self.stated is not None:
            said.append(f"表中总分填报为 {plain(self.stated)}")
        if self.computed is not None:
            said.append(f"各项得分相加为 {plain(self.computed, 2)}")
        return "，".join(said)


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与表不一致：{shown}（{where}）；请核对各项得分、总分和文中的得分",
)
def score_disagrees(facts: Facts) -> Problems:
    """文中的自评得分与自评表的总分不同，或与表中各项得分之和不同.

    依据：报告中的得分应当就是自评表的总分，总分等于各项得分之和。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 得分: 10}
        自评结果: {总分: 100}
        叙述: {自评结论: 本单位2024年度评价得分98分。}
    """
    for passage in facts.quantified:
        for position, one in enumerate(passage.quantities):
            if not _is_points(one):
                continue
            word = _word_of_total(facts, passage, position)
            totals = _totals(facts, passage, one) if word else []
            if totals and not _agrees(facts, totals, one):
                text = passage.text
                yield at(
                    passage,
                    quoted=text[text.rfind(word, 0, one.start) : one.end],
                    shown=totals[0].shown,
                    where=dotted(totals[0].path),
                )


def _is_points(one: Quantity) -> bool:
    return one.measure == "分" and one.scale == 1 and one.is_exact


def _agrees(facts: Facts, totals: Sequence[_Total], one: Quantity) -> bool:
    tolerance = facts.tolerance
    return any(total.agrees(one, tolerance) for total in totals)


def _word_of_total(facts: Facts, passage: ProseBlock, position: int) -> str:
    """The word that makes the number a total score, or ""."""
    one = passage.quantities[position]
    label = passage.label(position)
    found = word_before(label, facts.lexicon, "得分")
    if found is None:  # 各项目自评得分：水电维修费98分
        name = facts.reported.names.longest(label)
        return name if name in _project_names(facts) else ""
    lead, word = found
    if _is_of_others(facts, passage.before(one)):
        return ""
    if has_word(lead, facts.words.partial_scores):
        return ""
    small = one.value < facts.scoring.total * _PASS
    return "" if small and not _OF_WHOLE.search(_MEANS.sub("", lead)) else word


def _is_of_others(facts: Facts, before: str) -> bool:
    """Whether the sentence speaks of another year, or of a score that others gave."""
    others = has_word(before, facts.words.scores_by_others)
    return others or OTHER_TIMES.search(before) is not None


def _project_names(facts: Facts) -> list[str]:
    return [one.name.strip() for one in facts.projects]


def _totals(facts: Facts, passage: ProseBlock, one: Quantity) -> list[_Total]:
    """The totals that can be meant: of the project spoken of; of the whole and its frameworks; else of any project."""
    project = passage.block.project
    if project is None:
        project = _named_last(facts, passage.before(one))
    if project is not None:
        return list(_of_evaluation(facts, project))
    totals = _without_repeated(
        [*_of_frameworks(facts), *_of_evaluation(facts, None)]
    )
    projects = range(len(facts.projects))
    return totals or [
        total for n in projects for total in _of_evaluation(facts, n)
    ]


def _without_repeated(totals: list[_Total]) -> list[_Total]:
    """Without totals that are only stated, where another form states the same and adds up to something."""
    sure = {one.stated for one in totals if one.computed is not None}
    return [
        one
        for one in totals
        if one.computed is not None or one.stated not in sure
    ]


def _named_last(facts: Facts, before: str) -> int | None:
    """The project whose name stands last in a text."""
    places = [before.rfind(name) for name in _project_names(facts)]
    last = max(places, default=-1)
    return places.index(last) if last >= 0 else None


def _of_frameworks(facts: Facts) -> Iterator[_Total]:
    for framework in facts.figures.frameworks:
        stated = framework.framework.outcome.score
        computed = framework.score_total
        if framework.has_data and (stated is not None or computed is not None):
            yield _Total(
                (*framework.path, "自评结果", "总分"), stated, computed
            )


def _of_evaluation(facts: Facts, project: int | None) -> Iterator[_Total]:
    one = facts.evaluation_of(project)
    stated = one.evaluation.outcome.score
    computed = one.score_total.value
    if computed is not None:
        # right where a total was put in the place of the execution score
        computed -= one.execution_excess
    if stated is not None or computed is not None:
        yield _Total(one.score_total.path, stated, computed)
