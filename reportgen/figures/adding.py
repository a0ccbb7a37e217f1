"""Amounts and head counts of several units added; what none of them gives stays open."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from reportgen.core.numerals import amount_text, given, plain, total
from reportgen.model.unit import Funds, FundsRow, Staff
from reportgen.model.values import Reported

AMOUNTS = (
    ("initial", "年初预算数"),
    ("revised", "全年预算数"),
    ("executed", "全年执行数"),
)
HEADS = (
    ("established", "编制"),
    ("serving", "在职"),
    ("retired_cadres", "离休"),
    ("retired", "退休"),
)


def as_reported(
    value: Decimal | None, text: Callable[[Decimal], str]
) -> Reported | None:
    """`value` as if it had been typed like that."""
    return None if value is None else Reported.of(value, text(value))


def added_amounts(model: Any, parts: Sequence[Any]) -> Any:
    """A `model` whose amounts are the sums over `parts`."""
    return model.model_construct(**_sums(parts, AMOUNTS, amount_text))


def _sums(
    parts: Sequence[Any],
    fields: Iterable[tuple[str, str]],
    text: Callable[[Decimal], str],
) -> dict[str, Any]:
    return {
        name: as_reported(total(getattr(one, name) for one in parts), text)
        for name, _ in fields
    }


def added_staff(parts: Sequence[Staff]) -> Staff:
    """The persons of all; 合计 from 在职, 离休 and 退休 where a unit does not give it."""
    heads = _sums(parts, HEADS, plain)
    everybody = as_reported(
        total(given(one.total, persons(one)) for one in parts), plain
    )
    return Staff.model_construct(**heads, total=everybody)


def persons(staff: Staff) -> Decimal | None:
    """在职, 离休 and 退休 together."""
    return total((staff.serving, staff.retired_cadres, staff.retired))


def has_money(funds: Funds) -> bool:
    """Whether any amount of the year is given."""
    return any(getattr(funds, name) for name, _ in AMOUNTS)


def added_rows(tables: Sequence[tuple[FundsRow, ...]]) -> tuple[FundsRow, ...]:
    """Rows of one name added; nothing where one of the units does not split its money in this way."""
    if not all(tables):
        return ()
    named: dict[str, list[FundsRow]] = {}
    for row in (row for table in tables for row in table):
        named.setdefault(row.name, []).append(row)
    return tuple(_added_row(name, rows) for name, rows in named.items())


def _added_row(name: str, rows: Sequence[FundsRow]) -> FundsRow:
    row: FundsRow = added_amounts(FundsRow, rows)
    return row.model_copy(
        update={
            "name": name,
            "details": added_rows([one.details for one in rows]),
        }
    )
