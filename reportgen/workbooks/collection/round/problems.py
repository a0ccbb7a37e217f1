"""What is wrong in a round, one line each: where on the form, what is stated, what to do; what was mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reportgen.core.findings import Finding, worst_first
from reportgen.core.value import FieldPath
from reportgen.sources.characters import shown
from reportgen.workbooks.collection.round.returned import Returned

_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


class RoundProblem(NamedTuple):
    """One problem as a unit can act on it."""

    severity: str
    code: str
    sheet: str
    cell: str
    field: str
    stated: str
    message: str

    @property
    def key(self) -> str:
        """By what it is known again in the next round."""
        return f"{self.code} {self.field}"


def round_problems(
    findings: Iterable[Finding], file: Returned
) -> tuple[RoundProblem, ...]:
    """The problems of a unit, worst first, each once."""
    leaves, places = dict(file.leaves), dict(file.places)
    found = (
        _problem(one, file, leaves, places)
        for one in worst_first(findings)
        if not one.waived
    )
    return tuple(dict.fromkeys(found))


def _problem(
    finding: Finding,
    file: Returned,
    leaves: Mapping[FieldPath, str],
    places: Mapping[FieldPath, str],
) -> RoundProblem:
    path = _path(finding.path)
    where = finding.place.where or places.get(path, "")
    if file.printed:  # the unit has never seen the draft
        where = _nearest(path, places)
    sheet, _, cell = where.rpartition("!")
    message = finding.message.removeprefix(f"{finding.path}：")
    return RoundProblem(
        finding.severity.label,
        finding.code,
        sheet,
        cell,
        _field_name(path, leaves) or finding.path,
        shown(leaves.get(path, ""), 60),
        message,
    )


def _nearest(
    path: FieldPath,
    places: Mapping[FieldPath, str],
) -> str:
    """Where a value, or what holds it, stands in a Word document."""
    above = (path[:at] for at in range(len(path), 0, -1))
    return next((places[one] for one in above if one in places), "")


def _path(dotted: str) -> FieldPath:
    """The steps of a path as it is shown."""
    return tuple(
        int(number) - 1 if number else name
        for name, number in _STEP.findall(dotted)
    )


def _field_name(path: FieldPath, leaves: Mapping[FieldPath, str]) -> str:
    """A path in words: the project, the row and the column by what they are called there."""
    words: list[str] = []
    for length, step in enumerate(path, start=1):
        if isinstance(step, str):
            words.append(step)
            continue
        row = path[:length]
        names = (leaves.get((*row, key)) for key in ("名称", "三级"))
        name = next(filter(None, names), f"第{step + 1}行")
        words.append(f"“{name}”")
    return " ".join(words)


def mended(
    before: Sequence[str], now: Sequence[RoundProblem]
) -> tuple[str, ...]:
    """The problems of the round before that are there no more."""
    still = {one.key for one in now}
    return tuple(key for key in before if key not in still)
