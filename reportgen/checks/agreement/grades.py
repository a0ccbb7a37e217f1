"""TXT001: the grade that a report gives in words, without the score, against the total of the form."""

from __future__ import annotations

import re

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.facts.text_index import Hit, sentence_at
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import ZERO, plain

_GRADES = frozenset("优良中差")
_STATED = re.compile(
    r"(?:自评|绩效(?:评价|评定)?|整体支出(?:评价)?)[^，。；：、\n]{0,12}(?:等级|等次"
    r"|级别|结果|结论|档次)?(?:评定|认定|确定|评)?(?:为|是|属于|达到|：|:)[“\"「『]?"
    r"(?P<grade>优秀|优(?![化质良])|良好|良|中等|中(?![央心小期期级国层年])|较?差(?![异距额旅错]))(?:等次"
    r"|等级|水平|等|档|级)?[”\"」』]?(?:等次|等级|档次)?(?=[，。；、,;）)（(\n]|等?次?的|$)"
)
_OF_SOMETHING_ELSE = re.compile(
    r"以上|以下|[～~—-]\s*\d|分[）)]?为|考核|指标(?!体系)|服务质量|意见|若|如果|应"
)
_FAR = 120  # characters of a sentence on either side
_POINTS = re.compile(r"\d\s*分")


@rule(
    "TXT001",
    ERROR,
    "文中写“{quoted}”，与表不一致：{score} 分对应的等级是“{grade}”（{where}）；请核对等级和总分",
)
def grade_in_words_wrong(facts: Facts) -> Problems:
    """文中只写了等级，与自评表总分对应的等级不同.

    依据：报告中的等级应当就是自评表总分对应的等级：90（含）—100 优，80（含）—90 良，60（含）—80 中，60 以下差。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10, 得分: 10}
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
        自评结果: {总分: 100}
        叙述: {自评结论: 部门整体支出绩效自评等级为良，得分见附表。}
    """
    for hit in facts.hits(_STATED):
        block, match = hit
        one = facts.evaluation_of(block.project)
        grade = match["grade"].removeprefix("较")[:1]
        right = {one.grade[:1], one.evaluation.outcome.grade.strip()[:1]}
        stated = one.evaluation.outcome.score is not None
        known = stated and one.grade[:1] in _GRADES
        if known and grade not in right and _is_own(facts, hit):
            yield at(
                *block.path,
                quoted=match[0],
                score=plain(one.printed_total or ZERO, 2),
                grade=one.grade,
                where=dotted(one.score_total.path),
            )


def _is_own(facts: Facts, hit: Hit) -> bool:
    """Whether the sentence speaks of this evaluation, gives no score, and names no project."""
    block, match = hit
    near = match.string[max(0, match.start() - _FAR) : match.end() + _FAR]
    at_match = min(_FAR, match.start())
    start, sentence = sentence_at(near, at_match, "。；\n")
    others = (
        OTHER_TIMES.search(near, start, at_match)
        or _OF_SOMETHING_ELSE.search(sentence)
        or has_word(sentence, facts.words.scores_by_others)
    )
    scored = _POINTS.search(sentence)
    names = facts.own.project_names if block.project is None else ()
    return not others and not scored and not has_word(sentence, names)
