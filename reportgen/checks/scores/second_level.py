"""SCO002: the points of second levels against their rows, and against the first level above them."""

from __future__ import annotations

from collections import defaultdict

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.rule import ERROR, Problems, added_up, at, rule
from reportgen.checks.scores.addends import HALF_A_CENT
from reportgen.core.numerals import ZERO, known_of, plain


@rule(
    "SCO002",
    ERROR,
    "二级「{name}」标明 {stated} 分，所属各项分值之和为 {total}（{parts}）；请核对各项分值",
)
def second_level_does_not_add(facts: Facts) -> Problems:
    """二级指标标明的分值与所属各项之和不符.

    依据：二级指标的分值等于所属三级指标分值之和。
    反例：
        二级分值: {数量指标: 60}
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90, 得分: 90}]
    """
    for table in facts.tables:
        stated = table.figures.evaluation.category_weights
        rows = _by_category(table) if stated else {}
        for name, points in stated.items():
            parts = rows.get(name, ())
            weights = known_of(
                (row.label, row.indicator.weight) for row in parts
            )
            total = sum((weight for _, weight in weights), ZERO)
            slack = HALF_A_CENT * len(weights)
            if weights and abs(total - points) > slack:
                yield at(
                    *table.figures.path,
                    "二级分值",
                    name,
                    name=name,
                    stated=plain(points),
                    total=plain(total),
                    parts=added_up(weights),
                )


@rule(
    "SCO002",
    ERROR,
    "{group}标明 {stated} 分，所属二级指标标明的分值之和为 {total}（{parts}）；请核对各级分值",
)
def second_levels_do_not_make_first(facts: Facts) -> Problems:
    """一级指标标明的分值与所属二级指标标明的分值之和不符.

    依据：一级指标的分值等于所属二级指标分值之和。
    反例：
        一级分值: {产出指标: 90}
        二级分值: {数量指标: 50, 质量指标: 30}
        指标:
          - {一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 30场, 实际值: 31场, 得分: 50}
          - {一级: 产出指标, 二级: 质量指标, 三级: 学员合格率, 指标值: ≥90%, 实际值: 95%, 得分: 40}
    """
    for table in facts.tables:
        evaluation = table.figures.evaluation
        for group, stated in evaluation.dimension_weights.items():
            names = _below(table, group)
            given = evaluation.category_weights
            parts = [(name, given[name]) for name in names if name in given]
            total = sum((points for _, points in parts), ZERO)
            complete = len(parts) == len(names) > 0
            if complete and abs(total - stated) > HALF_A_CENT * len(parts):
                yield at(
                    *table.figures.path,
                    "一级分值",
                    group,
                    group=group,
                    stated=plain(stated),
                    total=plain(total),
                    parts=added_up(parts),
                )


def _by_category(table: IndicatorTable) -> dict[str, list[IndicatorRow]]:
    """The rows by their 二级, as it was typed."""
    found = defaultdict[str, list[IndicatorRow]](list)
    for row in table.applicable:
        found[row.category_label].append(row)
    return found


def _below(table: IndicatorTable, group: str) -> list[str]:
    """The 二级 of the rows of one 一级, each once; none where the rows have points, which tell more precisely."""
    rows = [row for row in table.applicable if row.dimension_label == group]
    pointed = any(row.indicator.weight is not None for row in rows)
    return [] if pointed else [*{row.category_label: None for row in rows}]
