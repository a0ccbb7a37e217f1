"""TXT001: what a text tells of 基础数据: that it rose or fell, by how much, and how much it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.statements import OTHER_TIMES
from reportgen.checks.rule import ERROR, Problems, at, rule
from reportgen.figures.figure import FieldPath
from reportgen.model.base_data import BaseAmounts
from reportgen.narrative.numbers import MONEY, PERCENT, Quantity

_OWN = (
    ("三公经费", "three_public"),
    ("公用经费", "operating"),
    ("会议费", "meetings"),
    ("政府采购", "procurement"),
    ("非税收入", "non_tax"),
)
_MORE = r"增加|增长|上升|提高|上涨|扩大"
_LESS = r"减少|下降|降低|压减|压缩|节约|缩减|下浮"
_CHANGE = (
    rf"(?P<than>(?:[较比](?:上年|去年|%s)"
    rf"|同比)[^，。；\d增减降]{{0,8}}?|(?:逐年|持续|实现)(?:了)?)"
    rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?:了|额|幅度?|率|为|约|达)*"
)
_BETWEEN = r"(?:(?!预算数|预算[较比安总为]|年初预算|其中)[^。；费]){0,80}?"
_PAID = r"(?:全年|本年|决算|实际|共|累计)*(?:支出|决算数?|发生)(?:总额|合计)?(?:为|共|了)*"
_ALL = Decimal(100)
_HALF = Decimal("0.005")


class _BaseRow(NamedTuple):
    """One row of 基础数据: what it is called, this year and the year before."""

    name: str
    now: Decimal
    before: Decimal | None


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与基础数据不符：{name}本年决算数为 {now}、上年为 {before}；请核对增减和金额",
)
def change_of_base_data_wrong(facts: Facts) -> Problems:
    """文中写的三公经费等比上年增加、减少，与基础数据的本年、上年数相反，或增减的数不对.

    依据：报告中的增减应当由基础数据的本年决算数、上年决算数得出。
    反例：
        模板: hunan
        基础数据:
          三公经费: {上年决算数: 12.6, 本年预算数: 12, 本年决算数: 9.8}
          公用经费: {上年决算数: 20, 本年预算数: 20, 本年决算数: 20}
        叙述: {单位概况: 三公经费支出较上年增加2.8万元。}
    """
    rows = [row for row in _rows(facts) if row.before is not None]
    changed = _BETWEEN + _CHANGE % _year_before(facts)
    for passage in facts.prose if rows else ():
        for row in rows:
            for match in _found(passage, row, changed):
                if _is_wrong(passage, match, row):
                    yield at(
                        *passage.path,
                        quoted=match[0].strip()[:40],
                        name=row.name,
                        now=row.now,
                        before=row.before,
                    )


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与基础数据不符：{name}本年决算数为 {now}；请核对后改正其中一处",
)
def amount_of_base_data_wrong(facts: Facts) -> Problems:
    """文中写的三公经费等的支出数，与基础数据的本年决算数不同.

    依据：报告中的三公经费、公用经费等应当就是基础数据的本年决算数。
    反例：
        模板: hunan
        基础数据:
          三公经费: {上年决算数: 10, 本年预算数: 10, 本年决算数: 9.8}
          公用经费: {上年决算数: 20, 本年预算数: 20, 本年决算数: 20}
        叙述: {单位概况: 三公经费支出8.6万元。}
    """
    for row in _rows(facts):
        for passage in facts.quantified:
            for match in _found(passage, row, _PAID):
                one = _quantity_at(passage, match)
                if one and _is_other(passage, one, row.now):
                    yield at(
                        *passage.path,
                        quoted=f"{match[0]}{one.text}",
                        name=row.name,
                        now=row.now,
                    )


def _is_other(passage: ProseBlock, one: Quantity, now: Decimal) -> bool:
    """Whether it is an exact amount of this year, and not the reported one."""
    amount = one.kind == MONEY and one.is_exact
    other = OTHER_TIMES.search(passage.before(one))
    off = abs(one.value - now) > one.tolerance + _HALF
    return amount and off and other is None


def _year_before(facts: Facts) -> str:
    return f"{int(facts.unit.year) - 1}年"


def _rows(facts: Facts) -> Iterator[_BaseRow]:
    """The rows that have an amount of this year."""
    base = facts.unit.base_data
    named: list[tuple[FieldPath, BaseAmounts]] = [
        (("基础数据", name), getattr(base, field)) for name, field in _OWN
    ]
    named += [
        (("基础数据", "明细", name), row) for name, row in base.rows.items()
    ]
    for path, row in named:
        if row.actual is not None:
            yield _BaseRow(str(path[-1]), row.actual, row.previous)


def _found(
    passage: ProseBlock, row: _BaseRow, behind: str
) -> Iterator[re.Match[str]]:
    """Where a sentence speaks of the row and goes on as `behind` says."""
    short = row.name.removesuffix("经费")
    if short in passage.text:
        named = rf"{re.escape(short)}[”\"]?(?:经费)?"
        yield from re.finditer(rf"{named}{behind}", passage.text)


def _is_wrong(passage: ProseBlock, match: re.Match[str], row: _BaseRow) -> bool:
    """Whether it went the other way, or by another amount or rate."""
    before = row.before or Decimal(0)
    risen = row.now - before
    if risen and (risen > 0) != bool(match["more"]):
        return True
    one = _quantity_at(passage, match)
    if one is None or not one.is_exact:
        return False
    if one.kind == MONEY:
        return abs(abs(risen) - one.value) > one.tolerance + _HALF
    rate = abs(risen) / before * _ALL if before else one.value
    return one.kind == PERCENT and abs(rate - one.value) > 2 * one.tolerance


def _quantity_at(passage: ProseBlock, match: re.Match[str]) -> Quantity | None:
    """The number right behind what was found."""
    end = match.end()
    return next((one for one in passage.quantities if one.start == end), None)
