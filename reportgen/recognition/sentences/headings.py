"""Which paragraphs are titles and headings, and for which section of 叙述 a heading is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.recognition.reading.grids import WrittenLine
from reportgen.recognition.reading.words import (
    is_one,
    plain,
    section_named,
    squeezed,
)

ITEMS = frozenset(["存在问题", "改进措施", "主要经验及做法", "主要成效"])
"""Sections in which small numbers number items, not headings."""

_TITLE = re.compile(
    r"[^。;]{0,60}(?:自评|评价|绩效|项目|目标|支出).{0,12}(?:表|报告|清单|结果|框架|情况|申报表|体系)(?:[(（].{0,14}[)）])?"
)
_SURE_TITLE = re.compile(r"报告|表.{0,7}$|20\d\d年")
_RANKS = (
    re.compile(
        r"[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]{1,3}[章节部][分]?"
    ),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}\s*[、.．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳]"),
)
_LONGEST = (36, 36, 24, 20)
_ABOUT = re.compile("[\u4e00-\u9fa5、]{2,14}(?:情况|概况|结论|分析|效果|成效)")
_AFTER = re.compile("(?:完成)?(?:情况)?(?:分析)?$")
_SENTENCE = re.compile("[。；;]")
_CLAUSES = re.compile("[，。；,;：:]")
_SMALL = 2  # from this rank on numbers may number items
_NAME = 16


@dataclass(frozen=True)
class Heading:
    """A heading: its rank, its words, the section that it is for, what follows it in its paragraph."""

    rank: int
    text: str
    section: str
    rest: str = ""
    plain: bool = False  # known by its words alone


def is_title(
    line: WrittenLine,
    above: Sequence[Heading],
) -> bool:
    """Whether a paragraph says what a form or report is, and ends no sentence."""
    text = squeezed(line.text)
    numbered = _RANKS if above else _RANKS[:_SMALL]
    if line.number or any(one.match(line.text) for one in numbered):
        return False
    is_section = above or section_named(text)
    if is_section and not _SURE_TITLE.search(text):
        return False
    return _TITLE.fullmatch(text) is not None


def heading_of(
    line: WrittenLine,
    follows: WrittenLine | None,
    above: Sequence[Heading],
    report: bool,
) -> Heading | None:
    """The heading that a paragraph is, or begins with."""
    ranks = (at for at, one in enumerate(_RANKS) if one.match(line.whole))
    rank = next(ranks, None)
    if rank is None:
        is_first = not above or above[-1].plain
        is_known = report and is_first and _names_section(line, follows)
        return _styled(line) if line.level or is_known else None
    bare = _RANKS[rank].sub("", line.whole, count=1).strip()
    within = _within_items(above, rank)
    if rank >= _SMALL and (within or not _heads(bare, follows, rank)):
        return None
    return _whole(bare, rank) or _run_in(bare, rank, within)


def _names_section(
    line: WrittenLine,
    follows: WrittenLine | None,
) -> bool:
    """Whether a line without a number is the name of a section, with sentences below it."""
    if is_one("叙述", line.text):
        return True
    is_told = follows is not None and _SENTENCE.search(follows.text)
    named = _ABOUT.fullmatch(line.text) and section_named(line.text)
    return bool(is_told and named)


def _styled(line: WrittenLine) -> Heading | None:
    text = line.text.rstrip("。：: ")
    is_short = len(text) <= _LONGEST[0]
    rank = max(line.level - 1, 0)
    name = section_named(text)
    return Heading(rank, text, name, plain=not line.level) if is_short else None


def _within_items(
    above: Sequence[Heading],
    rank: int,
) -> bool:
    holders = [one.section for one in above if one.rank < rank]
    return not ITEMS.isdisjoint(holders[-1:])


def _whole(
    bare: str,
    rank: int,
) -> Heading | None:
    """A paragraph that is a heading and no more."""
    text = bare.rstrip("。：:；; ")
    section = section_named(text)
    if len(text) > _LONGEST[rank] or _SENTENCE.search(text):
        return None
    is_heading = section or bare[-1:] not in "。；;"
    return Heading(rank, text, section) if is_heading else None


def _run_in(
    bare: str,
    rank: int,
    within: bool,
) -> Heading | None:
    """A heading with sentences behind it."""
    first, *_ = re.split("[。：:]", bare, maxsplit=1)
    if len(first) > _LONGEST[rank] or within:
        return None
    section = section_named(first)
    is_about = rank < _SMALL and _ABOUT.fullmatch(first.strip())
    rest = bare[len(first) :].lstrip("。：: ")
    return (
        Heading(rank, first.strip(), section, rest)
        if section or is_about
        else None
    )


def _heads(
    bare: str,
    follows: WrittenLine | None,
    rank: int,
) -> bool:
    """Whether a line with a small number is a heading: it names a section, or sentences follow it."""
    text = bare.rstrip("。：:；; ")
    if text.endswith("表"):  # one of those that a report comes with
        return False
    name = _AFTER.sub("", plain(re.split("[:：]", text)[0]))
    if section_named(text) and len(text) <= _NAME:
        return True
    if is_one("叙述", name) or is_one("类别", name):
        return re.search("[:：。]", text) is not None
    below = follows.whole if follows else ""
    if _RANKS[rank].match(below) or len(below) <= len(text):
        return False
    return len(text) <= _LONGEST[rank] and not _CLAUSES.search(text)
