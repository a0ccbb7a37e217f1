"""BUD007: money that is spent before the work is done."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.rule import WARNING, Problem, at, rule
from reportgen.core.numerals import percent

_WORK = ("数量", "质量", "时效")


@rule(
    "BUD007",
    WARNING,
    "执行率{rate}，而{behind}；资金支付快于工作进度，请说明原因，或核对实际值和执行数",
)
def paid_before_done(facts: Facts) -> Iterator[Problem]:
    """资金已基本支付，数量、质量或时效指标却没有完成.

    依据：资金支付应与工作进度一致；执行率达到 95% 以上而产出不到 90% 的须说明（界限见模板包的限值）。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
        指标: [{一级: 产出指标, 二级: 时效指标, 三级: 项目完成率, 指标值: 100%,
          实际值: 70%, 偏差原因: 雨季停工，已排定下年三月前完成}]
    """
    paid = facts.pack.limits.paid
    floor = facts.pack.limits.progress
    if paid is None or floor is None:
        return
    for table in facts.tables:
        one = table.figures
        rate = one.funds.execution_rate.value
        if rate is None or rate < paid:
            continue
        behind = [
            (row, done) for row, done in _unfinished(table) if done < floor
        ]
        agreed = facts.words.payment_terms  # before the work is done
        if behind and not any(
            has_word(row.indicator.deviation, agreed) for row, _ in behind
        ):
            shown = (f"「{row.label}」完成{percent(n)}" for row, n in behind)
            path = (*one.path, "资金", "全年执行数")
            yield at(*path, rate=percent(rate), behind="、".join(shown))


def _unfinished(
    table: IndicatorTable,
) -> Iterator[tuple[IndicatorRow, Decimal]]:
    """The rows that say how far the work is, where it is not done, and how far."""
    for row in table.rows:
        done = row.figures.completion.value
        missed = row.figures.reached is False
        if missed and done is not None and has_word(row.category, _WORK):
            yield row, done
