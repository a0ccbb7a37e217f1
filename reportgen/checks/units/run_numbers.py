"""Numbers of all units of a run side by side: what stands far from the rest, and what is the same everywhere.

Both are advice: they ask a person to look. A number far out may be right, and so may one that all units share.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice
from math import log10
from statistics import median
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import is_stated
from reportgen.core.findings import dotted
from reportgen.core.numerals import fixed, percent, plain, ratio
from reportgen.figures.figure import FieldPath
from reportgen.model.loading import LoadedUnit
from reportgen.model.target import is_named
from reportgen.model.unit import Unit

RATE = "执行率"
SCORE = "得分"
FULL = "满分"
PER_HEAD = "人均"
ROW = "指标"
_MOST_ROWS = 60  # indicators of one unit that are compared
_NORMAL = 0.6745  # of a normal distribution the median distance from the median, in standard deviations
_SMALLEST = {RATE: 0.02, ROW: 2.0, PER_HEAD: 0.1}  # of that distance
_TENFOLD, _SLIP = (
    1,
    3,
)  # in powers of ten: worth a look; more than any two units differ
_POINTS_AWAY = (
    10  # a rate that is closer to the median than this is not far from anything
)


class Number(NamedTuple):
    """One number of a unit that can be set beside those of others."""

    kind: str
    group: str  # numbers of one kind and group are compared
    label: str
    value: str  # a Decimal; text, so that it travels as JSON
    text: str  # as shown
    explained: (
        bool  # the unit says why it is as it is, or it can hardly be otherwise
    )
    path: str = ""
    line: int = 0
    column: int = 0


_Placed = tuple[FieldPath, Number]  # with the cell that it was typed in


class Thresholds(NamedTuple):
    """限值 of the pack; None where it does not want the rule."""

    distance: str | None  # 离群倍数
    units: int  # 比较单位数
    share: str | None  # 同值比例


class Hit(NamedTuple):
    """A number of the unit at `position` that something is said of."""

    position: int
    number: Number
    message: str


@dataclass
class Group:
    """Numbers of many units that are compared, packed: in a run of 10,000 units there are some hundred thousand.

    They are floats: they serve only to be compared; what is said shows the number as it was typed.
    """

    kind: str
    name: str
    positions: array[int] = field(default_factory=lambda: array("l"))
    values: array[float] = field(default_factory=lambda: array("d"))
    explained: bytearray = field(default_factory=bytearray)

    @property
    def unexplained(self) -> Iterator[tuple[int, float]]:
        """Position of the unit and value of each that may be worth a look."""
        for position, value, explained in zip(
            self.positions, self.values, self.explained, strict=True
        ):
            if not explained:
                yield position, value


class Gathered(NamedTuple):
    """The numbers of a run by kind and name, what each unit's pack wants, and a way back to one number."""

    groups: tuple[Group, ...]
    wanted: tuple[Thresholds, ...]
    look_up: Callable[[int, str, str], Number]


# ---- of one unit


def thresholds(facts: Facts) -> Thresholds:
    """What the pack wants of these rules."""
    limits = facts.limits
    distance = limits.outlier
    share = limits.same_share
    return Thresholds(
        None if distance is None else str(Decimal(distance)),
        int(limits.same_units or 0),
        None if share is None else str(Decimal(share)),
    )


def numbers(facts: Facts, loaded: LoadedUnit) -> Iterator[Number]:
    """The numbers of a unit that are compared with those of others; nothing of one that only sets targets."""
    if facts.declared:
        return
    rows = islice(_rows(facts.unit), _MOST_ROWS)
    for path, one in chain(_money(facts), _score(facts), rows):
        place = loaded.place(path)
        yield one._replace(
            path=dotted(path), line=place.line, column=place.column
        )


def _money(facts: Facts) -> Iterator[_Placed]:
    funds = facts.unit.funds
    staff = facts.profile.staff
    rate = ratio(funds.executed, funds.revised)
    if rate is not None and rate <= 1:  # BUD001 tells of more
        explained = is_stated(funds.reason)
        yield (
            ("资金", "全年执行数"),
            Number(
                RATE,
                "",
                "预算执行率",
                str(rate),
                percent(rate),
                explained,
            ),
        )
    for name, amount in (
        ("全年预算数", funds.revised),
        ("全年执行数", funds.executed),
    ):
        each = ratio(amount, staff.serving)
        if each:
            label = f"按在职人员平均的{name}"
            text = f"{fixed(each)}万元"
            value = str(Decimal(log10(each)))
            yield (
                ("资金", name),
                Number(
                    PER_HEAD,
                    name,
                    label,
                    value,
                    text,
                    False,
                ),
            )


def _score(facts: Facts) -> Iterator[_Placed]:
    whole = facts.figures.whole
    total = whole.printed_total
    weight = whole.weight_total.value
    if total is None:
        return
    text = plain(total, 2)
    full = Decimal(weight is not None and total >= weight)
    for kind, value in ((SCORE, total), (FULL, full)):
        yield (
            ("自评结果", "总分"),
            Number(
                kind,
                "",
                "自评得分",
                str(value),
                text,
                False,
            ),
        )


