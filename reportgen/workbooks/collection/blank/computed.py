"""Which cells of the form are computed at once: by the last words of a path, so wherever such a value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportgen.core.value import FieldPath
from reportgen.model.values import Kind
from reportgen.packs.pack import Pack
from reportgen.workbooks.collection.blank import formulas
from reportgen.workbooks.collection.blank.formulas import (
    BUDGET,
    GRADE,
    RATE,
    SCORE,
    SPENT,
    TOTAL_SCORE,
    TOTAL_WEIGHT,
    WEIGHT,
)
from reportgen.workbooks.collection.books.grid import address
from reportgen.workbooks.collection.form import (
    LISTED,
    PARENT_LABEL,
    FormBlock,
    FormField,
)
from reportgen.workbooks.collection.labels import AUTO_HEAD

Cells = Mapping[FieldPath, str]
Columns = Mapping[FieldPath, tuple[str, str]]
RowFormula = Callable[[int, Columns], str]
_FUNDS = "资金"
_ROWS = "指标"
_OUTCOME = "自评结果"
_ADDED = {
    TOTAL_WEIGHT: WEIGHT,
    TOTAL_SCORE: SCORE,
}
_ADDED = {
    TOTAL_WEIGHT: WEIGHT,
    TOTAL_SCORE: SCORE,
}


class AutoColumn(NamedTuple):
    """A computed column: its heading, the format, and the label of the column that it is compared with."""

    head: str
    code: str
    beside: str


def single_formulas(path: FieldPath, cells: Cells, pack: Pack) -> str:
    """The formula beside a single value, from others of its block; "" for none."""
    *above, last = path
    block = tuple(above)
    if last == RATE:
        return _rate(block, cells)
    if last == SCORE and block[-1:] == (_FUNDS,):
        return _execution_score(block, cells, pack)
    return ""


def _rate(block: FieldPath, cells: Cells) -> str:
    known = {key: cells.get((*block, key), "") for key in (BUDGET, SPENT)}
    return formulas.execution_rate(known) if all(known.values()) else ""


def _execution_score(block: FieldPath, cells: Cells, pack: Pack) -> str:
    rate = cells.get(
        (
            *block,
            RATE,
            AUTO_HEAD,
        )
    )
    weight = cells.get((*block, WEIGHT))
    if not rate or not weight:
        return ""
    return formulas.execution_score(rate, weight, pack.scoring.execution)


def tail_formulas(path: FieldPath, cells: Cells, pack: Pack) -> str:
    """The formula beside a total, from other blocks; "" for none."""
    *above, last = path
    if not above or above[-1] != _OUTCOME:
        return ""
    owner = tuple(above[:-1])
    if last == GRADE:
        score = cells.get(
            (
                *owner,
                _OUTCOME,
                TOTAL_SCORE,
            )
        )
        known = score and pack.scoring.grades
        return formulas.grade_of(score or "", pack.scoring) if known else ""
    added = _ADDED.get(str(last))
    return _total(owner, added, cells) if added else ""


def _total(owner: FieldPath, key: str, cells: Cells) -> str:
    """The sum of the rows and what the funds have."""
    rows = cells.get(
        (
            *owner,
            _ROWS,
            key,
            AUTO_HEAD,
        )
    )
    funds = cells.get(
        (
            *owner,
            _FUNDS,
            key,
        )
    )
    if not rows or not funds:
        return ""
    auto = cells.get(
        (
            *owner,
            _FUNDS,
            key,
            AUTO_HEAD,
        )
    )
    own = f'IF({funds}="",{auto},{funds})' if auto else funds
    return f'=IF({rows}="","",{rows}+IFERROR({formulas.number(own)},0))'


def row_formulas(
    block: FormBlock, places: Mapping[str, int]
) -> Iterator[tuple[AutoColumn, RowFormula]]:
    """The computed columns of a table, each with what builds the formula of a row."""
    if {
        BUDGET,
        SPENT,
        RATE,
    } <= places.keys():

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
            one.kind is Kind.POINTS and (block.parts or not block.inner)
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
