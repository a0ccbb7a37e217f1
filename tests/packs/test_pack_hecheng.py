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

PACK = TEMPLATES / "hecheng"
FRAMEWORK, BASE, REPORT = (
    "1 部门整体支出绩效评价共性指标框架",
    "2 部门整体支出绩效评价基础数据表",
    "3 部门整体支出绩效评价报告",
)
PROJECT_FRAMEWORK, PROJECT_REPORT = (
    "4-1 预算支出绩效评价共性指标体系框架",
    "5-1 预算支出绩效评价报告",
)
PROJECTS = (
    "政务中心临聘人员工资、绩效、劳务费",
    "政务中心运维经费",
    "政务中心网络租赁费",
    "政务中心异地新建大楼项目",
)
PUBLISHED = (
    *PROJECTS,
    "鹤城区政",
    "政务服务中心",
    "政务中心",
    "政务外网",
    "临聘",
    "一窗式",
    "1733.634137",
    "1634.243937",
    "1520.987337",
    "1421.597137",
    "212.6468",
    "45.5182",
    "53.872",
    "111.0902",
)


@pytest.fixture(scope="module")
def published() -> dict[str, Docx]:
    return built(drafted(ROOT / "inputs" / "hecheng.yaml"))


@pytest.fixture(scope="module")
def example() -> dict[str, Docx]:
    return built(drafted(PACK / "example.yaml"))


def test_the_set_is_in_the_published_order(published: dict[str, Docx]) -> None:
    forms = [
        f"4-2-{n} 预算支出绩效自评表（{name}）"
        for n, name in enumerate(PROJECTS, start=1)
    ]

    assert list(published) == [
        FRAMEWORK,
        BASE,
        REPORT,
        PROJECT_FRAMEWORK,
        *forms,
        PROJECT_REPORT,
    ]


def test_reported_scores_stand_beside_the_rules_of_the_form(
    published: dict[str, Docx],
) -> None:
    table = grid(published[FRAMEWORK])

    assert [row[5] for row in table[1:]] == [
        *"2822253333333",
        *"2222222",
        *"5555",
        *"4554",
        "98",
    ]
    assert table[4][2] == "“三公经费”\n变动率\n（2分）"
    assert table[4][3].startswith("“三公经费”变动率为0，计5分；")
    assert table[7][3] == "100%计满分，每下降5%扣1分，扣完为止。", (
        "printed as published, scored the right way round"
    )
    assert len(table) == 30


def test_group_labels_repeat_where_the_published_pages_break(
    published: dict[str, Docx],
) -> None:
    form = published[FRAMEWORK]
    firsts = [row[0].replace("\n", "") for row in grid(form)]

    assert [firsts[n] for n in (1, 6, 12, 17, 21, 22, 25)] == [
        "投入（20分）",
        *["过程（40分）"] * 3,
        *["产出（20分）"] * 2,
        "效果（20分）",
    ]
    assert [
        reach(form.tables[0], n, 0) for n in (1, 6, 12, 17, 21, 22, 25)
    ] == [
        5,
        6,
        5,
        4,
        1,
        3,
        4,
    ]
    assert reach(form.tables[0], 25, 4) == 3, (
        "one explanation for three kinds of effect"
    )


def test_the_project_framework_prints_its_total_in_one_cell(
    published: dict[str, Docx],
) -> None:
    table = grid(published[PROJECT_FRAMEWORK])

    assert (
        " ".join(row[5] for row in table[1:-1])
        == "2 2 2 1 2 1 2 3 1 5 5 10 10 10 10 20 9"
    )
    assert table[-1] == ["总分：98"] * 6


def test_base_data_stand_under_their_years_as_typed(
    published: dict[str, Docx],
) -> None:
    table = grid(published[BASE])

    assert table[:3] == [
        ["财政供养人员情况", "编制数", "2020年实际在职人数", "控制率"],
        ["财政供养人员情况", "18", "11", "61%"],
        ["经费控制情况", "2019年决算数", "2020年预算数", "2020年决算数"],
    ]
    assert table[9:14] == [
        ["项目支出：", "", "1733.634137万元", "1733.634137万元"],
        ["1、业务工作专项", "", "1634.243937万元", "1634.243937万元"],
        ["2、运行维护专项", "", "45.5182万元", "111.0902万元"],
        ["3、网络、视频租赁费", "", "53.872万元", "53.872万元"],
        ["公用经费", "", "", ""],
    ]
    assert table[-2:] == [
        ["政府采购金额", "— —", "", ""],
        ["部门整体支出预算调整", "— —", "", ""],
    ]


