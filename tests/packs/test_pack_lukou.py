from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx
from printed_sets import (
    ROOT,
    TEMPLATES,
    built,
    drafted,
    grid,
    paragraphs,
    reach,
    words,
)

from reportgen.packs.pack import load_pack

PROJECTS = (
    "水电维修费",
    "物业管理费",
    "区委区政府大院及武装部营院绿化费",
    "宽带及网络维护费",
    "2022年全年相关维修改造费等",
)
PUBLISHED = (
    *PROJECTS,
    "株洲",
    "机关事务",
    "机关大院",
    "公务用车",
    "2414.16",
    "2662.18",
    "1372.76",
    "1289.42",
    "523.12",
    "31.6",
    "294.7",
)


@pytest.fixture(scope="module")
def published() -> dict[str, Docx]:
    return built(drafted(ROOT / "inputs" / "lukou.yaml", "lukou"))


@pytest.fixture(scope="module")
def example() -> dict[str, Docx]:
    return built(drafted(TEMPLATES / "lukou" / "example.yaml"))


def test_the_published_set_goes_project_by_project(
    published: dict[str, Docx],
) -> None:
    pairs = [
        (
            f"附件3-{n} 项目支出绩效自评表（{name}）",
            f"附件4-{n} 项目支出绩效自评报告（{name}）",
        )
        for n, name in enumerate(PROJECTS, start=1)
    ]

    assert list(published) == [
        "附件1 部门整体支出绩效自评表",
        "附件2 部门整体支出绩效自评报告",
        *(name for pair in pairs for name in pair),
    ]


def test_amounts_stand_in_the_cells_of_their_labels_income_beside_spending(
    published: dict[str, Docx],
) -> None:
    funds = grid(published["附件1 部门整体支出绩效自评表"])

    assert funds[2][1:] == [
        "年度资金总额",
        "2414.16",
        "2662.18",
        "2662.18",
        "10分",
        "100%",
        "10",
    ]
    assert [(row[1], row[3]) for row in funds[3:8]] == [
        ("按收入性质分：", "按支出性质分："),
        ("其中：一般公共预算：2662.18", "其中：基本支出：1372.76"),
        ("政府性基金拨款：", "项目支出：1289.42"),
        ("纳入专户管理的非税收入拨款：", ""),
        ("其他资金：", ""),
    ]
    assert {row[0] for row in funds[1:8]} == {"年度预算申请\n（万元）"}
    assert funds[-1][1].startswith("1、负责机关大院物业")
    assert funds[-1][1].count("\n") == 4


def test_groups_of_indicators_are_merged_cells(
    published: dict[str, Docx],
) -> None:
    form = published["附件1 部门整体支出绩效自评表"]
    indicators = grid(form, 1)

    assert indicators[1][1:] == [
        "产出指标（50分）",
        "数量指标",
        "核酸检测",
        "30场",
        "31场",
        "10",
        "10",
        "",
    ]
    assert indicators[-1] == ["总分"] * 6 + ["100", "100", ""]
    assert (
        reach(form.tables[1], 1, 1),
        reach(form.tables[1], 1, 2),
        reach(form.tables[1], 7, 1),
    ) == (6, 2, 4)


def test_the_national_project_form_carries_the_labels_of_the_region(
    published: dict[str, Docx],
) -> None:
    form = published[
        "附件3-3 项目支出绩效自评表（区委区政府大院及武装部营院绿化费）"
    ]
    funds = grid(form)

    assert not (TEMPLATES / "lukou" / "项目支出绩效自评表.docx").exists()
    assert paragraphs(form)[:4] == [
        "附件3-3",
        "项目支出绩效自评表",
        "（2022年度）",
        "填报单位：（盖章）",
    ]
    assert funds[0][:2] == ["项目支出名称", "区委区政府大院及武装部营院绿化费"]
    assert funds[3][1:] == [
        "年度资金总额",
        "31.6",
        "31.6",
        "523.12",
        "10",
        "100%",
        "10",
    ]
    assert funds[4][1:] == [
        "其中：当年财政拨款",
        "31.6",
        "31.6",
        "523.12",
        "10",
        "100%",
        "10",
    ]
    assert funds[5][1:] == ["上年结转资金", "", "", "", "", "", ""]


def test_an_initial_budget_that_was_left_empty_stays_empty(
    published: dict[str, Docx],
) -> None:
    funds = grid(
        published["附件3-5 项目支出绩效自评表（2022年全年相关维修改造费等）"]
    )

    assert funds[4][1:5] == ["其中：当年财政拨款", "", "294.7", "294.7"]


