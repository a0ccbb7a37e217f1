"""BUD001, BUD007: the execution rate as reported, spending over the budget, and before the work is done."""

from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.fund_columns import every_row
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.indicator_text import (
    has_word,
    is_execution_rate,
    tolerance,
)
from reportgen.checks.rule import ERROR, WARNING, Problem, Problems, at, rule
from reportgen.core.numerals import ZERO, known, percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import Figure
from reportgen.figures.funds import RowFigures
from reportgen.figures.indicators import is_reverse
from reportgen.model.fractions import half_digit, is_fraction, typed_decimals
from reportgen.model.unit import Funds, FundsRow
from reportgen.model.values import Reported
from reportgen.packs.scoring import Scoring

_ROUNDING = Decimal("0.005")  # of an amount printed with two decimals
# A higher rate is nearly always a figure of another project.
_COPIED = Decimal("1.05")
_BARE = "；填的“{}”没有百分号，请写成百分数"


@rule(
    "BUD001",
    ERROR,
    "{row}执行率填报为{stated}，按 {executed} ÷ {revised} 计算应为{rate}{how}；请改正，或删去不填，由程序计算",
)
def execution_rate_wrong(facts: Facts) -> Problems:
    """填报的预算执行率与执行数、预算数不符，或执行数超过全年预算数.

    依据：预算执行率＝全年执行数÷全年（调整后）预算数，保留两位小数、四舍五入；支出超过调整后预算须有调整手续。
    反例：
        资金: {年初预算数: 46, 全年预算数: 46, 全年执行数: 45.33, 执行率: 98.53%}
    """
    for one in facts.evaluations:
        funds = one.funds.totals
        yield from _rate("", funds, one.funds.execution_rate)
        for row in every_row(one):
            yield from _rate(f"「{row.row.name}」", row.row, row.execution_rate)
        if overspent(funds, facts.limits.largest_rate):
            yield _overspent(facts, one)


@rule(
    "BUD001",
    ERROR,
    "「{name}」实际值 {stated}，资金表按 {executed} ÷ {revised} 计算的执行率为{rate}；请核对实际值和资金表",
)
def rate_of_indicator_differs(facts: Facts) -> Problems:
    """指标表里的预算执行率与资金表的不同.

    依据：同一张表里预算执行率只有一个：全年执行数÷全年预算数；资金支付率、支出进度等（词表“文中执行率”）多半是它的别的叫法。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
        指标: [{一级: 产出指标, 二级: 时效指标, 三级: 资金执行率, 指标值: ≥90%, 实际值: 92%}]
    """
    for row in facts.rows:
        stated = (
            row.actual if is_execution_rate(row.name, facts.words) else None
        )
        funds = facts.evaluation_of(row.owner).funds
        rate = funds.execution_rate.value
        if stated is None or stated.value is None or rate is None:
            continue
        off = abs(stated.value - rate * 100)
        if stated.measure == "%" and off > 2 * tolerance(stated):
            yield at(
                row,
                "实际值",
                severity=ERROR if "执行率" in row.name else WARNING,
                stated=stated.text,
                executed=_amount(funds.totals.executed),
                revised=_amount(funds.totals.revised),
                rate=percent(rate),
            )


def overspent(funds: Funds, largest: Decimal | None) -> bool:
    """Whether more was spent than the budget allows; `largest` is the pack's highest rate, None for no limit."""
    executed, revised = funds.executed, funds.revised
    if largest is None or executed is None or revised is None:
        return False
    return executed - revised * largest > _ROUNDING


def _rate(row: str, stated: Funds | FundsRow, computed: Figure) -> Problems:
    reported, value = stated.execution_rate, computed.value
    if reported is None or value is None:
        return
    off, half = value - reported, half_digit(reported)
    if abs(off) <= half:
        return
    decimals = typed_decimals(reported)
    how = "；填报值是截去尾数得到的，应四舍五入" if 0 < off < 2 * half else ""
    if _is_bare_share(reported):
        how, decimals = _BARE.format(reported.text), 2
    yield at(
        computed,
        row=row,
        stated=with_sign(reported),
        executed=_amount(stated.executed),
        revised=_amount(stated.revised),
        rate=percent(value, max(2, decimals)),
        how=how,
    )


