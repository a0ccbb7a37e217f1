"""What the rules say of 共性 indicators; the fixtures use pack standard, which has none, so these use hecheng."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rule_cases import REPOSITORY, findings, patched, written

from reportgen.core.findings import Severity
from reportgen.packs.pack import load_pack
from reportgen.sources.yaml_tree import load_yaml

TEMPLATES = REPOSITORY / "templates"
PACK = load_pack(TEMPLATES / "hecheng", (TEMPLATES,))
EXAMPLE = load_yaml(TEMPLATES / "hecheng" / "example.yaml").data
BUYING = "共性指标.指标.政府采购执行率"


def said(
    folder: Path, given: dict[str, Any], code: str
) -> list[tuple[str, str]]:
    path = written(patched(EXAMPLE, given), folder)
    return [(one.path, one.message) for one in findings(path, code, PACK)]


def test_nothing_is_said_where_everything_can_be_computed(
    tmp_path: Path,
) -> None:
    assert findings(written(EXAMPLE, tmp_path), pack=PACK) == []


def test_a_zero_denominator_is_said_and_its_points_leave_the_total(
    tmp_path: Path,
) -> None:
    found = said(tmp_path, {"基础数据.三公经费.上年决算数": 0}, "REQ001")

    message = "「三公经费变动率」无法计算：上年三公经费决算数为0，不适用；表中打印“不适用”，该项 2 分不计入总分"
    assert found == [("共性指标.指标.三公经费变动率", message)]


@pytest.mark.parametrize(
    ("field", "says"),
    [
        (
            "本年预算数",
            "「政府采购执行率」无法计算：缺少政府采购预算数；表中打印“不适用”，该项 3 分不计入总分",
        ),
        (
            "本年决算数",
            "「政府采购执行率」没有填报得分，也无法计算：缺少政府采购实际数；不补填的，表中此处留空，总分不能计算",
        ),
    ],
)
def test_half_of_the_data_is_said(
    tmp_path: Path, field: str, says: str
) -> None:
    assert said(tmp_path, {f"基础数据.政府采购.{field}": None}, "REQ001") == [
        (BUYING, says)
    ]


def test_no_data_at_all_is_said_where_the_framework_is_filled_in(
    tmp_path: Path,
) -> None:
    found = said(tmp_path, {"基础数据.政府采购": None}, "REQ001")

    assert [path for path, _ in found] == [BUYING]
    assert (
        "没有填报得分，也无法计算：缺少政府采购实际数、政府采购预算数"
        in found[0][1]
    )


def test_an_indicator_without_a_formula_needs_its_score(tmp_path: Path) -> None:
    found = said(tmp_path, {"共性指标.指标.社会效益": None}, "REQ001")

    assert found == [
        (
            "共性指标.指标.社会效益",
            "「社会效益」没有填报得分，也无法计算；不补填的，表中此处留空，总分不能计算",
        )
    ]


def test_what_the_unit_itself_calls_not_applicable_is_no_gap(
    tmp_path: Path,
) -> None:
    given = {"基础数据.政府采购": None, BUYING: {"实际值": "不适用"}}

    assert said(tmp_path, given, "REQ001") == []


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"基础数据.政府采购": None}, "缺少政府采购实际数、政府采购预算数"),
        ({"基础数据.政府采购.本年预算数": 0}, "政府采购预算数为0，不适用"),
    ],
)
def test_a_full_score_without_data_is_an_error(
    tmp_path: Path, given: dict[str, Any], missing: str
) -> None:
    path = written(patched(EXAMPLE, {**given, BUYING: {"得分": 3}}), tmp_path)

    (found,) = findings(path, "SCO007", PACK)

    assert found.path == f"{BUYING}.得分"
    assert found.severity is Severity.ERROR
    assert found.message.startswith(
        f"「政府采购执行率」填报得分 3，但{missing}，得分没有依据"
    )
    assert (
        path.read_text(encoding="utf-8")
        .split("\n")[found.place.line - 1]
        .strip()
        == "得分: 3"
    )


def test_a_stated_actual_is_something_to_stand_on(tmp_path: Path) -> None:
    given = {"基础数据.政府采购": None, BUYING: {"实际值": "96%", "得分": 3}}

    assert said(tmp_path, given, "SCO007") == []


def test_the_total_of_a_framework_is_the_sum_of_its_scores(
    tmp_path: Path,
) -> None:
    found = said(
        tmp_path,
        {
            "共性指标.自评结果": {"总分": 98},
            "项目共性指标.自评结果": {"总分": 94},
        },
        "SCO003",
    )

    assert found == [
        (
            "共性指标.自评结果.总分",
            "共性指标总分填报为 98，各项得分相加为 95.6（投入20 ＋ 过程38 ＋ 产出17.8 ＋ 效果19.8）；"
            "请核对各项得分和总分",
        )
    ]


def test_a_score_over_its_points_is_an_error(tmp_path: Path) -> None:
    found = said(tmp_path, {"项目共性指标.指标.完成及时性.得分": 12}, "SCO004")

    assert found == [
        (
            "项目共性指标.指标.完成及时性.得分",
            "「完成及时性」得分 12 大于分值 10；请核对得分",
        )
    ]


def test_the_published_set_says_which_scores_stand_on_nothing() -> None:
    path = REPOSITORY / "inputs" / "hecheng.yaml"

    unfounded = {
        one.path.split(".")[2]
        for one in findings(path, "SCO007", PACK)
        if one.path.startswith("共性指标")
    }
    totals = [
        one.message
        for one in findings(path, "SCO003", PACK)
        if one.path.endswith("总分")
    ]

    assert {
        "三公经费变动率",
        "三公经费控制率",
        "公用经费控制率",
        "政府采购执行率",
        "固定资产利用率",
    } <= unfounded
    assert not {"在职人员控制率", "预算执行率", "结转结余率"} & unfounded
    assert [message.partition("；")[0] for message in totals] == [
        "共性指标总分填报为 98，各项得分相加为 94（投入16 ＋ 过程40 ＋ 产出20 ＋ 效果18）",
        "项目共性指标总分填报为 98，各项得分相加为 95（决策10 ＋ 过程16 ＋ 产出40 ＋ 效益29）",
    ]
