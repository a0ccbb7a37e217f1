"""Numbers found in prose: with unit, value and the words around them.

Left alone are numbers that are no quantities: years and dates, document numbers, laws in 《》, list numbers, ordinals,
codes, and numbers that belong to a name (given as `names`). Every pattern is tried at a digit only, so that a text is
read in the time it takes to look for digits.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from string import ascii_letters
from typing import NamedTuple

from reportgen.core.numerals import LARGEST, LONGEST, ONE, read_chinese_numeral
from reportgen.narrative.measure_words import MEASURE, SCALES

MONEY, PERCENT, POINTS, COUNT = "金额", "百分比", "百分点", "数量"

_NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_YUAN = Decimal("0.0001")  # in 万元
_UNIT = rf"元|%|％|‰|个百分点|百分点|{MEASURE}"
_SCALE = r"千万|百万|十万|亿|万(?![一般事众])|千(?![米克瓦])|百(?!分)"
_NUM = r"\d{1,3}(?:,\d{3})+(?!\d)(?:[.．]\d+)?|\d+(?:[.．]\d+)?"
_DASH = r"(?:[—－–―～~〜-]{1,2}|至|到)"
_TAIL = rf"\s*(?P<more>[余多])?(?P<scale>{_SCALE})?(?P<rest>[余多])?\s*大?(?P<unit>{_UNIT})?"
_HANGING = re.compile(
    r"\d+(?:[-.—－][0-9]+)*\s*[条款项届期批次个名位季章节步]?"
)
_QUANTITY = re.compile(rf"(?P<low>{_NUM}){_TAIL}")
_RANGE = re.compile(
    rf"(?P<low>{_NUM})\s*(?P<low_scale>{_SCALE})?(?P<low_unit>{_UNIT})?\s*{_DASH}\s*(?P<high>{_NUM}){_TAIL}"
)
_DIGITS = re.compile(r"\d+")
_SECOND = r"[0-9]{1,2}"
_MONTH = (
    rf"{_SECOND}\s*(?:[—－–～~、和至到-]{{1,2}}\s*{_SECOND}\s*)?月(?:份"
    rf"|底|初|末|上旬|中旬|下旬|\s*{_SECOND}\s*日)?"
)
_YEAR = r"(?:19|20|１９|２０)\d{2}"
_NO_QUANTITY = re.compile(  # anchored at a digit
    rf"{_YEAR}\s*(?:{_DASH}|[、和及与])\s*(?:{_YEAR}|[0-9]{{2}}(?=\s*年))\s*年?度?"
    rf"|{_YEAR}\s*年(?:度|底|初|末|上半年|下半年)?\s*(?:{_MONTH})?"
    rf"|{_YEAR}\s*[-./]\s*{_SECOND}\s*[-./]\s*{_SECOND}日?"
    rf"|{_YEAR}\s*[〕\]］）)]\s*(?:第\s*)?[0-9]+\s*号?"
    rf"|{_MONTH}|{_SECOND}\s*日(?![均内以])|[0-9]+\s*号"
    r"|1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}-[0-9]{7,8}|[0-9]{17}[0-9Xx]"
    rf"|[0-9]+(?:\.[0-9]+){{2,}}|{_SECOND}[·•]{_SECOND}|[0-9]+[:：×x*+][0-9]+"
    r"|[0-9]+(?:[-—－][0-9]+)+(?![0-9.]|\s*(?:[余多万亿千百]|" + _UNIT + r"))"
    r"|[2-6]G(?![A-Za-z])(?=网|基站|信号|移动|通信|时代|应用|技术)"
)
# Behind the digits of no quantity stands one of these, or a blank, or the digits are many: most numbers need no trial.
_NO_QUANTITY_GOES_ON = frozenset(
    "—－–―～~〜-至到、和及与年月日号./〕]］）)·•:：×x*+G"
)
_TELEPHONE = 11  # digits
_LISTED = re.compile(r"\d{1,2}\s*(?:[)）、]|[.．](?![0-9]))")
_LISTED_GOES_ON = frozenset(")）、.．")
_NAMED = re.compile(  # a number that belongs to the word before it
    r"(?:第|十|[A-Za-zＡ-Ｚ_#№〔\[［]|附件|附表|图|表|式|编号|代码|文号|邮编|账号|版本|[A-Za-z]-)\s*$"
)
_NAMED_ENDS = frozenset(
    f"第十_#№〔[［件表图式号码话线编本-{ascii_letters}ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
)
_OPENING = re.compile(r"(?:^|[。；;：:\n])\s*[（(]?\s*$")
_HAN = "[零〇一二两三四五六七八九十百千万亿]{1,20}"
_CHINESE = re.compile(
    rf"(?P<value>{_HAN})(?:(?<=百)分之(?P<percent>{_HAN}(?:点{_HAN})?)|(?P<more>余|多)?"
    r"(?P<unit>元|人次|人(?![均民大代社才])|次(?![年月日要数性])|场(?![地馆所])|辆|家(?!庭)|户|套|台|平方米|个(?![月人方重环阶层维百工小])|所|座|处(?![理置罚于长室])|件))"
)
# What no text without quantities holds: a digit, or a numeral in Chinese and the first character of its unit.
A_NUMBER = re.compile(
    r"\d|[零〇一二两三四五六七八九十百千万亿](?:分之|平方米|[余多元人次场辆家户套台个所座处件])"
)
_SPOKEN_OF = frozenset(
    "几数第上十周0123456789０１２３４５６７８９余多"
)  # 数十家, 第三次, 31.6万元: no number of its own
_BEFORE = re.compile(
    r"(?:(?P<least>≥|≧|>=|大于(?:或)?等于|不低于|不少于|不小于|至少)"
    r"|(?P<most>≤|≦|<=|小于(?:或)?等于|不高于|不超过|不大于|不多于|控制在|至多)"
    r"|(?P<over>>|＞|大于|高于|超过|多于|突破|超出?|逾)了?|(?P<under><|＜|小于|低于|少于|不足|不到)"
    r"|(?P<about>约为?|近|大约|接近))\s*$"
)
_AFTER = re.compile(
    r"(?P<least>(?:及|或)?以上)|(?P<most>(?:及|或)?以下|以内|之内)|(?P<about>左右|上下)"
)
_RELATIONS = {
    "least": "≥",
    "most": "≤",
    "over": ">",
    "under": "<",
    "about": "≈",
}
_CHANGE = re.compile(
    r"(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|压减|压缩|缩减|缩短|上调|下调|同比[增减升降])"
    r"(?:了|约|近|幅度?|率|比例|达|为|超过?)*\s*$"
)
_BEFORE_ENDS = frozenset("≥≧=于少小至≤过大多在>＞破出逾了<＜低足到约为近接 超")
_AFTER_STARTS = frozenset("及或以之左上")
_CHANGE_ENDS = frozenset("长加高升涨降低少减缩短调增幅率例达为过超了约近度 ")
_DASHED, _NEAR = re.compile(_DASH), 24
_FROM = re.compile(r"[由从]\s*$")


class Quantity(NamedTuple):
    """A number with a unit in a text.

    `kind` is 金额 (`value` in 万元), 百分比 or 百分点 (`value` in percent), or 数量 (`value` in `measure`). `digits` is
    how many decimals were typed, and `scale` what one typed unit is in that of `value`, so that a figure can be rounded
    to what was printed. `upper` ends a range. `relation` is ≥ ≤ > < ≈ where a word around it says so (不少于, 以上, 约,
    余), `change` marks the size of a change (增长12%, not 增加到12%).
    """

    kind: str
    value: Decimal
    measure: str
    text: str
    start: int
    end: int
    digits: int = 0
    scale: Decimal = ONE
    upper: Decimal | None = None
    relation: str = ""
    change: bool = False

    @property
    def about(self) -> bool:
        """Whether the words around it leave room: 约, 近, 超过, 不足, 余."""
        return self.relation in {"≈", ">", "<"}

    @property
    def is_exact(self) -> bool:
        """Whether it is one number that nothing makes loose."""
        return self.upper is None and not self.relation

    @property
    def tolerance(self) -> Decimal:
        """Half a unit of the last printed digit, in the unit of `value`."""
        return _half_of_last(self.digits) * self.scale


@lru_cache(maxsize=LONGEST)
def _half_of_last(digits: int) -> Decimal:
    return Decimal("0.5").scaleb(-digits)


def read_quantities(text: str, names: Iterable[str] = ()) -> Iterator[Quantity]:
    """Every quantity in `text`, from left to right."""
    blanked = _blanked(text, names)
    found = list(_arabic(blanked))
    spoken = [
        one
        for one in _chinese(blanked)
        if not any(had.start < one.end and one.start < had.end for had in found)
    ]
    yield from (
        sorted([*found, *spoken], key=lambda one: one.start)
        if spoken
        else found
    )


def _blanked(text: str, names: Iterable[str]) -> str:
    """`text` with laws, documents and names that hold numbers blanked out, at the same length."""
    for name in names:
        if name in text and _DIGITS.search(name):
            text = text.replace(name, "\x00" * len(name))
    if "《" in text:
        text = re.sub(
            r"《[^《》]{0,200}》",
            lambda match: "\x00" * len(match[0]),
            text,
        )
    return text


def _arabic(text: str) -> Iterator[Quantity]:
    position = 0
    while digits := _DIGITS.search(text, position):
        start, position = digits.span()
        if position - start > LONGEST:
            continue
        if skipped := _no_quantity(text, start, position):
            position = skipped.end()
        elif _is_named(text, start, position):
            position = _past_number(text, start)
        elif match := _matched(text, start):
            quantity = _read(text, match)
            position = match.end()
            if quantity is not None:
                position = quantity.end
                yield quantity


def _no_quantity(text: str, start: int, end: int) -> re.Match[str] | None:
    """The date, the code or the like that begins with the digits from `start` to `end`."""
    after = text[end : end + 1]
    goes_on = after in _NO_QUANTITY_GOES_ON or after.isspace()
    if goes_on or end - start >= _TELEPHONE:
        return _NO_QUANTITY.match(text, start)
    return None


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether the number at `start` is that of a list item, or belongs to the word before it: 第3, 附件2."""
    last, before = text[start - 1 : start], text[max(0, start - 4) : start]
    if (last in _NAMED_ENDS or last.isspace()) and _NAMED.search(before):
        return True
    after = text[end : end + 1]
    if not (after in _LISTED_GOES_ON or after.isspace()):
        return False
    listed = _LISTED.match(text, start)
    return bool(
        listed and _OPENING.search(before if start <= 4 else before[1:])
    )


