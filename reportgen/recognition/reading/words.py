"""What labels and headings of the field mean: the lists in labels.yaml, looked up exactly, then by likeness."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from reportgen.sources.yaml_tree import load_yaml

_ALIKE = 86  # of 100; 项目资金 and 项目名称 are 50
_LONGEST, _SHORTEST = 24, 4
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_NUMBER = re.compile(
    r"^(?:[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．:：]|[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）])"
)
_AROUND = " :：*★☆△▲。；;、“”\"'"
_POINTS = re.compile(
    r"[(（]\s*(?:共|满分)?\s*([0-9]+(?:\.[0-9]+)?)\s*分?\s*[)）]"
    r"|(?<=指标)\s*([0-9]+(?:\.[0-9]+)?)\s*分$"
)
_SUM = re.compile(r".(?:小计|小计分|小计得分)$|指标(?:得分|自评得分)?合计$")
_CONTINUED = re.compile(
    r"[(（]?(?:续上?表|接上表|接上页|续上页)[\d一二三四五六]*[)）]?"
)
_SENTENCE = re.compile(r"[。；;]|\d(?![\d年])")
_BEHIND = re.compile(
    r"\s*(?:[(（]\s*(?:分值|权重)?[:：]?\s*(\d+(?:\.\d+)?)\s*分\s*[)）])$"
)
_BEHIND_NAMED = re.compile(r"\s*[(（/／]\s*(\d+(?:\.\d+)?)\s*分?\s*[)）]?$")
GRADE = re.compile(
    r"(?:等级|评级)[^优良中合较差]{0,4}(优秀|良好|中等|合格|较差|优|良|中|差)"
)
"""A grade with its label: 自评等级：优."""
_YUAN = re.compile(r"(?<![万亿])元")


class Meaning(NamedTuple):
    """What a label stands for; `sure` where it is written as one of the list."""

    key: str
    sure: bool = True


@cache
def _lists() -> dict[str, object]:
    """The lists of labels.yaml, by their group."""
    data: dict[str, object] = load_yaml(
        Path(__file__).with_name("labels.yaml")
    ).data
    return data


@cache
def _known(group: str) -> dict[str, str]:
    """Label -> key within a group."""
    lists = _lists()[group]
    if isinstance(lists, list):
        return {plain(label): label for label in lists}
    assert isinstance(lists, dict)
    return {
        plain(label): key for key, labels in lists.items() for label in labels
    }


@lru_cache(maxsize=50_000)
def squeezed(text: str) -> str:
    """`text` without blanks, brackets and signs of one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """A label as it is looked up: without blanks, its number, what stands in brackets, and signs around it."""
    bare = _NUMBER.sub("", squeezed(text))
    without = _BRACKETS.sub("", bare).strip(_AROUND)
    return without or bare.strip(_AROUND)


@lru_cache(maxsize=50_000)
def meaning(
    group: str,
    text: str,
) -> Meaning | None:
    """What a label means within a group, or None."""
    if not text or len(text) > 4 * _LONGEST:
        return None
    known, label = _known(group), plain(text)
    if label in known:
        return Meaning(known[label])
    if not _SHORTEST <= len(label) <= _LONGEST:
        return None
    found = process.extractOne(
        label, known.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE
    )
    return Meaning(known[found[0]], sure=False) if found else None


def is_one(
    group: str,
    text: str,
) -> bool:
    """Whether a label is written as one of the group."""
    return plain(text) in _known(group)


@lru_cache(maxsize=10_000)
def section_named(heading: str) -> str:
    """The section of 叙述 that a heading is for; "" where none is known, or a sentence with figures."""
    label = plain(heading)
    if _SENTENCE.search(label):
        return ""
    return next(
        (
            key
            for known, key in _known("叙述").items()
            if known.removeprefix("=") == label or known in label
        ),
        "",
    )


def sums_up(text: str) -> bool:
    """Whether a label is of a row that sums up a group of indicators: 小计, 产出指标得分小计."""
    return is_one("小计行", text) or _SUM.search(plain(text)) is not None


def says_continued(text: str) -> bool:
    """Whether a line says no more than that a table goes on: 续表1."""
    return _CONTINUED.fullmatch(squeezed(text)) is not None


def points_in(text: str) -> str:
    """The points that a label gives in brackets: 产出指标（50分） -> 50."""
    found = _POINTS.search(squeezed(text))
    return (found[1] or found[2]) if found else ""


def points_behind(
    text: str,
    head: str,
) -> re.Match[str] | None:
    """The points with which a text ends: 培训村医（10分）; without 分 or brackets only where the head names them."""
    return (_BEHIND_NAMED if "分值" in head else _BEHIND).search(text)


def without_points(text: str) -> str:
    """A label without them."""
    return _POINTS.sub("", text).strip()


def money_unit(text: str) -> str:
    """In what a head says that its amounts are, where not in 万元: 元, 亿元."""
    if "亿元" in squeezed(text):
        return "亿元"
    return "元" if in_yuan(text) else ""


def in_yuan(text: str) -> bool:
    """Whether a head says that its amounts are in 元."""
    said = squeezed(text)
    return bool(_YUAN.search(said)) and "万元" not in said
