from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.model.loading import load_unit
from reportgen.model.unit import Evaluation, FundsRow, Project, Unit

LUKOU = Path(__file__).parents[2] / "inputs" / "lukou.yaml"


@pytest.fixture(scope="module")
def lukou() -> Unit:
    return load_unit(LUKOU).unit


def executed(rows: tuple[FundsRow, ...]) -> Decimal:
    return sum(
        (row.executed for row in rows if row.executed is not None), Decimal(0)
    )


def points(evaluation: Evaluation) -> dict[str, Decimal]:
    groups = {row.dimension: Decimal(0) for row in evaluation.indicators}
    for row in evaluation.indicators:
        groups[row.dimension] += row.weight or 0
    return groups


def points_with_execution(evaluation: Evaluation) -> Decimal:
    return sum(points(evaluation).values(), Decimal(0)) + (
        evaluation.funds.weight or 0
    )


def project(unit: Unit, name: str) -> Project:
    return next(project for project in unit.projects if name in project.name)


def test_what_adds_up_in_the_published_figures_adds_up_here(
    lukou: Unit,
) -> None:
    basic, by_projects = lukou.funds.by_nature

    assert (basic.executed, by_projects.executed) == (
        Decimal("1372.76"),
        Decimal("1289.42"),
    )
    assert (
        executed(lukou.funds.by_nature)
        == lukou.funds.executed
        == lukou.funds.revised
        == Decimal("2662.18")
    )
    assert executed(lukou.funds.by_income) == lukou.funds.executed
    assert [row.executed for row in basic.details] == [
        Decimal("215.85"),
        Decimal("1151.8"),
        Decimal("5.11"),
    ]
    assert executed(basic.details) == basic.executed
    assert [row.share for row in lukou.funds.by_nature] == [
        Decimal("0.5157"),
        Decimal("0.4843"),
    ]
    assert (
        sum(project.funds.revised or 0 for project in lukou.projects)
        == by_projects.executed
    )


def test_staff_adds_up(lukou: Unit) -> None:
    staff = lukou.profile.staff

    assert (
        staff.serving,
        staff.retired_cadres,
        staff.retired,
        staff.total,
    ) == (
        15,
        0,
        12,
        27,
    )
    assert (lukou.profile.offices, lukou.profile.subordinates) == (5, 0)


def test_five_projects_stand_in_the_published_order_as_typed(
    lukou: Unit,
) -> None:
    typed = [
        (project.name, project.funds.revised.text)
        for project in lukou.projects
        if project.funds.revised
    ]

    assert typed == [
        ("水电维修费", "400"),
        ("物业管理费", "523.12"),
        ("区委区政府大院及武装部营院绿化费", "31.6"),
        ("宽带及网络维护费", "40"),
        ("2022年全年相关维修改造费等", "294.7"),
    ]


def test_points_are_as_published_though_they_sum_to_110(lukou: Unit) -> None:
    stated = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}

    assert points(lukou) == {"产出指标": 60, "效益指标": 30, "满意度指标": 10}
    for evaluation in (lukou, *lukou.projects):
        assert points_with_execution(evaluation) == 110
        assert (evaluation.outcome.weight, evaluation.outcome.score) == (
            100,
            100,
        )
        assert evaluation.dimension_weights == stated
    for each in lukou.projects:
        assert points(each) == {
            "产出指标": 50,
            "效益指标": 40,
            "满意度指标": 10,
        }


def test_greening_states_523_12_executed_of_31_6_at_100_percent(
    lukou: Unit,
) -> None:
    funds = project(lukou, "绿化费").funds

    assert (funds.revised, funds.executed, funds.execution_rate) == (
        Decimal("31.6"),
        Decimal("523.12"),
        1,
    )


def test_rows_of_the_fiscal_grant_carry_points_and_one_lacks_its_initial_budget(
    lukou: Unit,
) -> None:
    grants = [project.funds.by_source[0] for project in lukou.projects]

    assert [
        (grant.weight, grant.score, grant.execution_rate) for grant in grants
    ] == [(10, 10, 1)] * 5
    assert [grant.initial is None for grant in grants] == [
        False,
        False,
        False,
        False,
        True,
    ]
    assert all(
        row.executed is None
        for project in lukou.projects
        for row in project.funds.by_source[1:]
    )


def test_actual_values_that_copy_the_target_stay_copied(lukou: Unit) -> None:
    trips = next(row for row in lukou.indicators if row.name == "出车次数")

    assert trips.actual == trips.target
    assert trips.actual is not None
    assert (trips.actual.text, trips.actual.relation, trips.actual.value) == (
        "大于14000次",
        ">",
        14000,
    )
