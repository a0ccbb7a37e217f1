"""Each snippet of the standard pack is told in the case it is meant for, and not otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from narrative_support import project_section, section, texts, told, unit

REACHED = {
    "一级": "产出指标",
    "二级": "数量指标",
    "三级": "讲座",
    "指标值": "≥30场",
    "实际值": "31场",
    "分值": 40,
    "得分": 40,
}
MISSED = {
    **REACHED,
    "三级": "展览",
    "指标值": "≥10场",
    "实际值": "8场",
    "得分": 32,
    "偏差原因": "展厅维修。",
}
OPEN = {**REACHED, "三级": "培训", "实际值": None, "得分": None}
WORDS = {
    "一级": "效益指标",
    "二级": "社会效益指标",
    "三级": "阅读氛围",
    "指标值": "提升",
    "实际值": "明显提升",
    "分值": 10,
}


def ids(name: str, **data: Any) -> list[str]:
    """The ids of the passages, a row's own id left out."""
    return [passage.id.partition(".")[0] for passage in section(name, **data)]


def funds(
    initial: object = None,
    revised: object = None,
    executed: object = None,
    **more: object,
) -> dict[str, Any]:
    return {
        "资金": {
            "年初预算数": initial,
            "全年预算数": revised,
            "全年执行数": executed,
            **more,
        }
    }


@pytest.mark.parametrize(
    ("profile", "says"),
    [
        ({}, ["单位基本情况未填报。"]),
        ({"性质": "事业单位"}, ["甲馆是事业单位。"]),
        ({"主管部门": "文旅局"}, ["甲馆的主管部门为文旅局。"]),
        ({"预算级次": "二级预算单位"}, ["甲馆属二级预算单位。"]),
        (
            {
                "性质": "事业单位",
                "主管部门": "文旅局",
                "预算级次": "二级预算单位",
            },
            ["甲馆是事业单位，主管部门为文旅局，属二级预算单位。"],
        ),
        (
            {"职责": ["1.借阅；", "2.培训。"]},
            ["主要职责：一是借阅；二是培训。"],
        ),
        (
            {"内设机构数": 2, "内设机构": ["乙室", "丙室"]},
            ["单位内设机构2个，分别为乙室、丙室。"],
        ),
        (
            {"内设机构": ["乙室"], "下属单位数": 0},
            ["单位内设机构1个，分别为乙室，无下属单位。"],
        ),
        ({"下属单位数": 3}, ["下属单位3个。"]),
        ({"人员": {"编制": 10}}, ["核定编制10名。"]),
        ({"人员": {"合计": 12}}, ["年末共有人员12人。"]),
        ({"人员": {"在职": 12}}, ["年末共有人员12人，均为在职人员。"]),
        (
            {"人员": {"合计": 12, "退休": 2}},
            ["年末共有人员12人（退休2人）。"],
        ),
        (
            {"人员": {"在职": 9, "离休": 0, "退休": 3}},
            ["年末共有人员12人（在职9人，退休3人）。"],
        ),
        ({"内设机构数": 0, "人员": {"在职": 0}}, ["单位基本情况未填报。"]),
    ],
)
def test_the_profile(profile: dict[str, Any], says: list[str]) -> None:
    assert texts("单位概况", 单位={"名称": "甲馆", **profile}) == says


