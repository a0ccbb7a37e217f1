"""Counts, distances from targets and chance likenesses in a paragraph that comes home."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from docx import Document

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
MORE = "详情见台账。"
HEAD = """模板: standard
年度: 2024
单位: {名称: 云溪县水利工程站, 人员: {编制: 20, 在职: 18, 退休: 4}}
资金: {年初预算数: 456, 全年预算数: 456, 全年执行数: 456}
年度目标: {预期目标: 修好渠道和泵站, 完成情况: 渠道和泵站都已修好}
"""
ROWS = """指标:
  - {一级: 产出指标, 二级: 数量指标, 三级: 技术培训, 指标值: ≥10场, 实际值: 12场, 分值: 20, 得分: 20}
  - {一级: 产出指标, 二级: 数量指标, 三级: 泵站检修, 指标值: ≥4次, 实际值: 5次, 分值: 20, 得分: 20}
  - {一级: 产出指标, 二级: 质量指标, 三级: 验收合格率, 指标值: ≥95%, 实际值: 98%, 分值: 30, 得分: 30}
  - {一级: 效益指标, 二级: 社会效益指标, 三级: 受益农户, 指标值: ≥300户, 实际值: 320户, 分值: 20, 得分: 20}
"""
PROJECTS = """项目:
  - {名称: 渠道清淤, 资金: {全年预算数: 40, 全年执行数: 30}}
  - {名称: 泵站改造, 资金: {全年预算数: 60, 全年执行数: 45}}
"""


def report() -> Path:
    return next(Path("outputs").rglob("1 *.docx"))


def start(reportgen: Run, text: str) -> None:
    UNIT.write_text(text, encoding="utf-8")
    assert reportgen("build", UNIT).code == 0


def paragraph(holding: str) -> str:
    texts = [one.text for one in Document(str(report())).paragraphs]
    return next(one for one in texts if holding in one)


def add_to(holding: str) -> None:
    document = Document(str(report()))
    found = (one for one in document.paragraphs if holding in one.text)
    next(found).add_run(MORE)
    document.save(str(report()))


def come_home(reportgen: Run, holding: str) -> str:
    """The line of the file that a paragraph becomes, once words were added to it."""
    add_to(holding)
    reportgen("pull", report(), "--apply")
    text = UNIT.read_text(encoding="utf-8")
    return next(one for one in text.splitlines() if MORE in one)


def rebuilt(reportgen: Run, old: str, new: str) -> str:
    """The paragraph as it is printed after a figure in the file changed."""
    text = UNIT.read_text(encoding="utf-8")
    assert old in text
    UNIT.write_text(text.replace(old, new, 1), encoding="utf-8")
    report().unlink()
    assert reportgen("build", UNIT).code == 0
    return paragraph(MORE)


@pytest.mark.parametrize(
    ("holding", "old", "new", "now"),
    [
        ("纳入自评的项目共2个", "  - {名称: 泵站改造", "  - {名称: 堤防除险}\n  - {名称: 泵站改造", "共3个"),
        ("技术培训12场", "实际值: 12场", "实际值: 15场", "技术培训15场、泵站检修5次，分别"),
        ("技术培训12场", "实际值: 12场", "实际值: 15场", "5场、1次"),
        ("验收合格率98%", "实际值: 98%", "实际值: 99%", "4个百分点"),
        ("受益农户320户", "实际值: 320户", "实际值: 310户", "10户"),
        ("在职18人", "在职: 18", "在职: 17", "在职17人"),
        ("渠道清淤全年预算40.00万元", "全年执行数: 45}", "全年执行数: 48}", "48.00万元"),
    ],
)  # fmt: skip
def test_figures_nobody_touched_follow_the_data(
    holding: str, old: str, new: str, now: str, reportgen: Run
) -> None:
    start(reportgen, HEAD + ROWS + PROJECTS)
    line = come_home(reportgen, holding)
    words = re.sub(r"\{\{.*?\}\}", "", line)
    assert not re.search(r"\d", words), line
    assert now in rebuilt(reportgen, old, new)


@pytest.mark.parametrize(
    "words",
    [
        "工程合同价456.00万元，全年执行{{ 资金.全年执行数 }}万元。",
        "中标价456.00万元，与结算价456.00万元相同；当年付款{{ 资金.全年执行数 }}万元。",
        "按概算456.00万元控制。实付{{ 资金.全年执行数 }}万元，余款按合同456.00万元清算。",
    ],
)
def test_a_figure_of_their_own_stays_as_it_is(
    words: str, reportgen: Run
) -> None:
    own = f"叙述:\n  单位概况: '{words}'\n"
    start(reportgen, HEAD + ROWS + own)

    line = come_home(reportgen, "456.00万元")

    assert words in line
    after = rebuilt(reportgen, "全年执行数: 456}", "全年执行数: 450}")
    assert after == f"{words}{MORE}".replace("{{ 资金.全年执行数 }}", "450.00")


@pytest.mark.parametrize("typed", ["另有借款18", "代管退休4", "外聘5"])
def test_a_figure_typed_in_stays_as_it_is(typed: str, reportgen: Run) -> None:
    start(reportgen, HEAD + ROWS)
    document = Document(str(report()))
    held = next(one for one in document.paragraphs if "在职18人" in one.text)
    run = next(one for one in held.runs if "年末共有" in one.text)
    run.text = f"{typed}人，{run.text}"
    document.save(str(report()))

    reportgen("pull", report(), "--apply")

    text = UNIT.read_text(encoding="utf-8")
    assert f"{typed}人" in text
    assert "在职{{ 单位.人员.在职 }}人" in text


def test_own_words_beside_those_of_the_pack_hold_no_figures(
    reportgen: Run,
) -> None:
    own = "叙述:\n  单位概况: [合同工18人另行管理。, '{{ 默认 }}']\n"
    start(reportgen, HEAD + ROWS + own)
    assert "合同工18人" in come_home(reportgen, "合同工")
