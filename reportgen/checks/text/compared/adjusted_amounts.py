"""TXT001: how much was added to the budget within the year, as the text tells it: 年中追加126.5万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import ZERO, plain
from reportgen.narrative.numbers import MONEY, Quantity

_ADDED = re.compile(
    r"(?:全年|年中|年度中|年度?内|执行中|中途|当年|本年)(?:预算)?(?:共|累计|合计)?(?:预算)?(?:调整|净)?"
    r"(?P<word>追加|调增|增加|追减|调减|核减|压减)(?:年度)?(?:预算|资金|指标|经费|支出)?(?:共|合计|总额|数|了|为)*\s*\Z"
)
_LESS = frozenset(("追减", "调减", "核减", "压减"))
_BOTH_WAYS = re.compile(
    r"调减|追减|核减|压减|收回(?!有效|问卷|率)|收缴|统筹|上缴|上年结转|结转资金|调剂|调整为"
)
_MORE = re.compile(r"追加|调增|上年结转|结转资金|调剂|调整为")


@rule(
    "TXT001",
    WARNING,
    "文中“{quoted}”与表不一致：全年预算数 {revised} 与年初预算数 {initial} 相差 {right} 万元（{where}）；请核对",
)
def adjustment_disagrees(facts: Facts) -> Problems:
    """文中写的年中追加、调减数，与全年预算数减年初预算数的差不同.

    依据：年中只有追加的，追加数＝全年预算数－年初预算数。
    反例：
        资金: {年初预算数: 100, 全年预算数: 120, 全年执行数: 120, 调整原因: 年中追加22万元用于防汛}
    """
    for project, passages in groupby(facts.quantified, _owner):
        funds = facts.evaluation_of(project).evaluation.funds
        if funds.initial is None or funds.revised is None:
            continue
        right = funds.revised - funds.initial
        for passage, one, told in _told([*passages]):
            if abs(told - right) > one.tolerance:
                yield at(
                    passage,
                    quoted=passage.clause(one)[-14:] + one.text,
                    revised=plain(funds.revised),
                    initial=plain(funds.initial),
                    right=plain(abs(right)),
                    where=dotted((*_place(project), "资金")),
                )


def _owner(passage: ProseBlock) -> int | None:
    return passage.block.project


def _place(project: int | None) -> tuple[str | int, ...]:
    return () if project is None else ("项目", project)


def _told(
    passages: Sequence[ProseBlock],
) -> Iterator[tuple[ProseBlock, Quantity, Decimal]]:
    """What each paragraph tells to be all that was added; nothing where it went both ways, or several times in one."""
    for passage in passages:
        added = list(_added(passage))
        if len(added) == 1:
            ((one, word),) = added
            less = word in _LESS
            if not _is_changed_otherwise(
                passages, _MORE if less else _BOTH_WAYS
            ):
                yield passage, one, ZERO - one.value if less else one.value


def _is_changed_otherwise(
    passages: Sequence[ProseBlock], ways: re.Pattern[str]
) -> bool:
    """Whether the budget was changed otherwise as well."""
    return any(ways.search(one.text) for one in passages)


def _added(passage: ProseBlock) -> Iterator[tuple[Quantity, str]]:
    """The amounts that were added within this year, each with the word for it."""
    for position, one in enumerate(passage.quantities):
        if one.kind == MONEY and one.is_exact:
            match = _ADDED.search(passage.label(position))
            if match and not OTHER_TIMES.search(passage.before(one)):
                yield one, match["word"]
