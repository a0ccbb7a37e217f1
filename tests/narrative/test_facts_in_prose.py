"""What a report asserts is so: rates, causes and measures, sources, what is left, what counts as a problem."""

from typing import Any

import pytest
from narrative_support import texts

from reportgen.figures.results import cause_and_measure

MEASURES = ("已", "将", "加强", "签订", "错时", "增配")
FAULTS = ("少", "未", "没有", "跨年", "不足")


def row(name: str, target: str, actual: str, **more: Any) -> dict[str, Any]:
    place = {"一级": "产出指标", "二级": "数量指标", "三级": name}
    return {**place, "指标值": target, "实际值": actual, "分值": 10, **more}


def money(revised: str, executed: str, **more: Any) -> dict[str, Any]:
    initial = {"年初预算数": "80", "分值": 10}
    return {**initial, "全年预算数": revised, "全年执行数": executed, **more}


@pytest.mark.parametrize(
    ("target", "actual", "says"),
    [
        ("≥90人次/日", "75人次/天", "比目标少15人次/日"),
        ("≥5次/周", "3次/周", "比目标少2次/周"),
        ("≥40吨/日", "31吨/日", "比目标少9吨/日"),
        ("每月2次", "20次", "比目标少4次，"),
    ],
)
def test_rate_of_a_day_or_a_week_is_told_as_one(
    target: str, actual: str, says: str
) -> None:
    said = texts("产出指标完成情况", 指标=[row("垃圾清运", target, actual)])
    assert says in "".join(said)


@pytest.mark.parametrize(
    ("reason", "measure"),
    [
        ("琴房不足；下学期与少年宫共用琴房", "下学期与少年宫共用琴房"),
        ("候诊时间长；错时预约，减少等候", "错时预约，减少等候"),
        ("摊位空置；每个市场增配管理员1名", "每个市场增配管理员1名"),
        ("设备老化；明年更换", "明年更换"),
        ("桥面封闭；工程跨年施工，按进度付款", ""),
        ("桥面封闭；在校生减少；已改道", "已改道"),
    ],
)
def test_measure_is_what_says_what_is_done(reason: str, measure: str) -> None:
    assert cause_and_measure(reason, MEASURES, FAULTS)[1] == measure


@pytest.mark.parametrize(
    ("reason", "measure"),
    [
        ("泵站用地没有批复；管网按图审进度付款", ""),
        ("泵站用地没有批复；已重新报批", "已重新报批"),
        (
            "图审晚；管网3月底前完工；泵站5月底前开工",
            "管网3月底前完工；泵站5月底前开工",
        ),
    ],
)
def test_causes_of_money_may_be_joined_by_a_semicolon(
    reason: str, measure: str
) -> None:
    cause, found = cause_and_measure(reason, MEASURES, FAULTS, answers=False)
    assert found == measure
    assert f"{cause}；{found}".rstrip("；") == reason


def test_adjustment_is_told_with_all_its_parts() -> None:
    reason = "省级追加管网资金12.00万元；县财政收回结余，调减2.00万元"
    funds = money("90", "90", 调整原因=reason)
    assert "调减2.00万元" in "".join(texts("预算安排与执行", 资金=funds))


def test_all_of_one_source_is_said_only_where_it_is() -> None:
    whole = {"名称": "一般公共预算拨款", "全年预算数": "70", "全年执行数": "70"}
    other = {"名称": "政府性基金", "全年预算数": "20", "全年执行数": "0"}
    said = "".join(
        texts(
            "预算安排与执行", 资金=money("90", "70", 按收入性质=[whole, other])
        )
    )
    assert "资金来源全部" not in said
    assert "支出全部来自一般公共预算拨款" in said
    assert "政府性基金20.00万元未支出" in said


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("工期推迟", "未支出20.00万元"),
        ("尾款结转下年", "年末结转结余20.00万元"),
    ],
)
def test_what_was_not_spent_is_carried_over_where_the_unit_says_so(
    reason: str, says: str
) -> None:
    funds = money("90", "70", 偏差原因=reason)
    assert says in "".join(texts("资金执行情况", 资金=funds))


def test_words_from_which_points_were_taken_are_not_reached() -> None:
    data = {
        "指标": [
            row("站点管护", "落实管护主体", "移交9个村", 得分=8),
            row("站点", "9个", "9个"),
        ]
    }
    assert "1项未达到（站点管护）" in "".join(texts("自评结论", **data))


def test_order_from_above_and_saving_are_no_problems() -> None:
    cut = {"名称": "宣传", "资金": money("60", "60", 调整原因="县政府统一压减")}
    saved = {
        "名称": "课桌采购",
        "资金": money("80", "64", 偏差原因="公开招标节约16.00万元"),
        "指标": [row("购置", "90套", "90套")],
    }
    said = "".join(
        texts("存在问题", 资金=money("160", "150"), 项目=[cut, saved])
    )
    assert "宣传" not in said
    assert "课桌采购" not in said


def test_target_that_the_unit_calls_low_is_a_problem_of_its_own() -> None:
    far = row("疫苗接种", "≥90人", "160人", 偏差原因="年初目标定得偏低")
    other = far | {"偏差原因": "上级追加任务"}
    assert "目标定得偏低" in "".join(texts("存在问题", 指标=[far]))
    assert "目标定得偏低" not in "".join(texts("存在问题", 指标=[other]))
