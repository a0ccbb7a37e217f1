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

PUBLISHED = (
    "淮北",
    "相山",
    "政府工作经费",
    "营商",
    "人代会",
    "人大",
    "134.64",
    "38.76",
    "173.4",
    "84.25",
    "98.43",
    "61.2",
)


@pytest.fixture(scope="module")
def published() -> dict[str, Docx]:
    return built(drafted(ROOT / "inputs" / "xiangshan.yaml"))


@pytest.fixture(scope="module")
def example() -> dict[str, Docx]:
    return built(drafted(TEMPLATES / "xiangshan" / "example.yaml"))


def test_the_published_set_in_its_order(published: dict[str, Docx]) -> None:
    assert list(published) == [
        "1 绩效自评项目清单",
        "2-1 项目支出绩效自评表（区政府工作经费）",
        "2-2 项目支出绩效自评表（区创优营商环境服务中心工作经费）",
        "3 项目支出绩效评价报告",
    ]


def test_the_list_gives_what_was_spent_and_its_sum(
    published: dict[str, Docx],
) -> None:
    assert grid(published["1 绩效自评项目清单"]) == [
        ["序号", "项目名称", "金额（万元）", "备注"],
        ["1", "区政府工作经费项目", "134.64", ""],
        ["2", "区创优营商环境服务中心工作经费", "38.76", ""],
        ["", "合计", "173.4", ""],
    ]


def test_reported_values_of_a_form_stand_as_published(
    published: dict[str, Docx],
) -> None:
    form = published["2-1 项目支出绩效自评表（区政府工作经费）"]
    funds, indicators = grid(form), grid(form, 1)

    assert paragraphs(form)[:3] == [
        "1、区政府工作经费项目绩效自评表",
        "项目支出绩效自评表",
        "（2023年度）",
    ]
    assert funds[3][1:] == [
        "年度资金总额",
        "220",
        "220",
        "134.64",
        "10",
        "61.2",
        "96",
    ]
    assert funds[4][1:] == [
        "其中：当年财政拨款",
        "220",
        "220",
        "134.64",
        "—",
        "",
        "—",
    ]
    assert funds[5][1:] == ["上年结转资金", "", "", "", "—", "", "—"]
    assert indicators[1][1:] == [
        "产出指标",
        "数量指标",
        "申请数额",
        "＜220",
        "220",
        "10",
        "10",
        "",
    ]
    assert indicators[-1][5:] == ["总分", "90", "90", ""]


def test_groups_are_merged_cells_even_where_the_columns_are_shifted(
    published: dict[str, Docx],
) -> None:
    form = published["2-2 项目支出绩效自评表（区创优营商环境服务中心工作经费）"]
    indicators = grid(form, 1)

    assert [row[1:3] for row in indicators[1:7]] == [
        ["产出指标", "数量指标"],
        ["产出指标", "数量指标"],
        ["产出指标", "数量指标"],
        ["质量指标", "时效指标"],
        ["成本指标", "社会效益指标"],
        ["满意度指标", "服务对象满意度指标"],
    ]
    assert (
        reach(form.tables[1], 1, 1),
        reach(form.tables[1], 1, 2),
        reach(form.tables[1], 4, 1),
    ) == (3, 3, 1)


def test_the_report_of_one_project_does_not_repeat_its_name(
    published: dict[str, Docx],
) -> None:
    report = paragraphs(published["3 项目支出绩效评价报告"])

    assert report[:4] == [
        "相山区政府办",
        "2023年度项目支出绩效评价报告",
        "一、项目基本情况",
        "（一）项目概况。",
    ]
    assert report[4] == "区创优营商环境服务中心工作经费：46万元"
    assert [line[:2] for line in report if line[1:2] == "、"] == [
        f"{n}、" for n in "一二三四五六七八"
    ]
    assert (
        sum(line.startswith("（二）项目过程情况。经费使用") for line in report)
        == 1
    )
    assert not any(
        "（四）项目效益情况" in line or "区政府工作经费" in line
        for line in report
    )


def test_a_report_of_several_projects_names_each(
    example: dict[str, Docx],
) -> None:
    report = paragraphs(example["3 项目支出绩效评价报告"])

    assert [line for line in report if line.endswith("万元")] == [
        "1.新媒体平台运行维护：60万元",
        "2.应急广播系统维护：45万元",
    ]
    assert any(
        line.startswith("（一）项目决策情况。新媒体平台运行维护：")
        for line in report
    )
    assert any(
        line.startswith("应急广播系统维护：年初设定的绩效目标")
        for line in report
    )
    assert any(line.startswith("（四）项目效益情况。") for line in report)
    assert not any("采访设备购置" in line for line in report)


def test_the_example_has_no_findings() -> None:
    assert drafted(TEMPLATES / "xiangshan" / "example.yaml").findings == ()


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
    pack = TEMPLATES / "xiangshan"
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
        for word in PUBLISHED[2:]
        if word in text
    } == {}


def test_without_projects_nothing_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "unit.yaml"
    file.write_text(
        "模板: xiangshan\n年度: 2024\n单位: {名称: 云台县文化馆}\n",
        encoding="utf-8",
    )

    assert built(drafted(file)) == {}


def test_the_blank_form_is_ready_once_the_required_fields_are_filled(
    tmp_path: Path,
) -> None:
    blank = (TEMPLATES / "xiangshan" / "unit.yaml").read_text(encoding="utf-8")
    filled = blank.replace("年度: ", "年度: 2024 ", 1).replace(
        "  名称: ", "  名称: 云台县文化馆 ", 1
    )
    file = tmp_path / "unit.yaml"
    file.write_text(
        filled.replace("  - 名称:\n", "  - 名称: 馆舍维护\n", 1),
        encoding="utf-8",
    )

    assert list(built(drafted(file))) == [
        "1 绩效自评项目清单",
        "2-1 项目支出绩效自评表（馆舍维护）",
        "3 项目支出绩效评价报告",
    ]


def test_the_national_form_takes_the_same_input() -> None:
    documents = built(drafted(ROOT / "inputs" / "xiangshan.yaml", "standard"))

    assert sum("项目支出绩效自评表" in name for name in documents) == 2
    report = paragraphs(next(iter(documents.values())))
    assert [line for line in report if line[1:2] == "、"] == [
        "一、基本情况",
        "二、绩效目标完成情况",
        "三、存在问题",
        "四、改进措施",
    ]
