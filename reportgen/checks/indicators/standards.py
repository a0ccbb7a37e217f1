"""IND001, TXT009: standards of payment that are fixed, and heads that are counted by the visit."""

from __future__ import annotations

import re
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import with_actuals
from reportgen.checks.facts.indicator_text import is_stated
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.model.target import Target

_STANDARD = re.compile(
    r"(?:补助|补贴|补偿|救助|低保|保障|资助|津贴|奖补|生活费|供养|抚恤|优待|助学金|奖学金|公用经费|人均|户均|亩均)[^，。]{0,6}标准\Z"
    r"|标准[（(][^（）()]*[)）]\Z"
)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*元")
_HEADS = re.compile(r"(?<!次)(?:人数|人员数量?|名额)\Z")
_VISITS = frozenset({"人次", "万人次"})
_COUNTED_BY_VISIT = re.compile(
    r"服务|接待|参[加与训观]|受[理训]|培训|就诊|诊疗"
)


@rule(
    "IND001",
    WARNING,
    "「{name}」是规定的发放标准，指标值 {target}，实际 {actual}，两者应当相等；请核对，标准有变的写明原因",
)
def standard_not_kept(facts: Facts) -> Problems:
    """补助、补贴等的标准，实际值与指标值不同.

    依据：补助标准由文件规定，发放多了、少了都是没有按标准执行，不是成本节约；标准中途调整的写明原因。
    反例：
        指标: [{一级: 产出指标, 二级: 成本指标, 三级: 高龄津贴标准, 指标值: 100元/人·月, 实际值: 90元/人·月}]
    """
    for row, target, actual in with_actuals(facts.rows):
        fixed = target.relation in ("", "=") and _STANDARD.search(row.name)
        explained = is_stated(row.indicator.deviation)
        if fixed and not explained and _differ(target, actual):
            yield at(*row.path, "实际值", **row.said)


def _differ(target: Target, actual: Target) -> bool:
    """Whether both give one amount in 元, and not the same: 112元/亩 and 每亩118元."""
    wanted = _AMOUNT.findall(target.text)
    paid = _AMOUNT.findall(actual.text)
    return len(wanted) == len(paid) == 1 and Decimal(wanted[0]) != Decimal(
        paid[0]
    )


@rule(
    "TXT009",
    WARNING,
    "「{name}」数的是人，{column}“{stated}”写成了人次；请改为“人”，或改指标名称",
)
def heads_counted_by_visit(facts: Facts) -> Problems:
    """人数指标的计量单位写成了人次.

    依据：同一个人来几次算几个人次；人数按人计，服务、接待的次数按人次计。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 护林员人数, 指标值: 46人次, 实际值: 46人次}]
    """
    for row in facts.value_rows:
        heads = _HEADS.search(row.name)
        if not heads or _COUNTED_BY_VISIT.search(row.name):
            continue
        cells = [one for one in row.values if one.target.measure in _VISITS]
        if len(cells) == len(row.values):
            yield at(
                *cells[0].path,
                name=row.label,
                column=cells[0].column,
                stated=cells[0].target.text,
            )
