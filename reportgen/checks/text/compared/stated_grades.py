"""TXT001: the grade that stands beside a score: 得分92.5分，等级为良."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.figures.catalogue import grade_of
from reportgen.narrative.numbers import Quantity

_GRADES = frozenset("优良中差")
_SCORED = re.compile(
    r"(?:自评|评价|绩效|综合|评定|总)?得?分(?:数|值)?(?:为|是|达到?|得)?\s*\Z|得\s*\Z"
)
_GRADE = re.compile(
    r"[，,、；（( ]*(?:评价|自评|绩效|评定|综合)*(?:等级|等次|结果|档次|级别|结论)?"
    r"(?:评定|认定|确定|定|评)?(?:为|是|属于?|达到|：)?[“\"「]?"
    r"(?P<grade>优秀|优|良好|良|中等|中|较?差)(?:等次|等级|等|档|级)?"
    r"[”\"」]?(?=[，。；、）)\n]|$)"
)
_OF_PART = re.compile(r"指标|执行率|考核|满意|一级|二级|三级|扣")


class _Graded(NamedTuple):
    """A score and the grade that is told right behind it."""

    score: Quantity
    grade: str


@rule(
    "TXT001",
    ERROR,
    "文中写{score}、等级“{grade}”，而{score}对应的等级是“{right}”；请核对得分和等级",
)
def grade_beside_score_wrong(facts: Facts) -> Problems:
    """文中得分后面写的等级，不是这个得分对应的等级.

    依据：90（含）—100 优，80（含）—90 良，60（含）—80 中，60 以下差（模板包的评分规则）。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10, 得分: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        自评结果: {总分: 100}
        叙述: {自评结论: 经自评，部门整体支出绩效得分100分，等级为良。}
    """
    grades = facts.scoring.grades
    if not _GRADES.issuperset(one.name[:1] for one in grades):
        return
    for passage in facts.quantified:
        for found in _graded(facts, passage):
            right = grade_of(found.score.value, grades)
            form = facts.evaluation_of(passage.block.project).evaluation
            known = {right[:1], form.outcome.grade.strip()[:1]}
            if right and found.grade not in known:
                yield at(
                    passage,
                    score=found.score.text,
                    grade=found.grade,
                    right=right,
                )


def _graded(facts: Facts, passage: ProseBlock) -> Iterator[_Graded]:
    """The scores of whole evaluations in a paragraph that have a grade right behind them."""
    for position, one in enumerate(passage.quantities):
        if one.measure == "分" and one.is_exact:
            match = _GRADE.match(passage.text, one.end)
            if match and _is_of_whole(facts, passage, position):
                yield _Graded(one, match["grade"].removeprefix("较")[:1])


def _is_of_whole(facts: Facts, passage: ProseBlock, position: int) -> bool:
    """Whether a number of points is this year's score of a whole evaluation."""
    label = passage.label(position)
    if not _SCORED.search(label) or _OF_PART.search(label):
        return False
    before = passage.before(passage.quantities[position])
    others = has_word(before, facts.words.scores_by_others)
    return not others and OTHER_TIMES.search(before) is None
