"""TXT009 in tables: how amounts and rates are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problem, at, rule
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Evaluation, Funds, FundsRow
from reportgen.model.values import Reported

_COLUMNS = (
    ("年初预算数", "initial"),
    ("全年预算数", "revised"),
    ("全年执行数", "executed"),
)
_BASE_COLUMNS = (
    ("上年决算数", "previous"),
    ("本年预算数", "budget"),
    ("本年决算数", "actual"),
)
_BASE_ROWS = (
    ("三公经费", "three_public"),
    ("公用经费", "operating"),
    ("会议费", "meetings"),
    ("政府采购", "procurement"),
    ("非税收入", "non_tax"),
    ("项目支出", "projects"),
)
_LONG = re.compile(r"[.．][0-9０-９]{3,}\s*(?:万元?)?$")
_WIDE = "“{stated}”用了全角的“％”；请改为“%”"

Cell = tuple[FieldPath, Reported]


@rule("TXT009", WARNING, "{faults}；金额单位写在表头，格内只填数字，保留两位小数")
def amounts_untidy(facts: Facts) -> Iterator[Problem]:
    """金额格内写了“万元”，或小数超过两位.

    依据：金额单位在表头标明一次，格内不再写单位；金额统一保留两位小数。
    反例：
        模板: hecheng
        资金: {年初预算数: 212.6468万元, 全年预算数: 212.6468万元, 全年执行数: 212.6468万元}
    """
    as_typed = facts.pack.numbers.money == "原样"
    tables = [
        list(_amounts(one.evaluation, one.path)) for one in facts.figures.evaluations
    ]
    for cells in (*tables, list(_base(facts))):
        units = [cell for cell in cells if as_typed and "万" in cell[1].text]
        long = [cell for cell in cells if _LONG.search(cell[1].text)]
        if units or long:
            yield at(*(units or long)[0][0], faults="，".join(_faults(units, long)))


def _faults(units: Sequence[Cell], long: Sequence[Cell]) -> Iterator[str]:
    if units:
        yield f"{len(units)} 个金额格内写了单位（如“{units[0][1].text}”）"
    if long:
        yield f"{len(long)} 个金额的小数超过两位（如“{long[0][1].text}”）"


def _lines(
    one: Evaluation, path: FieldPath
) -> Iterator[tuple[Funds | FundsRow, FieldPath]]:
    """The funds and each row of them."""
    funds, where = one.funds, (*path, "资金")
    yield funds, where
    for group, rows in (
        ("按收入性质", funds.by_income),
        ("按支出性质", funds.by_nature),
        ("资金来源", funds.by_source),
    ):
        for position, row in enumerate(rows):
            yield row, (*where, group, position)
            for number, detail in enumerate(row.details):
                yield detail, (*where, group, position, "明细", number)


def _amounts(one: Evaluation, path: FieldPath) -> Iterator[Cell]:
    for line, where in _lines(one, path):
        for column, field in _COLUMNS:
            amount: Reported | None = getattr(line, field)
            if amount is not None:
                yield (*where, column), amount


def _base(facts: Facts) -> Iterator[Cell]:
    data = facts.unit.base_data
    named = ((("基础数据", name), getattr(data, field)) for name, field in _BASE_ROWS)
    for where, row in (
        *named,
        *((("基础数据", "明细", name), row) for name, row in data.rows.items()),
    ):
        for column, field in _BASE_COLUMNS:
            amount = getattr(row, field)
            if amount is not None:
                yield (*where, column), amount


@rule("TXT009", WARNING, "{name}“{stated}”没有百分号；请写作“{right}”")
def rate_without_sign(facts: Facts) -> Iterator[Problem]:
    """执行率、占比没有写百分号，或用了全角的百分号.

    依据：比率写百分号，用半角“%”。
    反例：
        资金: {年初预算数: 220, 全年预算数: 220, 全年执行数: 134.64, 执行率: 61.2}
    """
    for one in facts.figures.evaluations:
        for line, where in _lines(one.evaluation, one.path):
            shares = line.share if isinstance(line, FundsRow) else None
            for name, rate in (("执行率", line.execution_rate), ("占比", shares)):
                if rate is not None:
                    yield from _sign((*where, name), name, rate)
    control = facts.unit.base_data.control_rate
    if control is not None:
        yield from _sign(("基础数据", "在职人员控制率"), "在职人员控制率", control)


def _sign(path: FieldPath, name: str, rate: Reported) -> Iterator[Problem]:
    text = rate.text.strip()
    if text.endswith("％"):
        yield at(*path, message=_WIDE, stated=text)
    elif not text.endswith("%") and rate:
        yield at(*path, name=name, stated=text, right=f"{text}%")
