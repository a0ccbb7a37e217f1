"""The paths of the view stay with what they name."""

from __future__ import annotations

from reportgen.core.trace import PATH_KEY, bookmark_name, item_ids
from reportgen.view.paths import add_paths


def row(name: str) -> dict[str, object]:
    return {"目标": "", "一级": "产出指标", "二级": "数量指标", "三级": name}


def test_a_row_keeps_its_path_when_another_comes_before_it() -> None:
    alone = add_paths({"指标": [row("维修次数")]})["指标"][0][PATH_KEY]
    second = add_paths({"指标": [row("绿化面积"), row("维修次数")]})["指标"]
    assert second[1][PATH_KEY] == alone
    assert second[0][PATH_KEY] != alone


def test_two_rows_of_one_name_have_two_paths() -> None:
    rows = add_paths({"指标": [row("维修次数"), row("维修次数")]})["指标"]
    assert rows[0][PATH_KEY] != rows[1][PATH_KEY]


def test_a_row_that_stands_in_two_lists_keeps_its_first_path() -> None:
    one = row("维修次数")
    view = add_paths({"指标": [one], "指标情况": {"未达标": [one]}})
    assert view["指标情况"]["未达标"][0][PATH_KEY].startswith("指标#")


def test_mappings_below_a_project_are_named_from_it() -> None:
    project = {"名称": "绿化费", "资金": {"来源": [{"名称": "财政拨款"}]}}
    add_paths({"项目列表": [project]})
    path = project[PATH_KEY]
    assert path.startswith("项目#")
    assert project["资金"][PATH_KEY] == f"{path}.资金"
    assert project["资金"]["来源"][0][PATH_KEY].startswith(f"{path}.资金.来源#")


def test_both_sides_of_a_row_are_named_by_their_own_list() -> None:
    left, right = {"名称": "财政拨款"}, {"名称": "基本支出"}
    add_paths({"资金": {"收支对照": [{"收入": left, "支出": right}]}})
    assert left[PATH_KEY].startswith("资金.收入#")
    assert right[PATH_KEY].startswith("资金.支出#")


def test_bookmark_names_fit_word_and_differ() -> None:
    deep = "项目#1a2b3c4.共性.资金使用合规性和资金支付进度及时性.实际值"
    other = "项目#1a2b3c4.共性.资金使用合规性和资金支付进度及时性.指标值"
    names = [
        bookmark_name("资金.执行率"),
        bookmark_name("资金.执行率", 2),
        bookmark_name(deep),
        bookmark_name(other),
    ]
    assert names[:2] == ["_rg_资金_执行率", "_rg_资金_执行率_2"]
    assert len(set(names)) == 4
    assert max(map(len, (*names, bookmark_name(deep, 999)))) <= 40


def test_identities_do_not_depend_on_the_order() -> None:
    assert list(item_ids(["甲", "乙"])) == list(item_ids(["乙", "甲"]))[::-1]
