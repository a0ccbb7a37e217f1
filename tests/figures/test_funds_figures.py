from decimal import Decimal

import pytest

from reportgen.core.numerals import fixed, percent
from reportgen.figures.figure import Figure
from reportgen.figures.funds import FundsFigures, compute_funds
from reportgen.model.unit import Funds
from reportgen.packs.scoring import ExecutionRule

STEPS = {
    "方法": "分档",
    "分档": [
        {"不低于": "60%", "得分": 5},
        {"不低于": "100%", "得分": 10},
        {"不低于": "80%", "得分": 7},
    ],
}
DEDUCTION = {"方法": "扣分", "扣分": {"每": "5%", "扣": 1}}
IN_PROPORTION = {
    "方法": "扣分",
    "扣分": {"每": "1%", "扣": "0.5", "按比例": "是"},
}


def figures(
    funds: dict[str, object], rule: dict[str, object] | None = None
) -> FundsFigures:
    return compute_funds(
        Funds.model_validate(funds),
        ("资金",),
        ExecutionRule.model_validate(rule or {}),
    )


def value(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value


def test_the_published_case_by_hand() -> None:
    computed = figures(
        {"年初预算数": 46, "全年预算数": 46, "全年执行数": "38.76"}
    )

    assert (
        percent(value(computed.execution_rate)) == "84.26%"
    )  # 38.76 ÷ 46 = 0.842608…; the published 84.25% is cut off
    assert fixed(value(computed.score)) == "8.43"
    assert computed.printed_score == Decimal("8.43")
    assert (value(computed.adjustment), value(computed.adjustment_rate)) == (
        0,
        0,
    )
    assert value(computed.carry_over) == Decimal("7.24")


def test_the_score_follows_the_unrounded_rate() -> None:
    computed = figures({"全年预算数": 3, "全年执行数": 2, "分值": 20})

    assert percent(value(computed.execution_rate)) == "66.67%"
    assert fixed(value(computed.score), 4) == "13.3333"


def test_a_budget_that_was_cut() -> None:
    computed = figures(
        {"年初预算数": 200, "全年预算数": "150.50", "全年执行数": 160}
    )

    assert value(computed.adjustment) == Decimal("-49.5")
    assert percent(value(computed.adjustment_rate)) == "-24.75%"
    assert value(computed.carry_over) == Decimal("-9.5")


@pytest.mark.parametrize(
    ("funds", "missing"),
    [
        ({}, "缺少全年执行数、全年预算数"),
        ({"全年预算数": 5}, "缺少全年执行数"),
        ({"全年执行数": 5}, "缺少全年预算数"),
        ({"全年预算数": 0, "全年执行数": 0}, "全年预算数为0，不适用"),
        ({"全年预算数": 0, "全年执行数": 5}, "全年预算数为0，不适用"),
    ],
)
@pytest.mark.parametrize("rule", [{}, STEPS, DEDUCTION, IN_PROPORTION])
def test_no_rate_says_why_and_has_no_score(
    funds: dict[str, object], missing: str, rule: dict[str, object]
) -> None:
    computed = figures(funds, rule)

    assert (computed.execution_rate.value, computed.execution_rate.missing) == (
        None,
        missing,
    )
    assert (
        computed.score.value,
        computed.score.missing,
        computed.printed_score,
    ) == (
        None,
        missing,
        None,
    )


def test_no_adjustment_rate_on_nothing() -> None:
    computed = figures({"年初预算数": 0, "全年预算数": 12})

    assert value(computed.adjustment) == 12
    assert (
        computed.adjustment_rate.value,
        computed.adjustment_rate.missing,
    ) == (
        None,
        "年初预算数为0，不适用",
    )
    assert (
        figures({"全年预算数": 12}).adjustment_rate.missing
        == "缺少调整额、年初预算数"
    )


@pytest.mark.parametrize(
    ("executed", "rule", "score"),
    [
        ("0", {}, "0"),
        ("50", {}, "5"),
        ("100", {}, "10"),
        ("102.59", {}, "10"),  # over the budget: never over the points
        ("1655.44", {}, "10"),
        ("50", {"分值": 20}, "10"),
        ("100", STEPS, "10"),
        ("120", STEPS, "10"),
        ("99.99", STEPS, "7"),
        ("80", STEPS, "7"),
        ("79.99", STEPS, "5"),
        ("60", STEPS, "5"),
        ("59.99", STEPS, "0"),
        ("100", DEDUCTION, "10"),
        ("130", DEDUCTION, "10"),
        ("95.01", DEDUCTION, "10"),  # not a whole 5 % yet
        ("95", DEDUCTION, "9"),
        ("84.26", DEDUCTION, "7"),
        ("10", DEDUCTION, "0"),
        ("97.5", IN_PROPORTION, "8.75"),
        ("70", IN_PROPORTION, "0"),
    ],
)
def test_scores_of_the_execution_rate(
    executed: str, rule: dict[str, object], score: str
) -> None:
    assert value(
        figures({"全年预算数": 100, "全年执行数": executed}, rule).score
    ) == Decimal(score)


def test_points_of_the_unit_stand_over_those_of_the_rule() -> None:
    funds: dict[str, object] = {"全年预算数": 100, "全年执行数": 80, "分值": 20}

    assert value(figures(funds).score) == 16
    assert value(figures(funds, STEPS).score) == 14
    assert value(figures({**funds, "分值": 0}).score) == 0


def test_a_rule_of_no_points_does_not_divide_by_them() -> None:
    assert (
        value(
            figures(
                {"全年预算数": 100, "全年执行数": 80}, {**STEPS, "分值": 0}
            ).score
        )
        == 7
    )


ROWS = {
    "年初预算数": 200,
    "全年执行数": 150,
    "按支出性质": [
        {
            "名称": "基本支出",
            "年初预算数": 120,
            "全年预算数": 110,
            "全年执行数": 100,
            "明细": [{"名称": "工资", "全年执行数": 75}],
        },
        {"名称": "项目支出", "全年预算数": 0, "全年执行数": 0},
    ],
}


def test_rows_have_rates_and_shares_of_the_whole() -> None:
    basic, projects = figures(ROWS).by_nature

    assert percent(value(basic.execution_rate)) == "90.91%"
    assert percent(value(basic.share)) == "66.67%"
    assert percent(value(basic.budget_share)) == "60.00%"
    assert percent(value(basic.details[0].share)) == "50.00%"
    assert (projects.execution_rate.value, projects.execution_rate.missing) == (
        None,
        "项目支出全年预算数为0，不适用",
    )
    assert value(projects.share) == 0


def test_every_input_of_a_row_names_the_field_it_stands_in() -> None:
    detail = figures(ROWS).by_nature[0].details[0]

    assert [item.path for item in detail.share.inputs] == [
        ("资金", "按支出性质", 0, "明细", 0, "全年执行数"),
        ("资金", "全年执行数"),
    ]
