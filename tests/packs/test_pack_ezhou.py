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

from reportgen.model.loading import load_unit

EZHOU = TEMPLATES / "ezhou"
TARGETS, UNIT_FORM, REPORT = (
    "1 部门整体绩效目标申报表",
    "附件3-1 整体绩效自评表",
    "附件3-2 整体绩效自评结果",
)
PUBLISHED = (
    "鄂州",
    "武鄂",
    "机关事务",
    "运行缺口",
    "99.76",
    "997561",
    "滨湖大厦",
    "公务用车",
    "公物仓",
    "办公用房",
    "7969.3",
    "754.14",
    "9290.05",
)


@pytest.fixture(scope="module")
def wue() -> dict[str, Docx]:
    return built(drafted(ROOT / "inputs" / "wue.yaml"))


@pytest.fixture(scope="module")
def targets() -> Docx:
    documents = built(drafted(ROOT / "inputs" / "ezhou-jiguan.yaml"))
    assert list(documents) == [TARGETS]
    return documents[TARGETS]


@pytest.fixture(scope="module")
def example() -> dict[str, Docx]:
    return built(drafted(EZHOU / "example.yaml"))


def test_the_self_evaluation_is_printed_in_the_published_order(
    wue: dict[str, Docx],
) -> None:
    assert list(wue) == [
        "附件2 项目自评表（2023年下半年运行经费）",
        UNIT_FORM,
        REPORT,
    ]


def test_the_project_form_ticks_one_choice_of_each_kind(
    wue: dict[str, Docx],
) -> None:
    form = next(iter(wue.values()))
    head = grid(form, 0)

    assert paragraphs(form)[:2] == ["附件2", "2023年度运行经费项目自评表"]
    assert (
        head[2][1]
        == "1、部门预算项目 ☑    2、市直专项 □    3、市对下转移支付项目 □"
    )
    assert head[3][1] == "1、持续性项目 □    2、新增性项目 ☑"
    assert head[4][1].endswith("3、一次性项目 ☑")
    assert head[6][1:] == ["年度财政资金总额", "100", "99.76", "99.76%"]


def test_rows_that_the_unit_left_open_stand_as_they_were_handed_in(
    wue: dict[str, Docx],
) -> None:
    form = next(iter(wue.values()))
    rows = grid(form, 1)

    assert [row[2] for row in rows[1:5]] == ["……"] * 4
    assert rows[5][1:] == [
        "效益指标",
        "单位不出现运行缺口",
        "",
        "单位正常运转",
        "单位正常运转",
    ]
    assert (
        reach(form.tables[1], 1, 1),
        reach(form.tables[1], 1, 2),
        reach(form.tables[1], 1, 0),
    ) == (4, 1, 10)
    assert rows[-2] == ["年度绩效目标2", "", "", "", "", ""]
    assert grid(form, 2) == [
        ["偏差大或\n目标未完成\n原因分析", "无"],
        ["改进措施及\n结果应用方案", "无"],
    ]


def test_named_indicators_stand_in_the_form_and_the_units_own_in_their_groups(
    wue: dict[str, Docx],
) -> None:
    form = wue[UNIT_FORM]
    rows = grid(form, 1)
    names = [row[3] for row in rows]

    assert grid(form, 0)[1] == [
        "基本支出\n总额",
        "0万元",
        "项目支出总额",
        "99.76万元",
    ]
    assert len(rows) == 41
    assert rows[4][2:4] == ["项目支出成本控制", "“三公”经费变动率"]
    assert rows[5][2:4] == ["项目支出成本控制", "……"]
    assert rows[names.index("单位不出现运行缺口")][1:] == [
        "履职\n效能",
        "核心业务产出",
        "单位不出现运行缺口",
        "",
        "单位正常运转",
        "单位正常运转",
    ]
    assert reach(form.tables[1], 1, 1) == 5
    assert reach(form.tables[1], 6, 1) == 20
    assert rows[-1][1:3] == ["满意度", "联系部门满意度"]
    assert rows[-1][-2:] == ["≥95%", "100%"]


def test_an_indicator_reported_as_empty_stays_empty_though_it_could_be_computed(
    wue: dict[str, Docx],
) -> None:
    rows = {row[3]: row[4:] for row in grid(wue[UNIT_FORM], 1)}
    common = {
        one.name: one
        for one in drafted(
            ROOT / "inputs" / "wue.yaml"
        ).figures.framework.indicators
    }

    assert rows["预算执行率"] == rows["结转结余率"] == ["", "", ""]
    assert common["预算执行率"].rate is not None
    assert f"{common['预算执行率'].rate.value:.4f}" == "0.9976"


def test_the_report_has_the_five_chapters_numbered(
    wue: dict[str, Docx],
) -> None:
    text = paragraphs(wue[REPORT])

    assert text[0] == "附件3-2"
    assert [line[:2] for line in text if line[1:2] == "、"] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
    ]
    assert text[-3].startswith("1.加强预算执行进度")
    assert any(
        "合计财政资金总额1000000元，共支出997561.26元" in line for line in text
    )


def test_targets_carry_two_earlier_years_and_shares(targets: Docx) -> None:
    funds = grid(targets, 0)

    assert funds[3][5:] == ["2023年", "2022年"]
    assert funds[4][1:] == [
        "收入\n构成",
        "财政拨款",
        "7969.3",
        "100%",
        "8674.7",
        "10037.9",
    ]
    assert [row[4] for row in funds[8:12]] == [
        "9.46%",
        "1.29%",
        "89.25%",
        "100%",
    ]
    assert (
        reach(targets.tables[0], 2, 0),
        reach(targets.tables[0], 4, 1),
        reach(targets.tables[0], 2, 3),
    ) == (
        10,
        4,
        2,
    )
    assert funds[-1][1].count("\n") == 3


