"""Each 共性 formula against numbers worked out by hand from the frameworks of 财预〔2013〕53号 and 财预〔2020〕10号."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen.cli.app import main
from reportgen.core.numerals import percent
from reportgen.figures.common import (
    FORMULAS,
    CommonFigures,
    FrameworkFigures,
    compute_framework,
)
from reportgen.model.unit import Unit
from reportgen.packs.scoring import CommonSpec

STAFF = {"单位": {"名称": "某站", "人员": {"编制": "18", "在职": "11"}}}
FUNDS = {
    "资金": {"年初预算数": "400", "全年预算数": "428.4", "全年执行数": "421.5"}
}
PROJECTS = {
    "项目": [
        {"名称": "甲", "资金": {"全年预算数": "100", "全年执行数": "90"}},
        {"名称": "乙", "资金": {"全年预算数": "60", "全年执行数": "54"}},
    ]
}
TASKS = {
    "计划数": "40",
    "完成数": "38",
    "及时完成数": "37",
    "达标数": "36",
    "重点交办数": "8",
    "重点办结数": "7",
}
OUTPUTS = {"计划数": "120", "实际数": "114", "达标数": "112"}


def base(**rows: Any) -> dict[str, Any]:
    return {"基础数据": rows}


# name, what the unit gives, the rate as it prints
BY_HAND: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("在职人员控制率", STAFF, "61.11%"),  # 11/18
    (
        "三公经费变动率",
        base(三公经费={"上年决算数": "9.2", "本年预算数": "9"}),
        "-2.17%",
    ),  # -0.2/9.2
    (
        "三公经费控制率",
        base(三公经费={"本年预算数": "9", "本年决算数": "8.4"}),
        "93.33%",
    ),
    (
        "公用经费控制率",
        base(公用经费={"本年预算数": "36", "本年决算数": "37.17"}),
        "103.25%",
    ),
    (
        "会议费控制率",
        base(会议费={"本年预算数": "6", "本年决算数": "5.8"}),
        "96.67%",
    ),
    (
        "政府采购执行率",
        base(政府采购={"本年预算数": "60", "本年决算数": "56.4"}),
        "94.00%",
    ),
    (
        "非税收入预算完成率",
        base(非税收入={"本年预算数": "30", "本年决算数": "31.5"}),
        "105.00%",
    ),
    ("重点支出安排率", FUNDS | base(重点支出="300"), "70.03%"),  # 300/428.4
    ("预算执行率", FUNDS, "98.39%"),  # 421.5/428.4
    ("预算调整率", FUNDS | base(预算调整="40"), "10.00%"),  # 40/400
    ("预算调整率", FUNDS, "7.10%"),  # 28.4/400, from the funds
    ("支付进度率", base(支付进度={"既定": "80%", "实际": "76%"}), "95.00%"),
    ("结转结余率", FUNDS | base(结转结余={"本年": "10"}), "2.33%"),  # 10/428.4
    ("结转结余率", FUNDS, "1.61%"),  # 6.9/428.4, from the funds
    ("结转结余变动率", base(结转结余={"上年": "7", "本年": "8.4"}), "20.00%"),
    (
        "固定资产利用率",
        base(固定资产={"总额": "310", "在用": "303.8"}),
        "98.00%",
    ),
    ("实际完成率", base(工作任务=TASKS), "95.00%"),  # 38/40
    ("完成及时率", base(工作任务=TASKS), "92.50%"),  # 37/40
    ("质量达标率", base(工作任务=TASKS), "90.00%"),  # 36/40: of the plan
    ("重点工作办结率", base(工作任务=TASKS), "87.50%"),  # 7/8
    ("资金到位率", PROJECTS | base(到位资金="150"), "93.75%"),  # 150/160
    (
        "资金到位率",
        FUNDS | base(到位资金="428.4"),
        "100.00%",
    ),  # a unit that lists no projects
    ("项目预算执行率", PROJECTS | base(到位资金="150"), "96.00%"),  # 144/150
    ("项目实际完成率", base(项目产出=OUTPUTS), "95.00%"),  # 114/120
    (
        "项目质量达标率",
        base(项目产出=OUTPUTS),
        "98.25%",
    ),  # 112/114: of what was delivered
    ("成本节约率", base(成本={"计划": "160", "实际": "152"}), "5.00%"),  # 8/160
    ("成本节约率", base(成本={"计划": "160", "实际": "168"}), "-5.00%"),
)
ZERO: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "在职人员控制率",
        {"单位": {"名称": "某站", "人员": {"编制": "0", "在职": "3"}}},
    ),
    ("三公经费变动率", base(三公经费={"上年决算数": "0", "本年预算数": "9"})),
    ("政府采购执行率", base(政府采购={"本年预算数": "0", "本年决算数": "5"})),
    ("重点支出安排率", {"资金": {"全年预算数": "0"}} | base(重点支出="300")),
    ("结转结余变动率", base(结转结余={"上年": "0", "本年": "8.4"})),
    ("实际完成率", base(工作任务=TASKS | {"计划数": "0"})),
    ("重点工作办结率", base(工作任务=TASKS | {"重点交办数": "0"})),
    ("项目质量达标率", base(项目产出=OUTPUTS | {"实际数": "0"})),
    ("成本节约率", base(成本={"计划": "0", "实际": "152"})),
)


def unit_of(given: dict[str, Any]) -> Unit:
    return Unit.model_validate(
        {"年度": "2024", "单位": {"名称": "某站"}, **given}
    )


def computed(
    given: dict[str, Any], **specs: dict[str, str]
) -> FrameworkFigures:
    unit = unit_of(given)
    rules = {
        name: CommonSpec.model_validate(spec) for name, spec in specs.items()
    }
    return compute_framework(unit, unit.framework, "共性指标", rules)


def one(name: str, given: dict[str, Any], **spec: str) -> CommonFigures:
    return computed(given, **{name: spec}).indicators[0]


def reported(name: str, **values: str) -> dict[str, Any]:
    return {"共性指标": {"指标": {name: values}}}


@pytest.mark.parametrize(("name", "given", "shown"), BY_HAND)
def test_rate_by_hand(name: str, given: dict[str, Any], shown: str) -> None:
    rate = one(name, given).rate

    assert rate is not None
    assert rate.value is not None
    assert percent(rate.value) == shown
    assert rate.missing == ""


def test_every_formula_is_worked_out_by_hand() -> None:
    assert {name for name, _, _ in BY_HAND} == set(FORMULAS)


@pytest.mark.parametrize(("name", "given"), ZERO)
def test_nothing_to_divide_by_is_not_applicable(
    name: str, given: dict[str, Any]
) -> None:
    zero = one(name, given, 分值="5", 标准="100%", 每="1%", 扣="1")

    assert zero.rate is not None
    assert zero.rate.missing.endswith("为0，不适用")
    assert (zero.printed_actual, zero.printed_score, zero.counted) == (
        "不适用",
        None,
        False,
    )


def test_a_missing_denominator_is_not_applicable_and_a_missing_numerator_is_a_gap() -> (
    None
):
    no_plan = one("实际完成率", base(工作任务={"完成数": "38"}), 分值="5")
    no_result = one("实际完成率", base(工作任务={"计划数": "40"}), 分值="5")

    assert (no_plan.printed_actual, no_plan.counted) == ("不适用", False)
    assert (no_result.printed_actual, no_result.counted) == (None, True)


def test_without_any_data_nothing_is_printed() -> None:
    silent = one("实际完成率", {}, 分值="5", 标准="100%", 每="1%", 扣="1")

    assert (silent.printed_actual, silent.printed_score) == (None, None)


DOWN = {"分值": "5", "标准": "100%", "扣分方向": "低于", "每": "1%", "扣": "1"}
UP = {"分值": "2", "标准": "100%", "扣分方向": "高于", "每": "1%", "扣": "0.5"}
BOTH = {"分值": "3", "标准": "100%", "扣分方向": "偏离", "每": "5%", "扣": "1"}


def purchases(actual: str) -> dict[str, Any]:
    return base(政府采购={"本年预算数": "100", "本年决算数": actual})


@pytest.mark.parametrize(
    ("spec", "actual", "score"),
    [
        (DOWN, "100", "5"),
        (DOWN, "120", "5"),
        (DOWN, "99.01", "5"),  # a step that is only begun takes nothing off
        (DOWN, "99", "4"),
        (DOWN, "97.5", "3"),
        (DOWN, "95", "0"),
        (DOWN, "40", "0"),  # never below 0
        (UP, "61", "2"),
        (UP, "100.99", "2"),
        (UP, "101", "1.5"),
        (UP, "104", "0"),
        (BOTH, "95.01", "3"),
        (BOTH, "95", "2"),
        (BOTH, "105", "2"),
        (BOTH, "104.99", "3"),
        (BOTH, "88", "1"),
        (BOTH, "112", "1"),
    ],
)
def test_points_come_off_by_full_steps(
    spec: dict[str, str], actual: str, score: str
) -> None:
    assert one(
        "政府采购执行率", purchases(actual), **spec
    ).printed_score == Decimal(score)


def test_no_adjustment_and_no_saving_are_full_marks_by_the_right_direction() -> (
    None
):
    adjusted = {
        "分值": "3",
        "标准": "0%",
        "扣分方向": "高于",
        "每": "5%",
        "扣": "1",
    }
    saved = {
        "分值": "10",
        "标准": "0%",
        "扣分方向": "低于",
        "每": "5%",
        "扣": "2",
    }

    assert (
        one("预算调整率", FUNDS | base(预算调整="0"), **adjusted).printed_score
        == 3
    )
    assert (
        one("预算调整率", FUNDS | base(预算调整="40"), **adjusted).printed_score
        == 1
    )
    assert (
        one(
            "成本节约率", base(成本={"计划": "160", "实际": "160"}), **saved
        ).printed_score
        == 10
    )
    assert (
        one(
            "成本节约率", base(成本={"计划": "160", "实际": "168"}), **saved
        ).printed_score
        == 8
    )


def test_what_is_reported_is_printed_beside_what_is_computed() -> None:
    figures = one(
        "政府采购执行率",
        purchases("88") | reported("政府采购执行率", 实际值="九成", 得分="3"),
        **BOTH,
    )

    assert (figures.printed_actual, figures.printed_score) == (
        "九成",
        Decimal(3),
    )
    assert figures.score is not None
    assert figures.score.value == 1


def test_a_formula_may_go_by_another_name() -> None:
    assert (
        one(
            "采购执行", purchases("88"), 公式="政府采购执行率", **BOTH
        ).printed_score
        == 1
    )


def test_totals_leave_out_what_does_not_apply() -> None:
    given = purchases("100") | {
        "共性指标": {
            "指标": {
                "实际完成率": {"实际值": "不适用"},
                "社会效益": {"得分": "4"},
            }
        }
    }
    figures = computed(
        given, 政府采购执行率=BOTH, 实际完成率=DOWN, 社会效益={"分值": "5"}
    )

    assert (figures.weight_total, figures.score_total) == (
        Decimal(8),
        Decimal(7),
    )


def test_a_total_with_a_gap_is_no_total_and_a_reported_one_is_printed() -> None:
    specs = {"政府采购执行率": BOTH, "社会效益": {"分值": "5"}}
    stated = purchases("100") | {"共性指标": {"自评结果": {"总分": "98"}}}

    assert computed(purchases("100"), **specs).printed_total is None
    assert computed(stated, **specs).printed_total == 98


def explained(capsys: pytest.CaptureFixture[str], path: Path, item: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["explain", str(path), item])
    assert ended.value.code == 0
    return capsys.readouterr().out


EXPLAINED = """\
模板: hecheng
年度: 2024
单位: {名称: 某站, 人员: {编制: 18, 在职: 11}}
基础数据:
  三公经费: {上年决算数: 0, 本年预算数: 9}
共性指标:
  指标:
    在职人员控制率: {得分: 1.5}
"""


def test_explain_shows_formula_values_lines_and_what_was_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unit.yaml"
    path.write_text(EXPLAINED, encoding="utf-8")

    staff = explained(capsys, path, "在职人员控制率")
    travel = explained(capsys, path, "三公经费变动率")

    assert "在职人员控制率 ＝ 61.11%" in staff
    assert "公式：在职人员数 ÷ 编制数 × 100%" in staff
    assert "在职人员数 ＝ 11" in staff
    assert "（第3行）" in staff
    assert "在职人员控制率得分 ＝ 2分" in staff
    assert "2分，每高于100%达1%扣0.5分，扣完为止" in staff
    assert "填报值：1.5" in staff
    assert "上年三公经费决算数为0，不适用" in travel
