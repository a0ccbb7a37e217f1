"""Which cells of the form are computed at once: by the last words of a path, so wherever such a value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportgen.core.value import FieldPath
from reportgen.model.values import Kind
from reportgen.packs.pack import Pack
from reportgen.workbooks.collection import formulas
from reportgen.workbooks.collection.form import (
    LISTED,
    PARENT_LABEL,
    FormBlock,
    FormField,
)
from reportgen.workbooks.collection.formulas import (
    BUDGET,
    GRADE,
    RATE,
    SCORE,
    SPENT,
    TOTAL_SCORE,
    TOTAL_WEIGHT,
    WEIGHT,
)
from reportgen.workbooks.collection.grid import address
from reportgen.workbooks.collection.labels import AUTO_HEAD

Cells = Mapping[FieldPath, str]
Columns = Mapping[FieldPath, tuple[str, str]]
RowFormula = Callable[[int, Columns], str]
_FUNDS = "资金"
_ROWS = "指标"
_OUTCOME = "自评结果"


class AutoColumn(NamedTuple):
    """A computed column: its heading, the format, and the label of the column that it is compared with."""

    head: str
    code: str
    beside: str


def single_formulas(path: FieldPath, cells: Cells, pack: Pack) -> str:
    """The formula beside a single value, from others of its block; "" for none."""
    *above, last = path
    block = tuple(above)
    known = {
        key: cells[(*block, key)]
        for key in (BUDGET, SPENT, RATE, WEIGHT)
        if (*block, key) in cells
    }
    if last == RATE and BUDGET in known and SPENT in known:
        return formulas.execution_rate(known)
    rate = cells.get((*block, RATE, AUTO_HEAD))
    if last == SCORE and block[-1:] == (_FUNDS,) and rate and WEIGHT in known:
        rule = pack.scoring.execution
        return formulas.execution_score(rate, known[WEIGHT], rule)
    return ""


def tail_formulas(
    path: FieldPath, cells: Cells, columns: Columns, pack: Pack
) -> str:
    """The formula beside a total, from other blocks of the sheet; "" for none."""
    *above, last = path
    if not above or above[-1] != _OUTCOME:
        return ""
    owner = tuple(above[:-1])
    outcome = (*owner, _OUTCOME)
    if last == GRADE and pack.scoring.grades:
        score = cells.get((*outcome, TOTAL_SCORE))
        return formulas.grade_of(score, pack.scoring) if score else ""
    of = {TOTAL_WEIGHT: WEIGHT, TOTAL_SCORE: SCORE}.get(str(last))
    total = cells.get((*owner, _ROWS, of or "", AUTO_HEAD))
    funds = cells.get((*owner, _FUNDS, of or ""))
    if not of or not total or not funds:
        return ""
    auto = cells.get((*owner, _FUNDS, of, AUTO_HEAD))
    own = f'IF({funds}="",{auto},{funds})' if auto else funds
    return f'=IF({total}="","",{total}+IFERROR({formulas.number(own)},0))'


def row_formulas(
    block: FormBlock, places: Mapping[str, int]
) -> Iterator[tuple[AutoColumn, RowFormula]]:
    """The computed columns of a table, each with what builds the formula of a row."""
    if {BUDGET, SPENT, RATE} <= places.keys():

        def rate(row: int, _columns: Columns) -> str:
            cells = {
                key: address((row, places[key])) for key in (BUDGET, SPENT)
            }
            return formulas.execution_rate(cells)

        yield AutoColumn(f"自动·{RATE}", "0.00%", RATE), rate


def auto_row(
    block: FormBlock, fields: Sequence[FormField], columns: Columns
) -> dict[int, str]:
    """The sums below a table by the position of the field; none for tables without anything to add up."""
    if block.rows != LISTED:
        return {}
    parents = columns.get((*block.path, PARENT_LABEL))
    found = {}
    for position, one in enumerate(fields):
        is_added = one.kind is Kind.MONEY or (
            one.kind is Kind.POINTS and not block.inner
        )
        if not is_added:
            continue
        first, last = columns[(*block.path, *one.path)]
        if parents:
            names = ":".join(parents)
            text = formulas.sum_without_parts(f"{first}:{last}", names)
        else:
            text = formulas.column_sum(first, last)
        found[position] = text
    return found
