"""BUD002: totals against the parts they are made of."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from functools import partial
from itertools import chain

from reportgen.checks.facts.facts import Facts
from reportgen.checks.funds.execution import overspent, project_rows
from reportgen.checks.rule import (
    ERROR,
    WARNING,
    Problem,
    Problems,
    added_up,
    at,
    rule,
)
from reportgen.core.numerals import ONE, ZERO, known_of, plain, round_half_up
from reportgen.figures.adding import AMOUNTS
from reportgen.figures.figure import FieldPath
from reportgen.figures.funds import RowFigures, counted_totals
from reportgen.model.unit import Funds, FundsRow, Project
from reportgen.model.values import Reported

_HALF = Decimal(
    "0.005"
)  # what rounding to two decimals can take from, or add to, each addend
_IN_WAN = re.compile(r"[^.．元亿千百]+(?:[.．](\d+))?\s*(?:万元?)?")
_ROUNDED = "{whole}的{column} {stated} 只保留了 {places} 位小数，各分项（{parts}）之和为 {total}；请统一保留两位小数"
_ZERO = "资金总额的{columns}填的是 0，各分项之和为 {totals}；请把合计补填完整（其他各项检查按各分项之和进行）"
_UNLISTED = (
    "{whole}的{column}为 {stated}，所列各项目（{parts}）之和为 {total}，"
    "少 {off}；请补上未列出的项目，或核对金额"
)


@rule(
    "BUD002",
    ERROR,
    "{whole}的{column}为 {stated}，各分项（{parts}）之和为 {total}，相差 {off}；请核对合计和各分项",
)
def parts_do_not_add(facts: Facts) -> Problems:
    """合计数与分项之和不符，或分项漏填.

    依据：资金合计应等于各来源、各支出性质、各明细之和；部门的项目支出应等于各项目之和。
    反例：
        资金:
          年初预算数: 100
          全年预算数: 100
          全年执行数: 100
          按支出性质: [{名称: 基本支出, 全年执行数: 60}, {名称: 项目支出, 全年执行数: 30}]
    """
    for one in facts.evaluations:
        funds = one.funds.totals
        path = (*one.path, "资金")
        yield from _zero_totals(one.evaluation.funds, funds, path)
        yield from _table(
            funds, path, "资金总额", one.funds.by_source, every_column=True
        )
        for rows in (one.funds.by_income, one.funds.by_nature):
            yield from _table(funds, path, "资金总额", rows)
        kinds = one.funds.by_source, one.funds.by_income, one.funds.by_nature
        for row in chain(*kinds):
            if row.details:
                yield from _table(
                    row.row, row.path, f"「{row.row.name}」", row.details
                )
    yield from _projects(facts)


def _zero_totals(stated: Funds, counted: Funds, path: FieldPath) -> Problems:
    """Totals of 0 over rows that were filled in: told once, and everything else goes on with the sums."""
    zero = [
        (column, getattr(counted, field))
        for field, column in AMOUNTS
        if getattr(stated, field) != getattr(counted, field)
    ]
    if zero:
        yield at(
            *path,
            zero[0][0],
            message=_ZERO,
            columns="、".join(column for column, _ in zero),
            totals="、".join(plain(total) for _, total in zero),
        )


def _table(
    whole: Funds | FundsRow,
    path: FieldPath,
    label: str,
    rows: Sequence[RowFigures],
    *,
    every_column: bool = False,
) -> Problems:
    """Each column of a table; one that no row fills in is not in use, unless the form prints it (`every_column`)."""
    if not rows and not every_column:
        return
    for field, column in AMOUNTS:
        stated: Reported | None = getattr(whole, field)
        parts = known_of(
            (row.row.name, getattr(row.row, field)) for row in rows
        )
        if stated is None or not (parts or every_column):
            continue
        place = (*path, column)
        difference = list(
            amounts_do_not_add(stated, place, label, column, parts)
        )
        empty = (row for row in rows if getattr(row.row, field) is None)
        holes = [row for row in empty if _in_use(row.row)]
        if difference and holes:
            yield from (_hole(row, column) for row in holes)
        elif parts:
            yield from difference


def amounts_do_not_add(
    stated: Reported,
    path: FieldPath,
    whole: str,
    column: str,
    parts: Sequence[tuple[str, Reported]],
) -> Problems:
    """The problem of a total at `path` that is not the sum of its parts, beyond what rounding can make."""
    total = sum((amount for _, amount in parts), ZERO)
    off = abs(total - stated)
    if off <= _HALF * len(parts):
        return
    places = _places(stated)
    tell = partial(
        at,
        *path,
        whole=whole,
        column=column,
        stated=stated,
        parts=added_up(parts),
        total=total,
    )
    if places < 2 and stated in _shortened(total, places):
        yield tell(message=_ROUNDED, severity=WARNING, places=places)
    else:
        yield tell(off=off)


def _places(amount: Reported) -> int:
    """Decimals as typed, in 万元; an amount typed in another unit counts as exact."""
    typed = _IN_WAN.fullmatch(amount.text.strip())
    return len(typed[1] or "") if typed else 2


def _shortened(total: Decimal, places: int) -> tuple[Decimal, Decimal]:
    """`total` with `places` decimals, rounded and cut off."""
    return round_half_up(total, places), total.quantize(
        ONE.scaleb(-places), rounding=ROUND_DOWN
    )


def _in_use(row: FundsRow) -> bool:
    """Whether the row says anything; 上年结转资金 without any amount is a line of the form, no gap."""
    return any(
        getattr(one, field) is not None
        for one in (row, *row.details)
        for field, _ in AMOUNTS
    )


def _hole(row: RowFigures, column: str) -> Problem:
    return at(
        row,
        column,
        message="「{name}」漏填{column}；请补上，没有的填 0",
        name=row.row.name,
        column=column,
    )


def _projects(facts: Facts) -> Problems:
    """项目支出 of the unit against the projects listed, where every project gives the amount.

    A column is left alone while one of its addends is reported as impossible: the total is not what is wrong.
    """
    projects = [
        (one.name, counted_totals(one.funds)) for one in _all_projects(facts)
    ]
    largest = facts.limits.largest_rate
    impossible = any(overspent(funds, largest) for _, funds in projects)
    for row in project_rows(facts):
        for field, column in AMOUNTS:
            stated = getattr(row.row, field)
            parts = known_of(
                (name, getattr(funds, field)) for name, funds in projects
            )
            in_doubt = field == "executed" and impossible
            if stated is None or in_doubt or not parts:
                continue
            if len(parts) < len(projects):
                continue
            place = (*row.path, column)
            found = amounts_do_not_add(
                stated, place, "「项目支出」", column, parts
            )
            yield from map(_fewer, found)


def _all_projects(facts: Facts) -> tuple[Project, ...]:
    """The projects of the unit, and of the units below it that it does not list itself."""
    own = facts.projects
    below = facts.department.projects if own and facts.department else ()
    listed = {one.name for one in own}
    return (*own, *(one for one in below if one.name not in listed))


def _fewer(problem: Problem) -> Problem:
    """Projects that come to less than 项目支出 may be a choice of projects: worth saying, no error."""
    if problem.severity or Decimal(problem.values["total"]) > Decimal(
        problem.values["stated"]
    ):
        return problem
    return Problem(problem.path, problem.values, _UNLISTED, WARNING)