@pytest.mark.parametrize(
    ("money", "says"),
    [
        (funds(), ["本年度预算资金未填报。"]),
        (funds(0, 0, 0), ["本年度预算资金未填报。"]),
        (
            funds(100, 120, 110, 调整原因="由于新增人员。"),
            [
                "2024年，本单位年初预算100.00万元，年中调整后全年预算120.00万元，较年初预算增加20.00万元，增长20.00%，由于新增人员。",
                "全年支出110.00万元。",
            ],
        ),
        (
            funds(100, 80, 80),
            [
                "2024年，本单位年初预算100.00万元，年中调整后全年预算80.00万元，较年初预算减少20.00万元，下降20.00%。",
                "全年支出80.00万元。",
            ],
        ),
        (
            funds(100, 100, 0),
            [
                "2024年，本单位年初预算100.00万元，年中未作调整。",
                "全年未支出。",
            ],
        ),
        (
            funds(100, "100.001", None),
            ["2024年，本单位年初预算100.00万元，年中未作调整。"],
        ),
        (
            funds(0, 50, None),
            ["2024年，本单位年初未安排预算，年中追加后全年预算50.00万元。"],
        ),
        (
            funds(50, 0, None),
            ["2024年，本单位年初预算50.00万元，年中全部调减。"],
        ),
        (funds(None, 50, None), ["2024年，本单位全年预算50.00万元。"]),
        (funds(50, None, None), ["2024年，本单位年初预算50.00万元。"]),
        (funds(None, None, 50), ["全年支出50.00万元。"]),
        (
            funds(None, 50, "51.5"),
            [
                "2024年，本单位全年预算50.00万元。",
                "全年支出51.50万元，超出全年预算1.50万元。",
            ],
        ),
    ],
)
def test_the_budget(money: dict[str, Any], says: list[str]) -> None:
    assert texts("预算安排与执行", **money) == says


def test_what_the_money_was_made_of() -> None:
    rows = [
        {
            "名称": "基本支出",
            "全年执行数": 60,
            "明细": [
                {"名称": "工资", "全年执行数": 60},
                {"名称": "补助", "全年执行数": 0},
            ],
        },
        {"名称": "项目支出", "全年执行数": 40, "明细": [{"名称": "丙"}]},
        {"名称": "其他", "全年执行数": 0},
    ]

    says = texts("预算安排与执行", **funds(executed=100, 按支出性质=rows))

    assert (
        says[-1]
        == "全年支出100.00万元，其中基本支出60.00万元（占60.00%）、项目支出40.00万元（占40.00%）。"
        "基本支出中，工资60.00万元。"
    )


@pytest.mark.parametrize(
    ("rows", "told_ids", "says"),
    [
        ([], ["空"], "本年度绩效指标和得分未填报。"),
        (
            [REACHED, REACHED],
            ["全部达标"],
            "2项绩效指标全部达到年度指标值。",
        ),
        (
            [REACHED],
            ["全部达标"],
            "所设绩效指标达到年度指标值。",
        ),
        (
            [REACHED, MISSED],
            ["部分达标"],
            "2项绩效指标中，1项达到年度指标值，1项未达到（展览）。",
        ),
        ([MISSED, MISSED], ["部分达标"], "2项绩效指标中，2项未达到（展览）。"),
        (
            [REACHED, OPEN],
            ["部分达标"],
            "2项绩效指标中，1项达到年度指标值，1项尚不能判定是否达到（培训）。",
        ),
        ([OPEN], ["尚未填报"], "1项绩效指标尚未填报实际完成值。"),
        (
            [WORDS],
            ["全部达标"],
            "所设绩效指标达到年度指标值。",
        ),
        (
            [{"三级": "甲", "指标值": "不适用"}],
            ["空"],
            "本年度绩效指标和得分未填报。",
        ),
    ],
)
def test_the_conclusion(
    rows: list[dict[str, Any]], told_ids: list[str], says: str
) -> None:
    passages = section("自评结论", 指标=rows)

    assert [passage.id for passage in passages] == told_ids
    assert passages[-1].text == says


def test_the_conclusion_states_score_and_grade() -> None:
    says = texts(
        "自评结论", 指标=[REACHED], 自评结果={"总分": "85"}, **funds(executed=1)
    )

    assert says[0] == "经自评，部门整体支出绩效得85分，等级为“良”。"


@pytest.mark.parametrize(
    ("projects", "says"),
    [
        ([{"名称": "乙"}], "纳入自评的项目共1个。"),
        (
            [
                {"名称": "乙", "自评结果": {"等级": "优"}},
                {"名称": "丙", "自评结果": {"等级": "优"}},
            ],
            "纳入自评的项目共2个，自评等级均为“优”。",
        ),
        (
            [
                {
                    "名称": "乙",
                    "自评结果": {"等级": "优"},
                    "资金": {"全年预算数": 5},
                },
                {"名称": "丙", "自评结果": {"等级": "良"}},
            ],
            "纳入自评的项目共2个，全年预算合计5.00万元，自评等级“优”1个、“良”1个。",
        ),
        (
            [{"名称": "乙", "自评结果": {"等级": "优"}}, {"名称": "丙"}],
            "纳入自评的项目共2个，自评等级“优”1个。",
        ),
    ],
)
def test_the_projects_in_the_conclusion(
    projects: list[dict[str, Any]], says: str
) -> None:
    assert texts("自评结论", 项目=projects) == [says]