def test_rows_without_points_and_left_blank_are_printed(
    published: dict[str, Docx],
) -> None:
    form = published[f"4-2-1 预算支出绩效自评表（{PROJECTS[0]}）"]
    funds, indicators = grid(form), grid(form, 1)

    assert funds[1] == [
        "主管部门",
        "鹤城区政务服务中心",
        "鹤城区政务服务中心",
        "实施单位",
        "",
        "",
        "",
        "",
    ]
    assert funds[3][1:] == [
        "年度资金总额",
        *["212.6468万元"] * 3,
        "10",
        "100%",
        "10",
    ]
    assert funds[4][1:] == [
        "其中：当年财政拨款",
        *["212.6468万元"] * 3,
        "",
        "100%",
        "",
    ]
    assert indicators[7][1:] == [
        "效益指标（30分）",
        "经济效益指标",
        "",
        "不适用",
        "不适用",
        "",
        "",
        "",
    ]
    assert indicators[13][1:] == [
        "满意度指标（10分）",
        "服务对象满意度指标",
        "……",
        "",
        "",
        "",
        "",
        "",
    ]
    assert indicators[4][3:] == ["临聘工资", "190.08万元", "", "5", "5", ""]
    assert indicators[-1] == ["总分"] * 6 + ["100", "100", ""]


def test_headings_of_the_reports_are_numbered_right(
    published: dict[str, Docx],
) -> None:
    numbers = [
        [
            line.text.split("、")[0]
            for line in published[name].paragraphs
            if line.style and line.style.style_id == "1"
        ]
        for name in (REPORT, PROJECT_REPORT)
    ]

    assert numbers == [list("一二三四五六七八九"), list("一二三四五六七")]
    assert "1.经济效益情况：无" in paragraphs(published[PROJECT_REPORT])


def test_a_form_without_data_is_not_printed(tmp_path: Path) -> None:
    unit = tmp_path / "unit.yaml"
    unit.write_text(
        "模板: hecheng\n年度: 2024\n单位: {名称: 某站}\n", encoding="utf-8"
    )

    assert list(built(drafted(unit))) == [REPORT]


def test_scores_and_totals_are_computed_where_they_are_left_out(
    example: dict[str, Docx],
) -> None:
    table, projects = grid(example[FRAMEWORK]), grid(example[PROJECT_FRAMEWORK])

    assert table[6][5] == "4", (
        "421.5 ÷ 428.4 = 98.39 %: one full step below 100 %"
    )
    assert table[13][5] == "2", "56.4 ÷ 60 = 94 %: one full step of 5 % off"
    assert table[22][5] == "3", "39 ÷ 40 = 97.5 %: two full steps below"
    assert table[-1] == [""] * 5 + ["95.6"]
    assert projects[13][5] == "9", "118 ÷ 120 = 98.33 %: one full step below"
    assert grid(example[BASE])[1] == ["财政供养人员情况", "24", "23", "95.83%"]


def test_the_reports_tell_the_figures_where_the_unit_wrote_nothing(
    example: dict[str, Docx],
) -> None:
    whole, projects = (
        paragraphs(example[REPORT]),
        paragraphs(example[PROJECT_REPORT]),
    )

    assert any(line.endswith("核定编制24名，年末在职23人。") for line in whole)
    assert any(
        line.startswith("（一）病虫害统防统治预算执行偏慢。") for line in whole
    )
    assert any("得分95.6分" in line for line in whole)
    assert any(
        line.startswith("3.生态效益情况：测土配方施肥推广生态效益指标1项")
        for line in projects
    )
    assert not any(
        "经济效益指标" in line for line in projects if "病虫害" in line
    ), "不适用 is no indicator"


def test_the_example_has_no_findings() -> None:
    assert drafted(PACK / "example.yaml").findings == ()


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
    texts = {
        file.name: words(Document(str(file))) for file in PACK.glob("*.docx")
    }
    texts |= {
        name: (PACK / name).read_text(encoding="utf-8")
        for name in ("snippets.yaml", "unit.yaml")
    }

    assert {
        name: word
        for name, text in texts.items()
        for word in PUBLISHED
        if word in text
    } == {}
