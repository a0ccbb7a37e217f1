"""TXT009 in tables: how amounts and rates are written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ADVICE, WARNING, Problem, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.model.fractions import is_fraction
from reportgen.model.values import Kind
from reportgen.model.walker import Leaf

_LONG = re.compile(r"[.．][0-9０-９]{3,}\s*(?:万元?)?$")
_UNCLEAR = "{name}“{stated}”没有百分号；请写成百分数，并写上百分号"
_ONE = Decimal("0.01")  # 1 as typed: whatever is less may be a share of 1
_NEAR = Decimal("0.005")
_Table = tuple[int | None, bool]


@rule(
    "TXT009", WARNING, "{faults}；金额单位写在表头，格内只填数字，保留两位小数"
)
def amounts_untidy(facts: Facts) -> Problems:
    """金额格内写了“万元”，或小数超过两位.

    依据：金额单位在表头标明一次，格内不再写单位；金额统一保留两位小数。
    反例：
        模板: hecheng
        资金: {年初预算数: 212.6468万元, 全年预算数: 212.6468万元, 全年执行数: 212.6468万元}
    """
    as_typed = facts.pack.numbers.money == "原样"
    amounts = facts.leaves_of(Kind.MONEY)
    units = _by_table(one for one in amounts if as_typed and "万" in one.text)
    long = _by_table(one for one in amounts if _LONG.search(one.text))
    for table in dict.fromkeys((*units, *long)):
        first = (units[table] or long[table])[0]
        faults = "，".join(_faults(units[table], long[table]))
        yield at(first, faults=faults)


def _by_table(leaves: Iterable[Leaf]) -> defaultdict[_Table, list[Leaf]]:
    """Amounts of the unit, of each project, and of the base data."""
    found = defaultdict[_Table, list[Leaf]](list)
    for leaf in leaves:
        found[leaf.owner, leaf.path[0] == "基础数据"].append(leaf)
    return found


def _faults(units: Sequence[Leaf], long: Sequence[Leaf]) -> Iterator[str]:
    if units:
        yield f"{len(units)} 个金额格内写了单位（如“{units[0].text}”）"
    if long:
        yield f"{len(long)} 个金额的小数超过两位（如“{long[0].text}”）"


@rule("TXT009", WARNING, "{name}“{stated}”没有百分号；请写作“{right}”")
def rate_without_sign(facts: Facts) -> Problems:
    """执行率、占比没有写百分号，或用了全角的百分号.

    依据：比率写百分号，用半角“%”。
    反例：
        资金: {年初预算数: 220, 全年预算数: 220, 全年执行数: 134.64, 执行率: 61.2, 偏差原因: 招标推迟到十二月}
    """
    fractions = []
    for leaf in facts.leaves_of(Kind.RATE):
        if is_fraction(leaf.value):
            fractions.append(leaf)
        elif leaf.value:
            yield from _without_sign(facts, leaf)
    if fractions:
        yield _as_fractions(fractions)


def _as_fractions(leaves: Sequence[Leaf]) -> Problem:
    """Rates that were typed as shares of one: told once, whatever their number."""
    first = leaves[0]
    more = len(leaves) - 1
    return at(
        first,
        message="{name}“{stated}”按{right}读取（与执行数÷预算数相符）；请写作“{right}”{more}",
        severity=ADVICE,
        name=first.name,
        stated=first.text,
        right=f"{plain(first.value * 100)}%",
        more=f"，另有 {more} 处相同" if more else "",
    )


def _without_sign(facts: Facts, leaf: Leaf) -> Problems:
    text = leaf.text.strip()
    if text.endswith("％"):
        yield at(
            leaf,
            message="“{stated}”用了全角的“％”；请改为“%”",
            stated=text,
        )
    elif not text.endswith("%"):
        computed = _computed(facts, leaf)
        is_percent = leaf.value > _ONE
        if computed is not None:
            is_percent = abs(computed - leaf.value) < _NEAR
            if not is_percent:
                return  # what it should be is told with its formula
        yield at(
            leaf,
            message="" if is_percent else _UNCLEAR,
            name=leaf.name,
            stated=text,
            right=f"{text}%",
        )


def _computed(facts: Facts, leaf: Leaf) -> Decimal | None:
    """The same rate as the figures have it."""
    same = (
        one.value for one in facts.figures.catalogue() if one.path == leaf.path
    )
    return next(same, None)