def _past_number(text: str, start: int) -> int:
    """The end of the number at `start` and of what hangs on it: 3-1, 2.1, 5条."""
    match = _HANGING.match(text, start)
    return match.end() if match else start + 1


def _matched(text: str, start: int) -> re.Match[str] | None:
    """The range or the single number with a unit at `start`."""
    if _DASHED.search(text, start, start + _NEAR):
        after_from = _FROM.search(text[max(0, start - 2) : start])
        match = None if after_from else _RANGE.match(text, start)
        if match and _is_measured(match):
            return match
    match = _QUANTITY.match(text, start)
    return match if match and _is_measured(match) else None


def _is_measured(match: re.Match[str]) -> bool:
    return bool(match["unit"]) or match["scale"] in {"万", "亿"}


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    digits, more, scale, rest, unit = match.group(
        "low", "more", "scale", "rest", "unit"
    )
    typed = digits if digits.isascii() else digits.translate(_NARROW)
    low = _number(typed)
    if low is None:
        return None
    kind, measure, factor = _measured(scale or "", unit or "")
    value, upper = _ends(match, low, factor)
    start, end = match.span()
    quantity = Quantity(
        kind,
        value,
        measure,
        match[0].strip(),
        start,
        end,
        len(typed.partition(".")[2]),
        factor,
        upper,
        ">" if more or rest else _relation(text, start, end),
        _is_change(text, start),
    )
    whole = unit or match.re is _RANGE
    return quantity if whole else _with_smaller_part(text, quantity)


