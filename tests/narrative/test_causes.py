"""One matter for each cause: what fell short, the money that was left for it, and what it cost in points."""

from __future__ import annotations

from typing import Any

import pytest
from narrative_support import texts, told, unit

from reportgen.view.causes import is_one

SHORT = {"年初预算数": 400, "全年预算数": 400, "全年执行数": 300, "分值": 10}


def row(name: str, target: str, actual: str, **more: Any) -> dict[str, Any]:
    place = {"一级": "产出指标", "二级": "数量指标", "三级": name}
    return {**place, "指标值": target, "实际值": actual, "分值": 10, **more}


def money(spent: int, reason: str = "", of: int = 100) -> dict[str, Any]:
    funds = {"年初预算数": of, "全年预算数": of, "全年执行数": spent}
    return funds | {"偏差原因": reason}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("水泵厂家推迟供货到2025年3月", "水泵推迟供货", True),
        ("公开招标节约7.20万元", "电梯招标节约7.20万元", True),
        ("工期推迟到2025年6月", "采购推迟到2025年6月", False),
        ("尾款35万元没有支付", "尾款80万元没有支付", False),
        ("宿舍9月才开工", "食堂10月才开工", False),
        ("干旱", "暴雨", False),
    ],
)
def test_reasons_are_one_in_nearly_the_same_words(
    one: str, other: str, same: bool
) -> None:
    assert is_one(one, other) is same


def test_money_with_a_reason_of_its_own_is_told_beside_it() -> None:
    missed = row("更换水泵", "4台", "1台", 偏差原因="厂家缺货；改由乙厂供货")
    project = {
        "名称": "泵站改造",
        "资金": money(40, "设备款60万元没有到付款节点"),
        "指标": [missed],
    }
    (said,) = texts(
        "存在问题", 指标=[row("巡查", "≥9次", "9次")], 项目=[project]
    )
    assert said.startswith("泵站改造项目更换水泵只有1台，比目标少3台")
    assert said.endswith("该项目设备款60万元没有到付款节点，执行率40.00%。")


def test_rate_of_the_whole_is_told_with_the_largest_of_its_causes() -> None:
    missed = row("更换水泵", "4台", "1台", 得分=2, 偏差原因="厂家缺货；催货")
    whole = SHORT | {
        "偏差原因": "水泵厂家缺货，设备款60万元未付；监控尾款40万元未结算"
    }
    projects = [
        {"名称": "泵站改造", "资金": money(40, "厂家缺货")},
        {"名称": "监控", "资金": money(60, "尾款40万元未结算；5月底前结清")},
    ]
    first, second = texts("存在问题", 指标=[missed], 资金=whole, 项目=projects)
    assert first.endswith("部门预算执行率75.00%，扣2.50分。")
    assert second == "监控项目尾款40万元未结算，执行率60.00%。"
    assert texts("改进措施", 指标=[missed], 资金=whole, 项目=projects) == [
        "催货。",
        "5月底前结清。",
    ]


def test_what_was_saved_is_no_part_of_a_problem() -> None:
    whole = SHORT | {"偏差原因": "验收推到一月，尾款80万元未付；招标节约20万元"}
    (said,) = texts("存在问题", 指标=[row("巡查", "9次", "9次")], 资金=whole)
    assert "尾款80万元未付" in said
    assert "节约" not in said


def test_problems_stand_in_the_order_of_the_points_lost() -> None:
    rows = [
        row("清淤", "≥9处", "8处", 得分=9, 偏差原因="水位高"),
        row("砌护", "≥9处", "8处", 得分=8.5, 偏差原因="石料涨价"),
        row("植草", "≥9亩", "8亩", 得分=9.2, 偏差原因="水位高"),
    ]
    first, second = texts("存在问题", 指标=rows)
    assert first.startswith("清淤8处，比目标少1处，扣1分；植草8亩")
    assert second.startswith("砌护8处")


