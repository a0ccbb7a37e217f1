"""How a report of the standard pack reads: each rule of good prose on data made up for it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from narrative_support import section, texts, told, unit

CHAPTERS = ("产出指标完成情况", "效益指标完成情况", "满意度指标完成情况")


def row(name: str, target: str, actual: str, **more: Any) -> dict[str, Any]:
    return {
        "一级": "产出指标",
        "二级": "数量指标",
        "三级": name,
        "指标值": target,
        "实际值": actual,
        "分值": 10,
        **more,
    }


def outputs(*rows: dict[str, Any], **data: Any) -> str:
    return "".join(texts("产出指标完成情况", 指标=list(rows), **data))


def problems(*rows: dict[str, Any], **data: Any) -> list[str]:
    return texts("存在问题", 指标=list(rows), **data)


def measures(*rows: dict[str, Any], **data: Any) -> list[str]:
    return texts("改进措施", 指标=list(rows), **data)


@pytest.mark.parametrize(
    ("name", "target", "actual", "says"),
    [
        (
            "门诊人次",
            "≥20万人次",
            "21.4万人次",
            r"门诊21\.4万人次，.*1\.4万人次",
        ),
        ("出院病人数", "≥8000人", "8930人", r"出院病人8930人"),
        ("年开放天数", "≥330天", "342天", r"年开放342天"),
        ("扫描页数", "≥80万页", "82万页", r"^扫描82万页，"),
        ("出警及时率", "≥95%", "97%", r"出警及时率97%，.*2个百分点"),
        ("教室开工率", "100%", "100%", r"教室开工率100%，.*(目标|任务)"),
        ("管网报修到场时间", "≤60分钟", "52分钟", r"52分钟，比.*8分钟"),
        ("亩均投入", "≤760元", "702元", r"702元，控制在760元以内"),
        ("校园安全事故数", "0起", "0起", r"^未发生校园安全事故。$"),
        ("账目差错率", "0%", "0%", r"^账目差错率为0%。$"),
        ("巡河机制", "健全", "健全", r"^巡河机制健全。$"),
        (
            "台账",
            "规范",
            "十二个科室的台账按月归档并编号",
            r"^十二个科室的台账按月归档并编号。$",
        ),
    ],
)
def test_result_is_told_by_what_it_counts(
    name: str, target: str, actual: str, says: str
) -> None:
    assert re.search(says, outputs(row(name, target, actual)))


@pytest.mark.parametrize(
    ("name", "target", "actual", "says"),
    [
        (
            "送戏下乡场次",
            "≥60场",
            "48场",
            "送戏下乡48场，比目标少12场，完成80.00%",
        ),
        ("管网漏损合格率", "≥95%", "90.5%", "低于目标4.5个百分点"),
        ("立案审批时限", "≤7天", "9天", "超过时限2天"),
        ("平均住院日", "≤7.8天", "8.1天", "比目标多0.3天"),
        ("公务接待费", "≤12万元", "15万元", "超出12万元的控制数3万元"),
        ("新建停车场", "2处", "0处", "计划新建停车场2处，实际为零"),
    ],
)
def test_shortfall_says_by_how_much(
    name: str, target: str, actual: str, says: str
) -> None:
    assert says in outputs(row(name, target, actual))


def test_what_is_reached_in_one_way_is_told_in_one_sentence() -> None:
    said = outputs(
        row("讲座", "≥10场", "12场"),
        row("展览", "≥4次", "5次"),
        row("开放天数", "300天", "300天"),
    )
    assert re.search(r"讲座12场、展览5次，分别.*2场、1次。", said)
    assert said.count("。") == 2


def test_no_cost_is_a_result_where_nothing_was_done() -> None:
    assert "布展支出" not in outputs(row("布展支出", "≤80万元", "0万元"))


def test_spending_under_its_limit_is_told_with_its_figure() -> None:
    funds = {"年初预算数": 80, "全年预算数": 80, "全年执行数": 76.5}
    said = outputs(row("经费支出", "≤80万元", "76.50万元"), 资金=funds)
    assert "经费支出76.50万元，控制在80万元以内。" in said


def test_symbols_never_stand_in_prose() -> None:
    rows = [
        row("培训", "≥8期", "6期", 偏差原因="师资不足"),
        row("耗材", "≤5万元", "4万元"),
        row("合格率", ">90%", "95%"),
        row("用时", "<3天", "2天"),
    ]
    narrative, _ = told(unit(指标=rows))
    said = "".join(
        passage.text
        for passages in narrative.unit.values()
        for passage in passages
    )
    assert not re.search(r"[≥≤＞＜><]", said)


@pytest.mark.parametrize(
    ("reason", "cause", "measure"),
    [
        (
            "教师病休两个月；聘请退休教师代课",
            "教师病休两个月",
            "聘请退休教师代课",
        ),
        ("雨季长。已协调施工队增派人手", "雨季长", "已协调施工队增派人手"),
        ("一是雨季长；二是材料涨价", "一是雨季长；二是材料涨价", ""),
        (
            "设备到货晚；由于港口检验，又延后一月",
            "设备到货晚；由于港口检验，又延后一月",
            "",
        ),
        ("验收资料未齐", "验收资料未齐", ""),
        ("封路；绕行。次月恢复", "封路", "绕行。次月恢复"),
    ],
)
def test_cause_and_measure_are_told_apart(
    reason: str, cause: str, measure: str
) -> None:
    one = row("下乡巡诊", "≥40次", "30次", 偏差原因=reason)
    said = "".join(problems(one))
    assert cause.replace("一是", "") in said.replace("一是", "")
    answers = "".join(measures(one))
    if measure:
        assert measure not in said
        assert measure in answers
    else:
        assert answers == "改进措施尚未填报。"


def test_measure_that_nobody_wrote_is_not_made_up() -> None:
    said = measures(row("巡诊", "≥40次", "30次", 偏差原因="封路"))
    assert said == ["改进措施尚未填报。"]


def test_same_matter_of_unit_and_project_is_one_problem() -> None:
    missed = row("禁烧巡查", "≥90次", "60次", 偏差原因="车辆大修；已租车")
    project = {"名称": "秸秆禁烧", "指标": [missed]}
    assert len(problems(missed, 项目=[project])) == 1
    assert measures(missed, 项目=[project]) == ["已租车。"]


def test_two_that_fell_short_for_one_reason_are_one_problem() -> None:
    reason = {"偏差原因": "流标一次；提前到二月采购"}
    said = problems(
        row("覆盖面积", "≥11万亩", "10万亩", **reason),
        row("覆盖率", "≥55%", "50%", **reason),
    )
    assert len(said) == 1
    assert said[0].count("流标一次") == 1
    assert "1万亩" in said[0]
    assert "5个百分点" in said[0]


def test_measures_of_unit_and_project_for_one_problem_both_stand() -> None:
    missed = row("服务点", "≥40个", "38个", 偏差原因="封路；由书屋代借")
    own = {
        "存在问题": "通达服务点38个，没有到40个。",
        "改进措施": "每条线路定一个备选停靠点，提前核对通行情况。",
    }
    project = {"名称": "送书下乡", "指标": [missed], "叙述": own}
    said = measures(missed, 项目=[project], 叙述=own)
    assert said == ["由书屋代借。", own["改进措施"]]


def test_problem_of_a_project_alone_names_it() -> None:
    project = {"名称": "秸秆禁烧", "指标": [row("巡查", "≥90次", "60次")]}
    said = texts("存在问题", 项目=[project])
    assert len(said) == 1
    assert said[0].startswith("秸秆禁烧项目巡查")


def test_unit_words_stand_in_place_of_what_would_be_generated() -> None:
    missed = row(
        "养护里程", "≥50公里", "42公里", 偏差原因="沥青短缺；改用冷补料"
    )
    own = {"存在问题": "养护里程没有达到目标，东线还有8公里坑槽未补。"}
    passages = section("存在问题", 指标=[missed], 叙述=own)
    assert [one.text for one in passages] == [own["存在问题"]]
    assert texts("改进措施", 指标=[missed], 叙述=own) == ["改用冷补料。"]


def test_largest_loss_comes_first() -> None:
    said = problems(
        row("甲工程", "≥10处", "9处", 得分=9),
        row("乙工程", "≥10处", "2处", 得分=2),
    )
    assert ["乙工程" in said[0], "甲工程" in said[1]] == [True, True]


@pytest.mark.parametrize(
    ("reason", "is_fault"),
    [
        ("上级下达装备资金36万元", False),
        ("县财政年中追加", False),
        ("增加两场活动", False),
        ("年初漏报物业费；今后按合同编制次年预算", True),
    ],
)
def test_adjustment_is_a_problem_only_where_something_is_done_about_it(
    reason: str, is_fault: bool
) -> None:
    funds = {
        "年初预算数": 100,
        "全年预算数": 150,
        "全年执行数": 150,
        "调整原因": reason,
    }
    said = "".join(texts("存在问题", 资金=funds))
    assert ("年中调整预算" in said) is is_fault


def test_points_lost_are_explained_to_the_last() -> None:
    said = "".join(
        texts(
            "自评结论",
            资金={
                "年初预算数": 100,
                "全年预算数": 100,
                "全年执行数": 95,
                "分值": 10,
                "得分": 9.5,
            },
            指标=[
                row("巡查", "≥100次", "90次", 分值=40, 得分=36),
                row("培训", "≥5期", "6期", 分值=50, 得分=50),
            ],
            自评结果={"分值合计": 100, "总分": 95.5},
        )
    )
    assert "所扣4.50分中，巡查扣4分，预算执行率扣0.50分" in said


def test_points_that_do_not_add_up_are_not_explained() -> None:
    said = "".join(
        texts(
            "自评结论",
            指标=[row("巡查", "≥100次", "90次", 分值=100, 得分=90)],
            自评结果={"分值合计": 100, "总分": 97},
        )
    )
    assert "扣" not in said


def test_unit_without_indicators_is_told_by_its_projects() -> None:
    project = {"名称": "校舍维修", "指标": [row("维修教室", "≥20间", "22间")]}
    said = "".join(texts("产出指标完成情况", 项目=[project]))
    assert said == "维修教室22间，超目标2间。"


def test_two_neighbours_are_not_worded_alike() -> None:
    said = [
        "".join(
            texts(
                name,
                指标=[
                    row("甲率", "≥90%", "92%"),
                    row("乙率", "≥90%", "94%", 一级="效益指标"),
                    row("丙率", "≥90%", "95%", 一级="满意度指标"),
                ],
            )
        )
        for name in CHAPTERS
    ]
    shapes = {re.sub(r"[甲乙丙]率[0-9%]+|[0-9]+", "", text) for text in said}
    assert len(shapes) >= 2


def test_same_data_give_the_same_text() -> None:
    rows = [row("甲", "≥3次", "4次"), row("乙率", "≥90%", "80%")]
    assert outputs(*rows) == outputs(*rows)


def test_what_a_project_missed_is_one_problem_for_each_cause() -> None:
    missed = [
        row("温室", "≥24座", "0座", 分值=20, 偏差原因="用地未批；五月报批"),
        row("带动农户", "≥300户", "120户", 偏差原因="温室未建；先定名单"),
        row("验收合格率", "100%", "0%", 偏差原因="用地未批；五月报批"),
        row("农户满意度", "≥90%", "60%", 偏差原因="收益少；开工后回访"),
    ]
    project = {"名称": "示范园", "指标": missed}
    reached = row("巡查", "≥9次", "9次")
    first, second = problems(reached, 项目=[project])
    assert first.startswith("示范园项目温室（计划24座）没有完成")
    assert "带动农户只有120户" in first
    assert first.count("用地未批") == 1
    assert second.endswith("原因是收益少。")
    assert measures(reached, 项目=[project]) == [
        "五月报批；先定名单。",
        "开工后回访。",
    ]


def test_what_follows_without_a_measure_stands_with_what_it_followed_from() -> (
    None
):
    rows = [
        row("新修渠道", "≥9公里", "3公里", 偏差原因="征地没谈成；四月交地"),
        row("受益农田", "≥800亩", "200亩", 分值=30, 偏差原因="渠没有修通"),
    ]
    (said,) = problems(
        row("巡渠", "≥9次", "9次"), 项目=[{"名称": "水渠", "指标": rows}]
    )
    assert said.startswith("水渠项目新修渠道只有3公里，比目标少6公里")
    assert "受益农田只有200亩" in said
    assert said.index("征地没谈成") < said.index("渠没有修通")


def test_money_left_for_a_cause_stands_in_its_problem() -> None:
    reason = {"偏差原因": "设备在港口等候检验，货款没有支付；将在一月装机"}
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 30}
    missed = row("采购救护车", "2辆", "0辆", 偏差原因="设备在港口等候检验")
    project = {"名称": "急救", "资金": funds | reason}
    (said,) = problems(missed, 项目=[project], 资金=funds | reason)
    assert "60.00万元没有支出，执行率33.33%" in said
    assert said.count("港口") == 1
    assert measures(missed, 项目=[project], 资金=funds | reason) == [
        "将在一月装机。"
    ]


def test_causes_of_money_are_told_whole_though_another_problem_tells_one() -> (
    None
):
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 30}
    reason = "设备在港口等候检验，40万元没有支付；会议费结余8万元"
    missed = row("采购救护车", "2辆", "0辆", 偏差原因="设备在港口等候检验")
    first, second = problems(missed, 资金=funds | {"偏差原因": reason})
    assert "港口" in first
    assert second.startswith("设备在港口等候检验，40万元没有支付；会议费")


def test_measure_of_a_project_for_what_the_unit_tells_is_not_lost() -> None:
    unit_row = row("设备到货率", "100%", "75%", 偏差原因="厂家推迟；已催货")
    own = {**unit_row, "偏差原因": "同上；今后六月底前招标"}
    project = {"名称": "急救", "指标": [own]}
    assert measures(unit_row, 项目=[project]) == ["已催货；今后六月底前招标。"]
    assert len(problems(unit_row, 项目=[project])) == 1


def test_words_on_execution_do_not_stand_for_an_adjustment() -> None:
    funds = {"年初预算数": 50, "全年预算数": 90, "全年执行数": 60}
    own = {"存在问题": "消毒设备购置项目预算执行偏慢，验收安排太晚。"}
    project = {
        "名称": "消毒设备购置",
        "资金": {**funds, "调整原因": "漏报；今后细编"},
    }
    said = texts("存在问题", 项目=[project], 叙述=own)
    assert [own["存在问题"] in said, len(said)] == [True, 2]
    assert any("年中调整预算" in text for text in said)


def test_a_common_word_does_not_hide_what_fell_short() -> None:
    own = {"存在问题": "青年教师外出培训的机会少。"}
    said = problems(row("培训", "≥12期", "7期"), 叙述=own)
    assert len(said) == 2
    assert "比目标少5期" in said[0]


def test_each_result_has_its_own_figure_though_the_goals_tell_it() -> None:
    goals = {"预期目标": "育苗", "完成情况": "培育苗木46万株，成活率91%。"}
    said = outputs(
        row("培育苗木", "≥40万株", "46万株"),
        row("苗木成活率", "91%", "91%"),
        row("抚育面积", "≥300亩", "330亩"),
        年度目标=goals,
    )
    assert re.search(
        r"培育苗木46万株、抚育面积330亩，分别.*6万株、30亩。", said
    )
    assert "苗木成活率91%" in said


def test_one_thing_in_other_words_is_one_problem() -> None:
    missed = row(
        "闸门更换数量", "6扇", "0扇", 偏差原因="厂家停工；改由乙厂供货"
    )
    below = row("更换闸门", "6扇", "0扇", 偏差原因="厂家停工")
    project = {"名称": "灌区改造", "指标": [below]}
    (said,) = problems(missed, 项目=[project])
    assert said.count("6扇") == 1


def test_what_many_projects_reached_of_one_thing_is_one_sentence() -> None:
    projects = [
        {"名称": name, "指标": [row("村民满意度", "≥85%", actual)]}
        for name, actual in (("路灯", "88%"), ("水渠", "91%"), ("公厕", "86%"))
    ]
    said = "".join(texts("产出指标完成情况", 项目=projects))
    assert said == "3个项目的村民满意度在86%至91%之间，均达到85%的目标。"


def test_reason_of_a_project_stands_once_in_a_problem() -> None:
    reason = {"偏差原因": "征地没有完成"}
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 30, **reason}
    missed = row("新修渠道", "≥9公里", "3公里", **reason)
    project = {"名称": "水渠", "资金": funds, "指标": [missed]}
    (said,) = problems(row("巡渠", "≥9次", "9次"), 项目=[project])
    assert said.count("征地没有完成") == 1
    assert "执行率33.33%" in said


def test_cause_and_measure_of_the_unit_do_not_come_back_with_a_project() -> (
    None
):
    reason = {"偏差原因": "图审9月才通过；6月底完工后结算"}
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 30, **reason}
    project = {"名称": "宿舍", "资金": funds}
    missed = row("改造宿舍", "9间", "3间", **reason)
    data = {"资金": funds, "项目": [project]}
    assert "".join(problems(missed, **data)).count("图审9月才通过") == 1
    assert "".join(measures(missed, **data)).count("完工后结算") == 1


def test_what_is_left_is_named_where_nothing_fell_short() -> None:
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 88.2}
    said = problems(row("巡检", "≥9次", "9次"), 资金=funds)
    assert said == [
        "自评没有发现需要整改的问题，尚余1.80万元没有支出（执行率98.00%，扣0.20分）。"
    ]


def test_score_without_the_largest_loss_is_told() -> None:
    said = "".join(
        texts(
            "自评结论",
            指标=[
                row("采购救护车", "2辆", "0辆", 分值=30, 得分=0),
                row("出诊", "≥90次", "81次", 分值=70, 得分=68),
            ],
            自评结果={"分值合计": 100, "总分": 68},
        )
    )
    assert "采购救护车如达到目标，总分为98分。" in said


@pytest.mark.parametrize("name", ["自评工作开展", "主要做法", "结果应用与公开"])
def test_chapter_that_only_the_unit_can_write_stands_where_it_wrote_it(
    name: str,
) -> None:
    assert texts(name) == []
    assert texts(name, 叙述={name: "逐项核对了凭证。"}) == ["逐项核对了凭证。"]


PARTS = {
    "原因": "嫁接苗冻死两成",
    "措施": "补植并加盖棚膜",
    "责任": "苗圃股",
    "时限": "2025年3月底前",
}


def test_reason_given_apart_is_told_where_each_part_belongs() -> None:
    one = row("嫁接苗", "≥9万株", "7万株", 偏差原因=PARTS)
    said = "".join(problems(one))
    assert said.endswith("原因是嫁接苗冻死两成。")
    assert measures(one) == ["补植并加盖棚膜（苗圃股，2025年3月底前）。"]


def test_adjustment_has_the_measure_that_its_reason_tells() -> None:
    reason = {"原因": "年初漏报物业费", "措施": "按合同编制次年预算"}
    funds = {"年初预算数": 50, "全年预算数": 60, "全年执行数": 60}
    data = {"资金": {**funds, "调整原因": reason}}
    assert "按合同编制" not in "".join(texts("存在问题", **data))
    assert texts("改进措施", **data) == ["按合同编制次年预算。"]


def test_problem_given_apart_is_answered_in_its_place() -> None:
    own = {"存在问题": [{"问题": "库房潮湿", **PARTS}, "人手少。"]}
    assert texts("存在问题", 叙述=own) == [
        "库房潮湿。原因是嫁接苗冻死两成。",
        "人手少。",
    ]
    assert texts("改进措施", 叙述=own) == [
        "补植并加盖棚膜（苗圃股，2025年3月底前）。",
        "改进措施尚未填报。",
    ]


def test_one_sentence_is_left_out_or_reworded() -> None:
    funds = {"年初预算数": 80, "全年预算数": 80, "全年执行数": 76}
    said = texts("预算安排与执行", 资金=funds)
    assert len(said) == 2
    first, second = "预算安排与执行.未调整", "预算安排与执行.执行"
    assert texts("预算安排与执行", 资金=funds, 不写=[first]) == said[1:]
    words = "实际支出{{ 资金.全年执行数 }}万元，尾款次年支付。"
    assert texts("预算安排与执行", 资金=funds, 改写={second: words}) == [
        said[0],
        "实际支出76.00万元，尾款次年支付。",
    ]


def test_reworded_problem_keeps_its_measure() -> None:
    one = row("嫁接苗", "≥9万株", "7万株", 偏差原因=PARTS)
    (passage,) = section("存在问题", 指标=[one])
    data = {"指标": [one], "改写": {f"存在问题.{passage.id}": "缺苗两成。"}}
    assert texts("存在问题", **data) == ["缺苗两成。"]
    assert len(texts("改进措施", **data)) == 1


def test_what_is_said_where_there_is_nothing_can_be_reworded() -> None:
    assert texts("存在问题", 改写={"存在问题.空": "没有问题。"}) == [
        "没有问题。"
    ]


def test_causes_of_a_project_stand_with_their_items() -> None:
    rows = [
        row("修缮校舍", "≥8栋", "6栋") | {"偏差原因": "雨季停工"},
        row("添置课桌", "≥400套", "380套") | {"偏差原因": "厂家缺货"},
    ]
    unit = {"项目": [{"名称": "校舍修缮", "指标": rows}], "指标": []}
    said = texts("存在问题", **unit)[0]
    assert re.search("少2栋.*雨季停工。添置课桌.*厂家缺货", said)


def test_what_lasts_has_no_deadline() -> None:
    stay = row("平均停电时长", "≤4小时", "5小时") | {"二级": "时效指标"}
    said = outputs(stay)
    assert ("比目标多1小时" in said, "时限" in said) == (True, False)


def test_money_that_is_left_is_no_result_where_something_is_undone() -> None:
    funds = {"年初预算数": 360, "全年预算数": 360, "全年执行数": 9}
    rows = [
        row("铺设跑道", "9800平方米", "0平方米"),
        row("改造支出", "≤360万元", "9.00万元"),
    ]
    assert "改造支出" not in outputs(*rows, 资金=funds)
    done = row("铺设跑道", "9800平方米", "9800平方米")
    assert "改造支出9.00万元" in outputs(done, rows[1], 资金=funds)


def test_reason_of_money_is_told_once_for_unit_and_project() -> None:
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 30}
    late = funds | {"偏差原因": "图审六月才通过"}
    data = {"资金": late, "项目": [{"名称": "宿舍", "资金": late}]}
    said = "".join(texts("资金执行情况", **data))
    assert said.count("图审六月才通过") == 1
    assert "结转结余资金中，宿舍60.00万元，占100.00%（执行率33.33%）。" in said


def test_figure_that_a_project_tells_of_its_goal_is_not_told_again() -> None:
    goals = {"预期目标": "维修", "完成情况": "维修供水工程45处"}
    rows = [
        row("维修供水工程", "≥42处", "45处"),
        row("添置水泵", "≥3台", "4台"),
    ]
    project = {"名称": "饮水", "年度目标": goals, "指标": rows}
    one = unit(指标=[row("巡查", "≥9次", "9次")], 项目=[project])
    said = "".join(
        passage.text for passage in told(one)[0].projects[0]["项目情况"]
    )
    assert said.count("45处") == 1
    assert "添置水泵4台，超目标1台" in said


def many(**last: Any) -> list[dict[str, Any]]:
    return [
        {
            "名称": f"第{n}项",
            "资金": {"年初预算数": n, "全年预算数": n, "全年执行数": n},
            "指标": [
                row(f"工程{n}", "≥9处", "9处"),
                row(f"合格率{n}", "100%", "100%"),
            ],
            **(last if n == 1 else {}),
        }
        for n in range(1, 8)
    ]


def test_of_many_projects_the_largest_and_the_exceptions_are_told() -> None:
    short = [row("清淤", "≥9处", "3处")]
    narrative, _ = told(unit(项目=many(指标=short)))
    at_length = [bool(one["项目情况"]) for one in narrative.projects]
    assert at_length == [True, False, False, False, True, True, True]
    own = many(叙述={"项目情况": "自己写的。"})
    assert told(unit(项目=own))[0].projects[0]["项目情况"]


def test_of_many_projects_the_first_result_of_each_is_told() -> None:
    (said,) = texts("产出指标完成情况", 项目=many())
    assert all(f"工程{n}9处" in said for n in range(1, 8))
    assert said.endswith("另有6项也达到目标，见各项目的自评表。")


def test_words_that_lost_points_without_a_reason_are_one_problem() -> None:
    rows = [
        row("教学质量", "优", "督导评定为规范", 得分=9),
        row("学员评价", "好", "座谈学员普遍满意", 得分=8),
    ]
    (said,) = problems(*rows)
    assert said.startswith("学员评价还有不足：座谈学员普遍满意，扣2分；")
    assert "教学质量还有不足：督导评定为规范，扣1分" in said


def test_money_of_a_project_stands_where_that_of_the_unit_does() -> None:
    late = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 0}
    funds = late | {"偏差原因": "地块规划调整"}
    rows = [
        row("接待观众", "≥9人次", "0人次", 分值=30, 偏差原因="没有开放"),
        row("布展面积", "9平方米", "0平方米", 偏差原因="地块规划调整；重批"),
    ]
    project = {"名称": "布展", "资金": funds, "指标": rows}
    first, second = problems(*rows, 资金=funds, 项目=[project])
    assert "没有支出" not in first
    assert second.endswith(
        "布展项目90.00万元没有支出，执行率0.00%；部门预算执行率0.00%，扣10分。"
    )


def test_year_before_is_compared_where_it_was_reported() -> None:
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 88}
    said = texts("预算安排与执行", 资金=funds | {"历年": {"上年": 80}})
    assert said[-1].endswith("比上年增加8.00万元，增长10.00%。")
    assert "上年" not in "".join(texts("预算安排与执行", 资金=funds))


@pytest.mark.parametrize(
    ("name", "target", "actual", "last", "says"),
    [
        ("送戏下乡", "≥60场", "66场", "58场", "送戏下乡66场（比上年多8场）"),
        ("送戏下乡", "≥60场", "50场", "58场", "完成83.33%，比上年少8场"),
        ("检验率", "≥90%", "92%", "93.5%", "检验率92%（比上年低1.5个百分点）"),
        ("送戏下乡", "≥60场", "66场", "66场", "送戏下乡66场，"),
    ],
)
def test_result_is_compared_with_the_year_before(
    name: str, target: str, actual: str, last: str, says: str
) -> None:
    assert says in outputs(row(name, target, actual, 历年={"上年": last}))


def cost_told(name: str, *rows: dict[str, Any], spent: str = "480") -> str:
    money = {"年初预算数": spent, "全年预算数": spent, "全年执行数": spent}
    project = {"名称": name, "资金": money, "指标": list(rows)}
    one = unit(指标=[row("巡查", "≥9次", "9次")], 项目=[project])
    passages = told(one)[0].projects[0]["项目情况"]
    return "".join(passage.text for passage in passages)


def test_what_one_cost_is_told_where_money_and_quantity_meet() -> None:
    dams = row("加固山塘", "24座", "24座")
    assert "平均每座20.00万元" in cost_told("山塘加固", dams)
    lessons = row("培训农民", "≥90人", "96人")
    said = cost_told("农民培训", lessons, spent="4.8")
    assert "平均每人500元" in said


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("防汛", [row("加固山塘", "24座", "24座")]),
        ("山塘加固", [row("加固山塘", "24座", "20座")]),
        (
            "山塘加固",
            [row("加固山塘", "24座", "24座"), row("修渠", "9处", "9处")],
        ),
        (
            "山塘加固",
            [
                row("加固山塘", "24座", "24座"),
                row("每座成本", "≤21万元", "19万元", 二级="成本指标"),
            ],
        ),
    ],
)
def test_what_one_cost_is_not_made_up(
    name: str, rows: list[dict[str, Any]]
) -> None:
    assert "平均每座" not in cost_told(name, *rows)


def test_unit_told_by_its_projects_says_how_many_fell_short() -> None:
    rows = [row("清淤", "≥9处", "3处"), row("植树", "≥9棵", "9棵")]
    said = "".join(texts("自评结论", 项目=[{"名称": "河道", "指标": rows}]))
    assert "各项目共有1项指标没有达到目标" in said
