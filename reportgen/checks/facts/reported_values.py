"""What a unit reports and what is computed from it, to be found by its value and by the words that stand for it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from reportgen.checks.facts.fund_columns import (
    columns_of_row,
    columns_of_whole,
    every_row,
    sums_of_projects,
    values_of_base_data,
)
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.own_names import core
from reportgen.checks.facts.reported_value import (
    COARSE,
    Columns,
    Owner,
    ReportedValue,
)
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.model.measure import scale_and_unit
from reportgen.model.target import Target
from reportgen.model.unit import Project, Unit
from reportgen.model.walker import Leaf
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT, Quantity

_DIGIT = re.compile(r"\d")
_value = attrgetter("value")


@dataclass(frozen=True)
class Subject:
    """What has amounts of its own: the unit, a project, or a row of one of them."""

    name: str
    owner: Owner
    read: Callable[[], Columns] = field(repr=False, compare=False)

    @cached_property
    def amounts(self) -> Columns:
        """Its amounts by column; a text speaks of few of the subjects that there are."""
        return self.read()


class ByEnding:
    """Words, found where a text ends with one of them, at the cost of their lengths and not of their number."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths = defaultdict[str, set[int]](set)
        for word in self._words:
            lengths[word[-1:]].add(len(word))
        self._lengths = {
            end: sorted(found, reverse=True) for end, found in lengths.items()
        }

    def longest(self, text: str) -> str:
        """The longest word that `text` ends with, or ""."""
        for length in self._lengths.get(text[-1:], ()):
            if text[-length:] in self._words:
                return text[-length:]
        return ""


class ReportedValues:
    """All values of one unit, sorted by kind and unit, and the subjects and indicators by name."""

    def __init__(
        self,
        unit: Unit,
        tables: Iterable[IndicatorTable],
        amounts: Iterable[Leaf],
    ) -> None:
        self.of_owner: dict[
            Owner, list[Subject]
        ] = {}  # the whole first, then its rows
        self.subjects = defaultdict[str, list[Subject]](list)
        self.rows = defaultdict[str, list[IndicatorRow]](list)
        self.indicators: list[IndicatorRow] = []
        self.of_project: dict[Owner, tuple[IndicatorRow, ...]] = {}
        self._unit = unit
        self._amounts = amounts
        for table in tables:
            owner = int(table.figures.path[1]) if table.figures.path else None
            self._take_funds(table.figures, owner)
            self.of_project[owner] = table.rows
            self.indicators += table.rows
        for row in self.indicators:
            self.rows[row.name].append(row)

    def _take_funds(self, one: EvaluationFigures, owner: Owner) -> None:
        evaluation = one.evaluation
        name = (
            evaluation.name.strip() if isinstance(evaluation, Project) else ""
        )
        whole = Subject(name, owner, partial(columns_of_whole, one, owner))
        self.of_owner[owner] = [whole]
        if name:
            self.subjects[name].append(whole)
        for row in every_row(one):
            amounts = partial(columns_of_row, row, owner)
            subject = Subject(row.row.name.strip(), owner, amounts)
            self.subjects[subject.name].append(subject)
            self.of_owner[owner].append(subject)

    @cached_property
    def names(self) -> ByEnding:
        """The names of subjects and indicators that a text may end with."""
        return ByEnding(
            name for name in (*self.subjects, *self.rows) if len(name) > 1
        )

    @property
    def numbered(self) -> tuple[str, ...]:
        """The names with digits in them: 2022年全年相关维修改造费等."""
        return tuple(filter(_DIGIT.search, (*self.subjects, *self.rows)))

    def projects_called(self, name: str) -> tuple[Subject, ...]:
        """The only project whose name holds it, as prose leaves out an end: 困难群众救助 of 困难群众救助补助资金."""
        wholes = [found[0] for found in self.of_owner.values()]
        called = [one for one in wholes if name in core(one.name)]
        return tuple(called) if len(name) > 3 and len(called) == 1 else ()

    def rows_near(self, one: Quantity) -> Iterator[IndicatorRow]:
        """The indicators with a number like `one`, at most twice as large or small; a part is far less."""
        if one.kind == MONEY:
            return
        value = one.value * scale_and_unit(one.measure)[0]
        least = value / 2
        most = 2 * value
        for cell in self._cells.get(kind_and_unit(one), ()):
            if least <= cell.value <= most:
                yield cell.row

    def equal(self, one: Quantity) -> ReportedValue | None:
        """A value that `one` agrees with, after rounding to what either of them prints; of an indicator first."""
        slack = max(one.tolerance, COARSE)
        low = one.value - slack
        high = one.value + slack
        of_cells = self._cells.get(kind_and_unit(one), ())
        near = (
            _of_cell(cell) for cell in of_cells if low <= cell.value <= high
        )
        found = next((value for value in near if agrees(one, value)), None)
        if found is not None or one.kind == COUNT:
            return found
        keys, values = self._sorted_forms[one.kind]
        start = bisect_left(keys, low)
        end = bisect_right(keys, high)
        return next(
            (value for value in values[start:end] if agrees(one, value)), None
        )

    def comparable(self, one: Quantity) -> Iterator[ReportedValue]:
        """The values of the same kind and unit: of the forms, then of the indicators."""
        for known in self.of_forms:
            if known.kind == one.kind:
                yield known
        yield from self.of_indicators(one)

    def of_indicators(
        self, one: Quantity, column: str = ""
    ) -> Iterator[ReportedValue]:
        """Those of indicators, of one column or of all."""
        for cell in self._cells.get(kind_and_unit(one), ()):
            if column in {"", cell.column}:
                yield _of_cell(cell)

    @cached_property
    def _cells(self) -> dict[tuple[str, str], list[_Cell]]:
        """The numbers of indicators by kind and unit; a value is made of those that are asked for."""
        found = defaultdict[tuple[str, str], list[_Cell]](list)
        for cell in chain(*map(_cells_of, self.indicators)):
            found[cell.measured].append(cell)
        return found

    @cached_property
    def _sorted_forms(
        self,
    ) -> dict[str, tuple[list[Decimal], list[ReportedValue]]]:
        """The amounts and the rates of the forms, the smallest first."""
        found = {}
        for kind in (MONEY, PERCENT):
            values = [one for one in self.of_forms if one.kind == kind]
            values.sort(key=_value)
            found[kind] = [one.value for one in values], values
        return found

    @cached_property
    def of_forms(self) -> tuple[ReportedValue, ...]:
        """Every amount and rate that is not of an indicator."""
        found: list[ReportedValue] = []
        for subjects in self.of_owner.values():
            for subject in subjects:
                found += chain(*subject.amounts.values())
        return (
            *found,
            *values_of_base_data(self._amounts),
            *sums_of_projects(self._unit),
        )


