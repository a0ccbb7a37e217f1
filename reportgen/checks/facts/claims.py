"""What a number in prose should be: the values that the unit reports for what the number is said to be."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import product
from operator import attrgetter
from typing import NamedTuple

from reportgen.checks.facts.reported_value import (
    EXECUTED,
    INITIAL,
    OTHER,
    RATE,
    REVISED,
    Owner,
    ReportedValue,
)
from reportgen.checks.facts.reported_values import (
    ReportedValues,
    Subject,
    agrees,
    kind_and_unit,
    values_of,
)
from reportgen.checks.facts.statements import Statement, rows_of
from reportgen.core.numerals import ZERO
from reportgen.figures.adding import HEADS
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Unit
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT

_COLUMNS = {  # of what a word stands for, the nearest first
    "年初预算": (INITIAL,),
    "全年预算": (REVISED, INITIAL),
    "预算": (INITIAL, REVISED, OTHER),
    "资金": (INITIAL, REVISED, EXECUTED, OTHER),
    "执行": (EXECUTED,),
    "总预算": (INITIAL, REVISED, OTHER),
    "调整额": (OTHER,),
    "结余": (OTHER,),
    "": (INITIAL, REVISED, EXECUTED, OTHER),
}
_ONLY = {"调整额": "预算调整额", "结余": "结余"}
_LOOSE = ("项目数", "指标数", "结余", "调整额")  # fewer may be meant, or more
_STAFF = ("单位", "人员")
_HEADS = {
    **{
        label: (_STAFF, label, attrgetter(f"staff.{field}"))
        for field, label in HEADS
    },
    "人员": (_STAFF, "合计", attrgetter("staff.total")),
    "内设机构": (("单位",), "内设机构数", attrgetter("offices")),
}


class Claim(NamedTuple):
    """A statement and the values that it may give, none where nothing is reported; `sure` that they are meant."""

    statement: Statement
    values: tuple[ReportedValue, ...]
    sure: bool

    @property
    def place(self) -> tuple[FieldPath, int]:
        """Where its number stands: the paragraph and the position in it."""
        statement = self.statement
        return statement.passage.path, statement.quantity.start

    @property
    def is_wrong(self) -> bool:
        """Whether the number is none of the values."""
        number = self.statement.quantity
        right = (agrees(number, value) for value in self.values)
        return bool(self.values) and not any(right)


class ClaimReader(NamedTuple):
    """Finds what is reported for a statement; `common` are expenses that every unit has, `declared` units only plan."""

    unit: Unit
    reported: ReportedValues
    common: tuple[str, ...]
    declared: bool

    def claims(self, statements: Iterable[Statement]) -> Iterator[Claim]:
        """The statements that give one number each."""
        for one in statements:
            number = one.quantity
            changed = number.change and one.figure != "调整额"
            if number.upper is None and not changed:
                yield self._claim(one)

    def _claim(self, one: Statement) -> Claim:
        rows = (value for row in rows_of(one) for value in values_of(row))
        same = [
            value
            for value in rows
            if (value.kind, value.unit) == kind_and_unit(one.quantity)
        ]
        if same:
            return self._of_indicator(one, same)
        if one.rows and not one.subjects:
            return Claim(one, (), sure=True)
        return Claim(
            one, tuple(self._of_figure(one)), sure=one.figure not in _LOOSE
        )

    def _of_indicator(self, one: Statement, same: list[ReportedValue]) -> Claim:
        reached = any(value.column == "实际值" for value in same)
        is_goal = self.declared or one.passage.block.section == "预期目标"
        if not (reached or is_goal):
            return Claim(
                one, (), sure=True
            )  # what was reached need not be the target
        done = [value for value in same if value.column == "实际值"]
        total = sum((value.value for value in done), ZERO)
        same = [*same, *(one._replace(value=total) for one in done[1:2])]
        letters = sorted(one.word)
        exact = any(sorted(row.name) == letters for row in one.rows)
        return Claim(one, (*same, *self._of_figure(one)), sure=exact)

    def _of_figure(self, one: Statement) -> Iterator[ReportedValue]:
        expected = FIGURES.get(one.figure)
        number = one.quantity
        if expected is None or number.kind != expected.kind:
            return iter(())
        if expected.measures and number.measure not in expected.measures:
            return iter(())
        return expected.find(self, one)

    def amounts(self, one: Statement) -> Iterator[ReportedValue]:
        """The amounts or rates that the words allow, of what is spoken of."""
        subjects = self._subjects(one)
        has_total = (
            value.column == "项目总预算"
            for subject in subjects
            for value in subject.amounts[OTHER]
        )
        if one.figure == "总预算" and not any(has_total):
            return
        columns = [
            *_COLUMNS.get(one.figure, (RATE,)),
            *([EXECUTED] if one.done else ()),
        ]
        only = _ONLY.get(one.figure)
        kind = one.quantity.kind
        for subject, column in product(subjects, columns):
            for value in subject.amounts.get(column, ()):
                if value.kind == kind and only in (None, value.column):
                    yield value

    def _subjects(self, one: Statement) -> tuple[Subject, ...]:
        """What is named, else the project, else anything in the unit; nothing where the words leave it open."""
        if one.figure == "" and (not one.subjects or one.word in self.common):
            return ()  # 会议费2万元: a kind of spending, whatever a project is called
        of_owner = self.reported.of_owner
        if one.subjects:
            return (
                *one.subjects,
                *(of_owner[one.owner][:1] if one.carried else ()),
            )
        if one.owner is None and not one.whole and self._is_of_anything(one):
            return ()
        return tuple(of_owner[None if one.whole else one.owner])

    def _is_of_anything(self, one: Statement) -> bool:
        """Whether the unit may speak of any project or row: 资金, or an amount that is reported somewhere."""
        return (
            one.figure == "资金"
            or self.reported.equal(one.quantity) is not None
        )

    def heads(self, one: Statement) -> Iterator[ReportedValue]:
        """How many persons or offices the unit reports."""
        path, column, read = _HEADS[one.figure]
        number = read(self.unit.profile)
        if number is not None and not one.subjects:
            text = getattr(number, "text", "")
            yield ReportedValue(COUNT, number, "", "", column, text, path, None)

    def satisfaction(self, one: Statement) -> Iterator[ReportedValue]:
        """The satisfaction indicators of the project, or of all where the unit speaks."""
        owner = _spoken_of(one)
        for row in self.reported.indicators:
            if owner in (None, row.owner) and row.is_about("满意"):
                yield from (
                    value for value in values_of(row) if value.kind == PERCENT
                )

    def projects(self, one: Statement) -> Iterator[ReportedValue]:
        """How many projects there are, and how many of them are in the report."""
        projects = self.unit.projects if one.owner is None else ()
        listed = [project for project in projects if project.in_report == "是"]
        if projects:
            yield _count(len(projects), "项目", ())
            yield _count(len(listed), "项目", ())

    def indicators(self, one: Statement) -> Iterator[ReportedValue]:
        """How many indicators the form lists and all forms together, all of them and those that apply."""
        rows = self.reported.of_project.get(_spoken_of(one), ())
        for group in (rows, self.reported.indicators) if rows else ():
            path = group[0].path[:-1]
            yield _count(len(group), "指标", path)
            applicable = sum(row.applicable for row in group)
            yield _count(applicable, "指标", path)


class _Expected(NamedTuple):
    """What a word for a figure is followed by, and which values it may be."""

    kind: str
    measures: str  # "" for any
    find: Callable[[ClaimReader, Statement], Iterator[ReportedValue]]


FIGURES = {
    **dict.fromkeys(_COLUMNS, _Expected(MONEY, "", ClaimReader.amounts)),
    **dict.fromkeys(_HEADS, _Expected(COUNT, "人名个位", ClaimReader.heads)),
    "执行率": _Expected(PERCENT, "", ClaimReader.amounts),
    "满意度": _Expected(PERCENT, "", ClaimReader.satisfaction),
    "项目数": _Expected(COUNT, "个项", ClaimReader.projects),
    "指标数": _Expected(COUNT, "个项", ClaimReader.indicators),
}


def _spoken_of(one: Statement) -> Owner:
    """The project that is named, else that of the paragraph."""
    return one.subjects[0].owner if one.subjects else one.owner


def _count(number: int, what: str, path: FieldPath) -> ReportedValue:
    return ReportedValue(
        COUNT, Decimal(number), "", what, "个数", "", path, None
    )
