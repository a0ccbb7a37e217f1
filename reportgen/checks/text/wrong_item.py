"""TXT001: numbers that are right in themselves and stand with the wrong thing.

A rate before a quality in words, an amount beside an indicator without unit, parts that come to more than their whole,
shares of nothing that is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import SCALES, IndicatorRow
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_values import (
    EXECUTED,
    INITIAL,
    REVISED,
    Owner,
    ReportedValue,
    agrees,
    values_of,
)
from reportgen.checks.facts.statements import Statement, rows_of
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import plain
from reportgen.narrative.numbers import MONEY, PERCENT, Quantity

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


@rule(
    "TXT001",
    ERROR,
    "“{whole}，其中”后面各项（{parts}）之和为 {total} 万元，多于 {whole}；请核对",
)
def parts_exceed_whole(facts: Facts) -> Iterator[Problem]:
    """文中“其中”各项之和多于前面的总数.

    依据：“其中”后面所列的是前面总数的一部分，其和不会多于总数。
    反例：
        叙述: {预算安排与执行: 全年预算100万元，其中基本支出70万元，项目支出40万元。}
    """
    for passage in facts.prose:
        if "其中" not in passage.block.text:
            continue
        for position, one in enumerate(passage.quantities):
            parts = (
                _parts(passage, position)
                if one.kind == MONEY and not one.about and not one.change
                else []
            )
            total = sum((part.value for part in parts), Decimal(0))
            if total > one.value + sum(
                (part.tolerance for part in parts), one.tolerance
            ):
                said = " ＋ ".join(part.text for part in parts)
                yield at(
                    *passage.block.path, whole=one.text, parts=said, total=plain(total)
                )


def _parts(passage: ProseBlock, position: int) -> Sequence[Quantity]:
    """The amounts that 其中 lists right after the quantity at `position`, as far as they are plainly parts of it."""
    found: list[Quantity] = []
    quantities, text = passage.quantities, passage.block.text
    end = quantities[position].end
    for one in quantities[position + 1 :]:
        between = text[end : one.start]
        if not found:
            head, mark, between = between.partition("其中")
            if not mark or head.strip("，,。（( "):
                return found
        label = between.strip("，,、：:（）() ")
        if (
            "。" in between
            or "；" in between
            or _NO_PART.search(between)
            or (found and _WHOLE.fullmatch(label))
        ):
            return found
        if one.kind == MONEY:
            found.append(one)
        end = one.end
    return found


@rule(
    "TXT001",
    ERROR,
    "文中“{part}，占…{share}”与表不一致：{part}占{whole}的{right}（{where}）；请核对",
)
def share_disagrees(facts: Facts) -> Iterator[Problem]:
    """文中某项金额所占的比例，与表中任何合计都对不上.

    依据：占比＝该项金额÷合计，合计为预算数或执行数。
    反例：
        资金:
          年初预算数: 100
          全年预算数: 100
          全年执行数: 100
          按支出性质: [{名称: 基本支出, 全年执行数: 60}, {名称: 项目支出, 全年执行数: 40}]
        叙述: {预算安排与执行: 全年支出100万元，其中基本支出60万元，占总支出的62.5%。}
    """
    for passage in facts.prose:
        for part, share in zip(
            passage.quantities, passage.quantities[1:], strict=False
        ):
            between = passage.block.text[part.end : share.start]
            if part.kind != MONEY or share.kind != PERCENT or share.about:
                continue
            if not _SHARE.match(between) or _OF_OTHERS.search(between):
                continue
            if facts.reported.equal(part) is not None:
                yield from _share(facts, passage, part, share)


def _share(
    facts: Facts, passage: ProseBlock, part: Quantity, share: Quantity
) -> Iterator[Problem]:
    totals = [
        known
        for subject in (
            *facts.reported.of_owner[None],
            *facts.reported.of_owner[passage.block.project],
        )
        for column in (EXECUTED, REVISED, INITIAL)
        for known in subject.amounts.get(column, ())
        if known.kind == MONEY and known.value > 0
    ]
    in_text = (
        one.value for one in passage.quantities if one.kind == MONEY and one.value
    )
    possible = [
        part.value / whole * 100
        for whole in (*(known.value for known in totals), *in_text)
    ]
    if totals and not any(
        abs(right - share.value) <= share.tolerance for right in possible
    ):
        whole = totals[0]
        yield at(
            *passage.block.path,
            part=part.text,
            share=share.text,
            whole=f"{whole.name}{whole.shown}",
            right=f"{plain(part.value / whole.value * 100, 2)}%",
            where=dotted(whole.where),
        )
