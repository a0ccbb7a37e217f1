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

from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.spoken_names import spoken_names
from reportgen.core.numerals import plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import FieldPath, Figure
from reportgen.figures.funds import RowFigures
from reportgen.model.measure import scale_and_unit
from reportgen.model.target import Target
from reportgen.model.unit import Funds, FundsRow, Project, Unit
from reportgen.model.values import Reported
from reportgen.model.walker import Leaf
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT, Quantity

INITIAL, REVISED, EXECUTED, RATE = "年初预算数", "全年预算数", "全年执行数", "执行率"
HISTORY, OTHER = "历年", "其他"
_FINE, _COARSE = (
    Decimal("0.005"),
    Decimal("0.05"),
)  # half of the last digit of 31.65 and of 31.6
_DIGIT = re.compile(r"\d")
_value = attrgetter("value")
Owner = int | None  # position of the project, None for the unit


class ReportedValue(NamedTuple):
    """One value, in 万元, percent or `unit`, as it was typed (`typed`) or computed; `what` and `column` name it."""

    kind: str
    value: Decimal
    unit: str
    what: str
    column: str
    typed: str
    path: FieldPath
    owner: Owner

    @property
    def name(self) -> str:
        """全年执行数, 基本支出占比."""
        return f"{self.what}{self.column}"

    @property
    def where(self) -> FieldPath:
        """The field in the unit."""
        return (*self.path, self.column)

    @property
    def slack(self) -> Decimal:
        """Half of the last digit that is printed of it: an amount may have one decimal, or two."""
        return (
            _COARSE
            if self.kind == MONEY and self.value.as_tuple().exponent == -1
            else _FINE
        )

    @property
    def shown(self) -> str:
        """The value with its unit."""
        if self.kind == PERCENT and not self.typed.endswith(("%", "％")):
            return f"{plain(self.value, 2)}%"
        if self.kind == MONEY and not self.typed.endswith("元"):
            return f"{self.typed or plain(self.value, 2)}万元".replace("万万元", "万元")
        return self.typed or plain(self.value)


Columnar = tuple[ReportedValue, ...]  # of one column
Columns = dict[str, Columnar]


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
        self, unit: Unit, tables: Iterable[IndicatorTable], amounts: Iterable[Leaf]
    ) -> None:
        self.of_owner: dict[Owner, list[Subject]] = {}  # the whole first, then its rows
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
            for name in spoken_names(row.name):
                self.rows[name].append(row)

    def _take_funds(self, one: EvaluationFigures, owner: Owner) -> None:
        evaluation = one.evaluation
        name = evaluation.name.strip() if isinstance(evaluation, Project) else ""
        whole = Subject(name, owner, partial(_columns_of_whole, one, owner))
        self.of_owner[owner] = [whole]
        if name:
            self.subjects[name].append(whole)
        for row in _every_row(one):
            amounts = partial(_columns_of_row, row, owner)
            subject = Subject(row.row.name.strip(), owner, amounts)
            self.subjects[subject.name].append(subject)
            self.of_owner[owner].append(subject)

    @cached_property
    def names(self) -> ByEnding:
        """The names of subjects and indicators that a text may end with."""
        return ByEnding(name for name in (*self.subjects, *self.rows) if len(name) > 1)

    @property
    def numbered(self) -> tuple[str, ...]:
        """The names with digits in them: 2022年全年相关维修改造费等."""
        return tuple(filter(_DIGIT.search, (*self.subjects, *self.rows)))

    def equal(self, one: Quantity) -> ReportedValue | None:
        """A value that `one` agrees with, after rounding to what either of them prints; of an indicator first."""
        unit = scale_and_unit(one.measure)[1] if one.kind == COUNT else ""
        slack = max(one.tolerance, _COARSE)
        low, high = one.value - slack, one.value + slack
        of_cells = self._cells.get((one.kind, unit), ())
        near = [_of_cell(cell) for cell in of_cells if low <= cell.value <= high]
        found = next((value for value in near if agrees(one, value)), None)
        if found is not None or one.kind == COUNT:
            return found
        keys, values = self._sorted_forms[one.kind]
        start, end = bisect_left(keys, low), bisect_right(keys, high)
        return next((value for value in values[start:end] if agrees(one, value)), None)

    @cached_property
    def _cells(self) -> dict[tuple[str, str], list[_Cell]]:
        """The numbers of indicators by kind and unit; a value is made of those that are asked for."""
        found = defaultdict[tuple[str, str], list[_Cell]](list)
        for cell in chain.from_iterable(map(_cells_of, self.indicators)):
            found[cell.measured].append(cell)
        return found

    @cached_property
    def _sorted_forms(self) -> dict[str, tuple[list[Decimal], list[ReportedValue]]]:
        """The amounts and the rates of the forms, the smallest first."""
        found = {}
        for kind in (MONEY, PERCENT):
            values = [one for one in self._of_forms if one.kind == kind]
            values.sort(key=_value)
            found[kind] = [one.value for one in values], values
        return found

    @cached_property
    def _of_forms(self) -> tuple[ReportedValue, ...]:
        """Every amount and rate that is not of an indicator."""
        found: list[ReportedValue] = []
        for subjects in self.of_owner.values():
            for subject in subjects:
                found += chain.from_iterable(subject.amounts.values())
        return (*found, *_of_base_data(self._amounts), *_sums(self._unit))


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
    (kind, unit), row = cell.measured, cell.row
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


