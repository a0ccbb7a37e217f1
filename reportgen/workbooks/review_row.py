"""One row of a 复核表."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportgen.core.value import FieldPath

RATE = "执行率"


@dataclass(frozen=True)
class ReviewRow:
    """One row: its number in the sheet, where its values go in the unit's file, what stands in its columns.

    `reviewed` is the score of the review, `proposed` where no reviewer gave it yet but the rules would.
    """

    number: str
    path: FieldPath
    names: tuple[str, str, str]  # 一级, 二级, 三级
    target: str = ""
    actual: str = ""
    weight: Decimal | None = None
    score: Decimal | None = None
    reviewed_actual: str = ""
    reviewed: Decimal | None = None
    proposed: bool = False
    reason: str = ""
    evidence: str = ""

    @property
    def difference(self) -> Decimal | None:
        """By how much the review is off what was reported; None where one of them is missing."""
        if self.score is None or self.reviewed is None:
            return None
        return self.reviewed - self.score

    @property
    def is_writable(self) -> bool:
        """Whether the unit's file has a field for what the review says of it."""
        return not self.number.endswith(RATE)
