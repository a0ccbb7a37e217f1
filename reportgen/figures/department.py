"""A department taken together with its subordinate units (rules.md 4.6).

Amounts and head counts are added, rates averaged by money, completion comes first and the score after. What the
department reports itself stands as reported; only what it leaves out is filled in here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen.core.numerals import fixed, plain, ratio
from reportgen.figures.catalogue import EvaluationFigures, compute_evaluation
from reportgen.figures.figure import FieldPath, Figure, Input
from reportgen.figures.gathered import gather_indicators
from reportgen.model.family import FamilyMember
from reportgen.model.unit import Funds, FundsRow, Own, Project, Staff, Unit
from reportgen.model.values import Reported
from reportgen.packs.scoring import Scoring

AMOUNTS = (
    ("initial", "年初预算数"),
    ("revised", "全年预算数"),
    ("executed", "全年执行数"),
)
HEADS = (
    ("established", "编制"),
    ("serving", "在职"),
    ("retired_cadres", "离休"),
    ("retired", "退休"),
)
_KINDS = ("by_income", "by_nature", "by_source")


@dataclass(frozen=True, slots=True)
class Part:
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


@dataclass(frozen=True, slots=True)
class Subordinate:
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


@dataclass(frozen=True, slots=True)
class Department:
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
        scores = [score for one in self.units if (score := one.part.score) is not None]
        return sum(scores, Decimal(0)) / len(scores) if scores else None

    @property
    def weighted_score(self) -> Decimal | None:
        """The scores of the subordinate units, averaged by 全年预算数."""
        pairs = [(one.part.score, one.unit.funds.revised) for one in self.units]
        known = [
            (score, money) for score, money in pairs if score is not None and money
        ]
        money = sum((amount for _, amount in known), Decimal(0))
        return ratio(
            sum((score * amount for score, amount in known), Decimal(0)), money
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
        _added(Funds, AMOUNTS, [one.unit.funds for one in units]),
        _staff(units),
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
    unit, department = compute_department(member, scoring)
    projects = (*unit.projects, *(department.projects if department else ()))
    return Subordinate(
        unit, compute_evaluation(unit, (), scoring), member.position, projects
    )


def _count(unit: Unit) -> Reported:
    stated = unit.profile.subordinates
    listed = len(unit.subordinate_files)
    return Reported.of(Decimal(listed), str(listed)) if stated is None else stated


# ---- sums


def _add(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what there is; None where there is nothing."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _reported(value: Decimal | None, text: Callable[[Decimal], str]) -> Reported | None:
    return None if value is None else Reported.of(value, text(value))


def _amount_text(value: Decimal) -> str:
    """Two decimals, more where they are needed: an amount typed in 元 has six."""
    return max(fixed(value), plain(value), key=len)


def _added(model: Any, fields: Sequence[tuple[str, str]], parts: Sequence[Any]) -> Any:
    """A `model` whose `fields` are the sums over `parts`."""
    sums = {
        name: _reported(_add(getattr(one, name) for one in parts), _amount_text)
        for name, _ in fields
    }
    return model.model_construct(**{**_defaults(model), **sums})


def _defaults(model: Any) -> dict[str, Any]:
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
    }


def _staff(units: Sequence[Subordinate]) -> Staff:
    return _sum_staff([one.unit.profile.staff for one in units])


def _sum_staff(parts: Sequence[Staff]) -> Staff:
    heads: Any = {
        name: _reported(_add(getattr(one, name) for one in parts), plain)
        for name, _ in HEADS
    }
    total = _reported(
        _add(one.total if one.total is not None else _heads(one) for one in parts),
        plain,
    )
    return Staff.model_construct(**heads, total=total)


def _heads(staff: Staff) -> Decimal | None:
    return _add((staff.serving, staff.retired_cadres, staff.retired))


def _whole_staff(stated: Staff, own: Staff, below: Staff) -> Staff:
    """The staff of all: each number as reported, or else added."""
    added = _sum_staff([own, below])
    update = {
        name: getattr(added, name)
        for name in ("established", "serving", "retired_cadres", "retired", "total")
    }
    return stated.model_copy(
        update={
            name: value
            for name, value in update.items()
            if getattr(stated, name) is None
        }
    )


def _whole_funds(unit: Unit, own: Own, units: Sequence[Subordinate]) -> Funds:
    """The money of all: each amount as reported, or else added; the tables of its kinds likewise."""
    stated, parts = unit.funds, [own.funds, *(one.unit.funds for one in units)]
    update: dict[str, Any] = {
        name: _reported(_add(getattr(one, name) for one in parts), _amount_text)
        for name, _ in AMOUNTS
        if getattr(stated, name) is None
    }
    if (
        update
    ):  # the tables of a total that the department states itself are its own business
        for kind in _KINDS:
            if not getattr(stated, kind):
                update[kind] = _added_rows(
                    [getattr(one, kind) for one in parts if _has_money(one)]
                )
    return stated.model_copy(update=update)


def _has_money(funds: Funds) -> bool:
    return any(getattr(funds, name) for name, _ in AMOUNTS)


def _added_rows(tables: Sequence[tuple[FundsRow, ...]]) -> tuple[FundsRow, ...]:
    """Rows of one name added; nothing where one of the units does not split its money in this way."""
    if not all(tables):
        return ()
    named: dict[str, list[FundsRow]] = {}
    for row in (row for table in tables for row in table):
        named.setdefault(row.name, []).append(row)
    return tuple(_added_row(name, rows) for name, rows in named.items())


def _added_row(name: str, rows: Sequence[FundsRow]) -> FundsRow:
    row: FundsRow = _added(FundsRow, AMOUNTS, rows)
    return row.model_copy(
        update={"name": name, "details": _added_rows([one.details for one in rows])}
    )


# ---- 本级


def _own_part(unit: Unit, own: Own, below: Part, whole: Part) -> Part:
    """本级 as reported, or else what the whole leaves when the subordinate units are taken away."""
    funds: Any = {
        name: _rest(
            getattr(own.funds, name),
            getattr(unit.funds, name),
            getattr(below.funds, name),
        )
        for name, _ in AMOUNTS
    }
    staff: Any = {
        name: _rest(
            getattr(own.staff, name),
            getattr(unit.profile.staff, name),
            getattr(below.staff, name),
        )
        for name in ("established", "serving", "retired_cadres", "retired", "total")
    }
    staff["total"] = (
        staff["total"]
        if staff["total"] is not None
        else _heads(Staff.model_construct(**staff))
    )
    return Part(
        "本级",
        own.funds.model_copy(update=funds),
        Staff.model_construct(**staff),
    )


def _rest(
    own: Decimal | None, whole: Decimal | None, below: Decimal | None
) -> Decimal | None:
    if own is not None or whole is None:
        return own
    rest = whole - (below or Decimal(0))
    return rest if rest >= 0 else None  # AGG001 says that the whole is too small


# ---- figures


def _sums(
    unit: Unit, own: Own, units: Sequence[Subordinate], whole: Part
) -> Iterator[Figure]:
    """Each amount and number that was added up, with what it is made of."""
    for name, label in AMOUNTS:
        if getattr(unit.funds, name) is None:
            parts = [
                (one.unit.name, getattr(one.unit.funds, name), one.position)
                for one in units
            ]
            path: FieldPath = ("资金", label)
            yield _sum(
                path,
                label,
                "万元",
                getattr(own.funds, name),
                parts,
                getattr(whole.funds, name),
            )
    for name, label in HEADS:
        if (
            getattr(unit.profile.staff, name) is None
            and getattr(whole.staff, name) is not None
        ):
            parts = [
                (one.unit.name, getattr(one.unit.profile.staff, name), one.position)
                for one in units
            ]
            path = ("单位", "人员", label)
            yield _sum(
                path,
                f"{label}人数",
                "人",
                getattr(own.staff, name),
                parts,
                getattr(whole.staff, name),
            )


def _sum(
    path: FieldPath,
    label: str,
    measure: str,
    own: Decimal | None,
    parts: Sequence[tuple[str, Decimal | None, int]],
    value: Decimal | None,
) -> Figure:
    inputs = (
        *((Input("本级", own, ("本级", *path[-2:])),) if own is not None else ()),
        *(
            Input(name, part, ("下属单位", position))
            for name, part, position in parts
            if part is not None
        ),
    )
    missing = "" if value is not None else "本级和下属单位都没有填报"
    return Figure(
        path,
        label,
        value,
        measure,
        "本级 ＋ 各下属单位",
        inputs,
        "部门整体的金额和人数逐级相加",
        missing,
    )
