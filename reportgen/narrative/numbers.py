"""Numbers found in prose: with unit, value and the words around them.

Left alone are numbers that are no quantities: years and dates, document numbers, laws in 《》, list numbers, ordinals,
codes, and numbers that belong to a name (given as `names`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportgen.numerals import read_chinese_numeral, read_number

MONEY, PERCENT, POINTS, COUNT = "金额", "百分比", "百分点", "数量"
_MONEY_FACTORS = {
    "亿元": Decimal(10_000),
    "千万元": Decimal(1000),
    "百万元": Decimal(100),
    "万元": Decimal(1),
    "千元": Decimal("0.1"),
    "元": Decimal("0.0001"),
}
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000), "百": Decimal(100)}
_MEASURES = (
    "平方公里|平方米|立方米|公顷|公里|千米|千瓦时|人次|辆次|台次|场次|班次|工作日|小时|分钟|个月|人天|人|"
    "个|次|场|辆|家|户|项|条|件|台|套|天|日|周|期|批|份|篇|"
    "名|所|处|座|间|栋|亩|吨|升|度|册|本|张|部|起|宗|支|只|"
    "米|分|类|种|款|届|村|站|点|册次|幅|盏|株|棵|头|平米|M2|G|"
    "M|兆|秒|倍|成"
)
_MEASURE = "|".join(sorted(_MEASURES.split("|"), key=len, reverse=True))
_NUM = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?"
_HAN = r"[零〇一二两三四五六七八九十百千万亿]+"
_DASH = r"(?:—{1,2}|～|~|-|－|–|至|到)"
_MONEY_UNIT = "亿元|千万元|百万元|万元|千元|元"
_UNIT = rf"(?:{_MONEY_UNIT}|个百分点|[%％‰]|(?:万|亿)?余?(?:{_MEASURE})|亿|万(?!一))"
_ARABIC = re.compile(
    rf"(?P<about>约|近|超过|超|逾|不足|达到|达)?\s*(?P<low>{_NUM})\s*(?:(?P<low_unit>%|％|{_MONEY_UNIT})?\s*{_DASH}\s*"
    rf"(?P<high>{_NUM}))?\s*(?P<rest>余|多)?\s*(?P<unit>{_UNIT})"
)
_CHINESE = re.compile(
    rf"百分之(?P<percent>{_HAN}(?:点{_HAN})?)|(?P<value>{_HAN})(?P<unit>{_MONEY_UNIT}|人次|人|次|场|辆|家|户|套|台|平方米)"
)
_NO_QUANTITY = re.compile(
    r"《[^》]*》"
    r"|[〔\[［（(](?:19|20)\d\d[〕\]］）)]\s*\d+\s*号"
    r"|\d{4}\s*[-—－~～至]\s*\d{4}\s*年度?"
    r"|(?:19|20|２０)[\d０-９]{2}\s*年?\s*\d{1,2}\s*(?:[-—－~～至]\s*\d{1,2}\s*)?月(?:份|\s*\d{1,2}\s*日)?"
    r"|(?:19|20)\d\d\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}日?"
    r"|(?:19|20)\d\d\s*年(?:度|底|初|末|上半年|下半年)?"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}\s*(?:[-—－~～至]\s*\d{1,2}\s*)?月份?|\d{1,2}\s*日(?!均)"
    r"|第\s*[0-9一二三四五六七八九十百]+\s*[条款项届期批次个名位季章节]"
    r"|[“\"]?十[一二三四五六七八九]五[”\"]?"
    r"|\d{1,2}[·•]\d{1,2}"
    r"|1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{17}[\dXx]"
    r"|^\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]+、)"
    r"|[A-Za-z]+[-_]?\d+|\d+(?:\.\d+){2,}"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit in a text.

    `kind` is 金额 (`value` in 万元), 百分比 or 百分点 (`value` in percent), or 数量 (`value` in `measure`). `digits` is
    how many decimals were typed, in the typed unit, and `scale` what one typed unit is in that of `value`, so that a
    figure can be rounded to what was printed. `upper` ends a range. `about` marks 约, 近, 余.
    """

    kind: str
    value: Decimal
    measure: str
    text: str
    start: int
    end: int
    digits: int = 0
    scale: Decimal = Decimal(1)
    upper: Decimal | None = None
    about: bool = False

    @property
    def tolerance(self) -> Decimal:
        """Half a unit of the last printed digit, in the unit of `value`."""
        return Decimal("0.5").scaleb(-self.digits) * self.scale


def read_quantities(text: str, names: Iterable[str] = ()) -> Iterator[Quantity]:
    """Every quantity in `text`, from left to right."""
    blanked = _blanked(text, names)
    found = [*_arabic(blanked), *_chinese(blanked)]
    yield from sorted(found, key=lambda one: one.start)


def _blanked(text: str, names: Iterable[str]) -> str:
    """`text` with everything that holds numbers but no quantities blanked out, at the same length."""
    for name in names:
        if name and any(char.isdigit() for char in name):
            text = text.replace(name, "\x00" * len(name))
    return _NO_QUANTITY.sub(lambda match: "\x00" * len(match.group()), text)


def _arabic(text: str) -> Iterator[Quantity]:
    for match in _ARABIC.finditer(text):
        low, unit = read_number(match["low"]), match["unit"]
        if low is None:
            continue
        high = read_number(match["high"]) if match["high"] else None
        kind, measure, factor = _measured(unit)
        digits = len(match["low"].replace("．", ".").partition(".")[2])
        about = match["about"] in {"约", "近", "超过", "超", "逾", "不足"} or bool(match["rest"]) or "余" in unit
        yield Quantity(
            kind=kind,
            value=low * factor,
            measure=measure,
            text=match.group().strip(),
            start=match.start("low"),
            end=match.end(),
            digits=digits,
            scale=factor,
            upper=None if high is None else high * factor,
            about=about,
        )


def _chinese(text: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(text):
        if match["percent"]:
            value = _spoken(match["percent"])
            if value is not None:
                digits = len(match["percent"].partition("点")[2])
                yield Quantity(PERCENT, value, "%", match.group(), match.start(), match.end(), digits)
            continue
        number = read_chinese_numeral(match["value"])
        if number is None or (number < 3 and match["unit"] not in _MONEY_FACTORS):
            continue  # 一次, 两家: manner of speaking more often than a count
        kind, measure, factor = _measured(match["unit"])
        yield Quantity(kind, number * factor, measure, match.group(), match.start(), match.end(), 0, factor)


def _spoken(text: str) -> Decimal | None:
    """九十五点五 -> 95.5."""
    whole, _, part = text.partition("点")
    number = read_chinese_numeral(whole)
    if number is None:
        return None
    digits = [read_chinese_numeral(char) for char in part]
    if any(digit is None or digit > 9 for digit in digits):
        return None
    return Decimal(f"{number}.{''.join(map(str, digits))}" if digits else number)


def _measured(unit: str) -> tuple[str, str, Decimal]:
    """Kind, measure and factor to the unit of `Quantity.value`."""
    unit = unit.replace("余", "")
    if unit in _MONEY_FACTORS:
        return MONEY, "万元", _MONEY_FACTORS[unit]
    if unit in {"%", "％"}:
        return PERCENT, "%", Decimal(1)
    if unit == "‰":
        return PERCENT, "%", Decimal("0.1")
    if unit == "个百分点":
        return POINTS, "个百分点", Decimal(1)
    scale = next((name for name in ("亿", "万") if unit.startswith(name)), "")
    return COUNT, unit.removeprefix(scale), _SCALES.get(scale, Decimal(1))
