"""BUD: budget, execution and the parts they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from reportgen.checks.registry import ERROR, Facts, Problem, at, rule
from reportgen.figures.figure import FieldPath, Figure
from reportgen.figures.funds import FundsFigures, RowFigures
from reportgen.model.unit import Funds, FundsRow
from reportgen.model.values import Reported
from reportgen.numerals import percent, plain

_COLUMNS = (("年初预算数", "initial"), ("全年预算数", "revised"), ("全年执行数", "executed"))


@rule("BUD001", ERROR, "执行率填报为{stated}，按 {executed} ÷ {revised} 计算应为{rate}{how}")
def execution_rate_wrong(facts: Facts) -> Iterator[Problem]:
    """填报的预算执行率与执行数、预算数不符，或执行数超过全年预算数.

    依据：预算执行率＝全年执行数÷全年（调整后）预算数，保留两位小数、四舍五入；支出超过调整后预算须有调整手续。
    反例：
        资金: {年初预算数: 46, 全年预算数: 46, 全年执行数: 38.76, 执行率: 84.25%}
    """
    for one in facts.figures.evaluations:
        funds = one.evaluation.funds
        yield from _rate(funds, one.funds.execution_rate)
        yield from _overspent(funds, one.funds.execution_rate, facts.pack.limits.largest_rate)
        for row in _all_rows(one.funds):
            yield from _rate(row.row, row.execution_rate)


def _rate(stated: Funds | FundsRow, computed: Figure) -> Iterator[Problem]:
    reported, value = stated.execution_rate, computed.value
    if reported is None or value is None:
        return
    unit = Decimal(1).scaleb(-_decimals(reported) - 2)  # of the last printed digit, as a ratio
    off = value - reported
    if abs(off) <= unit / 2:
        return
    how = "（应四舍五入，填报值是截去尾数得到的）" if 0 < off < unit else ""
    yield at(
        *computed.path,
        stated=_with_sign(reported),
        executed=_amount(stated.executed),
        revised=_amount(stated.revised),
        rate=percent(value),
        how=how,
    )


def _overspent(funds: Funds, computed: Figure, largest: Decimal | None) -> Iterator[Problem]:
    if largest is None or computed.value is None or computed.value <= largest:
        return
    rate = percent(computed.value)
    copied = "，请核对是否抄错了其他项目的数字" if computed.value > Decimal("1.05") else ""
    yield at(
        *computed.path[:-1],
        "全年执行数",
        message="全年执行数 {executed} 大于全年预算数 {revised}（执行率{rate}），超预算须有调整手续{copied}",
        executed=_amount(funds.executed),
        revised=_amount(funds.revised),
        rate=rate,
        copied=copied,
    )


@rule("BUD002", ERROR, "{whole}的{column}为 {stated}，各分项（{parts}）之和为 {total}，相差 {off}")
def parts_do_not_add(facts: Facts) -> Iterator[Problem]:
    """合计数与分项之和不符，或分项漏填.

    依据：资金合计应等于各来源、各支出性质、各明细之和；部门的项目支出应等于各项目之和。
    反例：
        资金:
          全年执行数: 100
          按支出性质: [{名称: 基本支出, 全年执行数: 60}, {名称: 项目支出, 全年执行数: 30}]
    """
    for one in facts.figures.evaluations:
        funds, path = one.evaluation.funds, (*one.path, "资金")
        for rows in (one.funds.by_source, one.funds.by_income, one.funds.by_nature):
            yield from _sums(funds, path, "资金总额", rows)
            yield from _holes(rows)
            for row in rows:
                yield from _sums(row.row, row.path, f"「{row.row.name}」", row.details)
    yield from _projects(facts)


def _sums(whole: Funds | FundsRow, path: FieldPath, label: str, rows: Sequence[RowFigures]) -> Iterator[Problem]:
    for column, field in _COLUMNS:
        parts = [(row.row.name, amount) for row in rows if (amount := getattr(row.row, field)) is not None]
        yield from _sum(getattr(whole, field), (*path, column), label, column, parts)


def _sum(
    stated: Decimal | None, path: FieldPath, label: str, column: str, parts: list[tuple[str, Reported]]
) -> Iterator[Problem]:
    if stated is None or not parts:
        return
    total = sum((amount for _, amount in parts), Decimal(0))
    if abs(total - stated) <= Decimal("0.005") * len(parts):
        return
    shown = " ＋ ".join(f"{name}{_amount(amount)}" for name, amount in parts)
    off = plain(abs(total - stated))
    yield at(*path, whole=label, column=column, stated=_amount(stated), parts=shown, total=plain(total), off=off)


def _holes(rows: Iterable[RowFigures]) -> Iterator[Problem]:
    """A row that gives two of its three amounts has forgotten the third."""
    for row in rows:
        empty = [column for column, field in _COLUMNS if getattr(row.row, field) is None]
        if len(empty) == 1:
            yield at(*row.path, empty[0], message="「{name}」漏填{column}", name=row.row.name, column=empty[0])


def _projects(facts: Facts) -> Iterator[Problem]:
    """项目支出 of the unit against the projects listed, where every project gives the amount."""
    for row in facts.figures.whole.funds.by_nature:
        if row.row.name.strip() != "项目支出" or row.row.details:
            continue
        for column, field in _COLUMNS:
            amounts = [(one.name, getattr(one.funds, field)) for one in facts.unit.projects]
            if all(amount is not None for _, amount in amounts):
                yield from _sum(getattr(row.row, field), (*row.path, column), "「项目支出」", column, amounts)


def _all_rows(funds: FundsFigures) -> Iterator[RowFigures]:
    for row in (*funds.by_source, *funds.by_income, *funds.by_nature):
        yield row
        yield from row.details


def _decimals(number: Reported) -> int:
    digits = number.text.rstrip("%％ ")
    return len(digits.partition(".")[2])


def _with_sign(number: Reported) -> str:
    return number.text if number.text.endswith(("%", "％")) else f"{number.text}%"


def _amount(number: Decimal | None) -> str:
    return "" if number is None else plain(number)