def _rows(unit: Unit) -> Iterator[_Placed]:
    """Shares and rates that a unit measured; one that is whole or nothing may well be the same everywhere."""
    for position, row in enumerate(unit.indicators):
        actual = row.actual
        if row.target is None or actual is None or not is_named(row.name):
            continue
        if actual.value is None or actual.measure != "%":
            continue
        name = row.name.strip()
        usual = actual.value in (0, 100) or is_stated(row.deviation)
        value = str(actual.value)
        yield (
            ("指标", position, "实际值"),
            Number(
                ROW,
                name,
                f"「{name}」",
                value,
                actual.text.strip(),
                usual,
            ),
        )


# ---- of all units


def gather(
    units: Iterable[tuple[Thresholds, Sequence[Number]]],
    look_up: Callable[[int, str, str], Number],
) -> Gathered:
    """The numbers of all units, those of one kind and name together; each unit once."""
    groups: dict[tuple[str, str], Group] = {}
    known: dict[Thresholds, Thresholds] = {}
    wanted = []
    for position, (own, listed) in enumerate(units):
        wanted.append(known.setdefault(own, own))
        for one in listed:
            group = groups.setdefault(
                (one.kind, one.group), Group(one.kind, one.group)
            )
            if not group.positions or group.positions[-1] != position:
                group.positions.append(position)
                group.values.append(float(one.value))
                group.explained.append(one.explained)
    return Gathered(tuple(groups.values()), tuple(wanted), look_up)


def outliers(run: Gathered) -> Iterator[Hit]:
    """Numbers far from the median, measured by how far from it the others usually are (the median distance)."""
    for group in run.groups:
        least = _SMALLEST.get(group.kind)
        if least is None:  # a low score is told by the rows that lost it
            continue
        middle = median(group.values)
        usual = max(
            median(abs(value - middle) for value in group.values), least
        )
        count = len(group.values)
        for position, value in group.unexplained:
            wanted, units, _ = run.wanted[position]
            if wanted is None or count < max(units, 3):
                continue
            if _NORMAL * abs(value - middle) / usual >= float(wanted):
                one = run.look_up(position, group.kind, group.name)
                message = _far(one, value - middle, middle, count)
                if message:
                    yield Hit(position, one, message)


def _far(
    one: Number,
    off: float,
    middle: float,
    count: int,
) -> str:
    """What is said of a number that is `off` the median; "" where that is not far enough."""
    if one.kind == PER_HEAD:
        return _far_amount(one, off, middle, count)
    points = off * 100 if one.kind == RATE else off
    if abs(points) < _POINTS_AWAY:
        return ""
    typical = Decimal(str(middle))
    usual = percent(typical) if one.kind == RATE else f"{plain(typical, 2)}%"
    side = "低于" if off < 0 else "高于"
    head = f"{one.label} {one.text} 明显{side}同一批 {count} 个单位的中位数 {usual}"
    return f"{head}；请核对，确实如此的说明原因"


def _far_amount(
    one: Number,
    off: float,
    middle: float,
    count: int,
) -> str:
    """By what factor an amount differs; by thousands it was typed in 元 for 万元, or the other way round."""
    if abs(off) < _TENFOLD:
        return ""
    factor = round(10 ** abs(off))
    usual = fixed(Decimal(10**middle))
    times = f"约 {factor} 倍" if off > 0 else f"约 {factor} 分之一"
    head = f"{one.label}为 {one.text}，是同一批 {count} 个单位中位数 {usual}万元的{times}"
    if abs(off) < _SLIP:
        return f"{head}；请核对金额和人数"
    typed = (
        "按元填写而没有写“元”（不写单位的按万元计算）"
        if off > 0
        else "按万元填写却写了“元”"
    )
    return f"{head}；请核对金额单位，像是{typed}"


def same_values(run: Gathered) -> Iterator[Hit]:
    """One number that most units of the run report alike: a score, or the measured value of one indicator."""
    for position, one, times, count in _shared(run, (SCORE, ROW)):
        every = "" if times == count else f"中有 {times} 个"
        head = f"同一批填报{one.label}的 {count} 个单位{every}都填 {one.text}"
        yield Hit(position, one, f"{head}；请按本单位的统计或测量结果填写")


def full_marks(run: Gathered) -> Iterator[Hit]:
    """Full marks in most units of the run."""
    for position, one, times, count in _shared(run, (FULL,)):
        if Decimal(one.value):
            head = f"同一批 {count} 个单位中有 {times} 个自评满分（本单位 {one.text} 分）"
            yield Hit(position, one, f"{head}；请对照评分标准核实")


def _shared(
    run: Gathered, kinds: Sequence[str]
) -> Iterator[tuple[int, Number, int, int]]:
    """Each number of a unit that is the most common one of its group, how many have it, and of how many."""
    for group in run.groups:
        if group.kind not in kinds:
            continue
        count = len(group.values)
        common, times = Counter(group.values).most_common(1)[0]
        for position, value in group.unexplained:
            wanted = run.wanted[position]
            if value == common and _enough(wanted, times, count):
                one = run.look_up(position, group.kind, group.name)
                yield position, one, times, count


def _enough(wanted: Thresholds, times: int, count: int) -> bool:
    """Whether so many of the units are so large a part of them that it is worth saying."""
    return (
        wanted.share is not None
        and times >= max(wanted.units, 3)
        and times >= Decimal(wanted.share) * count
    )
