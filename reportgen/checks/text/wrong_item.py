"""TXT001: numbers that are right in themselves and stand with the wrong thing.

A rate before a quality in words, an amount beside an indicator without unit, parts that come to more than their whole,
shares of nothing that is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import SCALES, IndicatorRow
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_values import (
    Owner,
    ReportedValue,
    agrees,
    values_of,
)
from reportgen.checks.facts.statements import Statement, rows_of
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import PERCENT, Quantity

_SAYS_ALL = frozenset({Decimal(0), Decimal(100)})  # 100%完成 says no more than 完成
_NO_PART = re.compile(
    r"执行|完成|支付|使用|结余|结转|追加|调增|调减|调整|增加|减少|节约|较|比|占|上年|去年|包括|含|用于|主要|其中|预算|决算|到位|下达|（|\(|每|均"
)
_SHARE = re.compile(
    r"^[，,（(、\s]*(?:约|仅|只)?占(?!地)[^，。；%％\d]{0,14}?(?:的)?(?:比例|比重)?(?:为|达到|达|约)*$"
)
_OF_OTHERS = re.compile(
    r"全[国省市县区镇乡州盟]|同类|行业|财政|地方|当地"
)  # a whole that no form of the unit has
_WHOLE = re.compile(  # 其他资金20万元，支出310万元: no part, the next matter
    r"(?:全年|年度|本年|实际|当年|累计|财政|一般公共预算|总|共|合计|(?:19|20)\d\d年)*(?:支出|收入|拨款|资金|金额|成本)?(?:合计|共计|总计|为|共)*"
)
_NO_UNIT = "文中“{said}”与表不一致：表中「{name}」的{column}为“{shown}”，没有计量单位（{where}）；请在表中补上计量单位"


@rule(
    "TXT001",
    ERROR,
    "文中“{said}”与表不一致：表中「{name}」为“{shown}”，没有百分数（{where}）{whose}；请核对后改正",
)
def number_of_another(facts: Facts) -> Iterator[Problem]:
    """文中的数字安在了另一项指标上，或表中该项没有计量单位.

    依据：文中讲一项指标用的数字，应当就是表中该项的数字；表中该项是文字的，文中不应另有百分数。
    反例：
        指标:
          - {一级: 产出指标, 二级: 质量指标, 三级: 高质量完成, 指标值: 高质量完成, 实际值: 高质量完成}
          - {一级: 满意度指标, 三级: 群众满意度, 指标值: ≥98%, 实际值: 98%}
        叙述: {自评结论: 98%高质量完成各项工作。}
    """
    qualities = _qualities(facts)
    for passage in facts.prose if qualities else ():
        for one in passage.quantities:
            row = _quality_after(passage, one, qualities) if _is_partial(one) else None
            if row is not None:
                yield _of_another(
                    facts, passage, one, row, passage.block.text[one.start : one.end]
                )
    bare = any(
        cell.target.measure in SCALES for row in facts.value_rows for cell in row.values
    )
    for statement in facts.statements if bare else ():
        for row in rows_of(statement):
            if problem := _without_unit(statement, row):
                yield problem
                break


def _qualities(facts: Facts) -> dict[str, list[IndicatorRow]]:
    """The indicators whose target and actual are words, by the first two characters of their names."""
    found = defaultdict[str, list[IndicatorRow]](list)
    for row in facts.reported.indicators:
        stated = (row.indicator.target, row.indicator.actual)
        name = row.indicator.name.strip()
        if (
            len(name) > 2
            and any(stated)
            and not any(one and one.quantitative for one in stated)
        ):
            found[name[:2]].append(row)
    return found


def _is_partial(one: Quantity) -> bool:
    return one.kind == PERCENT and not one.change and one.value not in _SAYS_ALL


def _quality_after(
    passage: ProseBlock, one: Quantity, qualities: dict[str, list[IndicatorRow]]
) -> IndicatorRow | None:
    """The quality in words that follows a percentage at once: 98%高质量完成."""
    text, project = passage.block.text, passage.block.project
    rows = qualities.get(text[one.end : one.end + 2], ())
    named = (
        row for row in rows if text.startswith(row.indicator.name.strip(), one.end)
    )
    return next((row for row in named if project in (None, row.owner)), None)


def _of_another(
    facts: Facts, passage: ProseBlock, one: Quantity, row: IndicatorRow, said: str
) -> Problem:
    name = row.indicator.name.strip()
    stated = row.indicator.actual or row.indicator.target
    whose = next(
        (f"，{one.text}是「{known.name}」" for known in _same(facts, one, row.owner)),
        "",
    )
    return at(
        *passage.block.path,
        said=f"{said}{name}",
        name=name,
        shown=stated.text if stated else "",
        where=dotted(row.path),
        whose=whose,
    )


def _same(facts: Facts, one: Quantity, owner: Owner) -> Iterator[ReportedValue]:
    """The values of the same project that are this number."""
    for row in facts.reported.of_project[owner]:
        yield from (
            known
            for known in values_of(row)
            if known.kind == one.kind and agrees(one, known)
        )


def _without_unit(statement: Statement, row: IndicatorRow) -> Problem | None:
    """The number of prose has a unit, the same number in the form has only 万."""
    one, block = statement.quantity, statement.passage.block
    if row.is_money:
        return None  # 万 for 万元 is TXT009
    for column, target in (
        ("指标值", row.indicator.target),
        ("实际值", row.indicator.actual),
    ):
        if target is None or target.value is None or target.measure not in SCALES:
            continue
        if (
            one.text.startswith(f"{plain(target.value)}{target.measure}")
            and one.measure
        ):
            return at(
                *block.path,
                message=_NO_UNIT,
                said=block.text[
                    block.text.rfind(statement.word, 0, one.start) : one.end
                ],
                name=row.indicator.name,
                column=column,
                shown=target.text,
                where=dotted((*row.path, column)),
            )
    return None
