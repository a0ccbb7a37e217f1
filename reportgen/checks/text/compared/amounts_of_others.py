"""TXT002: an amount of one of our projects, told as that of a project that is none of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.own_names import core
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import (
    EXECUTED,
    HISTORY,
    INITIAL,
    REVISED,
    ReportedValue,
)
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.narrative.numbers import MONEY, Quantity

_MAIN = (INITIAL, REVISED, EXECUTED)
_OF_PROJECT = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”]{4,20}?)项目(?:资金|经费)?(?:年初|全年|当年)?(?:预算|支出|执行|安排|投入)(?:资金|数|了|为|共)*\s*\Z"
)
_SEVERAL = re.compile(r"个|各|等|全部|所有|其他|其余|\A(?:本|该|此)|专项|支出")
_DIGITS = 4  # fewer are alike by chance
_UNLIKE = 40  # percent of likeness under which two names are of two projects


@rule(
    "TXT002",
    ERROR,
    "文中写“{quoted}”，本单位没有这个项目，而这个数是「{project}」的{name}（{where}）；请核对项目名称",
)
def amount_of_no_project(facts: Facts) -> Problems:
    """文中的项目名称不是本单位的，金额却是本单位某个项目的.

    依据：项目的预算数、执行数应当写在该项目名下。
    反例：
        项目:
          - 名称: 水闸维修
            资金: {年初预算数: 68.35, 全年预算数: 68.35, 全年执行数: 68.35}
            指标: [{一级: 产出指标, 二级: 数量指标, 指标值: 不适用}]
        叙述: {单位概况: 图书采购项目预算68.35万元。}
    """
    names = [*facts.own.project_names]
    for passage, one, label in _long_amounts(facts):
        match = _OF_PROJECT.search(label)
        if match and not _is_known(match["name"], names):
            known = _ours(facts, one)
            if known is not None and known.owner is not None:
                yield at(
                    passage,
                    quoted=f"{match[0]}{one.text}",
                    project=facts.projects[known.owner].name,
                    name=known.column,
                    where=dotted(known.where),
                )


def _long_amounts(
    facts: Facts,
) -> Iterator[tuple[ProseBlock, Quantity, str]]:
    """The exact amounts in the unit's own text that are hardly alike by chance, with the words before them."""
    for passage in facts.quantified:
        if passage.block.project is None:
            for position, one in enumerate(passage.quantities):
                digits = sum(map(str.isdigit, one.text))
                if one.kind == MONEY and one.is_exact and digits >= _DIGITS:
                    yield passage, one, passage.label(position)


def _ours(facts: Facts, one: Quantity) -> ReportedValue | None:
    """The budget or the expenditure of this year that the amount is; None where a year before had the same."""
    columns = {
        value.column: value
        for value in facts.reported.comparable(one)
        if abs(value.value - one.value) <= one.tolerance
    }
    before = any(HISTORY in map(str, value.path) for value in columns.values())
    main = [columns[name] for name in _MAIN if name in columns]
    return main[0] if main and not before else None


def _is_known(name: str, names: list[str]) -> bool:
    """Whether it is, or is like, the name of a project of ours, or stands for several."""
    if _SEVERAL.search(name):
        return True
    own = core(name) or name
    return any(
        fuzz.partial_ratio(own, core(each) or each) >= _UNLIKE for each in names
    )