def project(
    name: str, revised: object, executed: object, **more: object
) -> dict[str, Any]:
    return {
        "名称": name,
        "资金": {"全年预算数": revised, "全年执行数": executed, **more},
    }


@pytest.mark.parametrize(
    ("projects", "says"),
    [
        (
            [project("乙", 5, 5)],
            "乙全年预算5.00万元，执行5.00万元，执行率100.00%。",
        ),
        (
            [project("乙", 5, 5), project("丙", 4, 4)],
            "乙全年预算5.00万元，执行5.00万元，执行率100.00%；丙全年预算4.00万元，执行4.00万元，执行率100.00%。",
        ),
        ([project("乙", None, None)], "乙未填报执行数。"),
        ([project("乙", 5, None)], "乙全年预算5.00万元，未填报执行数。"),
        ([project("乙", 5, 0)], "乙全年预算5.00万元，未支出，执行率0.00%。"),
        (
            [
                project("乙项目", 5, 5),
                project("丙", 5, "4.5", 偏差原因="验收晚。"),
            ],
            "乙项目全年预算5.00万元，执行5.00万元，执行率100.00%；丙全年预算5.00万元，执行4.50万元，执行率90.00%，原因是验收晚。",
        ),
        (
            [project(name, 1, 1) for name in "乙丙丁戊己庚辛"]
            + [project("壬", 2, 1)],
            "乙全年预算1.00万元，执行1.00万元，执行率100.00%；丙全年预算1.00万元，执行1.00万元，执行率100.00%；丁全年预算1.00万元，执行1.00万元，执行率100.00%；戊全年预算1.00万元，执行1.00万元，执行率100.00%；己全年预算1.00万元，执行1.00万元，执行率100.00%；庚全年预算1.00万元，执行1.00万元，执行率100.00%；辛全年预算1.00万元，执行1.00万元，执行率100.00%；壬全年预算2.00万元，执行1.00万元，执行率50.00%。",
        ),
    ],
)
def test_how_the_projects_spent(
    projects: list[dict[str, Any]], says: str
) -> None:
    assert texts("资金执行情况", 项目=projects) == [says]


def test_how_the_unit_spent() -> None:
    says = texts(
        "资金执行情况",
        指标=[REACHED],
        **funds(None, 50, 40, 得分=8, 偏差原因="支付晚"),
    )

    assert says == ["预算执行率80.00%，未支出10.00万元，主要是支付晚。"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [REACHED],
            "讲座31场，超目标1场。",
        ),
        (
            [REACHED, REACHED],
            "讲座31场、讲座31场，分别超目标1场、1场。",
        ),
        (
            [{**REACHED, "三级": name} for name in "乙丙丁戊己庚辛"],
            "乙31场、丙31场、丁31场、戊31场、己31场、庚31场、辛31场，分别超目标1场、1场、1场、1场、1场、1场、1场。",
        ),
        (
            [MISSED],
            "展览8场，比目标少2场，完成80.00%，原因是展厅维修。",
        ),
        ([OPEN], "培训尚未填报实际完成值。"),
        (
            [{**REACHED, "二级": "数量", "三级": ""}],
            "数量31场，超目标1场。",
        ),
        (
            [{**REACHED, "二级": ""}],
            "讲座31场，超目标1场。",
        ),
        (
            [{**REACHED, "三级": "30场", "指标值": "30场"}],
            "数量指标31场，超目标1场。",
        ),
        (
            [{**REACHED, "指标值": "完成", "实际值": "完成"}],
            "讲座完成。",
        ),
        (
            [{**REACHED, "指标值": "完成", "实际值": "已完成。"}],
            "讲座已完成。",
        ),
        (
            [{**REACHED, "三级": "完成", "指标值": "完成", "实际值": "完成"}],
            "完成。",
        ),
        (
            [
                {
                    **REACHED,
                    "指标值": "完成",
                    "实际值": "未完成",
                    "得分": 0,
                    "偏差原因": "无",
                }
            ],
            "讲座没有达到目标：未完成。",
        ),
    ],
)
def test_a_group_of_outputs(rows: list[dict[str, Any]], says: str) -> None:
    assert texts("产出指标完成情况", 指标=rows) == [says]


