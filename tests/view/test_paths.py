"""What a value is called stays with what it names, and says where it was reported."""

from __future__ import annotations

from typing import Any

from reportgen.core.trace import bookmark_name, item_ids, row_id
from reportgen.core.value import Value
from reportgen.figures.catalogue import compute_figures
from reportgen.model.unit import Unit
from reportgen.packs.manifest import Manifest, Snippets
from reportgen.packs.pack import Pack
from reportgen.packs.scoring import Scoring
from reportgen.packs.vocabulary import Vocabulary
from reportgen.view.formatter import View
from reportgen.view.names import build_view, project_view

SCORING = Scoring.model_validate(
    {"共性指标": {"会议费控制率": {}, "职责明确": {"分值": 5}}}
)


def view(**reported: Any) -> View:
    data = {"年度": "2024", "单位": {"名称": "甲馆"}, **reported}
    unit = Unit.model_validate(data)
    manifest = Manifest.model_validate(
        {"名称": "一", "版本": "1", "资金来源": ["财政拨款", "其他资金"]}
    )
    pack = Pack((), manifest, SCORING, Snippets(), Vocabulary(), "")
    return build_view(unit, compute_figures(unit, SCORING), pack)


def indicators(*names: str) -> list[View]:
    rows: list[View] = view(
        指标=[{"一级": "产出", "三级": one} for one in names]
    )["指标"]
    return rows


def test_a_row_keeps_its_path_when_another_comes_before_it() -> None:
    (alone,) = indicators("维修次数")
    first, second = indicators("绿化面积", "维修次数")
    assert second["三级"].path == alone["三级"].path
    assert first["三级"].path != alone["三级"].path
    assert second["三级"].source == ("指标", 1, "三级")


def test_two_rows_of_one_name_have_two_paths() -> None:
    first, second = indicators("维修次数", "维修次数")
    assert first["三级"].path != second["三级"].path


def test_a_row_that_stands_in_two_lists_keeps_its_path() -> None:
    names = view(
        指标=[{"三级": "甲", "指标值": "2个", "实际值": "1个", "分值": 1}]
    )
    assert names["指标情况"]["未达标"][0]["三级"] is names["指标"][0]["三级"]


def test_values_of_a_project_are_named_from_it() -> None:
    funds = {"资金来源": [{"名称": "其他资金", "全年执行数": 3}]}
    project = view(项目=[{"名称": "绿化费", "资金": funds}])["项目列表"][0]
    above = project["名称"].path.removesuffix("名称")
    source = project["资金"]["来源"][1]
    assert above.startswith("项目#")
    assert project["资金"]["全年执行数"].path == f"{above}资金.全年执行数"
    assert source["全年执行数"].path.startswith(f"{above}资金.来源#")
    assert source["全年执行数"].source == (
        "项目",
        0,
        "资金",
        "资金来源",
        0,
        "全年执行数",
    )


def test_both_sides_of_a_row_are_named_by_their_own_list() -> None:
    funds = {
        "按收入性质": [{"名称": "财政拨款"}],
        "按支出性质": [{"名称": "基本支出"}],
    }
    names = view(资金=funds)["资金"]
    (row,) = names["收支对照"]
    assert row["收入"]["名称"].path == names["收入"][0]["名称"].path
    assert row["支出"]["名称"].path == names["支出"][0]["名称"].path


def test_details_are_reported_below_their_row() -> None:
    deep = {
        "名称": "甲",
        "明细": [{"名称": "乙"}, {"名称": "丙", "全年执行数": 1}],
    }
    rows = view(资金={"按支出性质": [deep]})["资金"]["支出"]
    assert rows[2]["全年执行数"].source == (
        *("资金", "按支出性质", 0, "明细", 1),
        "全年执行数",
    )


def test_a_value_that_is_computed_for_want_of_a_report_belongs_to_its_field() -> (
    None
):
    names = view(资金={"全年预算数": 10, "全年执行数": 8})
    rate, carried = names["资金"]["执行率"], names["资金"]["结转"]
    assert (rate, rate.field) == ("80.00%", ("资金", "执行率"))
    assert (carried.source, carried.field) == (("资金", "结转"), ())
    assert names["合计"]["得分"].field == ("自评结果", "总分")
    assert names["上年度"].source == ()


def test_what_a_row_of_the_form_says_of_an_indicator_belongs_where_it_was_reported() -> (
    None
):
    names = view(
        指标=[{"三级": "职责明确", "实际值": "明确"}],
        共性指标={"指标": {"会议费控制率": {"偏差原因": "无"}}},
    )["共性"]
    assert names["职责明确"]["实际值"].field == ("指标", 0, "实际值")
    assert names["会议费控制率"]["偏差原因"].field == (
        *("共性指标", "指标", "会议费控制率"),
        "偏差原因",
    )


def test_a_project_signs_its_own_form() -> None:
    names = view(填报={"填报人": "甲", "负责人": "乙"}, 项目=[{"名称": "丙"}])
    own = project_view(names, names["项目列表"][0])["填报"]
    assert (own["填报人"], own["填报人"].field) == (
        "甲",
        ("项目", 0, "填报", "填报人"),
    )
    assert own["填报日期"].field == ("项目", 0, "填报", "日期")
    assert names["填报"]["填报人"].field == ("填报", "填报人")


def test_paragraphs_that_are_still_to_be_written_have_a_place() -> None:
    goals = view(年度目标={"预期目标": ["甲", "乙"]})["年度目标"]
    assert [one.field for one in goals["预期目标"]] == [
        ("年度目标", "预期目标", 0),
        ("年度目标", "预期目标", 1),
    ]
    assert not goals["完成情况"]
    assert goals["完成情况"].blank.field == ("年度目标", "完成情况", 0)


def test_the_label_of_a_group_holds_its_name_and_its_points() -> None:
    (row,) = view(
        指标=[{"一级": "产出", "三级": "甲", "分值": 10}], 一级分值={"产出": 12}
    )["指标"]
    label = row["一级标签"]
    assert label == "产出（12分）"
    assert [
        (label[start:end], one.field) for start, end, one in label.spans
    ] == [
        ("产出", ("指标", 0, "一级")),
        ("12", ("一级分值", "产出")),
    ]


def test_bookmark_names_are_short_and_differ() -> None:
    deep = "项目#1a2b3c4.共性.资金使用合规性和资金支付进度及时性.实际值"
    other = deep.replace("实际值", "指标值")
    names = {bookmark_name(one) for one in ("资金.执行率", deep, other)}
    assert len(names) == 3
    assert {len(one) for one in names} == {len("_rg_123456789")}
    assert bookmark_name(deep, 2) == f"{bookmark_name(deep)}_2"


def test_identities_do_not_depend_on_the_order() -> None:
    assert list(item_ids(["甲", "乙"])) == list(item_ids(["乙", "甲"]))[::-1]
    assert row_id("项目#1a2b3c4.指标#5d6e7f8.实际值") == "5d6e7f8"
    assert row_id("资金.执行率") == ""


def test_an_amount_of_the_blank_mark_is_no_value() -> None:
    blank = Value("—", stated=False)
    assert not blank
    assert not blank < 5
    assert blank == "—"


def test_rows_whose_names_have_one_checksum_are_told_apart() -> None:
    first: dict[str, str] = {}
    for name in map("行{}".format, range(10**6)):
        (one,) = item_ids([name])
        if first.setdefault(one, name) != name:
            break
    assert len(set(item_ids([first[one], name]))) == 2
