"""TXT001: a rate before a quality that the form has in words: 98%高质量完成."""

from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import ReportedValue
from reportgen.checks.facts.reported_values import agrees, values_of
from reportgen.checks.rule import ERROR, Problem, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import ZERO
from reportgen.narrative.numbers import PERCENT, Quantity

_SAYS_ALL = frozenset({ZERO, Decimal(100)})  # 100%完成 says no more than 完成
_LEAST_NAME = 3  # characters


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与表不一致：表中「{name}」为“{shown}”，没有百分数（{where}）{owner_note}；请核对后改正",
)
def number_of_another(facts: Facts) -> Problems:
    """文中的百分数安在了另一项指标上，表中该项是文字.

    依据：文中讲一项指标用的数字，应当就是表中该项的数字；表中该项是文字的，文中不应另有百分数。
    反例：
        指标:
          - {一级: 产出指标, 二级: 质量指标, 三级: 高质量完成, 指标值: 高质量完成, 实际值: 高质量完成}
          - {一级: 满意度指标, 三级: 群众满意度, 指标值: ≥98%, 实际值: 98%}
        叙述: {自评结论: 98%高质量完成各项工作，自评得分100分。}
    """
    for passage in facts.quantified:
        text = passage.text
        project = passage.block.project
        for one in filter(_is_partial, passage.quantities):
            for row in facts.once(_qualities):
                named = text.startswith(row.name, one.end)
                if named and project in (None, row.owner):
                    yield _of_another(facts, passage, one, row)
                    break


def _qualities(facts: Facts) -> Iterator[IndicatorRow]:
    """The indicators of which target and actual are words."""
    for row in facts.rows:
        in_words = not any(one.quantitative for one in row.stated)
        if row.stated and in_words and len(row.name) >= _LEAST_NAME:
            yield row


def _is_partial(one: Quantity) -> bool:
    return one.kind == PERCENT and not one.change and one.value not in _SAYS_ALL


def _of_another(
    facts: Facts,
    passage: ProseBlock,
    one: Quantity,
    row: IndicatorRow,
) -> Problem:
    stated = row.actual or row.target
    owner = next(_with_value(facts, one, row), None)
    return at(
        passage,
        quoted=f"{passage.text[one.start : one.end]}{row.name}",
        name=row.name,
        shown=stated.text if stated else "",
        where=dotted(row.path),
        owner_note="" if owner is None else f"，{one.text}是「{owner.name}」",
    )


def _with_value(
    facts: Facts, one: Quantity, beside: IndicatorRow
) -> Iterator[ReportedValue]:
    """The values of the same project that are this number."""
    for row in facts.reported.of_project[beside.owner]:
        for known in values_of(row):
            if known.kind == one.kind and agrees(one, known):
                yield known
