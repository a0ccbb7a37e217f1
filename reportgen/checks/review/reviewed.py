"""What a rule of 复核 looks at: the rows of the tables, where the pack names the rule, and what it deducts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.rule import Problem, at
from reportgen.core.numerals import plain, total

DEDUCTED = "；复核一般扣{deducted}"
_ALL = Decimal(1)


class Reviewed(NamedTuple):
    """The rows of one table that were filled in, and the share of their points that the rule takes."""

    table: IndicatorTable
    rows: tuple[IndicatorRow, ...]
    share: Decimal

    def problem(
        self, row: IndicatorRow, key: str, *, part: Decimal = _ALL, **said: Any
    ) -> Problem:
        """The problem at one field of a row, with what is deducted: `part` of what the rule takes."""
        deducted = told(self.share * part, row.indicator.weight, "该项分值")
        return at(*row.path, key, **row.said, deducted=deducted, **said)

    @property
    def weight(self) -> Decimal | None:
        """The points of all rows together."""
        return total(row.indicator.weight for row in self.rows)


def reviewed(facts: Facts, code: str) -> Iterator[Reviewed]:
    """The tables of the unit and its projects; none where the pack does not name the rule, or nothing is done yet."""
    share = facts.pack.manifest.review.get(code)
    if share is None or facts.declared:
        return
    for table in facts.tables:
        if table.applicable:
            yield Reviewed(table, table.applicable, share)


def told(share: Decimal, weight: Decimal | None, of_what: str) -> str:
    """What is deducted as a message says it: 该项分值的30%，即3分."""
    text = f"{of_what}的{plain(share * 100, 2)}%"
    return text if weight is None else f"{text}，即{plain(share * weight, 2)}分"


def texts_of(row: IndicatorRow) -> str:
    """All that a row says of how its value was found."""
    one = row.indicator
    values = (value.text for value in row.stated)
    return "，".join(
        (one.evidence, one.remark, one.deviation, one.basis, *values)
    )
