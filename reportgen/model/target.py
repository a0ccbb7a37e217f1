"""指标值 and 实际值 as written: relation, value and measure, or a quality in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from reportgen.model.values import refused
from reportgen.numerals import read_chinese_numeral, read_number

_RELATIONS: dict[str, str] = {
    "≥": "≥ ≧ >= => ＞= ⩾ 大于等于 大于或等于 不低于 不少于 不小于 不短于 至少 达到 达 最低",
    "≤": "≤ ≦ <= =< ＜= ⩽ 小于等于 小于或等于 不高于 不超过 不大于 不多于 不晚于 至多 控制在 最多 最高",
    ">": "> ＞ 大于 高于 超过 多于 超",
    "<": "< ＜ 小于 低于 少于 不足 不到 短于",
    "=": "= ＝ ═ 等于 为",
    "≈": "≈ 约 大约 约为 近 左右",
}
_BY_WORD = {word: relation for relation, words in _RELATIONS.items() for word in words.split()}
_WORDS = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_DIGITS = (
    r"[-+－＋]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[-+－＋]?[0-9０-９]+(?:[.．][0-9０-９]+)?"
)
_HAN = "零〇一二两三四五六七八九十百千万"
_MEASURE = r"[^0-9０-９=＝<>＜＞≤≥，。；、,;]{0,12}?"
_NUMBER = re.compile(
    rf"\s*(?P<relation>{_WORDS})?\s*(?P<value>{_DIGITS})\s*(?P<measure>{_MEASURE})\s*"
    r"(?P<tail>及以上|及以下|或以上|以上|以下|以内|之内|内|左右)?(?:（含）|\(含\))?\s*"
)
_RANGE = re.compile(
    rf"\s*(?P<low>{_DIGITS})\s*(?P<one>%|％|{_MEASURE})\s*(?:[～~－—–-]{{1,2}}|至|到)\s*"
    rf"(?P<high>{_DIGITS})\s*(?P<measure>{_MEASURE})\s*"
)
_FREQUENCY = re.compile(
    rf"\s*每(?P<period>半年|季度|季|个?月|周|星期|天|日|年)(?P<count>[{_HAN}]+|\d+)?(?P<measure>次|场|回|期|篇|人次)\s*"
)
_TIMES_A_YEAR = {
    "半年": 2,
    "季度": 4,
    "季": 4,
    "月": 12,
    "个月": 12,
    "周": 52,
    "星期": 52,
    "天": 365,
    "日": 365,
    "年": 1,
}
_TAILS = {
    "以上": "≥",
    "及以上": "≥",
    "或以上": "≥",
    "以下": "≤",
    "及以下": "≤",
    "以内": "≤",
    "之内": "≤",
    "内": "≤",
    "左右": "≈",
}
_IN_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "万": Decimal(10_000), "亿元": Decimal(100_000_000)}


@dataclass(frozen=True, slots=True)
class Target:
    """A 指标值 or 实际值: `text` as typed and, where it is a quantity, what it says.

    `relation` is one of ≥ ≤ > < = ≈ 区间, or "" where none was written; `value` is None for a quality in words
    (高质量完成); `upper` ends a 区间; `measure` is the unit of measure as written (场, %, 万元) or "".
    A frequency (每月一次) is its number in one year.
    """

    text: str
    relation: str = ""
    value: Decimal | None = None
    measure: str = ""
    upper: Decimal | None = None

    @property
    def quantitative(self) -> bool:
        """Whether there is a number to measure against."""
        return self.value is not None

    def value_in(self, measure: str) -> Decimal | None:
        """The value converted to `measure`; None where the two cannot be compared (次 against %)."""
        if self.value is None or self.measure == measure or not self.measure or not measure:
            return self.value
        mine, other = _IN_YUAN.get(self.measure), _IN_YUAN.get(measure)
        return None if mine is None or other is None else self.value * mine / other


def read_target(text: str) -> Target:
    """`≥95%`, `大于14000次`, `不低于90%`, `30场`, `63%～68%`, `每月一次` as quantities; anything else in words."""
    if match := _FREQUENCY.fullmatch(text):
        count = match["count"] or "1"
        times = int(count) if count.isdigit() else read_chinese_numeral(count)
        per_year = _TIMES_A_YEAR[match["period"]]
        return Target(text, "=", Decimal((times or 1) * per_year), match["measure"])
    if match := _RANGE.fullmatch(text):
        low, high = read_number(match["low"]), read_number(match["high"])
        measure = _measure(match["measure"] or match["one"])
        if low is not None and high is not None and low <= high:
            return Target(text, "区间", low, measure, high)
    if match := _NUMBER.fullmatch(text):
        relation = _TAILS.get(match["tail"] or "") or _BY_WORD.get(match["relation"] or "", "")
        return Target(text, relation, read_number(match["value"]), _measure(match["measure"]))
    return Target(text)


def _measure(text: str) -> str:
    return text.strip().replace("％", "%")


def _validate(value: Any) -> Target:
    if isinstance(value, Target):
        return value
    if isinstance(value, (dict, list)):
        raise refused("DAT005", "这里应填一个值，例如 ≥95%、30场、高质量完成；含有花括号或冒号时请加英文双引号")
    return read_target(str(value))


Measured = Annotated[
    Target,
    PlainValidator(_validate),
    WithJsonSchema({"type": ["string", "number"], "description": "例如 ≥95%、大于14000次、30场、高质量完成"}),
]
