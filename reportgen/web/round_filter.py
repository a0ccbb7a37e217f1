"""Which problems of a round somebody wants to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from reportgen.application.web.rounds.collecting import (
    CollectedRound,
    RoundUnit,
)

_MOST = 300  # rows of the list of problems
_SEVERITIES = ("错误", "警告", "提示")


class ShownProblems(NamedTuple):
    """The first of the problems that are wanted, each with its unit, and how many there are."""

    rows: tuple[tuple[RoundUnit, NamedTuple], ...]
    total: int


class RoundFilter(NamedTuple):
    """Only units that stand so, only problems so bad, only what holds these words."""

    standing: str = ""
    severity: str = ""
    words: str = ""

    def units(
        self,
        collected: CollectedRound,
    ) -> list[RoundUnit]:
        """The units that are wanted."""
        return [
            one
            for one in collected.units
            if self.standing in {"", one.standing} and self._names(one)
        ]

    def problems(
        self,
        collected: CollectedRound,
    ) -> ShownProblems:
        """The problems that are wanted, those of one unit together."""
        found = list(self._found(collected))
        return ShownProblems(tuple(islice(found, _MOST)), len(found))

    def _found(
        self,
        collected: CollectedRound,
    ) -> Iterator[tuple[RoundUnit, NamedTuple]]:
        for one in collected.units:
            if self.standing not in {"", one.standing}:
                continue
            for problem in one.problems:
                is_wanted = self.severity in {"", problem.severity}
                said = "\n".join((one.name, *problem))
                if is_wanted and self.words in said:
                    yield one, problem

    def _names(
        self,
        one: RoundUnit,
    ) -> bool:
        said = "\n".join((one.name, one.supervisor, one.file, one.note))
        problems = ("\n".join(each) for each in one.problems)
        return self.words in said or any(
            self.words in each for each in problems
        )


def filter_of(query: Mapping[str, str]) -> RoundFilter:
    """What an address asks for; what is no severity is none."""
    severity = query.get("severity", "")
    return RoundFilter(
        query.get("standing", ""),
        severity if severity in _SEVERITIES else "",
        query.get("q", "").strip(),
    )
