"""TXT009: amounts that are ten thousand times too large, because 元 was typed where 万元 belongs."""

from decimal import Decimal
from itertools import islice

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.figures.catalogue import EvaluationFigures
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
def amounts_in_yuan(facts: Facts) -> Problems:
    """金额大得不合常理，像是把元填在了万元的位置.

    依据：金额不写单位的按万元读；按元填的要写“元”。
    反例：
        单位: {名称: 示范单位, 人员: {编制: 45, 在职: 41}}
        资金: {年初预算数: 9000000, 全年预算数: 9000000, 全年执行数: 8900000}
    """
    for one in facts.evaluations:
        yield from islice(_too_large(facts, one), 1)


def _too_large(facts: Facts, one: EvaluationFigures) -> Problems:
    funds = one.evaluation.funds
    for field, name in _FIELDS:
        amount = _bare(getattr(funds, name))
        if amount is None:
            continue
        reason = _of_project if one.path else _of_unit
        why = reason(facts, field, name, amount)
        if why is not None:
            yield at(
                one,
                "资金",
                field,
                field=field,
                stated=amount,
                amount=plain(amount / 10000, 2),
                why=why,
            )


def _of_unit(
    facts: Facts,
    _field: str,
    _name: str,
    amount: Decimal,
) -> str | None:
    """Why an amount of the unit cannot be right, "" where that needs no word; None where it can."""
    heads = facts.profile.staff.serving
    if heads and amount / heads >= _PER_HEAD:
        each = plain(amount / heads / 10000, 2)
        return _HEADS.format(heads=plain(heads), each=each)
    return "" if amount >= _ANYWHERE else None


def _of_project(
    facts: Facts,
    field: str,
    name: str,
    amount: Decimal,
) -> str | None:
    """The same of a project: it is a thousand times the unit that it belongs to."""
    whole: Decimal | None = getattr(facts.unit.funds, name)
    if not whole or amount / whole < _TIMES:
        return None
    return _WHOLE.format(field=field, times=plain(amount / whole, 0))


def _bare(amount: Decimal | None) -> Decimal | None:
    """The amount where it was typed as a bare number."""
    with_unit = isinstance(amount, Reported) and amount.text.strip().endswith(
        ("元", "万", "亿")
    )
    return None if with_unit else amount
