"""指标值 and 实际值 as written: relation, value and measure, or a quality in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainValidator

from reportgen.core.numerals import read_chinese_numeral, read_number
from reportgen.model.measure import conversion
from reportgen.model.values import Kind, described, refused

LONGEST = 60  # characters; what is longer is a sentence, and the patterns may go over a text many times

_RELATIONS = {
    "≥": "≥ ≧ >= => ⩾ 大于等于 大于或等于 不低于 不少于 不小于 不短于 至少 达到 达 最低",
    "≤": "≤ ≦ <= =< ⩽ 小于等于 小于或等于 不高于 不超过 不大于 不多于 不晚于 至多 控制在 最多 最高",
    ">": "> 大于 高于 超过 多于 超",
    "<": "< 小于 低于 少于 不足 不到 短于",
    "=": "= ═ 等于 为",
    "≈": "≈ 约 大约 约为 近 左右",
}
_BY_WORD = {
    word: relation
    for relation, words in _RELATIONS.items()
    for word in words.split()
}
_TAILS = dict.fromkeys(("及以上", "或以上", "以上"), "≥") | dict.fromkeys(
    ("及以下", "或以下", "以下"), "≤"
)
_TAILS |= dict.fromkeys(("以内", "之内", "内"), "≤") | {"左右": "≈", "": ""}
_TIMES_A_YEAR = {
    "半年": 2,
    "季度": 4,
    "季": 4,
    "两月": 6,
    "两个月": 6,
    "月": 12,
    "个月": 12,
    "半月": 24,
    "半个月": 24,
    "两周": 26,
    "周": 52,
    "星期": 52,
    "天": 365,
    "日": 365,
    "年": 1,
}

_NARROW = str.maketrans(
    "０１２３４５６７８９．％＋－−＜＞＝～〜（）", "0123456789.%+--<>=~~()"
)
_REMARK = re.compile(
    r"\([^()0-9]{1,20}\)$"
)  # 52次(超额): a word of explanation behind the value
_OF_THE_FORM = re.compile(r"\s*指标\s*[0-9０-９]{1,2}\s*[:：]?[\s.…]*")
_BRACKETS = {"(": ")", "“": "”", '"': '"', "'": "'", "【": "】"}


def _any(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(word) for word in sorted(words, key=len, reverse=True)
    )


_WORDS = _any(_BY_WORD)
_DIGITS = r"[-+]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_HAN = "[零〇一二两三四五六七八九十百千]+"
_OTHER = "0-9=<>≤≥，。；、,;()"
_PER = rf"(?:/\s*[0-9]{{0,4}}(?:[百千万]{{1,2}}[^{_OTHER}/]{{0,6}}?|[^{_OTHER}/\s]{{1,6}}?))?"  # 220/10万, 35件/万人
_MEASURE = rf"(?:[^\s.:：+*×/~—–{_OTHER}-][^{_OTHER}]{{0,11}}?)?{_PER}"
_COUNTED = "次|场|场次|人次|个|项|份|家|人|名|篇|回|件|套|台|辆|户|处|种|天|册|所|座|条|期|个工作日|个月|小时"
_NAMED = r"[^0-9<>=≤≥，。；、,;:：]{1,20}?(?:率|(?<![年季])度|比例|占比|人数|次数|场次|数量|总数|天数|个数|金额|面积)"
_LEAD = rf"(?:(?:{_NAMED}|(?:全年|累计|共|已|实际|计划){{0,2}}完成)\s*[:：]?\s*)?"  # what is measured: 合格率, 满意度
_INCLUDED = r"(?:\(含[^()]{0,8}\))?"
_TAIL = rf"{_INCLUDED}(?P<tail>{_any(_TAILS)}){_INCLUDED}"
_DONE = r"(?:完成|办结|响应|到位|支付|拨付|答复|处理|解决|送达|上架|修复)?"
_RELATION = rf"(?P<relation>{_WORDS})?"
_NUMBER = re.compile(
    rf"{_LEAD}{_RELATION}\s*(?P<value>{_DIGITS})(?P<more>[多余])?\s*(?P<measure>{_MEASURE})\s*{_TAIL}{_DONE}"
)
_HAN_NUMBER = re.compile(
    rf"{_LEAD}{_RELATION}\s*(?P<value>{_HAN})(?P<more>[多余])?(?P<measure>{_COUNTED}){_TAIL}"
)
_RANGE = re.compile(
    rf"{_LEAD}(?P<low>{_DIGITS})\s*(?P<one>{_MEASURE})\s*(?:[~—–-]{{1,2}}|至|到)\s*"
    rf"(?P<high>{_DIGITS})\s*(?P<measure>{_MEASURE})\s*"
)
_PERIOD = rf"(?P<period>{_any(_TIMES_A_YEAR)})"
_TIMES = rf"(?P<count>{_HAN}|[0-9]+)?(?P<measure>次|场|场次|回|期|篇|人次)"
_FREQUENCY = re.compile(
    rf"(?P<before>{_WORDS})?\s*每{_PERIOD}\s*(?P<relation>{_WORDS})?\s*{_TIMES}(?P<tail>{_any(_TAILS)})"
)
_TIMES_PER = re.compile(
    rf"{_RELATION}\s*{_TIMES}\s*/\s*每?{_PERIOD}(?P<tail>{_any(_TAILS)})"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A 指标值 or 实际值: `text` as typed and, where it is a quantity, what it says.

    `relation` is one of ≥ ≤ > < = ≈ 区间, or "" where none was written; `value` is None for a quality in words
    (高质量完成); `upper` ends a 区间; `measure` is the unit of measure as written (场, %, 万元) or "".
    A frequency (每月一次) is its number in one year, and `period` what it was typed for (月). `lent` is a measure that
    was typed beside it, in 度量单位, `sign` a relation, in 指标性质.
    """

    text: str
    relation: str = ""
    value: Decimal | None = None
    measure: str = ""
    upper: Decimal | None = None
    lent: str = ""
    sign: str = ""
    period: str = field(default="", compare=False)

    @property
    def times(self) -> int:
        """How often its period comes in one year."""
        return _TIMES_A_YEAR.get(self.period, 1)

    @property
    def shown(self) -> str:
        """The text as printed: as typed, with relation and measure that stand in columns of their own."""
        text = self.text.strip()
        behind = self.lent if text[-1:].isdigit() else ""
        return f"{self.sign}{text}{behind}"

    @property
    def quantitative(self) -> bool:
        """Whether there is a number to measure against."""
        return self.value is not None

    def value_in(self, measure: str) -> Decimal | None:
        """The value converted to `measure`; None where the two cannot be compared (次 against %)."""
        if self.value is None:
            return None
        factor = conversion(self.measure, measure)
        return None if factor is None else self.value * factor


