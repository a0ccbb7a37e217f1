"""BUD007, REQ001: payment far behind work that is done, and 三公经费 of nothing but zeros."""

from __future__ import annotations

import re
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorTable
from reportgen.checks.funds import base_changes
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import percent

_BEHIND = Decimal("0.5")  # of the budget is paid, and any reason will do
_FAR_BEHIND = Decimal("0.2")  # what is done was hardly paid with this money
_ONLY_SAYS_SO = re.compile(
    r"(?:资金|经费|款项?|尚|还|暂|未|没有?|支付|付款?|执行|完|成|及时|部分|进度|[偏较][低慢]|[，。、的])+"
)
_NONE = re.compile(
    r"(?:没有|无|未)(?:发生|安排|产生)?[“\"]?三公|三公[”\"]?经费(?:支出|决算)?(?:数|均)?(?:为0|为零|[^，。；]{0,6}(?:未发生|没有发生))"
)


@rule(
    "BUD007",
    WARNING,
    "执行率只有{rate}，而数量指标{done}都已完成；支付远远落后于工作进度，请核对完成数和执行数，或写明未付的款项何时支付",
)
def paid_long_after_done(facts: Facts) -> Problems:
    """数量指标都已完成，资金却只支付了一小部分.

    依据：资金支付应与工作进度一致；支付不到一半的须说明未付的原因，不到两成的，完成的工作一般不是用这笔资金做的，须核对。
    反例：
        项目:
          - 名称: 水质监测
            资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 8, 偏差原因: 资金尚未支付}
            指标: [{一级: 产出指标, 二级: 数量指标, 三级: 监测断面, 指标值: 25个, 实际值: 26个}]
    """
    tables = facts.tables if not facts.declared else ()
    for table in (*tables[1:], *tables[:1]):  # the projects, then the whole
        done = _finished(table) if _is_behind(table) else []
        if done:
            one = table.figures
            yield at(
                *one.path,
                "资金",
                "全年执行数",
                rate=percent(one.funds.execution_rate.value or Decimal(0)),
                done="、".join(f"「{name}」" for name in done[:3]),
            )


def _is_behind(table: IndicatorTable) -> bool:
    """Whether so little was paid that no reason helps, or little with a reason that only says that it was.

    Without any reason the low rate itself is told (BUD003).
    """
    rate = table.figures.funds.execution_rate.value
    reason = table.figures.evaluation.funds.reason.strip()
    if rate is None or rate >= _BEHIND:
        return False
    idle = _ONLY_SAYS_SO.fullmatch(reason) is not None
    return idle or (bool(reason) and rate < _FAR_BEHIND)


def _finished(table: IndicatorTable) -> list[str]:
    """The names of the rows of 数量, where each has a number that reaches its target."""
    rows = [row for row in table.applicable if row.category == "数量"]
    done = all(row.figures.reached and row.actual for row in rows)
    return [row.label for row in rows if done and row.values]


@rule(
    "REQ001",
    WARNING,
    "三公经费的上年决算数、本年预算数、本年决算数都填 0；请补填，确实没有的在单位概况中说明没有三公经费",
)
def public_expenses_all_zero(facts: Facts) -> Problems:
    """三公经费各栏都填 0.

    依据：公务接待、公务用车、出国（境）三项经费按决算填列；全部为零的很少，控制率和变动率也算不出来。
    反例：
        模板: hunan
        基础数据:
          三公经费: {上年决算数: 0, 本年预算数: 0, 本年决算数: 0}
          公用经费: {上年决算数: 20, 本年预算数: 20, 本年决算数: 20}
    """
    base = facts.unit.base_data
    row = base.three_public
    amounts = [row.previous, row.budget, row.actual]
    filled = [one for one in amounts if one is not None]
    parts = facts.manifest.base_totals.get("三公经费", ())
    told = any(one in base.rows for one in parts)  # their sum is off (BUD002)
    wrong = facts.once(base_changes.amount_of_base_data_wrong.find)
    said = told or wrong or _NONE.search(facts.paragraph_text.text)
    if len(filled) > 1 and not any(filled) and not said:
        yield at("基础数据", "三公经费")