def _ends(
    match: re.Match[str], low: Decimal, factor: Decimal
) -> tuple[Decimal, Decimal | None]:
    """The value, and the upper end of a range, each in its own unit: 0.5亿—1.2亿元, 30万元到50万元."""
    value = low * factor
    if match.re is not _RANGE:
        return value, None
    high = _number(match["high"].translate(_NARROW))
    if high is None:
        return value, None
    if match["low_unit"] or match["low_scale"]:
        value = low * _low_factor(match)
    return value, high * factor


def _low_factor(match: re.Match[str]) -> Decimal:
    scale = match["low_scale"] or match["scale"] or ""
    return _measured(scale, match["low_unit"] or match["unit"] or "")[2]


def _is_change(text: str, start: int) -> bool:
    """Whether the word before a number makes it the size of a change."""
    if text[start - 1 : start] not in _CHANGE_ENDS:
        return False
    return _CHANGE.search(text, max(0, start - 10), start) is not None


def _number(digits: str) -> Decimal | None:
    """The number that a pattern has found, already in narrow digits."""
    value = (
        Decimal(digits.replace(",", "")) if len(digits) <= LONGEST else LARGEST
    )
    return value if value < LARGEST else None


def _with_smaller_part(text: str, quantity: Quantity) -> Quantity:
    """1亿2000万元 as one amount: what follows a bare 亿 or 万 at once, in smaller units, is part of it."""
    match = _QUANTITY.match(text, quantity.end)
    if match is None or not match["unit"]:
        return quantity
    kind, measure, factor = _measured(match["scale"] or "", match["unit"])
    low = _number(match["low"].translate(_NARROW))
    unit = _YUAN if kind == MONEY else ONE
    if (
        low is None
        or kind not in {MONEY, COUNT}
        or factor >= quantity.scale * unit
    ):
        return quantity
    return quantity._replace(
        kind=kind,
        value=quantity.value * unit + low * factor,
        measure=measure,
        text=text[quantity.start : match.end()].strip(),
        end=match.end(),
        scale=factor,
    )


