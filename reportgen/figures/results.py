"""What the prose of a report tells of an indicator: what kind of thing it counts, whether it was done, how far off.

None of it is printed in a form; the form has target and actual as they were typed.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.core.numerals import ZERO, plain
from reportgen.figures.days import days_apart
from reportgen.figures.indicators import IndicatorFigures, is_reverse
from reportgen.model.measure import DURATIONS
from reportgen.model.target import Target
from reportgen.model.unit import Indicator
from reportgen.model.values import MEASURE_MARK, NOTHING
from reportgen.packs.scoring import Scoring

# kinds of what is counted
WORDS, RATE, NONE, TIME, LIMIT, QUANTITY, DATE = [
    "文字",
    "率",
    "零",
    "时限",
    "上限",
    "数量",
    "日期",
]
# how it stands
EXCEEDED, MET, MISSED, UNDONE, UNKNOWN, OPEN = [
    "超过",
    "达到",
    "未达",
    "未做",
    "不明",
    "未填",
]
# kinds and states that are told in one sentence
GROUPS = {
    (QUANTITY, EXCEEDED): "多于目标",
    (RATE, EXCEEDED): "高于目标",
    (QUANTITY, MET): "持平",
    (RATE, MET): "持平",
    (TIME, EXCEEDED): "快于时限",
    (LIMIT, EXCEEDED): "低于上限",
}
_BOUND = re.compile(r"[0-9].*?(?=(?:及|或)?以[上下内]$|之?[内前]$|左右$|$)")
_COUNTERS = re.compile("(?:总?数量|人次数?|人数|场次|[次总个]数|频次)$")
_PERSON = re.compile(r"[病老工军疾法个责行证]$")  # 病人, 残疾人
_NUMBER = re.compile(r"(?<![指系基分倍参读岁])数$")
_GOES_ON = re.compile(  # what follows a semicolon and is still a cause
    r"(?:[一二三四五六]是|另|且|同时|加之|并且|由于|因|受|原因|其中)"
)
_AHEAD = re.compile(  # what is still to be done: 下学期…, …6月底前完工
    r"^(?:从|自|在)?(?:今后|下[个一半]?(?:步|学期|学年|年|季度|月)|[明次来]年|将|拟|计划)"
    r"|[底日节]前(?![^，]*[未没])|^(?:(?!待)[^，])*后(?:再|[^，]{0,6}(?:结算|支付|拨付|付清))|负责$"
)
_REPAIR = re.compile(  # 减少外出, 解决人手不足: no faults
    r"(?:减少|避免|防止|解决|缓解|弥补|缩短|消除|应对)(?![，0-9]|$)[^，]*|少年|少数民族"
)
_TIMELY = re.compile(r"时|[工周]期|期限")  # a stay in hospital has no deadline
_LASTS = re.compile(
    r"住院|停[电水机产航诊运]|中断|故障|等[候待]|[排候]队|病假|闲置"
)
_BREAK = re.compile(r"[；;。]")


class Result(NamedTuple):
    """`kind` of what is counted, `state`, and `distance` from the target in its measure (None where none is known)."""

    kind: str
    state: str
    distance: Decimal | None = None

    def told(self, target: Target, actual: Target) -> str:
        """The distance as prose has it: 46次, 7.4个百分点; 22人次/日 where both are so many a day."""
        if not self.distance:
            return ""
        measure = "个百分点" if target.measure == "%" else target.measure
        measure = "天" if self.kind == DATE else measure
        if target.times == actual.times > 1:
            apart = plain(self.distance / target.times, 2)
            return f"{apart}{measure}/{target.period}"
        return f"{plain(self.distance, 4)}{measure}"


def result_of(figures: IndicatorFigures, scoring: Scoring) -> Result:
    """How the indicator came out."""
    target, actual = figures.indicator.target, figures.indicator.actual
    kind = _kind(figures, scoring)
    if actual is None or actual.text.strip() in ("", *NOTHING):
        return Result(kind, OPEN)
    if figures.reached is None:
        return Result(kind, UNKNOWN)
    if target is None or target.value is None:
        return _in_words(figures, actual)
    value = actual.value_in(target.measure)
    distance = _distance(target, value)
    if value == 0 and (kind == LIMIT or not figures.reached):
        return Result(kind, UNDONE, distance)  # nor is what it cost a result
    far = EXCEEDED if distance else MET
    return Result(kind, far if figures.reached else MISSED, distance)


def _in_words(figures: IndicatorFigures, actual: Target) -> Result:
    """What has no number; a date is so many days early or late."""
    reached = figures.counts_as_reached
    target = figures.indicator.target
    days = target and days_apart(target, actual, late=not reached)
    state = MET if reached else MISSED
    return Result(DATE, state, Decimal(days)) if days else Result(WORDS, state)


def _kind(figures: IndicatorFigures, scoring: Scoring) -> str:
    target = figures.indicator.target
    if target is None or target.value is None:
        return WORDS
    if target.value == 0:
        return NONE
    if not is_reverse(figures.indicator, target, scoring):
        return RATE if target.measure in ("%", "‰") else QUANTITY
    one = figures.indicator
    return TIME if _is_timely(one) and target.measure in DURATIONS else LIMIT


def _is_timely(one: Indicator) -> bool:
    """Whether it says until when something is done, not how long something lasts."""
    named = f"{one.category}{one.name}"
    return bool(_TIMELY.search(named) and not _LASTS.search(one.name))


def _distance(target: Target, value: Decimal | None) -> Decimal | None:
    """Between the actual and what it is measured by: the nearer end of a 区间, nothing within it."""
    if value is None:
        return None
    low = target.value or ZERO
    return max(low - value, value - (target.upper or low), ZERO)


def bound_of(target: Target) -> str:
    """The number of a target without relation: ≥20万人次 -> 20万人次, 60分钟以内 -> 60分钟."""
    search = _BOUND.match if target.value is None else _BOUND.search
    found = search(target.shown)
    return found[0] if found else target.shown


def counted_name(name: str, measure: str) -> str:
    """What is counted, without the word for its number: 参训人数 -> 参训, 开放天数 in 天 -> 开放, 病人数 -> 病人."""
    name = name.replace("时限", "用时")
    one = measure.lstrip("百千万亿")
    counted = name.removesuffix(f"{one}数") if one else name
    for rest in (counted, _COUNTERS.sub("", name)):
        if 2 <= len(rest) < len(name) and not _PERSON.search(rest):
            return rest
    return _NUMBER.sub("", name) if len(name) > 2 else name


def cause_and_measure(
    reason: str,
    measures: Sequence[str],
    faults: Sequence[str],
    *,
    answers: bool = True,
) -> tuple[str, str]:
    """偏差原因 as cause and measure: 主机停航两个月；租用一艘快艇补充 tells first why, then what is done about it.

    A measure begins with a word of `measures` or says what is still to be done. Where people write reason and measure
    (`answers`), what follows a semicolon is one too unless it goes on with the cause or has one of `faults`.
    """
    cause, mark, measure = reason.partition(MEASURE_MARK)
    if mark:
        return cause, measure
    for end in _BREAK.finditer(reason):
        rest = reason[end.end() :].strip()
        part = _BREAK.split(rest)[0]
        told = _REPAIR.sub("", part)
        fault = _GOES_ON.match(part) or any(word in told for word in faults)
        begins = part.startswith(tuple(measures)) or _AHEAD.search(part)
        named = any(word in part[:8] for word in measures)
        if answers:
            follows = named or not (fault or end[0] == "。")
        else:
            follows = named and not fault
        if rest and (begins or follows):
            return reason[: end.start()].strip(), rest
    return reason.strip(), ""