def lend_measure(target: Target, measure: str) -> Target:
    """`target` in `measure` where it is a number without one; else as it is."""
    if target.value is None or target.measure:
        return target
    return replace(target, measure=measure, lent=measure)


def lend_relation(target: Target, nature: str) -> Target:
    """`target` with the relation that 指标性质 says (≥, 大于等于) where it is a number without one; else as it is."""
    relation = _BY_WORD.get(nature.strip().translate(_NARROW), "")
    if target.value is None or target.relation or not relation:
        return target
    return replace(target, relation=relation, sign=relation)


def is_named(text: str) -> bool:
    """Whether `text` says anything: not empty, and not the …… or 指标2： that a form prints for more to come."""
    return bool(text.strip(" …·.。")) and not _OF_THE_FORM.fullmatch(text)


def read_target(text: str) -> Target:
    """`≥95%`, `大于14000次`, `不低于90%`, `30场`, `63%～68%`, `每月一次` as quantities; anything else in words."""
    core = _core(text)
    read_core = _read_core(text, core)
    remark = _REMARK.search(core)
    if read_core.value is None and remark:
        return _read_core(text, core[: remark.start()].strip())
    return read_core


def _read_core(text: str, core: str) -> Target:
    for pattern, read in (
        (_FREQUENCY, _frequency),
        (_TIMES_PER, _frequency),
        (_RANGE, _range),
        (_NUMBER, _number),
        (_HAN_NUMBER, _number),
    ):
        if match := pattern.fullmatch(core):
            return read(text, match) or Target(text)
    return Target(text)


def _core(text: str) -> str:
    """`text` without what surrounds it: blanks, the full stop of a sentence, a pair of brackets; "" for a long one."""
    core = text.strip()
    if len(core) > LONGEST:
        return ""
    core = core.translate(_NARROW).rstrip("。；;，,、").strip()
    return (
        core[1:-1].strip()
        if len(core) > 1 and _BRACKETS.get(core[0]) == core[-1]
        else core
    )


def _frequency(text: str, match: re.Match[str]) -> Target | None:
    count = _value(match["count"] or "一")
    if count is None:
        return None
    said = match.groupdict()
    relation = _TAILS[said["tail"]] or _BY_WORD.get(
        said["relation"] or said.get("before") or "=", ""
    )
    period = match["period"]
    return Target(
        text,
        relation,
        count * _TIMES_A_YEAR[period],
        match["measure"],
        period=period,
    )


def _range(text: str, match: re.Match[str]) -> Target | None:
    low = read_number(match["low"])
    high = read_number(match["high"])
    measure = (match["measure"] or match["one"]).strip()
    if low is None or high is None or low > high or _is_date(low, measure):
        return None
    return Target(text, "区间", low, measure, high)


def _number(text: str, match: re.Match[str]) -> Target | None:
    value = _value(match["value"])
    measure = match["measure"].strip()
    relation = _relation(match)
    if value is None or (not relation and _is_date(value, measure)):
        return None
    return Target(
        text, relation, value, "%" if measure.startswith("%") else measure
    )


def _relation(match: re.Match[str]) -> str:
    """What stands behind the number (以上), or else before it (不低于), or within (30余场)."""
    behind = _TAILS[match["tail"]]
    before = _BY_WORD.get(match["relation"] or "", "")
    within = "≥" if match["more"] else ""
    return behind or before or within


def _value(digits: str) -> Decimal | None:
    value = read_number(digits)
    if value is not None:
        return value
    number = read_chinese_numeral(digits)
    return None if number is None else Decimal(number)


def _is_date(value: Decimal, measure: str) -> bool:
    """2022年, 12月底前, 15日前 are days in words, not quantities; 3年 and 6个月 are."""
    if measure.startswith("年"):
        return 1900 <= value <= 2100
    return measure.startswith(("月", "号")) or measure.endswith(
        ("前", "底", "初", "末")
    )


def _validate(value: Any) -> Target:
    if isinstance(value, Target):
        return value
    if isinstance(value, (dict, list)):
        raise refused(
            "DAT005",
            "这里应填一个值，例如 ≥95%、30场、高质量完成；含有花括号或冒号时请加英文双引号",
        )
    return read_target(str(value))


Measured = (
    Annotated[
        Target,
        PlainValidator(_validate),
        described("例如 ≥95%、大于14000次、30场、高质量完成"),
        Kind.MEASURED,
    ]
    | None
)
