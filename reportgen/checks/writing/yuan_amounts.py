"""TXT009: amounts that are ten thousand times too large, because 元 was typed where 万元 belongs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.core.numerals import plain
from reportgen.model.unit import Funds
from reportgen.model.values import Reported

_FIELDS = (
    ("全年预算数", "revised"),
    ("年初预算数", "initial"),
    ("全年执行数", "executed"),
)
_PER_HEAD = Decimal(
    5000
)  # 万元 a year for each person on the staff: no office spends that
_ANYWHERE = Decimal(1_000_000)  # 万元, a hundred 亿: more than a county has
_TIMES = Decimal(1000)  # a project that is so many times the whole

_IN_YUAN = "{field} {stated} 是按万元读的，即{amount}亿元{why}；填的是元时请写上单位，如 {stated}元，其他金额一并核对"
_HEADS = "，在职 {heads} 人，人均{each}亿元"
_WHOLE = "，是单位{field}的{times}倍"


@rule("TXT009", ERROR, _IN_YUAN)
def amounts_in_yuan(facts: Facts) -> Iterator[Problem]:
    """金额大得不合常理，像是把元填在了万元的位置.

    依据：金额不写单位的按万元读；按元填的要写“元”。
    反例：
        单位: {名称: 示范单位, 人员: {编制: 45, 在职: 41}}
        资金: {年初预算数: 9000000, 全年预算数: 9000000, 全年执行数: 8900000}
    """
    whole, heads = facts.unit.funds, facts.unit.profile.staff.serving
    for field, name in _FIELDS:
        amount = _bare(whole, name)
        if amount is None:
            continue
        if heads and amount / heads >= _PER_HEAD:
            why = _HEADS.format(
                heads=plain(heads), each=plain(amount / heads / 10000, 2)
            )
            yield _told(("资金", field), field, amount, why)
            break
        if amount >= _ANYWHERE:
            yield _told(("资金", field), field, amount, "")
            break
    yield from _projects(facts)


def _projects(facts: Facts) -> Iterator[Problem]:
    """A project a thousand times the unit that it belongs to."""
    for position, project in enumerate(facts.unit.projects):
        for field, name in _FIELDS:
            amount, whole = _bare(project.funds, name), getattr(facts.unit.funds, name)
            if amount is not None and whole and amount / whole >= _TIMES:
                why = _WHOLE.format(field=field, times=plain(amount / whole, 0))
                yield _told(("项目", position, "资金", field), field, amount, why)
                break


def _bare(funds: Funds, name: str) -> Decimal | None:
    """The amount where it was typed as a bare number."""
    amount: Decimal | None = getattr(funds, name)
    if isinstance(amount, Reported) and amount.text.strip().endswith(
        ("元", "万", "亿")
    ):
        return None
    return amount


def _told(
    path: tuple[str | int, ...], field: str, amount: Decimal, why: str
) -> Problem:
    said: dict[str, Any] = {
        "stated": plain(amount),
        "amount": plain(amount / 10000, 2),
        "why": why,
    }
    return at(*path, field=field, **said)
