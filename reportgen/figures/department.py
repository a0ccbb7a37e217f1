"""A department taken together with its subordinate units (manual, 下属单位和本级).

Amounts and head counts are added, rates averaged by money, completion comes first and the score after. What the
department reports itself stands as reported; only what it leaves out is filled in here.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from reportgen.core.numerals import ONE, ZERO, given, mean, ratio
from reportgen.figures.adding import (
    AMOUNTS,
    HEADS,
    added_amounts,
    added_rows,
    added_staff,
    has_money,
    persons,
)
from reportgen.figures.catalogue import EvaluationFigures, compute_evaluation
from reportgen.figures.figure import FieldPath, Figure, Input
from reportgen.figures.gathered import gather_indicators
from reportgen.model.family import FamilyMember
from reportgen.model.unit import Funds, Own, Project, Staff, Unit
from reportgen.model.values import Reported
from reportgen.packs.scoring import Scoring


class Part(NamedTuple):
    """One line of the table: a unit, 本级, or several taken together; score and grade only of a unit."""

    name: str
    funds: Funds
    staff: Staff
    score: Decimal | None = None
    grade: str = ""

    @property
    def execution_rate(self) -> Decimal | None:
        """全年执行数 ÷ 全年预算数."""
        return ratio(self.funds.executed, self.funds.revised)


class Subordinate(NamedTuple):
    """One subordinate unit, filled in from its own members, with its figures."""

    unit: Unit
    figures: EvaluationFigures
    position: int  # in 下属单位
    projects: tuple[Project, ...]  # its own and those of the units below it

    @property
    def part(self) -> Part:
        """Its line of the table."""
        one = self.figures
        return Part(
            self.unit.name,
            self.unit.funds,
            self.unit.profile.staff,
            one.printed_total,
            one.printed_grade,
        )


class Department(NamedTuple):
    """本级, 下属 and 合计; `units` are the subordinate units that could be read."""

    own: Part
    units: tuple[Subordinate, ...]
    below: Part
    whole: Part
    sums: tuple[Figure, ...]  # what was added up and is not reported

    @property
    def names(self) -> tuple[str, ...]:
        """What the units below and their projects are called."""
        units = (
            name
            for one in self.units
            for name in (one.unit.name, one.unit.profile.short_name)
            if name
        )
        return (*units, *(project.name for project in self.projects))

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects of all units below."""
        return tuple(project for one in self.units for project in one.projects)

    @property
    def mean_score(self) -> Decimal | None:
        """The scores of the subordinate units, simply averaged."""
        return mean((one.part.score, ONE) for one in self.units)

    @property
    def weighted_score(self) -> Decimal | None:
        """The scores of the subordinate units, averaged by 全年预算数."""
        return mean(
            (one.part.score, one.unit.funds.revised) for one in self.units
        )


def compute_department(
    head: FamilyMember, scoring: Scoring
) -> tuple[Unit, Department | None]:
    """The unit with what its members add to it, and the department; the unit itself where nothing is below it."""
    unit = head.loaded.unit
    if not head.members:
        return unit, None
    units = tuple(_subordinate(member, scoring) for member in head.members)
    own = unit.own or Own.model_validate({})
    below = Part(
        "下属单位小计",
        added_amounts(Funds, [one.unit.funds for one in units]),
        added_staff([one.unit.profile.staff for one in units]),
    )
    funds = _whole_funds(unit, own, units)
    staff = _whole_staff(unit.profile.staff, own.staff, below.staff)
    profile = unit.profile.model_copy(
        update={"staff": staff, "subordinates": _count(unit)}
    )
    filled = unit.model_copy(
        update={
            "funds": funds,
            "profile": profile,
            "indicators": gather_indicators(
                unit, own, [(one.unit, one.figures) for one in units], scoring
            ),
        }
    )
    whole = Part("合计", funds, staff)
    sums = tuple(_sums(unit, own, units, whole))
    return filled, Department(
        _own_part(unit, own, below, whole), units, below, whole, sums
    )


def _subordinate(member: FamilyMember, scoring: Scoring) -> Subordinate:
    """A unit below, filled in from its own members."""
    unit, department = compute_department(member, scoring)
    projects = (*unit.projects, *(department.projects if department else ()))
    return Subordinate(
        unit, compute_evaluation(unit, (), scoring), member.position, projects
    )


