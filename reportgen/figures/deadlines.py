"""Dates of completion in words: 6月底前 against 6月20日, 2024年12月31日前 against 2024年11月."""

import re
from typing import NamedTuple

from reportgen.model.target import Target

_LAST_DAY = 31  # of any month
_PARTS = {
    "上旬": (1, 10),
    "初": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}
_SEASONS = "一二三四1234"
_BEFORE = r"(?P<before>(?:之|以)?前)?"
_LEAD = r"(?:不?晚于|截至|截止到?|于|在|预计|计划|实际|已于|应于)?"
_DONE = r"(?:全部|基本)?(?:完成|完工|竣工|建成|投用|投入使用|验收|办结|拨付|支付|到位|发放|上报|交付)?(?:完毕|到位)?"
_YEAR = r"(?:(?P<year>(?:19|20)[0-9]{2})\s*年?度?|当年|本年|今年)?\s*"
_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])"
_MONTH = rf"(?P<month>1[0-2]|0?[1-9])\s*月份?\s*(?:{_DAY}\s*[日号]|(?P<part>上旬|中旬|下旬|初|底|末))?"
_SEASON = r"第?(?P<season>[一二三四1-4])季度(?:底|末)?"
_HALF = r"(?P<half>上半年|下半年)"
_END = r"(?P<end>年?底|年末|全年)"
_DATE = re.compile(
    rf"{_LEAD}{_YEAR}(?:{_MONTH}|{_SEASON}|{_HALF}|{_END}){_BEFORE}{_DONE}"
)
_DIGITS = re.compile(
    rf"{_LEAD}(?P<year>(?:19|20)[0-9]{{2}})[-./](?P<month>1[0-2]|0?[1-9])[-./]{_DAY}{_BEFORE}{_DONE}"
)
_LONGEST = 30


_Groups = dict[str, "str | None"]
_Span = tuple[tuple[int, int], tuple[int, int], bool]


class _Days(NamedTuple):
    """The days that a date may mean, first and last, each as (month, day); year None where it is not written."""

    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    before: bool  # 6月前: whether June still counts is not said


def in_time(target: Target, actual: Target) -> bool | None:
    """Whether the actual date is not after the target's; None where one is no date, or the words leave it open."""
    due = days_of(target.text)
    done = days_of(actual.text)
    if due is None or done is None:
        return None
    done_year = done.year or due.year or 0
    due_year = due.year or done.year or 0
    earliest = (done_year, *done.first)
    latest = (done_year, *done.last)
    if earliest > (due_year, *due.last):
        return False
    if due.before:
        return latest < (due_year, *due.first) or None
    return latest <= (due_year, *due.last) or None


def days_of(text: str) -> _Days | None:
    """The days that a text means, None where it is no date."""
    core = "".join(text.split()).rstrip("。；;，,")
    if len(core) > _LONGEST:
        return None
    match = _DIGITS.fullmatch(core) or _DATE.fullmatch(core)
    if match is None:
        return None
    stated = match.groupdict()
    year = int(stated["year"]) if stated["year"] else None
    first, last, exact = _span(stated)
    return _Days(year, first, last, bool(stated["before"]) and not exact)


def _span(stated: _Groups) -> _Span:
    """First and last day, and whether 前 behind it means that day at the latest: 31日前, 6月底前, but not 6月前."""
    if stated.get("month"):
        return _in_month(stated)
    season = stated.get("season")
    half = stated.get("half")
    if season:
        end = 3 * (_SEASONS.index(season) % 4 + 1)
        return (end - 2, 1), (end, _LAST_DAY), False
    if half:
        first, last = (1, 6) if half == "上半年" else (7, 12)
        return (first, 1), (last, _LAST_DAY), False
    first = 1 if stated.get("end") == "全年" else 12
    return (first, 1), (12, _LAST_DAY), True


def _in_month(stated: _Groups) -> _Span:
    """First and last day of a date that names a month."""
    month = int(stated["month"] or 0)
    day = stated["day"]
    part = stated.get("part")
    if day:
        first = last = int(day)
    else:
        first, last = _PARTS[part] if part else (1, _LAST_DAY)
    return (month, first), (month, last), bool(day or part)
