"""REQ001: a section of problems that tells of nothing but what went well."""

from __future__ import annotations

import re

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.rule import WARNING, Problems, at, rule, shortened

_WELL_DONE = re.compile(
    r"完成|达[到成标]|好评|成效|圆满|顺利|提升|提高|超额|保障了|确保了|实现了|取得|投入使用|更加|得到|获评|荣获|改善|好转|平稳|按期|及时|有序|方便|便利"
)
_BUT = re.compile(
    r"但|却|然而|不过|只(?!要)|仅|还|仍|尚|参差|差(?!旅)|倾斜|增加了?(?:费用|成本|支出|负担)|风险|压力|困|挑战|负担|隐患|扣|低|老|旧|堵|漏|错|乱|空|超[支标期时限员编载]|逾|停"
)
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