def _count(unit: Unit) -> Reported:
    stated = unit.profile.subordinates
    listed = len(unit.subordinate_files)
    return (
        Reported.of(Decimal(listed), str(listed)) if stated is None else stated
    )


def _whole_staff(stated: Staff, own: Staff, below: Staff) -> Staff:
    """The staff of all: each number as reported, or else added."""
    added = added_staff([own, below])
    return stated.model_copy(update=_open(stated, added, Staff.model_fields))


def _open(stated: Any, added: Any, names: Iterable[str]) -> dict[str, Any]:
    """What was added of these fields, where nothing is stated."""
    return {
        name: getattr(added, name)
        for name in names
        if getattr(stated, name) is None
    }


def _whole_funds(unit: Unit, own: Own, units: Sequence[Subordinate]) -> Funds:
    """The money of all: each amount as reported, or else added; the tables of its kinds likewise."""
    stated = unit.funds
    parts = [own.funds, *(one.unit.funds for one in units)]
    update = _open(stated, added_amounts(Funds, parts), dict(AMOUNTS))
    if update:  # the tables of a total that the department states itself are its own business
        for kind in ("by_income", "by_nature", "by_source"):
            if not getattr(stated, kind):
                update[kind] = added_rows(
                    [getattr(one, kind) for one in parts if has_money(one)]
                )
    return stated.model_copy(update=update)


# ---- 本级


def _own_part(
    unit: Unit,
    own: Own,
    below: Part,
    whole: Part,
) -> Part:
    """本级 as reported, or else what the whole leaves when the subordinate units are taken away."""
    funds = _rests(dict(AMOUNTS), own.funds, unit.funds, below.funds)
    persons_of = own.staff, unit.profile.staff, below.staff
    staff = _rests(Staff.model_fields, *persons_of)
    added = persons(Staff.model_construct(**staff))
    staff["total"] = given(staff["total"], added)
    return Part(
        "本级",
        own.funds.model_copy(update=funds),
        Staff.model_construct(**staff),
    )


def _rests(
    names: Iterable[str],
    own: Any,
    whole: Any,
    below: Any,
) -> dict[str, Any]:
    """What is left of each field."""
    return {
        name: _rest(*(getattr(one, name) for one in (own, whole, below)))
        for name in names
    }


def _rest(
    own: Decimal | None, whole: Decimal | None, below: Decimal | None
) -> Decimal | None:
    """What is left for 本级 where it does not say so itself."""
    if own is not None or whole is None:
        return own
    rest = whole - (below or ZERO)
    return (
        rest if rest >= 0 else None
    )  # AGG001 says that the whole is too small


# ---- figures


def _sums(
    unit: Unit,
    own: Own,
    units: Sequence[Subordinate],
    whole: Part,
) -> Iterator[Figure]:
    """Each amount and number that was added up, with what it is made of."""
    for name, label in AMOUNTS:
        if getattr(unit.funds, name) is None:
            parts = [(one, getattr(one.unit.funds, name)) for one in units]
            apart = getattr(own.funds, name)
            value = getattr(whole.funds, name)
            yield _sum(("资金", label), label, "万元", apart, parts, value)
    for name, label in HEADS:
        stated = getattr(unit.profile.staff, name)
        value = getattr(whole.staff, name)
        if stated is None and value is not None:
            parts = [
                (one, getattr(one.unit.profile.staff, name)) for one in units
            ]
            path = ("单位", "人员", label)
            apart = getattr(own.staff, name)
            yield _sum(path, f"{label}人数", "人", apart, parts, value)


def _sum(
    path: FieldPath,
    label: str,
    measure: str,
    own: Decimal | None,
    parts: Sequence[tuple[Subordinate, Decimal | None]],
    value: Decimal | None,
) -> Figure:
    """One figure that was added up."""
    inputs = []
    if own is not None:
        inputs.append(Input("本级", own, ("本级", *path[-2:])))
    inputs += [
        Input(one.unit.name, part, ("下属单位", one.position))
        for one, part in parts
        if part is not None
    ]
    missing = "" if value is not None else "本级和下属单位都没有填报"
    return Figure(
        path,
        label,
        value,
        measure,
        "本级 ＋ 各下属单位",
        tuple(inputs),
        "部门整体的金额和人数逐级相加",
        missing,
    )
