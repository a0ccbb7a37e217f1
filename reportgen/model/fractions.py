"""Execution rates that were typed as a share of one: 0.9989, or 1 where all was spent."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, TypeVar

from pydantic import BaseModel

from reportgen.core.numerals import ratio, read_ratio
from reportgen.model.values import Reported

_ALL = Decimal("0.01")  # how 1 without a sign is read as percent
_NEAR = Decimal("0.005")  # half a percentage point


class _Rated(Protocol):
    @property
    def initial(self) -> Reported | None: ...
    @property
    def revised(self) -> Reported | None: ...
    @property
    def executed(self) -> Reported | None: ...
    @property
    def execution_rate(self) -> Reported | None: ...


Line = TypeVar("Line", bound=BaseModel)


def rate_as_meant(line: Line) -> Line:
    """`line` with its rate read as a share of one, where a bare number up to 1 agrees with executed ÷ budget."""
    amounts: _Rated = line  # type: ignore[assignment]
    stated = amounts.execution_rate
    if stated is None or stated > _ALL or stated.text.endswith(("%", "％")):
        return line
    budget = amounts.initial if amounts.revised is None else amounts.revised
    computed = ratio(amounts.executed, budget)
    share = stated * 100
    if computed is None or abs(computed - share) > _NEAR:
        return line
    meant = Reported.of(share, stated.text)
    return line.model_copy(update={"execution_rate": meant})


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