def test_what_was_reached_stands_before_what_was_not() -> None:
    assert texts("产出指标完成情况", 指标=[OPEN, MISSED, REACHED]) == [
        "讲座31场，超目标1场。",
        "展览8场，比目标少2场，完成80.00%，原因是展厅维修。",
        "培训尚未填报实际完成值。",
    ]


def test_groups_that_are_not_there_are_said_not_to_be() -> None:
    assert texts("产出指标完成情况", 指标=[WORDS]) == ["本年度未设置产出指标。"]
    assert texts("效益指标完成情况", 指标=[REACHED]) == [
        "本年度未设置效益指标。"
    ]
    assert texts("满意度指标完成情况") == ["本年度未设置满意度指标。"]
    assert texts("绩效目标") == ["本年度未设定年度总体目标。"]


@pytest.mark.parametrize(
    ("data", "told_ids"),
    [
        ({}, ["空"]),
        (funds(None, 100, 90), ["空"]),
        (funds(None, 100, "89.9"), ["执行率偏低"]),
        (funds(100, 110, 105), ["空"]),
        (funds(100, 180, 175), ["空"]),
        (funds(100, 80, 75, 调整原因="漏报；今后按合同编制"), ["预算调整"]),
        ({"指标": [REACHED]}, ["空"]),
        ({"指标": [MISSED, MISSED]}, ["指标未达到"]),
        (
            {"指标": [MISSED, {**MISSED, "三级": "演出", "偏差原因": "下雨"}]},
            ["指标未达到", "指标未达到"],
        ),
        ({"指标": [OPEN]}, ["空"]),
        ({"指标": [{**REACHED, "实际值": "97场"}]}, ["空"]),
        ({"指标": [{**REACHED, "偏差原因": "目标偏低"}]}, ["指标超额"]),
        (
            {
                "项目": [
                    {"名称": "乙"},
                    {"名称": "丙", "叙述": {"存在问题": "座位少"}},
                ]
            },
            ["项目问题"],
        ),
        ({"项目": [{"名称": "乙", "叙述": {"存在问题": "无。"}}]}, ["空"]),
        ({"叙述": {"存在问题": "无"}}, ["本单位1"]),
        ({"叙述": {"存在问题": ["无", "座位少"]}}, ["本单位2"]),
        ({"叙述": {"存在问题": "无"}, **funds(None, 100, 50)}, ["执行率偏低"]),
        (
            {"叙述": {"存在问题": "座位少"}, **funds(None, 100, 50)},
            ["执行率偏低", "本单位1"],
        ),
    ],
)
def test_problems(data: dict[str, Any], told_ids: list[str]) -> None:
    assert ids("存在问题", **data) == told_ids


NOTHING_FOUND = "自评没有发现需要整改的问题，预算已全部执行。"


def test_nothing_was_found_is_said_only_of_what_was_reported() -> None:
    spent = funds(100, 100, 100)

    assert texts("存在问题", **spent, 指标=[REACHED]) == [NOTHING_FOUND]
    assert texts("存在问题", **spent, 项目=[{"名称": "乙"}]) == [NOTHING_FOUND]


@pytest.mark.parametrize(
    "data", [{}, {"指标": [REACHED]}, funds(100, 100, 100)]
)
def test_without_data_it_is_not_said_that_nothing_was_found(
    data: dict[str, Any],
) -> None:
    assert texts("存在问题", **data) == [
        "资金执行或指标完成情况尚未填报，存在问题待自评后填写。"
    ]