def _every_row(one: EvaluationFigures) -> Iterator[RowFigures]:
    for row in (*one.funds.by_income, *one.funds.by_nature, *one.funds.by_source):
        yield row
        yield from row.details


class _Line(NamedTuple):
    """One line of a form: its name, where it stands, and of which project."""

    name: str
    path: FieldPath
    owner: Owner

    def reported(self, column: str, amount: Reported | None) -> Columnar:
        """An amount as typed, nothing where there is none."""
        if amount is None:
            return ()
        return (self._money(column, amount, amount.text),)

    def computed(self, column: str, amount: Decimal) -> Columnar:
        """An amount that stands in no cell."""
        return (self._money(column, amount, ""),)

    def rate(self, column: str, ratio: Decimal | None) -> Columnar:
        """A rate, nothing where there is none."""
        if ratio is None:
            return ()
        name, path, owner = self
        return (ReportedValue(PERCENT, ratio * 100, "", name, column, "", path, owner),)

    def _money(self, column: str, amount: Decimal, typed: str) -> ReportedValue:
        name, path, owner = self
        return ReportedValue(MONEY, amount, "", name, column, typed, path, owner)


def _columns_of_whole(one: EvaluationFigures, owner: Owner) -> Columns:
    evaluation = one.evaluation
    line = _Line("", (*one.path, "资金"), owner)
    columns = _columns(line, evaluation.funds, one.funds.execution_rate)
    if isinstance(evaluation, Project):
        whole = _Line("", one.path, owner)
        columns[OTHER] += whole.reported("项目总预算", evaluation.total_budget)
    return columns


def _columns_of_row(row: RowFigures, owner: Owner) -> Columns:
    line = _Line(row.row.name, row.path, owner)
    columns = _columns(line, row.row, row.execution_rate)
    columns[OTHER] += (
        *line.rate("占比", row.share.value),
        *line.rate("预算占比", row.budget_share.value),
        *line.rate("占比", row.row.share),
    )
    return columns


def _columns(line: _Line, funds: Funds | FundsRow, rate: Figure) -> Columns:
    """The amounts by column, the rate (as reported where it cannot be computed), and what follows from them."""
    history = funds.history
    return {
        INITIAL: line.reported(INITIAL, funds.initial),
        REVISED: line.reported(REVISED, funds.revised),
        EXECUTED: line.reported(EXECUTED, funds.executed),
        RATE: line.rate(
            RATE, funds.execution_rate if rate.value is None else rate.value
        ),
        HISTORY: line.reported("上年", history.last)
        + line.reported("前年", history.before_last),
        OTHER: (*_adjustment(line, funds), *_surplus(line, funds)),
    }


def _adjustment(line: _Line, funds: Funds | FundsRow) -> Iterator[ReportedValue]:
    """What was added during the year, and which part that is."""
    initial, revised = funds.initial, funds.revised
    if initial is None or revised is None or initial == revised:
        return
    change = abs(revised - initial)
    yield from line.computed("预算调整额", change)
    if initial:
        yield from line.rate("预算调整率", change / initial)


def _surplus(line: _Line, funds: Funds | FundsRow) -> Columnar:
    """What was left."""
    revised, executed = funds.revised, funds.executed
    if revised is None or executed is None or revised == executed:
        return ()
    return line.computed("结余", abs(revised - executed))


def _of_base_data(amounts: Iterable[Leaf]) -> Iterator[ReportedValue]:
    for leaf in amounts:
        if leaf.path[0] == "基础数据":
            *row, column = leaf.path
            name = str(row[-1]) if len(row) > 1 else ""
            yield from _Line(name, tuple(row), None).reported(str(column), leaf.value)


def _sums(unit: Unit) -> Iterator[ReportedValue]:
    """All projects together, column by column."""
    funds = [one.funds for one in unit.projects]
    line = _Line("各项目合计", ("项目",), None)
    yield from _sum(line, INITIAL, [one.initial for one in funds])
    yield from _sum(line, REVISED, [one.revised for one in funds])
    yield from _sum(line, EXECUTED, [one.executed for one in funds])


def _sum(line: _Line, column: str, amounts: Iterable[Reported | None]) -> Columnar:
    given = [amount for amount in amounts if amount is not None]
    return line.computed(column, sum(given, Decimal(0))) if len(given) > 1 else ()
