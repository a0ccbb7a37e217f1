from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.pipeline import Draft, PackCache, prepare

TEMPLATES = Path(__file__).parents[2] / "templates"

UNIT = """
年度: 2024
单位: {名称: 云台县文化馆}
项目:
  - 名称: 馆舍维护
    列入报告: 否
    备注: 上年结转
    资金: {全年预算数: 30, 全年执行数: 28.5}
  - 名称: 群众文艺辅导
    资金: {全年预算数: 20, 全年执行数: 20}
  - 名称: 设备购置
"""


def drafted(folder: Path, text: str) -> Draft:
    file = folder / "unit.yaml"
    file.write_text(text, encoding="utf-8")
    return prepare(file, PackCache((TEMPLATES,)))


def test_a_project_is_in_the_report_unless_it_says_otherwise(
    tmp_path: Path,
) -> None:
    view = drafted(tmp_path, UNIT).view
    projects = view["项目列表"]

    assert [one["列入报告"] for one in projects] == [False, True, True]
    assert [one["名称"] for one in view["项目汇总"]["列入报告"]] == [
        "群众文艺辅导",
        "设备购置",
    ]
    assert [one["备注"] for one in projects] == ["上年结转", "", ""]


def test_projects_are_added_up_over_what_was_reported(tmp_path: Path) -> None:
    summary = drafted(tmp_path, UNIT).view["项目汇总"]

    assert (summary["全年预算数"], summary["全年执行数"]) == ("50.00", "48.50")


def test_nothing_reported_is_no_sum(tmp_path: Path) -> None:
    summary = drafted(
        tmp_path,
        "年度: 2024\n单位: {名称: 云台县文化馆}\n项目: [{名称: 设备购置}]\n",
    ).view["项目汇总"]

    assert (summary["全年预算数"], summary["全年执行数"]) == ("", "")


def test_whether_a_project_is_in_the_report_is_yes_or_no(
    tmp_path: Path,
) -> None:
    with pytest.raises(Rejected):
        drafted(tmp_path, UNIT.replace("列入报告: 否", "列入报告: 或许"))