def test_each_problem_has_the_improvement_that_somebody_wrote() -> None:
    data: dict[str, Any] = {
        **funds(100, 150, 100, 偏差原因="验收晚；改为按月验收"),
        "指标": [
            {**MISSED, "偏差原因": "展厅维修；改在报告厅布展"},
            {**REACHED, "实际值": "60场"},
        ],
        "项目": [
            {
                "名称": "乙",
                "叙述": {"存在问题": "座位少", "改进措施": "增加座位。"},
            },
            {"名称": "丙项目", "叙述": {"存在问题": "人手少"}},
        ],
    }

    narrative, _ = told(unit(**data))

    problems = [
        (one.id.partition(".")[0], one.improvement)
        for one in narrative.unit["存在问题"]
    ]
    assert problems == [
        ("指标未达到", "改在报告厅布展。"),
        ("执行率偏低", "改为按月验收。"),
        ("项目问题", "增加座位。"),
        ("项目问题", ""),
    ]
    open_still = "改进措施尚未填报。"
    assert [(one.number, one.text) for one in narrative.unit["改进措施"]] == [
        (1, "改在报告厅布展。"),
        (2, "改为按月验收。"),
        (3, "增加座位。"),
        (4, open_still),
    ]


@pytest.mark.parametrize(
    ("own", "improvements"),
    [
        (
            {},
            ["本年度没有需要整改的事项。"],
        ),
        (
            {"存在问题": "座位少"},
            ["改进措施尚未填报。"],
        ),
        ({"存在问题": "座位少", "改进措施": "增加座位"}, ["增加座位。"]),
        ({"存在问题": "无", "改进措施": "无"}, ["无。"]),
        (
            {"存在问题": "无"},
            ["本年度没有需要整改的事项。"],
        ),
    ],
)
def test_improvements_of_the_units_own_problems(
    own: dict[str, str], improvements: list[str]
) -> None:
    assert texts("改进措施", 叙述=own) == improvements


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, []),
        ({"资金": {"全年预算数": 0, "全年执行数": 0}}, []),
        ({"资金": {"全年预算数": 5}}, ["全年预算5.00万元。"]),
        ({"资金": {"全年执行数": 5}}, ["全年支出5.00万元。"]),
        (
            {"资金": {"全年预算数": 5, "全年执行数": 0}},
            ["全年预算5.00万元，全年未支出。"],
        ),
        (
            {
                "资金": {
                    "年初预算数": 4,
                    "全年预算数": 5,
                    "全年执行数": 4,
                    "调整原因": "追加",
                    "偏差原因": "验收晚",
                }
            },
            [
                "年初预算4.00万元，追加1.00万元。"
                "全年预算5.00万元，全年支出4.00万元。"
                "1.00万元没有支出，执行率80.00%，主要是验收晚。"
            ],
        ),
        ({"年度目标": {"预期目标": "开放"}}, ["年度目标：开放。"]),
        ({"年度目标": {"完成情况": "开放"}}, ["开放。"]),
        (
            {"年度目标": {"预期目标": "开放", "完成情况": "开放"}},
            ["开放，已按目标完成。"],
        ),
        (
            {
                "年度目标": {"预期目标": "开放。", "完成情况": "开放。"},
                "指标": [MISSED],
            },
            [
                "年度目标：开放。展览没有达到目标，原因见前。",
            ],
        ),
        (
            {"指标": [REACHED, WORDS], "自评结果": {"总分": 95}},
            [
                "2项绩效指标全部达到目标。",
                "自评得95分，等级为“优”。",
            ],
        ),
        ({"指标": [OPEN]}, ["1项绩效指标尚未填报实际完成值。"]),
    ],
)
def test_one_project(data: dict[str, Any], says: list[str]) -> None:
    assert [
        passage.text for passage in project_section("项目情况", **data)
    ] == says


def test_problems_of_one_project() -> None:
    problems = project_section(
        "存在问题",
        资金={"全年预算数": 10, "全年执行数": 8, "偏差原因": "因为验收晚"},
        指标=[MISSED],
    )

    assert [passage.text for passage in problems] == [
        "预算执行率为80.00%，低于90%，因为验收晚。",
        "展览8场，比目标少2场，完成80.00%，原因是展厅维修。",
    ]
    assert [one.improvement for one in problems] == ["", ""]
