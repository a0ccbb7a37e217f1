"""AGG001: how many there are, against the names that the same sentence lists: 内设综合股、投资股3个股室."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problem, at, rule
from reportgen.core.numerals import read_chinese_numeral

_WHAT = r"(?:内设机构|(?:职能|内设)?[股科处]室|办公室|下属单位|二级单位|事业单位|二级机构|派出所|项目)"
_NUMBER = r"(?P<{}>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
_BEFORE = re.compile(
    rf"(?:内设|下设|下辖|设有)(?P<list>[^，。；：:\d]{{3,160}}?){_NUMBER.format('count')}个{_WHAT}"
)
_AFTER = re.compile(
    rf"{_NUMBER.format('count')}个{_WHAT}[，,：:]?(?:分别为|分别是|分别|即|依次为|[：:])[：:]?"
    r"(?P<list>[^。；;：:，,\d]{3,200})(?=[。；;，,\n]|$)"
)
_COUNTED = re.compile(f"[0-9一二两三四五六七八九十]个{_WHAT}")
_NOTES = re.compile(r"[（(][^（）()]*[)）]")
_LAST = re.compile(r"以及|[和及与]")
_LONGEST = 24  # characters of a name


@rule(
    "AGG001",
    WARNING,
    "文中写明 {stated} 个，列出的是 {count} 个（{listed}）；请核对个数和名称",
)
def number_and_list(facts: Facts) -> Iterator[Problem]:
    """文中写明的个数与同一句里列出的名称个数不同.

    依据：写明的个数等于列出的个数；列举未完的写“等”。
    反例：
        叙述: {单位概况: 内设综合股、财务股、业务股4个股室。}
    """
    for block in dict.fromkeys(
        one for one, _ in facts.paragraph_text.hits(_COUNTED)
    ):
        if "、" in block.text:
            yield from _miscounted(block)


def _miscounted(block: Block) -> Iterator[Problem]:
    text = _NOTES.sub("", block.text)
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            listed, number = match["list"], _number(match["count"])
            counts = _counts(listed)
            if (
                counts
                and number is not None
                and not _agree(number, counts, listed)
            ):
                yield at(
                    *block.path, stated=number, count=min(counts), listed=listed
                )


def _number(text: str) -> int | None:
    value = int(text) if text.isdigit() else read_chinese_numeral(text)
    return None if value is None else int(value)


def _counts(listed: str) -> range:
    """How many names there may be: 和 joins two of them, or stands in one; empty where that is no list of names."""
    names = listed.removesuffix("等").split("、")
    if len(names) < 2 or not all(0 < len(name) <= _LONGEST for name in names):
        return range(0)
    joined = len(_LAST.findall(listed))
    return range(len(names), len(names) + joined + 1)


def _agree(number: int, counts: range, listed: str) -> bool:
    """Whether the number is one of the counts; a list with 等 may have more."""
    return number in counts or ("等" in listed and number >= min(counts))