def test_quality_in_words_is_told_by_what_happened() -> None:
    rows = [
        row(
            "库区安全",
            "无险情，巡查记录完整",
            "北坝渗水两处，汛期降低水位运行",
            得分=6,
            偏差原因="坝体老化；申报除险加固",
        )
    ]
    (said,) = texts("存在问题", 指标=rows)
    assert said.startswith("北坝渗水两处，汛期降低水位运行，库区安全扣4分。")


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("10月31日前", "9月20日", "完工时间为9月20日，比时限早41天。"),
        ("10月31日前", "11月20日", "完工时间为11月20日，比时限晚20天。"),
        (
            "离职率低于5%，配备达到标准",
            "离职6人，缺编3人",
            "完工时间还有不足：离职6人，缺编3人。",
        ),
    ],
)
def test_days_early_or_late_are_told(
    target: str, actual: str, said: str
) -> None:
    points = 10 if "早" in said else 6
    one = row("完工时间", target, actual, 得分=points)
    assert "".join(texts("产出指标完成情况", 指标=[one])) == said


def test_same_deadline_of_unit_and_project_is_told_once() -> None:
    reason = {"偏差原因": "图纸改了两次；倒排工期"}
    missed = row(
        "管网完工时间", "12月31日前", "干管完成，2月通水", 得分=5, **reason
    )
    below = row("完工时间", "12月31日前", "2025年2月20日", 得分=5, **reason)
    more = row("通水户数", "≥900户", "600户", 得分=5, 偏差原因="图纸改了两次")
    project = {"名称": "管网", "指标": [below, more]}
    (said,) = texts("存在问题", 指标=[missed], 项目=[project])
    assert "2025年2月20日" not in said
    sections = told(unit(指标=[missed], 项目=[project]))[0].projects[0]
    below_said = "".join(one.text for one in sections["项目情况"])
    assert "通水600户，比目标少300户" in below_said
    assert "图纸" not in below_said


def test_share_of_what_was_left_is_told_by_project_the_largest_first() -> None:
    whole = SHORT | {"偏差原因": "泵站60万元未付，监控40万元未结算"}
    projects = [
        {"名称": "监控", "资金": money(60, "监控40万元未结算")},
        {"名称": "泵站", "资金": money(40, "泵站60万元未付")},
        {"名称": "绿化", "资金": money(100)},
    ]
    said = texts("资金执行情况", 资金=whole, 项目=projects)
    assert (
        said[-1]
        == "结转结余资金中，泵站60.00万元，占60.00%（执行率40.00%）；监控40.00万元，占40.00%（执行率60.00%）。"
    )


PLANTED = row("植树面积", "≥3万平方米", "4万平方米", 得分=10)


@pytest.mark.parametrize(
    ("funds", "cost"),
    [
        (money(80, of=80), "平均每平方米20元"),
        (money(80, "招标节约20万元"), "平均每平方米20元"),
        (money(80, "尾款20万元未付"), ""),
    ],
)
def test_unit_cost_is_told_by_one_of_them_where_all_is_paid(
    funds: dict[str, Any], cost: str
) -> None:
    project = {"名称": "植树", "资金": funds, "指标": [PLANTED]}
    sections = told(unit(项目=[project]))[0].projects[0]["项目情况"]
    said = "".join(one.text for one in sections)
    assert ("平均" in said) is bool(cost)
    assert cost in said


def test_project_that_was_cut_is_told_with_its_reason() -> None:
    cut = {"年初预算数": 90, "全年预算数": 0, "全年执行数": 0}
    projects = [
        {"名称": "甲渠", "自评结果": {"总分": 96}},
        {"名称": "乙渠", "自评结果": {"总分": 91}},
        {"名称": "丙渠", "资金": cut | {"调整原因": "地铁占道，推到明年"}},
    ]
    said = texts("自评结论", 项目=projects)[-1]
    assert "最低的是乙渠（91分）" in said
    assert said.startswith("纳入自评的项目共2个，")
    assert said.endswith(
        "另有1个项目不计入：丙渠年初预算90.00万元年中全部调减，不作自评，原因是地铁占道，推到明年。"
    )


