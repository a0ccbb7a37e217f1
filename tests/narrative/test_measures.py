"""Each measure stands in 改进措施, under the number of its problem, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from narrative_support import ROOT, TEMPLATES, section, told, unit

from reportgen.core.value import Value
from reportgen.model.unit import Unit
from reportgen.sources.yaml_tree import load_yaml
from reportgen.view.formatter import View

PLACES = (
    *sorted((ROOT / "inputs").glob("*.yaml")),
    *sorted((ROOT / "inputs" / "units").glob("*.yaml")),
    *sorted(TEMPLATES.glob("*/example.yaml")),
)
OPEN = "改进措施尚未填报。"


def row(name: str, target: str, actual: str, **more: Any) -> dict[str, Any]:
    place = {"一级": "产出指标", "二级": "数量指标", "三级": name}
    return {**place, "指标值": target, "实际值": actual, "分值": 10, **more}


def written(view: View) -> Iterator[Value]:
    """What was written as a measure beside the figures of a unit and its projects."""
    for one in (view, *view["项目列表"]):
        funds = one["资金"]
        rows = (*one["指标"], funds, funds["调整"])
        yield from filter(None, (each["措施"] for each in rows))


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.stem)
def test_every_measure_of_a_unit_stands_among_the_measures_alone(
    path: Path,
) -> None:
    one = Unit.model_validate(load_yaml(path).data)
    narrative, view = told(one)
    measures = "".join(text.text for text in narrative.unit["改进措施"])
    others = "".join(
        text.text
        for name, texts in narrative.unit.items()
        if name != "改进措施"
        for text in texts
    )
    said = [text.rstrip("。") for text in written(view)]
    assert not [text for text in said if text not in measures]
    assert not [text for text in said if text in others]


def test_measures_have_the_numbers_of_their_problems() -> None:
    rows = [
        row("巡河", "≥9次", "3次", 得分=1, 偏差原因="桥塌；绕行"),
        row("清淤", "≥9处", "5处", 得分=2, 偏差原因="人手少"),
        row("植树", "≥9棵", "6棵", 得分=3, 偏差原因="干旱；补植"),
    ]
    view = told(unit(指标=rows))[1]["叙述"]
    assert [text[:5] for text in view["存在问题"]] == [
        "（一）巡河",
        "（二）清淤",
        "（三）植树",
    ]
    assert view["改进措施"] == [
        "（一）绕行。",
        f"（二）{OPEN}",
        "（三）补植。",
    ]


def test_own_measures_answer_own_problems_one_by_one() -> None:
    own = {
        "存在问题": ["禁渔巡查只有3次。", "库房潮湿。"],
        "改进措施": ["租船巡河。", "添置除湿机。"],
    }
    rows = [
        row("清淤", "≥9处", "5处"),
        row("禁渔巡查", "≥9次", "3次", 偏差原因="桥塌；绕行"),
    ]
    view = told(unit(指标=rows, 叙述=own))[1]["叙述"]
    assert [text[:5] for text in view["存在问题"]] == [
        "（一）禁渔",
        "（二）清淤",
        "（三）库房",
    ]
    assert view["改进措施"] == [
        "（一）绕行。",
        "租船巡河。",
        f"（二）{OPEN}",
        "（三）添置除湿机。",
    ]


def test_own_measures_that_are_not_as_many_as_the_problems_come_in_their_order() -> (
    None
):
    own = {"存在问题": ["路远。", "库房潮湿。"], "改进措施": "添置除湿机。"}
    missed = row("巡河", "≥9次", "3次", 偏差原因="桥塌；绕行")
    passages = section("改进措施", 指标=[missed], 叙述=own)
    assert [(one.number, one.text) for one in passages] == [
        (1, "绕行。"),
        (2, "添置除湿机。"),
    ]


def test_measure_that_is_still_open_can_be_written_by_its_number() -> None:
    rows = [
        row("巡河", "≥9次", "3次", 偏差原因="桥塌；绕行"),
        row("清淤", "≥9处", "8处"),
    ]
    passages = section("改进措施", 指标=rows)
    number = f"改进措施.{passages[1].id}"
    new = section("改进措施", 指标=rows, 改写={number: "冬季补清。"})
    assert [one.text for one in new] == ["绕行。", "冬季补清。"]


def test_measure_beside_what_was_reached_is_not_lost() -> None:
    reached = row("接待读者", "≥9人次", "10人次", 偏差原因="假期人多；增设座位")
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 88}
    late = {"偏差原因": "尾款没有支付；已定三月付清"}
    said = section("改进措施", 指标=[reached], 资金=funds | late)
    assert [one.text for one in said] == [
        "已定三月付清。",
        "增设座位。",
    ]


def test_projects_own_words_stand_for_what_they_speak_of() -> None:
    words = {
        "存在问题": ["清淤量少，河口还有4处没有清。", "仪器老旧。"],
        "改进措施": ["汛前清完4处。", "申请更换仪器。"],
    }
    missed = row("清淤量", "≥9处", "5处", 偏差原因="水位高；冬季再清")
    project = {"名称": "河道", "指标": [missed], "叙述": words}
    reached = row("巡查", "≥9次", "9次")
    view = told(unit(指标=[reached], 项目=[project]))[1]["叙述"]
    assert view["存在问题"] == [
        "（一）河道项目：清淤量少，河口还有4处没有清。",
        "（二）河道项目：仪器老旧。",
    ]
    assert view["改进措施"] == [
        "（一）冬季再清。汛前清完4处。",
        "（二）申请更换仪器。",
    ]


def test_number_of_what_is_said_of_money_does_not_depend_on_what_stands_above() -> (
    None
):
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 30}
    rows = [row("巡河", "≥9次", "3次"), row("清淤", "≥9处", "8处")]
    ids = [
        next(
            one.id
            for one in section("存在问题", 指标=rows[:n], 资金=funds)
            if one.id.startswith("执行率偏低")
        )
        for n in range(3)
    ]
    assert len({*ids}) == 1


DREDGED = row("清淤", "≥9处", "5处", 偏差原因="人手少；冬季再清")
PARKING = {"问题": "停车位少", "措施": "增设车位\n分时收费"}


@pytest.mark.parametrize(
    ("data", "measure"),
    [
        ({"叙述": {"存在问题": [PARKING]}}, "增设车位分时收费。"),
        (
            {"叙述": {"存在问题": ["{{ 默认 }}", PARKING]}},
            "增设车位分时收费。",
        ),
        (
            {
                "叙述": {
                    "存在问题": [{"问题": "{{ 默认 }}另缺车位", "措施": "扩建"}]
                }
            },
            "扩建。",
        ),
        (
            {
                "叙述": {
                    "存在问题": [{"问题": "清淤没有达到目标", "措施": "租船"}]
                }
            },
            "租船。",
        ),
        (
            {
                "项目": [
                    {
                        "名称": "东湖",
                        "叙述": {
                            "存在问题": [{"问题": "草多", "措施": "每季割草"}]
                        },
                    }
                ]
            },
            "每季割草。",
        ),
    ],
)
def test_measure_written_with_a_problem_stands_among_the_measures(
    data: dict[str, Any], measure: str
) -> None:
    narrative, _ = told(unit(指标=[DREDGED], **data))
    said = [one.text for one in narrative.unit["改进措施"]]
    assert measure in said
    assert "冬季再清。" in said
    told_of = "".join(one.text for one in narrative.unit["存在问题"])
    assert measure.rstrip("。") not in told_of
    assert "措施" not in told_of


def test_measure_in_a_reworded_sentence_stands_beside_the_one_it_had() -> None:
    (first,) = section("存在问题", 指标=[DREDGED])
    new = {f"存在问题.{first.id}": {"问题": "清淤只有5处", "措施": "租船"}}
    view = told(unit(指标=[DREDGED], 改写=new))[1]["叙述"]
    assert view["存在问题"] == ["清淤只有5处。"]
    assert view["改进措施"] == ["租船。", "冬季再清。"]


def test_measure_that_says_another_again_stands_once() -> None:
    own = {
        "存在问题": [
            {"问题": "清淤没有达到目标：只有5处", "措施": "今年冬季再清"}
        ]
    }
    rows = [{**DREDGED, "三级": "清淤没有达到目标"}]
    said = section("改进措施", 指标=rows, 叙述=own)
    assert [one.text for one in said] == ["今年冬季再清。"]


def test_causes_and_measures_of_projects_stand_beside_what_is_said_of_all() -> (
    None
):
    def money(spent: int, reason: str = "") -> dict[str, Any]:
        funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": spent}
        return funds | {"偏差原因": reason}

    projects = [
        {"名称": "东湖", "资金": money(30, "发票晚到；已催开票")},
        {"名称": "西湖", "资金": money(60)},
    ]
    own = {"存在问题": "预算执行偏慢，验收太晚。"}
    view = told(
        unit(资金=money(50, "验收晚"), 项目=projects, 叙述=own),
    )[1]["叙述"]
    assert view["存在问题"][0] == f"（一）{own['存在问题']}"
    late = "东湖项目发票晚到，60.00万元没有支出，执行率33.33%。"
    assert view["存在问题"][1] == f"（二）{late}"
    assert view["改进措施"] == [f"（一）{OPEN}", "（二）已催开票。"]
    whole = told(unit(资金=money(50, "验收晚"), 项目=projects))[1]["叙述"]
    assert "西湖项目30.00万元没有支出，执行率66.67%" in whole["存在问题"][0]


@pytest.mark.parametrize(
    ("reason", "is_problem"),
    [
        ("公开招标节约40万元", False),
        ("审减12万元；节约28万元", False),
        ("节约5万元；征地受阻，35万元结转", True),
    ],
)
def test_saving_alone_is_no_problem(reason: str, is_problem: bool) -> None:
    funds = {"年初预算数": 90, "全年预算数": 90, "全年执行数": 50}
    said = section("存在问题", 资金=funds | {"偏差原因": reason})
    assert said[0].id.startswith("执行率偏低") is is_problem


def test_points_that_a_project_lost_on_an_indicator_are_told() -> None:
    missed = {**DREDGED, "分值": 10, "得分": 7}
    reached = row("巡查", "≥9次", "9次")
    project = {"名称": "东湖", "指标": [missed]}
    (said,) = section("存在问题", 指标=[reached], 项目=[project])
    assert "东湖项目清淤只有5处，比目标少4处，项目扣3分。" in said.text


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("7月31日前", "7月2日", "围栏完工于7月2日，比时限早29天"),
        ("台账齐全", "按月登记并有专人复核", "围栏完工：按月登记并有专人复核"),
    ],
)
def test_words_and_dates_are_told_without_filler(
    target: str, actual: str, said: str
) -> None:
    done = {**row("围栏完工", target, actual), "分值": 10, "得分": 10}
    texts = section("产出指标完成情况", 指标=[done])
    assert "".join(one.text for one in texts) == f"{said}。"