def test_projects_and_indicators_of_the_targets_stand_in_their_columns(
    targets: Docx,
) -> None:
    projects, long_term, annual = (
        grid(targets, 1),
        grid(targets, 3),
        grid(targets, 5),
    )

    assert projects[6][1:] == [
        "会务管理经费",
        "特定目标类",
        "120",
        "120",
        "市会议中心及政府十楼会议室正常运转",
    ]
    assert long_term[5][1:] == [
        "管理效率",
        "战略管理",
        "中长期规划相符性",
        "基本相符",
        "基本相符",
        "绩效基本型",
    ]
    assert (len(long_term), len(annual)) == (1 + 43, 3 + 38)
    assert [row[4:6] for row in annual[:3]] == [
        ["", ""],
        ["近两年指标值"] * 2,
        ["2022年", "2023年"],
    ]
    assert annual[3 + 12][3:] == [
        "政府采购执行率",
        "100%",
        "99.1%",
        "95%",
        "预算支出标准",
        "绩效基本型",
    ]
    assert len(targets.sections) == 2


def test_the_example_uses_every_document_and_has_no_finding(
    example: dict[str, Docx],
) -> None:
    draft = drafted(EZHOU / "example.yaml")

    assert draft.findings == ()
    assert [name[:5].strip() for name in example] == [
        "1 部门整",
        "附件2-1",
        "附件2-2",
        "附件3-1",
        "附件3-2",
    ]
    assert paragraphs(example[REPORT])[0] == "附件3-2"
    assert "（一）主要成效" in paragraphs(example[REPORT])


def test_one_row_serves_the_targets_and_the_self_evaluation(
    example: dict[str, Docx],
) -> None:
    form, targets = grid(example[UNIT_FORM], 1), grid(example[TARGETS], 5)
    named = next(row for row in form if row[3] == "高学历、高层次人才储备率")
    planned = next(
        row for row in targets if row[3] == "高学历、高层次人才储备率"
    )

    assert named[4:] == ["绩效创新型", "≥30%", "31.11%"]
    assert planned[4:] == ["27.27%", "28.89%", "≥30%", "计划标准", "绩效创新型"]
    assert [row[3] for row in form].count("公用经费控制率") == 1
    assert (
        next(row for row in form if row[3] == "线上课程年播放量")[2]
        == "科技支撑"
    )


def test_a_second_goal_groups_its_own_rows(example: dict[str, Docx]) -> None:
    form = next(
        document
        for name, document in example.items()
        if name.startswith("附件2-1")
    )
    rows = grid(form, 1)

    assert rows[1][0].startswith("\n开设公益课程240班")
    assert rows[7][0] == rows[8][0] == "年度绩效目标2：流动课堂进校"


def test_no_word_of_the_published_units_is_left_in_the_pack(
    example: dict[str, Docx],
) -> None:
    printed = "".join(words(document) for document in example.values())
    templates = "".join(
        words(Document(str(path))) for path in sorted(EZHOU.glob("*.docx"))
    )
    data = "".join(
        (EZHOU / name).read_text(encoding="utf-8")
        for name in ("snippets.yaml", "scoring.yaml")
    )

    assert (
        (EZHOU / "example.yaml")
        .read_text(encoding="utf-8")
        .startswith("# 本文件中的单位、项目和数字均为虚构，仅作示例\n")
    )
    assert [word for word in PUBLISHED if word in printed + templates] == []
    assert [
        word for word in PUBLISHED if word in data.replace("鄂州市的表式", "")
    ] == []


def test_before_the_year_ends_only_the_targets_are_printed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "unit.yaml"
    file.write_text(
        "模板: ezhou\n年度: 2025\n单位: {名称: 云台县气象站}\n年度工作任务: [观测]\n",
        encoding="utf-8",
    )

    assert list(built(drafted(file))) == [TARGETS]


@pytest.mark.parametrize("name", ["wue", "ezhou-jiguan"])
def test_the_units_build_in_four_standard_chapters_too(name: str) -> None:
    documents = built(drafted(ROOT / "inputs" / f"{name}.yaml", "standard"))
    report = paragraphs(next(iter(documents.values())))

    assert [line[:2] for line in report if line[1:2] == "、"] == [
        "一、",
        "二、",
        "三、",
        "四、",
    ]
    assert "……" not in "".join(report)


def test_a_unit_that_has_only_targets_is_told_as_such_under_standard() -> None:
    documents = built(
        drafted(ROOT / "inputs" / "ezhou-jiguan.yaml", "standard")
    )
    report = paragraphs(next(iter(documents.values())))

    assert "2024年，本单位年初预算7969.30万元。" in report
    assert "38项绩效指标尚未填报实际完成值。" in report
    assert (
        "年初预算120.00万元，主要用于：市会议中心及政府十楼会议室正常运转。"
        in report
    )
    assert [
        line
        for line in report
        if "全年预算0.00万元" in line or "均达到100%" in line
    ] == []


def test_the_blank_form_is_a_unit_once_name_and_year_are_filled(
    tmp_path: Path,
) -> None:
    text = (EZHOU / "unit.yaml").read_text(encoding="utf-8")
    text = text.replace("年度:  ", "年度: 2025 #", 1).replace(
        "名称:  ", "名称: 云台县气象站 #", 1
    )
    text = text.replace("  - 名称:\n    表题", "  - 名称: 观测站运行\n    表题")
    file = tmp_path / "unit.yaml"
    file.write_text(text, encoding="utf-8")

    unit = load_unit(file).unit

    assert (unit.name, unit.pack, len(unit.indicators)) == (
        "云台县气象站",
        "ezhou",
        36,
    )
