from decimal import Decimal

import pytest

from reportgen.figures.catalogue import compute_figures
from reportgen.model.unit import Unit
from reportgen.packs.manifest import Manifest, Snippets
from reportgen.packs.pack import Pack
from reportgen.packs.scoring import Scoring
from reportgen.packs.vocabulary import Vocabulary
from reportgen.view.formatter import View
from reportgen.view.names import build_view

FRAMEWORK = {"会议费控制率": {"一级": "运行成本"}, "三公经费变动率": {}}


def view(**given: object) -> View:
    unit = Unit.model_validate(
        {"年度": "2024", "单位": {"名称": "青禾县图书馆"}, **given}
    )
    scoring = Scoring.model_validate({"共性指标": FRAMEWORK})
    pack = Pack(
        (),
        Manifest.model_validate({"名称": "一", "版本": "1"}),
        scoring,
        Snippets(),
        Vocabulary(),
        "",
    )
    return build_view(unit, compute_figures(unit, scoring), pack)


def starts(rows: list[View]) -> list[tuple[bool, bool, bool]]:
    return [(row["目标起"], row["一级起"], row["二级起"]) for row in rows]


def test_a_goal_groups_the_rows_that_serve_it() -> None:
    rows = view(
        指标=[
            {"目标": "目标1", "一级": "产出", "二级": "数量"},
            {"目标": "目标1", "一级": "产出", "二级": "数量"},
            {"目标": "目标2", "一级": "产出", "二级": "数量"},
        ]
    )["指标"]

    assert [row["目标"] for row in rows] == ["目标1", "目标1", "目标2"]
    assert starts(rows) == [
        (True, True, True),
        (False, False, False),
        (True, True, True),
    ]


def test_open_rows_of_the_form_belong_to_no_group_and_do_not_count() -> None:
    shown = view(
        指标=[
            {"一级": "产出", "二级": "……", "三级": ""},
            {"一级": "产出", "二级": "……", "三级": "", "指标值": "…"},
            {"一级": "产出", "二级": "数量", "三级": "……"},
            {
                "一级": "产出",
                "二级": "数量",
                "三级": "",
                "指标值": "3场",
                "实际值": "3场",
            },
        ]
    )

    assert [row["空行"] for row in shown["指标"]] == [True, True, True, False]
    assert [row["二级起"] for row in shown["指标"]] == [True, True, True, False]
    assert (shown["指标情况"]["总数"], shown["指标情况"]["达标数"]) == (1, 1)


@pytest.mark.parametrize("weight", ["10", None])
def test_a_row_without_a_name_that_has_points_was_meant(
    weight: str | None,
) -> None:
    [row] = view(指标=[{"一级": "产出", "二级": "……", "分值": weight}])["指标"]

    assert row["空行"] is (weight is None)


def test_an_indicator_that_the_form_names_may_stand_among_the_units_own() -> (
    None
):
    shown = view(
        指标=[
            {"三级": "会议费控制率", "指标值": "≤100%", "指标分类": "基本型"},
            {"三级": "“三公”经费变动率", "实际值": "-3%"},
            {"三级": "接待读者"},
        ],
        基础数据={"会议费": {"本年预算数": "8", "本年决算数": "6"}},
        共性指标={"指标": {"三公经费变动率": {"实际值": "-2%"}}},
    )

    assert [row["共性"] for row in shown["指标"]] == [True, True, False]
    assert shown["共性"]["会议费控制率"]["指标值"] == "≤100%"
    assert shown["共性"]["会议费控制率"]["指标分类"] == "基本型"
    assert shown["共性"]["会议费控制率"]["实际值"] == "75.00%"
    assert shown["共性"]["三公经费变动率"]["实际值"] == "-2%"


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        ({"年初预算数": "30"}, "30.00%"),
        ({"年初预算数": "30", "占比": "31%"}, "31.00%"),
        ({"年初预算数": "30", "全年执行数": "40", "占比": "50%"}, "30.00%"),
        ({}, ""),
    ],
)
def test_share_of_the_budget_is_computed_unless_the_target_form_states_one(
    row: dict[str, str], printed: str
) -> None:
    funds = {
        "年初预算数": "100",
        "全年执行数": "80",
        "按支出性质": [{"名称": "人员类", **row}],
    }

    [shown] = view(资金=funds)["资金"]["支出"]

    assert shown["预算占比"] == printed


def test_reports_know_what_the_regions_call_their_groups() -> None:
    names = (
        "运行成本",
        "管理效率",
        "履职效能",
        "社会效应",
        "可持续发展能力",
        "满意度",
        "产出指标",
    )
    standing = view(
        指标=[{"一级": name, "二级": name, "三级": name} for name in names]
    )["指标情况"]

    assert [kind["名称"] for kind in standing["产出"]] == [
        "运行成本",
        "管理效率",
        "履职效能",
        "产出指标",
    ]
    assert [kind["名称"] for kind in standing["效益"]] == [
        "社会效应",
        "可持续发展能力",
    ]
    assert [kind["名称"] for kind in standing["满意度"]] == ["满意度"]
    assert standing["总数"] == Decimal(7)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("0.9989", "99.89%"), ("99.89", "99.89%"), ("0.5", "0.50%")],
)
def test_a_rate_typed_as_a_share_of_one_prints_as_percent(
    typed: str, printed: str
) -> None:
    funds = {"全年预算数": "87.5", "全年执行数": "87.4", "执行率": typed}

    assert view(资金=funds)["资金"]["执行率"] == printed


def test_a_rate_of_one_where_all_was_spent_is_all() -> None:
    funds = {"全年预算数": "87.5", "全年执行数": "87.5", "执行率": "1"}

    assert view(资金=funds)["资金"]["执行率"] == "100.00%"


@pytest.mark.parametrize(
    ("target", "measure", "printed"),
    [
        ("≥50", "个", "≥50个"),
        ("≥50个", "个", "≥50个"),
        ("95.5", "％", "95.5%"),
        ("3-5", "天", "3-5天"),
        ("每月一次", "次", "每月一次"),
        ("全部完成", "项", "全部完成"),
        ("≥50", "/", "≥50"),
        ("≥50", "", "≥50"),
    ],
)
def test_a_bare_number_prints_with_the_measure_of_its_row(
    target: str, measure: str, printed: str
) -> None:
    row = {
        "一级": "产出",
        "三级": "站点",
        "指标值": target,
        "度量单位": measure,
    }

    assert view(指标=[row])["指标"][0]["指标值"] == printed
