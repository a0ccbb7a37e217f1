"""Units of measure as people write them, and how one becomes another: 万人次 and 人次, 元 and 万元."""

from decimal import Decimal
from functools import lru_cache

_SAME = {
    "日": "天",
    "㎡": "平方米",
    "平米": "平方米",
    "平方": "平方米",
    "m²": "平方米",
    "M2": "平方米",
    "m2": "平方米",
    "场次": "场",
    "人数": "人",
    "km": "千米",
    "公里": "千米",
    "kg": "千克",
    "公斤": "千克",
    "度": "千瓦时",
    "kWh": "千瓦时",
}
_MINUTES = {"秒": "0.0166666667", "分钟": "1", "小时": "60", "天": "1440"}
_DURATIONS = "秒 分 分钟 小时 天 日 工作日 个工作日 周 个月 月 年"
DURATIONS = frozenset(_DURATIONS.split())
_SCALES = {
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "亿": 10**8,
    "万": 10**4,
    "千": 10**3,
}


def conversion(measure: str, other: str) -> Decimal | None:
    """By what a number of `measure` is multiplied to be one of `other`; None where the two cannot be compared.

    Where one of them is not written, the number is taken to be in the other: 95 against ≥90%.
    """
    if measure == other or not measure or not other:
        return Decimal(1)
    (scale, unit), (other_scale, other_unit) = (
        scale_and_unit(measure),
        scale_and_unit(other),
    )
    if unit != other_unit and (
        (unit and other_unit) or "%" in (unit, other_unit)
    ):
        return None
    return scale / other_scale


@lru_cache(maxsize=1024)
def scale_and_unit(measure: str) -> tuple[Decimal, str]:
    """The scale of a measure and its bare unit: 万元 -> 10000, 元."""
    unit = measure.strip()
    if len(unit) > 1:
        unit = unit.removeprefix("个")
    unit = _SAME.get(unit, unit)
    if unit == "‰":
        return Decimal("0.1"), "%"
    if unit in _MINUTES:
        return Decimal(_MINUTES[unit]), "分钟"
    for word, scale in _SCALES.items():
        if unit.startswith(word):
            bare = unit.removeprefix(word)
            return Decimal(scale), _SAME.get(bare, bare)
    return Decimal(1), unit
