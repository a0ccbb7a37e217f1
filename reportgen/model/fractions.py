"""Execution rates that were typed as a share of one: 0.9989, or 1 where all was spent."""

from __future__ import annotations

from decimal import Decimal

from pydantic import model_validator

from reportgen.core.numerals import ratio, read_ratio
from reportgen.model.reporting import Reporting, optional
from reportgen.model.values import Amount, OpenRate, Reported

_ALL = Decimal("0.01")  # how 1 without a sign is read as percent
_NEAR = Decimal("0.005")  # half a percentage point


class BudgetLine(Reporting):
    """A budget and what was spent of it, in 万元, with the rate as reported."""

    initial: Amount = optional("年初预算数")
    revised: Amount = optional("全年预算数")
    executed: Amount = optional("全年执行数")
    execution_rate: OpenRate = optional("执行率")

    @model_validator(mode="after")
    def _rate_as_meant(self) -> BudgetLine:
        """The line with its rate read as a share of one, where a bare number up to 1 agrees with executed ÷ budget."""
        stated = self.execution_rate
        if stated is None or stated > _ALL or stated.text.endswith(("%", "％")):
            return self
        budget = self.initial if self.revised is None else self.revised
        computed = ratio(self.executed, budget)
        share = stated * 100
        if computed is None or abs(computed - share) > _NEAR:
            return self
        meant = Reported.of(share, stated.text)
        return self.model_copy(update={"execution_rate": meant})


def typed_decimals(rate: Reported) -> int:
    """The decimals of the percentage that was typed, also as a share of one: 2 of 98.54%, 1 of 0.985."""
    digits = rate.text.rstrip("%％ ").replace("．", ".").partition(".")[2]
    return max(0, len(digits) - 2) if is_fraction(rate) else len(digits)


def half_digit(rate: Reported) -> Decimal:
    """Half a unit of the last digit that was typed, as a ratio."""
    return Decimal("0.005").scaleb(-typed_decimals(rate))


def is_fraction(rate: Reported) -> bool:
    """Whether the rate was typed as a share of one and is read as such."""
    return read_ratio(rate.text) != rate
