"""IND002: one text as the actual of every indicator that is told in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import (
    IndicatorRow,
    IndicatorTable,
    with_actuals,
)
from reportgen.checks.facts.indicator_text import is_stated
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.figures.common import framework_name

_FEWEST = 3  # rows in words
_MOST_OF = 0.75  # of them
_SAYS_NOTHING = re.compile(
    r"(?:[已均都全部基本按时期如圆满顺利较很比]|年度|年初|预期|既定|设定|各项|指标|目标|任务|工作|达[成到标]|完成|实现|良好?|好|优秀?|有效|显著|明显|不断|持续|提升|提高|改善|增强|保障|落实|[了值的])+"
)


@rule(
    "IND002",
    WARNING,
    "{count} 项文字指标的实际值都写“{actual}”，看不出各自做到什么程度；请逐项写实际做到的程度",
)
def one_text_for_all(facts: Facts) -> Problems:
    """各项定性指标的实际值都是同一句话.

    依据：实际完成值写各项实际做到的程度；“已完成”“良好”放在哪一项都一样的，不能说明完成情况。
    反例：
        指标:
          - {一级: 产出指标, 二级: 质量指标, 三级: 演出质量, 指标值: 节目精彩, 实际值: 达成预期指标}
          - {一级: 产出指标, 二级: 时效指标, 三级: 演出安排, 指标值: 按计划演出, 实际值: 达成预期指标}
          - {一级: 效益指标, 二级: 社会效益指标, 三级: 文化生活, 指标值: 更加丰富, 实际值: 达成预期指标}
    """
    for table in facts.tables:
        rows = _in_words(facts, table)
        counted = Counter(_told(row, "actual") for row in rows)
        for text, count in counted.most_common(1):
            fewest = max(_FEWEST, _MOST_OF * len(rows))
            if count >= fewest and _is_canned(text, rows):
                yield at(table.figures, "指标", count=count, actual=text)


def _in_words(facts: Facts, table: IndicatorTable) -> list[IndicatorRow]:
    """The rows without a number as actual, also where the target is one: 已完成 for ≥30场.

    For the rows of a framework the form itself gives the words, so these are left out.
    """
    of_the_form = facts.scoring.framework
    return [
        row
        for row, _, actual in with_actuals(table.applicable)
        if actual.value is None
        and is_stated(actual.text)
        and framework_name(row.name) not in of_the_form
    ]


def _told(row: IndicatorRow, column: str) -> str:
    """The text of `column` (target, actual) without the full stop that some write."""
    return str(row.said[column]).strip("。 　")


def _is_canned(text: str, rows: Sequence[IndicatorRow]) -> bool:
    """Whether it says nothing of what was done, or is told of targets that differ.

    合格 for 合格, three times, is a result of three measurements; 达标排放 for three targets in other words is none.
    """
    if _SAYS_NOTHING.fullmatch(text):
        return True
    same = [row for row in rows if _told(row, "actual") == text]
    targets = {_told(row, "target") for row in same}
    return len(targets) >= _FEWEST and text not in targets
