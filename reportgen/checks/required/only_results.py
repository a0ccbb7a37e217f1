"""REQ001: a section of problems that tells of nothing but what went well; results that would fit any goal."""

from __future__ import annotations

import re

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.rule import WARNING, Problems, at, rule, shortened

_WELL_DONE = re.compile(
    r"完成|达[到成标]|好评|成效|圆满|顺利|提升|提高|超额|保障了|确保了|实现了|取得|投入使用|更加"
    r"|得到|获评|荣获|改善|好转|平稳|按期|及时|有序|方便|便利|欢迎|受益|表彰|肯定|建成|启用"
)
_BUT = re.compile(
    r"但|却|然而|不过|只(?!要)|仅|还|仍|尚|参差|差(?!旅)|倾斜|增加了?(?:费用|成本|支出"
    r"|负担)|风险|压力|困|挑战|负担|隐患|扣|低|老|旧|堵|漏|错|乱|空|超[支标期时限员编载]|逾|停"
)
_FITS_ANY = re.compile(
    r"按照?|根据|年[初度内底]|计划|有序|推进|开展|各项?|工作|圆满|完成|达到"
    r"|预[期定]|效[果益]|任务|目标|全[年部面]|顺利|较好|严格|认真|积极|扎实"
    r"|本|项目|已|均|都|基本|实现|绩效|指标|既定|设定|有力|有效|保[障证]|确保"
    r"|社会|反响|反映|良好|群众|满意|发展|提升|提高|水平|服务|质量|促进|单位|正常"
    r"|运[转行]|落实|要求|情况|进展|成效|显著|明显|取得|进行|组织|实施"
    r"|得到|好评|方案|时间|节点|如期|按[时期]|[了的地并和及与其为到在好]"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST = 14  # characters; a shorter text sums up the whole: 各项目标全部完成
_SENTENCE = re.compile(r"[。；;\n]")


@rule(
    "REQ001",
    WARNING,
    "「{name}」写的都是成绩（“{text}”），没有写存在的问题；请写明问题和原因，没有的填“无”",
)
def problems_are_successes(facts: Facts) -> Problems:
    """存在问题一节每一句都是成绩，没有一句是问题.

    依据：存在问题写明问题和原因；确实没有的写“无”。
    反例：
        叙述: {存在问题: 全年巡检管网36次，抢修及时，居民用水得到保障。}
    """
    words = (*facts.words.problem_terms, *facts.words.measure_terms)
    for one in facts.evaluations:
        for name, texts in one.evaluation.narrative.items():
            text = "".join(texts).strip()
            titled = "问题" in name and "说明" not in name
            if titled and not has_word(text, words) and _all_well(text):
                yield at(
                    *one.path, "叙述", name, name=name, text=shortened(text)
                )


def _all_well(text: str) -> bool:
    """Whether every sentence tells of something that was done, and none turns away from that."""
    sentences = [*filter(str.strip, _SENTENCE.split(text))]
    done = all(map(_WELL_DONE.search, sentences))
    return bool(sentences) and done and not _BUT.search(text)


@rule(
    "REQ001",
    WARNING,
    "预期目标写有数量，完成情况“{text}”放在哪个单位、哪个项目都一样；请写实际做到的数量和程度",
)
def results_fit_any_goal(facts: Facts) -> Problems:
    """预期目标写有数量，完成情况只有套话.

    依据：年度总体目标的完成情况与预期目标逐条对应，写实际做到的程度；放在哪里都一样的话不能说明完成情况。
    反例：
        年度目标: {预期目标: 管护林地3600亩, 完成情况: 按照年初计划有序推进，各项工作圆满完成，达到预期效果。}
    """
    for one in facts.evaluations:
        goals = one.evaluation.goals
        text = "".join(goals.achieved)
        wanted = any(map(str.isdigit, "".join(goals.expected)))
        if wanted and len(text) >= _SHORTEST and _fits_any(text):
            yield at(*one.path, "年度目标", "完成情况", text=shortened(text))


def _fits_any(text: str) -> bool:
    """Whether a text has no number and nothing but words that any report has."""
    number = any(map(str.isdigit, text))
    return not number and not _HAN.search(_FITS_ANY.sub("", text))
