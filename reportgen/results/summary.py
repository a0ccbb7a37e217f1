"""What the summary of a run says of all its units together, for the workbook and the page alike."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from reportgen.core.findings import Severity
from reportgen.core.numerals import ONE, ZERO, mean, ratio, total
from reportgen.core.version import program_version
from reportgen.results.unit_result import (
    BUILT,
    STATES,
    UNCHANGED,
    State,
    SummaryRow,
    UnitResult,
    state_counts,
)

GRADES = ("优", "良", "中", "差")
NO_GRADE = "未评等级"
NO_RATE = "无执行率"
RATE_BANDS = (  # name and the lowest rate that belongs to it, highest first; a rate of exactly 100 % stands alone
    ("超过100%", Decimal("1.00005")),
    ("100%", Decimal("0.99995")),
    ("95%—100%", Decimal("0.95")),
    ("90%—95%", Decimal("0.90")),
    ("80%—90%", Decimal("0.80")),
    ("60%—80%", Decimal("0.60")),
    ("低于60%", Decimal(-1000)),
)


@dataclass(frozen=True)
class Summary:
    """All units of a run in the order of their files, and what they come to."""

    units: tuple[UnitResult, ...]

    @cached_property
    def mark(self) -> str:
        """A mark of all that the workbook and the page say: they need not be made again where it stays the same."""
        told = hashlib.sha256(program_version().encode())
        for one in self.units:
            named = (one.file, one.state, one.name, one.year, one.reason)
            rows = (one.includes, one.whole, one.projects)
            files = [(each.path, each.kept) for each in one.documents]
            said = repr((named, rows, files, one.findings))
            told.update(said.encode("utf-8", "backslashreplace"))
        return told.hexdigest()

    @cached_property
    def covered(self) -> frozenset[Path]:
        """The files of the units whose figures a department of the same run covers already."""
        named = (one.includes for one in self.units if one.name)
        included = set(chain(*named))
        return frozenset(
            one.file
            for one in self.units
            if included and os.path.realpath(one.file) in included
        )

    @cached_property
    def counted(self) -> tuple[UnitResult, ...]:
        """The units that totals add: not those that are covered."""
        covered = self.covered
        return tuple(one for one in self.units if one.file not in covered)

    @cached_property
    def budget(self) -> Decimal:
        """全年预算数 of the counted units, in 万元."""
        amounts = (one.whole.budget for one in self.counted)
        return total(amounts) or ZERO

    @cached_property
    def executed(self) -> Decimal:
        """全年执行数 of the counted units, in 万元."""
        amounts = (one.whole.executed for one in self.counted)
        return total(amounts) or ZERO

    @cached_property
    def execution_rate(self) -> Decimal | None:
        """全年执行数 ÷ 全年预算数, both as totalled."""
        return ratio(self.executed, self.budget)

    @cached_property
    def rated(self) -> tuple[UnitResult, ...]:
        """The units that are averaged and counted by grade: no department beside its own, as in its 汇总表."""
        files = {os.path.realpath(one.file) for one in self.units}
        return tuple(
            one for one in self.units if files.isdisjoint(one.includes)
        )

    @cached_property
    def mean_score(self) -> Decimal | None:
        """简单平均 of the scores of the rated units."""
        return mean((one.whole.score, ONE) for one in self.rated)

    @cached_property
    def weighted_score(self) -> Decimal | None:
        """The scores of the rated units averaged by money (全年预算数)."""
        rows = [one.whole for one in self.rated]
        return mean((row.score, row.budget) for row in rows)

    @cached_property
    def grades(self) -> tuple[tuple[str, int], ...]:
        """How many rated units have each grade, best first; those of the rules always, others where there are any."""
        found = Counter(one.whole.grade or NO_GRADE for one in self.rated)
        others = sorted(
            name for name in found if name not in (*GRADES, NO_GRADE)
        )
        last = (NO_GRADE,) if found[NO_GRADE] else ()
        return tuple((name, found[name]) for name in (*GRADES, *others, *last))

    @cached_property
    def rates(self) -> tuple[tuple[str, int], ...]:
        """How many rated units have an execution rate in each band, highest first."""
        found = Counter(rate_band(one.whole) for one in self.rated)
        last = (NO_RATE,) if found[NO_RATE] else ()
        names = (*dict(RATE_BANDS), *last)
        return tuple((name, found[name]) for name in names)

    @cached_property
    def states(self) -> tuple[tuple[State, int], ...]:
        """How many units there are of each state that occurs."""
        found = state_counts(self.units)
        return tuple((state, found[state]) for state in STATES if found[state])

    @cached_property
    def years(self) -> str:
        """2024年度, or 2022—2024年度 where the units report on several years, or ""."""
        found = sorted({one.year for one in self.units if one.year})
        return (
            f"{'—'.join(dict.fromkeys((found[0], found[-1])))}年度"
            if found
            else ""
        )

    def count(self, severity: Severity) -> int:
        """How many findings of `severity` all units have together."""
        return sum(one.count(severity) for one in self.units)


def summarise(results: Iterable[UnitResult]) -> Summary:
    """The summary of a run, the same whatever the order in which its units were finished.

    A unit that was up to date already is told like one that was made: its documents are there.
    """
    there = (
        replace(one, state=BUILT) if one.state == UNCHANGED else one
        for one in results
    )
    ordered = sorted(there, key=lambda one: str(one.file))
    return Summary(tuple(ordered))


def rate_band(row: SummaryRow) -> str:
    """The band of execution rates that a unit belongs to."""
    rate = row.execution_rate
    if rate is None:
        return NO_RATE
    return next(name for name, floor in RATE_BANDS if rate >= floor)


def link(path: Path, root: Path) -> str:
    """`path` as a relative URL for a page in `root`; a whole one where the two are on different drives."""
    try:
        relative = os.path.relpath(path, root)
    except ValueError:  # Windows: no way from C: to D:
        return path.absolute().as_uri()
    return quote(relative.replace(os.sep, "/"))