def test_headings_of_the_reports_are_numbered_right(
    published: dict[str, Docx],
) -> None:
    whole = published["附件2 部门整体支出绩效自评报告"]
    project = published[
        "附件4-3 项目支出绩效自评报告（区委区政府大院及武装部营院绿化费）"
    ]
    numbers = [
        [
            line.text.split("、")[0]
            for line in report.paragraphs
            if line.style is not None and line.style.style_id == "1"
        ]
        for report in (whole, project)
    ]

    assert numbers == [list("一二三四五六"), list("一二三四")]
    assert [line for line in paragraphs(project) if line.startswith("（")] == [
        "（一）资金投入情况分析。",
        "（二）绩效目标完成情况分析。",
        "（1）经济效益：按具体情况资金及时拨付。",
        "（2）社会效益：维护社会和谐稳定。",
        "（3）生态效益：为社会生态环境建设提供和谐稳定的环境",
        "（4）可持续影响：总体平稳可控",
        "（一）存在的问题",
        "（二）改进措施",
    ]


def test_several_problems_are_numbered_and_one_is_not(
    published: dict[str, Docx],
) -> None:
    several = paragraphs(
        published["附件4-2 项目支出绩效自评报告（物业管理费）"]
    )
    one = paragraphs(
        published[
            "附件4-3 项目支出绩效自评报告（区委区政府大院及武装部营院绿化费）"
        ]
    )

    at = several.index("（一）存在的问题")
    assert [line[:7] for line in several[at + 1 : at + 3]] == [
        "1、2021年",
        "2、工作机制有",
    ]
    assert (
        one[one.index("（一）存在的问题") + 1]
        == "面积有限，不能提供更高的绿化覆盖率。"
    )


def test_the_reports_tell_the_figures_where_the_unit_wrote_nothing(
    example: dict[str, Docx],
) -> None:
    report = paragraphs(
        example["附件4-1 项目支出绩效自评报告（馆藏档案数字化）"]
    )
    whole = paragraphs(example["附件2 部门整体支出绩效自评报告"])

    assert (
        "年初预算70万元，全年预算70万元，其中当年财政拨款61.5万元、其他资金8.5万元。"
        in report
    )
    assert any(
        line.startswith("全年执行66.5万元，预算执行率95.00%") for line in report
    )
    assert "（1）经济效益：本年度未设置经济效益指标。" in report
    assert any(
        line.startswith("（2）社会效益：线上查档占比38%") for line in report
    )
    assert any(
        line.startswith("（二）库房消防改造项目：前期检测不够全面")
        for line in whole
    )


def test_the_example_has_no_findings() -> None:
    assert drafted(TEMPLATES / "lukou" / "example.yaml").findings == ()


def test_the_example_says_nothing_of_the_published_unit(
    example: dict[str, Docx],
) -> None:
    said = {
        word: name
        for name, document in example.items()
        for word in PUBLISHED
        if word in words(document)
    }

    assert said == {}


def test_templates_and_snippets_say_nothing_of_the_published_unit() -> None:
    pack = TEMPLATES / "lukou"
    texts = {
        file.name: words(Document(str(file))) for file in pack.glob("*.docx")
    }
    texts |= {
        name: (pack / name).read_text(encoding="utf-8")
        for name in ("snippets.yaml", "unit.yaml")
    }

    assert {
        name: word
        for name, text in texts.items()
        for word in PUBLISHED
        if word in text
    } == {}


def test_the_region_shares_scoring_limits_and_sections_with_the_nation() -> (
    None
):
    nation, region = (
        load_pack(TEMPLATES / name, (TEMPLATES,))
        for name in ("standard", "lukou")
    )

    assert (region.scoring, region.limits) == (nation.scoring, nation.limits)
    assert (
        region.snippets.unit["预算单位基本情况"].snippets
        == nation.snippets.unit["单位概况"].snippets
    )
    assert (
        region.snippets.project["存在问题"].snippets
        == nation.snippets.project["存在问题"].snippets
    )
    assert "单位概况" not in region.snippets.unit, (
        "a section that no document of the region prints"
    )


def test_without_data_nothing_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "unit.yaml"
    file.write_text(
        "模板: lukou\n年度: 2024\n单位: {名称: 云岭县档案馆}\n",
        encoding="utf-8",
    )

    assert built(drafted(file)) == {}


def test_the_blank_form_is_ready_once_the_required_fields_are_filled(
    tmp_path: Path,
) -> None:
    blank = (TEMPLATES / "lukou" / "unit.yaml").read_text(encoding="utf-8")
    filled = blank.replace("年度: ", "年度: 2024 ", 1).replace(
        "  名称: ", "  名称: 云岭县档案馆 ", 1
    )
    file = tmp_path / "unit.yaml"
    file.write_text(
        filled.replace("  - 名称:\n", "  - 名称: 馆舍维护\n", 1),
        encoding="utf-8",
    )

    assert len(built(drafted(file))) == 4


def test_the_national_form_takes_the_same_input() -> None:
    documents = built(drafted(ROOT / "inputs" / "lukou.yaml"))

    assert sum("项目支出绩效自评表" in name for name in documents) == len(
        PROJECTS
    )
    report = paragraphs(next(iter(documents.values())))
    assert [line for line in report if line[1:2] == "、"] == [
        "一、基本情况",
        "二、绩效目标完成情况",
        "三、存在问题",
        "四、改进措施",
    ]
