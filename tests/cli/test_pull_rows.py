"""A row that a person added to a table in Word comes home as an item of its list, and is printed once."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

Run = Callable[..., Told]
Unit = Callable[..., Path]
SMALL = """资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 5}
指标:
  - 一级: 产出指标
    二级: 数量指标
    三级: 培训场次
    指标值: ≥5场
    实际值: 5场
    分值: 30
  - {一级: 效益指标, 二级: 社会效益指标, 三级: 就业率, 指标值: ≥90%, 实际值: 95%, 分值: 30}
"""


def add_row(path: Path, holding: str, cells: Sequence[str]) -> None:
    """Inserts a row below the one with a cell of these words; its last cells are typed, merged ones go on."""
    document = Document(str(path))
    rows = [row for table in document.tables for row in table.rows]
    above = next(
        row._tr
        for row in rows
        if any(cell.text == holding for cell in row.cells)
    )
    made = copy.deepcopy(above)
    columns = made.findall(qn("w:tc"))
    texts = [""] * (len(columns) - len(cells)) + list(cells)
    for cell, text in zip(columns, texts, strict=True):
        for merge in cell.iter(qn("w:vMerge")):
            merge.attrib.clear()
        for paragraph in cell.findall(qn("w:p"))[1:]:
            cell.remove(paragraph)
        paragraph = cell.find(qn("w:p"))
        for child in [one for one in paragraph if one.tag != qn("w:pPr")]:
            paragraph.remove(child)
        run, typed = OxmlElement("w:r"), OxmlElement("w:t")
        typed.text = text
        run.append(typed)
        paragraph.append(run)
    above.addnext(made)
    document.save(str(path))


def rows_with(path: Path, text: str) -> list[list[str]]:
    """The cells of the rows of a document that hold a text."""
    tables = Document(str(path)).tables
    rows = [
        [cell.text for cell in row.cells] for one in tables for row in one.rows
    ]
    return [row for row in rows if text in row]


def added_lines(before: str, after: str) -> list[str]:
    """The lines of the file that are new, where no other one changed."""
    old = before.split("\n")
    new = [line for line in after.split("\n") if line not in old]
    assert [line for line in after.split("\n") if line not in new] == old
    return new


def test_an_indicator_that_was_added_by_hand(reportgen: Run) -> None:
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", "unit.yaml")
    reportgen("build", "unit.yaml")
    form = next(Path("outputs").rglob("2 *.docx"))
    before = Path("unit.yaml").read_text(encoding="utf-8")
    add_row(form, "核酸检测", ("创建活动", "6次", "7次", "5", "5", "另见附件"))

    told = reportgen("pull", form, "--apply")
    built = reportgen("build", "unit.yaml")

    after = Path("unit.yaml").read_text(encoding="utf-8")
    assert "可以带回 1 处" in told.out
    assert added_lines(before, after) == [
        "  - {一级: 产出指标, 二级: 数量指标, 三级: 创建活动, 指标值: 6次, 实际值: 7次,"
        " 分值: 5, 得分: 5, 偏差原因: 另见附件}"
    ]
    assert (
        after.index("核酸检测, ")
        < after.index("创建活动")
        < after.index("出车次数")
    )
    assert "RBK" not in built.out
    assert len(rows_with(form, "创建活动")) == 1
    assert reportgen("diff", form).out.strip().endswith("没有改动")


def test_its_points_are_counted_and_what_is_computed_is_filled_in(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=SMALL))
    form = next(Path("outputs").rglob("2 *.docx"))
    assert rows_with(form, "总分")[0][-3:-1] == ["70", "70"]
    add_row(form, "培训场次", ("帮扶户数", "≥8户", "8户", "20", "", ""))

    pulled = reportgen("pull", form)
    assert "帮扶户数" not in Path("unit.yaml").read_text(encoding="utf-8")
    reportgen("pull", form, "--apply")
    again = reportgen("pull", form)
    built = reportgen("build", "unit.yaml")

    assert "+  - {一级: 产出指标, 二级: 数量指标, 三级: 帮扶户数" in pulled.out
    assert "可以带回 0 处" in again.out
    assert "RBK" not in again.out + built.out
    (row,) = rows_with(form, "帮扶户数")
    assert row[-3:-1] == ["20", "20"]
    assert rows_with(form, "总分")[0][-3:-1] == ["90", "90"]
    assert reportgen("diff", form).out.strip().endswith("没有改动")


def test_two_rows_in_their_order_and_one_at_the_end(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=SMALL))
    form = next(Path("outputs").rglob("2 *.docx"))
    add_row(form, "就业率", ("满意率", "≥90%", "92%", "10", "10", ""))
    add_row(form, "培训场次", ("第二项", "2个", "2个", "5", "5", ""))
    add_row(form, "培训场次", ("第一项", "1个", "1个", "5", "5", ""))

    reportgen("pull", form, "--apply")
    reportgen("build", "unit.yaml")

    names = ("培训场次", "第一项", "第二项", "就业率", "满意率")
    text = Path("unit.yaml").read_text(encoding="utf-8")
    places = [text.index(f"三级: {one}") for one in names]
    assert places == sorted(places)
    assert [len(rows_with(form, one)) for one in names] == [1] * 5
    assert reportgen("diff", form).out.strip().endswith("没有改动")


def test_a_part_of_the_funds(reportgen: Run) -> None:
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", "unit.yaml")
    reportgen("build", "unit.yaml")
    form = next(Path("outputs").rglob("2 *.docx"))
    add_row(
        form, "对个人和家庭的补助", ("资本性支出", "3", "", "2.5", "", "", "")
    )

    reportgen("pull", form, "--apply")
    built = reportgen("build", "unit.yaml")

    text = Path("unit.yaml").read_text(encoding="utf-8")
    assert "{名称: 资本性支出, 年初预算数: 3, 全年执行数: 2.5}" in text
    assert "RBK" not in built.out
    (row,) = rows_with(form, "资本性支出")
    assert (row[3], row[5]) == ("3.00", "2.50")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("", "6次", "7次", "5", "5", ""), "没有写名称"),
        (("就业率", "6次", "7次", "5", "5", ""), ""),
        (("培训场次", "6次", "7次", "5", "5", ""), "与已有的一项同名"),
    ],
)
def test_what_cannot_be_told_is_shown_and_not_written(
    cells: tuple[str, ...], why: str, reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=SMALL))
    form = next(Path("outputs").rglob("2 *.docx"))
    before = Path("unit.yaml").read_text(encoding="utf-8")
    add_row(form, "培训场次", cells)

    told = reportgen("pull", form, "--apply")

    is_unchanged = Path("unit.yaml").read_text(encoding="utf-8") == before
    assert is_unchanged is bool(why)
    assert why in told.out


def test_a_column_of_a_person_s_own_is_shown(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=SMALL))
    form = next(Path("outputs").rglob("2 *.docx"))
    before = Path("unit.yaml").read_text(encoding="utf-8")
    document = Document(str(form))
    table = next(
        one
        for one in document.tables
        if "培训场次" in one._tbl.xpath("string(.)")
    )
    table.add_row().cells[-1].text = "本行是经办人加的"
    document.save(str(form))

    told = reportgen("pull", form, "--apply")

    assert "RBK001" in told.out
    assert "本行是经办人加的" in told.out
    assert Path("unit.yaml").read_text(encoding="utf-8") == before


def test_what_a_list_does_not_report_is_told_while_the_rest_comes_home(
    reportgen: Run,
) -> None:
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", "unit.yaml")
    reportgen("build", "unit.yaml")
    report = next(Path("outputs").rglob("1 *.docx"))
    add_row(
        report,
        "水电维修费",
        ("9", "消防设施维护", "6.5", "6.5", "6.2", "95.38%", "10", "9.54"),
    )

    told = [reportgen("pull", report, "--apply") for _ in range(2)]

    assert "- {名称: 消防设施维护}" in Path("unit.yaml").read_text("utf-8")
    for one in told:
        assert one.out.count("RBK001") == 1
        assert "6.2、95.38%" in one.out
        assert "“9、" not in one.out