def is_plain(one: Quantity) -> bool:
    """Whether it is one number of something, or at least so much, and no size of a change."""
    return one.upper is None and not (one.about or one.change)


def kind_and_unit(one: Quantity) -> tuple[str, str]:
    """Kind and bare unit of a number in prose, as a ReportedValue has them."""
    unit = scale_and_unit(one.measure)[1] if one.kind == COUNT else ""
    return one.kind, unit


def agrees(one: Quantity, known: ReportedValue) -> bool:
    """Whether a number in prose says this value, after rounding to what either of them prints."""
    value = one.value
    if one.kind == COUNT:
        value *= scale_and_unit(one.measure)[0]
    if (
        one.relation in {">", "<", "≈"}
        and abs(value - known.value) <= abs(known.value) / 10
    ):
        return True
    return abs(value - known.value) <= max(one.tolerance, known.slack)


class _Cell(NamedTuple):
    """One number of an indicator in 万元, percent or its bare unit; `measured` are its kind and that unit."""

    measured: tuple[str, str]
    value: Decimal
    column: str
    target: Target
    row: IndicatorRow


def _cells_of(row: IndicatorRow) -> Iterator[_Cell]:
    for column, target, _ in row.values:
        measured, factor = _measured(target.measure)
        for value in (target.value, target.upper):
            if value is not None:
                yield _Cell(measured, value * factor, column, target, row)


def values_of(row: IndicatorRow) -> Iterator[ReportedValue]:
    """Target, actual and history of an indicator, each that is a number."""
    return (_of_cell(cell) for cell in _cells_of(row))


def _of_cell(cell: _Cell) -> ReportedValue:
    kind, unit = cell.measured
    row = cell.row
    return ReportedValue(
        kind,
        cell.value,
        unit,
        row.indicator.name,
        cell.column,
        cell.target.text.strip(),
        row.path,
        row.owner,
    )


@lru_cache(maxsize=1024)
def _measured(measure: str) -> tuple[tuple[str, str], Decimal]:
    """Kind and bare unit of a number with that measure, and its scale."""
    scale, unit = scale_and_unit(measure)
    if unit == "元":
        return (MONEY, ""), scale / 10000
    return ((PERCENT, "") if unit == "%" else (COUNT, unit)), scale