def _relation(text: str, start: int, end: int) -> str:
    """≥ for 不少于 in front or 以上 behind; most numbers have nothing of the kind next to them."""
    match = None
    if text[start - 1 : start] in _BEFORE_ENDS:
        match = _BEFORE.search(text, max(0, start - 6), start)
    if match is None and text[end : end + 1] in _AFTER_STARTS:
        match = _AFTER.match(text, end)
    return _RELATIONS[match.lastgroup or ""] if match else ""


def _chinese(text: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(text):
        read = _chinese_percent if match["percent"] else _chinese_count
        quantity = read(text, match)
        if quantity is not None:
            yield quantity


def _chinese_percent(text: str, match: re.Match[str]) -> Quantity | None:
    """百分之九十五点五."""
    value, (start, end) = _spoken(match["percent"]), match.span()
    if value is None:
        return None
    digits = len(match["percent"].partition("点")[2])
    change = _is_change(text, start)
    return Quantity(
        PERCENT, value, "%", match[0], start, end, digits, change=change
    )


def _chinese_count(text: str, match: re.Match[str]) -> Quantity | None:
    """二十万元, 三十二人; 一次, 两家 are a manner of speaking more often than a count."""
    start, end = match.span()
    if text[start - 1 : start] in _SPOKEN_OF:
        return None
    number = read_chinese_numeral(match["value"])
    if number is None or (number < 3 and match["unit"] != "元"):
        return None
    kind, measure, factor = _measured("", match["unit"])
    relation = ">" if match["more"] else _relation(text, start, end)
    value, said = number * factor, match[0]
    return Quantity(
        kind, value, measure, said, start, end, 0, factor, relation=relation
    )


def _spoken(text: str) -> Decimal | None:
    """九十五点五 -> 95.5."""
    whole, _, part = text.partition("点")
    number = read_chinese_numeral(whole)
    if number is None:
        return None
    digits = [read_chinese_numeral(char) for char in part]
    if any(digit is None or digit > 9 for digit in digits):
        return None
    return Decimal(
        f"{number}.{''.join(map(str, digits))}" if digits else number
    )


@lru_cache(maxsize=1024)
def _measured(scale: str, unit: str) -> tuple[str, str, Decimal]:
    """Kind, measure and factor to the unit of `Quantity.value`."""
    factor = Decimal(SCALES[scale])
    if unit == "元":
        return MONEY, "万元", factor * _YUAN
    if unit in {"%", "％"}:
        return PERCENT, "%", ONE
    if unit == "‰":
        return PERCENT, "%", Decimal("0.1")
    if unit in {"个百分点", "百分点"}:
        return POINTS, "个百分点", ONE
    return COUNT, unit, factor