def _overspent(facts: Facts, one: EvaluationFigures) -> Problem:
    funds, rate = one.funds.totals, one.funds.execution_rate.value
    shown = f"（执行率{percent(rate)}）" if rate is not None else ""
    copied = (
        "，请核对是否抄错了其他项目的数字"
        if rate is not None and rate > _COPIED
        else ""
    )
    expected = _expected(facts, one) if copied else None
    return at(
        one,
        "资金",
        "全年执行数",
        message="全年执行数 {executed} 大于全年预算数 {revised}{rate}；超预算须有调整手续{copied}{expected}",
        executed=_amount(funds.executed),
        revised=_amount(funds.revised),
        rate=shown,
        copied=copied,
        expected=""
        if expected is None
        else f"（按部门的项目支出推算，此处应为 {plain(expected)}）",
    )


def _expected(facts: Facts, wrong: EvaluationFigures) -> Decimal | None:
    """What the project must have spent for 项目支出 of the whole unit to be right; None where that cannot be said."""
    whole = next((row.row.executed for row in project_rows(facts)), None)
    others = [
        one.funds.totals.executed
        for one in facts.figures.projects
        if one is not wrong
    ]
    if whole is None or not wrong.path:
        return None
    spent = known(others)
    rest = whole - sum(spent, ZERO)
    revised = wrong.funds.totals.revised or ZERO
    return rest if len(spent) == len(others) and 0 <= rest <= revised else None


def project_rows(facts: Facts) -> Iterator[RowFigures]:
    """The row 项目支出 of the whole unit, where it is not split further."""
    for row in facts.figures.whole.funds.by_nature:
        if row.row.name.strip() == "项目支出" and not row.row.details:
            yield row


def _is_bare_share(rate: Reported) -> bool:
    """Whether it was typed without a sign, as 0.906 or 1, and is no share of one that agrees with the amounts."""
    return rate * 100 <= 1 and with_sign(rate) == f"{rate.text}%"


def with_sign(number: Reported) -> str:
    """A rate as it was typed, with the sign that it may lack."""
    if is_fraction(number):
        return f"{plain(number * 100)}%"
    return (
        number.text if number.text.endswith(("%", "％")) else f"{number.text}%"
    )


def _amount(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


@rule(
    "BUD007",
    WARNING,
    "执行率{rate}，而{behind}；资金支付快于工作进度，请说明原因，或核对实际值和执行数",
)
def paid_before_done(facts: Facts) -> Problems:
    """资金已基本支付，数量、质量或时效指标却没有完成.

    依据：资金支付应与工作进度一致；执行率达到 95% 以上而产出不到 90% 的须说明（界限见模板包的限值）。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
        指标: [{一级: 产出指标, 二级: 时效指标, 三级: 项目完成率, 指标值: 100%,
          实际值: 70%, 偏差原因: 雨季停工，已排定下年三月前完成}]
    """
    paid = facts.limits.paid
    floor = facts.limits.progress
    if paid is None or floor is None:
        return
    told: set[str] = set()  # by the project that does it, not by the whole
    for table in (*facts.tables[1:], *facts.tables[:1]):
        one = table.figures
        rate = one.funds.execution_rate.value
        if rate is None or rate < paid:
            continue
        behind = [
            (row, done)
            for row, done in _unfinished(table, facts.scoring)
            if done < floor and row.label not in told
        ]
        told.update(row.label for row, _ in behind if row.owner is not None)
        agreed = facts.words.payment_terms  # before the work is done
        if behind and not (
            _pays_for_more(facts, table)
            or any(
                has_word(row.indicator.deviation, agreed) for row, _ in behind
            )
        ):
            shown = (f"「{row.label}」完成{percent(n)}" for row, n in behind)
            yield at(
                one,
                "资金",
                "全年执行数",
                rate=percent(rate),
                behind="、".join(shown),
            )


def _pays_for_more(facts: Facts, table: IndicatorTable) -> bool:
    """Whether it is the money of a whole with projects, of whose work some is done."""
    whole = table is facts.tables[0] and facts.projects
    return bool(whole) and any(row.figures.reached for row in table.rows)


def _unfinished(
    table: IndicatorTable, scoring: Scoring
) -> Iterator[tuple[IndicatorRow, Decimal]]:
    """The rows that say how far the work is, where it is not done, and how far; what took too long is done."""
    for row in table.rows:
        done = row.figures.completion.value
        target = row.indicator.target
        over = target and is_reverse(row.indicator, target, scoring)
        missed = row.figures.reached is False and not over
        if (
            missed
            and done is not None
            and has_word(row.category, ("数量", "质量", "时效"))
        ):
            yield row, done
