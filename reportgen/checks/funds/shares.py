"""BUD005: shares as reported."""

from collections.abc import Sequence

from reportgen.checks.facts.facts import Facts
from reportgen.checks.funds.execution import with_sign
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import ZERO, known, percent
from reportgen.figures.adding import AMOUNTS
from reportgen.figures.funds import RowFigures
from reportgen.model.fractions import half_digit
from reportgen.model.unit import Funds, FundsRow


@rule(
    "BUD005",
    WARNING,
    "「{name}」占比填报为{stated}，按 {part} ÷ {whole}（{column}）计算应为{share}；请核对",
)
def share_wrong(facts: Facts) -> Problems:
    """填报的占比与金额不符，或各行占比之和不是 100%.

    依据：占比＝该行金额÷合计金额，四舍五入到所印的位数；为了凑足 100% 而改动某一行的占比也不可以。
    反例：
        资金:
          年初预算数: 100
          全年预算数: 100
          全年执行数: 100
          按支出性质:
            - {名称: 基本支出, 全年执行数: 60, 占比: 65%}
            - {名称: 项目支出, 全年执行数: 40, 占比: 40%}
    """
    for one in facts.evaluations:
        funds = one.evaluation.funds
        for rows in (one.funds.by_income, one.funds.by_nature):
            yield from _table(rows, funds)
            for row in rows:
                yield from _shares(row.details, (row.row, funds))


def _table(rows: Sequence[RowFigures], funds: Funds) -> Problems:
    problems = list(_shares(rows, (funds,)))
    yield from problems
    stated = known(row.row.share for row in rows)
    total = sum(stated, ZERO)
    filled = [
        row
        for row in rows
        if any(getattr(row.row, field) is not None for field, _ in AMOUNTS)
    ]
    if problems or len(stated) < 2 or len(stated) < len(filled):
        return
    if abs(total - 1) > sum(map(half_digit, stated), ZERO):
        yield at(
            rows[0],
            "占比",
            message="各行占比之和为 {total}，应为 100%；请核对各行占比",
            total=percent(total),
        )


def _shares(
    rows: Sequence[RowFigures], wholes: Sequence[Funds | FundsRow]
) -> Problems:
    for row in rows:
        stated = row.row.share
        if stated is None:
            continue
        computed = [
            (column, part, whole)
            for over in wholes
            for field, column in reversed(AMOUNTS)
            if (part := getattr(row.row, field)) is not None
            and (whole := getattr(over, field))
        ]
        if computed and all(
            abs(part / whole - stated) > half_digit(stated)
            for _, part, whole in computed
        ):
            column, part, whole = computed[0]
            yield at(
                row,
                "占比",
                name=row.row.name,
                stated=with_sign(stated),
                column=column,
                part=part,
                whole=whole,
                share=percent(part / whole),
            )