def test_project_paragraph_tells_no_figures_of_the_table_again() -> None:
    goals = {"预期目标": "管护", "完成情况": "管护渠道52公里，全年通水310天"}
    project = {
        "名称": "管护",
        "资金": money(100) | {"得分": 10, "分值": 10},
        "年度目标": goals,
        "指标": [row("管护里程", "≥50公里", "52公里", 得分=90, 分值=90)],
    }
    sections = told(unit(项目=[project]))[0].projects[0]["项目情况"]
    said = "".join(one.text for one in sections)
    assert "100.00万元，管护渠道52公里" in said
    assert not [word for word in ("执行率", "自评", "等级") if word in said]


def test_what_followed_joins_its_cause_whatever_it_cost() -> None:
    rows = [
        row("恢复灌溉面积", "3万亩", "0万亩", 分值=30, 偏差原因="渡槽没有建成"),
        row("重建渡槽", "1座", "0座", 偏差原因="汛期停工两个月"),
    ]
    missed = row("渡槽完工率", "100%", "60%", 偏差原因="汛期停工两个月；加班")
    project = {"名称": "渡槽重建", "指标": rows}
    (said,) = texts("存在问题", 指标=[missed], 项目=[project])
    assert said.startswith("渡槽完工率只有60%")
    assert "恢复灌溉面积（计划3万亩）没有完成，原因是渡槽没有建成" in said


def test_measure_of_a_project_answers_what_the_unit_tells_of_the_same() -> None:
    missed = row("少儿参加率", "≥25%", "19%", 偏差原因="少儿班只有6个")
    below = row(
        "少儿参加率", "≥25%", "19%", 偏差原因="少儿班只有6个；增加到12个"
    )
    data = {"指标": [missed], "项目": [{"名称": "培训", "指标": [below]}]}
    (said,) = texts("存在问题", **data)
    assert said.startswith("少儿参加率只有19%，低于目标6个百分点，扣2.40分")
    assert texts("改进措施", **data) == ["增加到12个。"]


@pytest.mark.parametrize(
    ("name", "target", "actual", "said"),
    [
        ("水利用系数", "≥0.55", "0.552", "水利用系数0.552，超目标0.002。"),
        (
            "文艺队伍",
            "每街3支以上",
            "9个街道共41支，其中32支每月活动",
            "文艺队伍：9个街道共41支，其中32支每月活动。",
        ),
    ],
)
def test_small_distances_and_long_words_are_told_as_they_are(
    name: str, target: str, actual: str, said: str
) -> None:
    one = row(name, target, actual, 得分=10)
    assert "".join(texts("产出指标完成情况", 指标=[one])) == said


def test_cost_that_is_what_was_spent_is_told_once() -> None:
    cost = row("管护支出", "≤100万元", "90.00万元", 得分=10)
    project = {
        "名称": "管护",
        "资金": money(90),
        "年度目标": {"预期目标": "管护", "完成情况": "管护渠道52公里"},
        "指标": [cost, row("管护里程", "≥50公里", "52公里", 得分=10)],
    }
    sections = told(unit(项目=[project]))[0].projects[0]["项目情况"]
    assert "".join(one.text for one in sections).count("90.00万元") == 1


def test_result_beyond_its_goal_with_a_measure_is_headed_by_its_figures() -> (
    None
):
    done = row("抽检样品", "≥90个", "120个", 偏差原因="加测豆种；下年按实安排")
    (said,) = texts("存在问题", 指标=[done])
    assert said.startswith("抽检样品120个，")
    assert "还需改进" not in said


def test_project_stands_before_the_whole_in_what_is_left() -> None:
    missed = row("改造圈舍", "200户", "74户", 偏差原因="标准9月才下发；签承诺")
    whole = SHORT | {"偏差原因": "验收标准9月才下发"}
    project = {"名称": "圈舍改造", "资金": money(20), "指标": [missed]}
    (said,) = texts("存在问题", 指标=[missed], 资金=whole, 项目=[project])
    assert said.endswith(
        "圈舍改造项目80.00万元没有支出，执行率20.00%；部门预算执行率75.00%，扣2.50分。"
    )


