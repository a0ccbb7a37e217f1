"""One rate is rounded in one way wherever it is printed."""

import pytest
from test_rows_of_forms import view

FUNDS = {"年初预算数": "48", "全年预算数": "48", "全年执行数": "39.8"}


@pytest.mark.parametrize("typed", ["82.9%", "83%", "82.92%", "0.829", "82.9"])
def test_a_rate_that_is_a_rounding_is_printed_like_the_computed_one(
    typed: str,
) -> None:
    """The row has no rate of its own, so that its rate is computed."""
    row = {"名称": "项目支出", **FUNDS}
    funds = view(资金={**FUNDS, "执行率": typed, "按支出性质": [row]})["资金"]

    printed = {str(funds["执行率"]), str(funds["支出"][0]["执行率"])}

    assert printed == {"82.92%"}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("82.91%", "82.91%"), ("100%", "100%"), ("1", "1%"), ("82%", "82%")],
)
def test_a_rate_that_is_another_is_printed_as_reported(
    typed: str, printed: str
) -> None:
    shown = view(资金={**FUNDS, "执行率": typed})["资金"]["执行率"]

    assert str(shown).replace(".00", "") == printed


def test_a_share_is_rounded_in_the_same_way() -> None:
    rows = [
        {"名称": "基本支出", "全年执行数": "20", "占比": "66.7%"},
        {"名称": "项目支出", "全年执行数": "10"},
    ]
    funds = {"全年预算数": "30", "全年执行数": "30", "按支出性质": rows}

    shown = view(资金=funds)["资金"]["支出"]

    assert [str(row["占比"]) for row in shown] == ["66.67%", "33.33%"]
