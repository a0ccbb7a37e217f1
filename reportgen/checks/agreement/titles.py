"""AGG001: how many books, rules or programmes there are, against the titles in 《》 that are listed at once."""

from __future__ import annotations

import re

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import read_chinese_numeral

_NUMBER = r"(?P<number>\d{1,2}|[二两三四五六七八九十]{1,3})"
_MEASURE = r"(?:部|本|册|项|个|档|篇|种|件|首|台|集|份|套|期)"
_TITLES = r"(?P<titles>《[^《》\n]{1,40}》(?:[、，和及与]{0,2}《[^《》\n]{1,40}》){1,40})"
_AFTER = re.compile(
    rf"{_NUMBER}{_MEASURE}[^，。；：:《\d\n]{{0,10}}[，：:（(]?(?:分别[为是]|即)?{_TITLES}(?P<more>等)?"
)
_BEFORE = re.compile(
    rf"{_TITLES}(?P<more>等)?共?{_NUMBER}{_MEASURE}(?=[\u4e00-\u9fff])"
)


@rule(
    "AGG001",
    WARNING,
    "文中写明 {stated} 个，列出的是 {count} 个（{listed}）；请核对个数和名称",
)
def number_and_titles(facts: Facts) -> Problems:
    """文中写明的个数与列出的书名、节目名、制度名的个数不同.

    依据：写明的个数等于列出的个数；列举未完的写“等”。
    反例：
        叙述: {单位概况: 编纂志书4部：《县志》《镇志》《教育志》。}
    """
    for pattern in (_AFTER, _BEFORE):
        for block, match in facts.hits(pattern, "《"):
            titles = match["titles"]
            count = titles.count("《")
            stated = _number(match["number"]) or count
            if stated < count or (stated > count and not match["more"]):
                yield at(
                    *block.path,
                    stated=stated,
                    count=count,
                    listed=titles,
                )


def _number(text: str) -> int:
    return int(text if text.isdigit() else read_chinese_numeral(text) or 0)