def test_reason_of_the_whole_is_never_cut_to_what_is_told_nowhere_else() -> (
    None
):
    missed = row(
        "水塔", "2座", "1座", 偏差原因="山洪冲断便道；春季抢修，重开便道"
    )
    whole = SHORT | {
        "偏差原因": {
            "原因": "山洪冲断便道，水塔款20万元未付；水表款5万元未付",
            "措施": "水表款随表验收",
        }
    }
    said = texts("存在问题", 指标=[missed], 资金=whole)[-1]
    assert said.startswith("山洪冲断便道，水塔款20万元未付；水表款5万元未付，")


def test_money_that_was_saved_stands_with_its_reason_where_it_has_a_measure() -> (
    None
):
    saved = {"原因": "比选后节约30万元", "措施": "交回财政"}
    project = {"名称": "测绘", "资金": money(70, saved)}
    assert texts("存在问题", 项目=[project]) == [
        "测绘项目比选后节约30万元，执行率70.00%。"
    ]
    assert texts("改进措施", 项目=[project]) == ["交回财政。"]


def test_measure_named_after_a_project_stands_with_its_matter_and_once() -> (
    None
):
    late = row(
        "护栏安装时间",
        "2024年6月底前",
        "2024年8月1日",
        得分=5,
        偏差原因="厂家停产；逐批到货、按批支付货款",
    )
    rail = {"名称": "河道护栏", "资金": money(100), "指标": [late]}
    whole = SHORT | {
        "偏差原因": {
            "原因": "水表没有验收",
            "措施": "水表随到随验；河道护栏逐批到货、分批支付货款",
        }
    }
    data = {"资金": whole, "项目": [rail]}
    measures = texts("改进措施", **data)
    assert sorted(measures) == [
        "水表随到随验。",
        "河道护栏逐批到货、分批支付货款。",
    ]


def test_project_paragraph_tells_no_day_and_no_distance_again() -> None:
    rows = [
        row("竣工时间", "2024年6月30日前", "2024年7月8日", 得分=5),
        row("供水时间", "2024年9月1日前", "2024年8月20日", 得分=10),
        row("改水户数", "≥300户", "280户", 得分=5, 偏差原因="20户外出"),
    ]
    done = "7月8日竣工，晚8天；8月20日供水；改水280户"
    project = {
        "名称": "改水",
        "资金": money(80, "尾款20万元未付"),
        "年度目标": {"预期目标": "改水", "完成情况": done},
        "指标": rows,
    }
    shown = told(unit(指标=[row("巡查", "9次", "9次")], 项目=[project]))[0]
    said = "".join(one.text for one in shown.projects[0]["项目情况"])
    assert "竣工时间" not in said
    assert "供水时间" not in said
    assert "改水比目标少20户，原因是20户外出。" in said


@pytest.mark.parametrize(
    ("done", "added"), [("植树4万平方米，补栽90平方米", 0), ("植树", 30)]
)
def test_unit_cost_is_told_of_one_thing_only(done: str, added: int) -> None:
    spent = money(80, of=80)
    spent["年初预算数"] = 80 - added
    project = {
        "名称": "植树",
        "资金": spent,
        "年度目标": {"预期目标": "植树", "完成情况": done},
        "指标": [PLANTED],
    }
    sections = told(unit(项目=[project]))[0].projects[0]["项目情况"]
    assert "平均" not in "".join(one.text for one in sections)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("7月市财政追加。", "年初预算60.00万元，7月市财政追加40.00万元。"),
        (
            "7月追加泵房款40.00万元",
            "年初预算60.00万元，7月追加泵房款40.00万元。",
        ),
        ("7月泵房塌方", "年中增加40.00万元，原因是7月泵房塌方。"),
    ],
)
def test_what_was_added_is_told_once(reason: str, said: str) -> None:
    funds = money(100) | {"年初预算数": 60, "调整原因": reason}
    sections = told(unit(项目=[{"名称": "泵房", "资金": funds}]))[0]
    texts_ = [one.text for one in sections.projects[0]["项目情况"]]
    assert said in "".join(texts_)
    assert "".join(texts_).count("追加") <= 1
