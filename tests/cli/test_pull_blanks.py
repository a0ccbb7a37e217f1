"""Blanks that a person filled in by hand come home to their fields."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from docx import Document

from reportgen.core.trace import bookmark_name
from reportgen.model.loading import load_unit

Run = Callable[..., Told]


def fill_row(
    path: Path, holding: str, column: int, text: str, *, drop_bookmark: bool
) -> None:
    """Types into the blank cell of the first row that holds these words; Word may drop the bookmark of the blank."""
    document = Document(str(path))
    rows = [row for table in document.tables for row in table.rows]
    row = next(
        row for row in rows if any(cell.text == holding for cell in row.cells)
    )
    paragraph = row.cells[column].paragraphs[0]
    assert not paragraph.text
    if drop_bookmark:
        for child in [
            one for one in paragraph._p if not one.tag.endswith("}pPr")
        ]:
            paragraph._p.remove(child)
    paragraph.add_run(text)
    document.save(str(path))


def fill_line(path: Path, label: str, text: str) -> None:
    """Types behind a label of a line with several blanks."""
    document = Document(str(path))
    cells = [
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    lines = (
        *document.paragraphs,
        *(one for cell in cells for one in cell.paragraphs),
    )
    run = next(
        run
        for one in lines
        for run in one.runs
        if run.text.rstrip().endswith(label)
    )
    run.text += text
    document.save(str(path))


@pytest.fixture
def form(reportgen: Run) -> Path:
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", "unit.yaml")
    reportgen("build", "unit.yaml")
    return next(Path("outputs").rglob("2 *.docx"))


@pytest.mark.parametrize("drop_bookmark", [False, True])
def test_a_blank_cell_that_was_filled_in(
    form: Path, reportgen: Run, *, drop_bookmark: bool
) -> None:
    before = Path("unit.yaml").read_text(encoding="utf-8")
    fill_row(
        form, "核酸检测", -1, "检测点年底撤销", drop_bookmark=drop_bookmark
    )

    told = reportgen("pull", form, "--apply")

    after = Path("unit.yaml").read_text(encoding="utf-8")
    changed = [
        pair
        for pair in zip(before.split("\n"), after.split("\n"), strict=True)
        if pair[0] != pair[1]
    ]
    assert "RBK" not in told.out
    assert [
        (new, old.replace("}", ", 偏差原因: 检测点年底撤销}"))
        for old, new in changed
    ] == [(changed[0][1],) * 2]
    reportgen("build", "unit.yaml")
    assert reportgen("pull", form).out.strip().endswith("没有改动")


def test_the_blanks_of_a_line(form: Path, reportgen: Run) -> None:
    fill_line(form, "联系电话：", "0000-1234567")

    told = reportgen("pull", form, "--apply")

    assert "RBK" not in told.out
    assert "联系电话: 0000-1234567" in Path("unit.yaml").read_text(
        encoding="utf-8"
    )


def test_a_blank_filled_by_hand_and_another_by_the_data(
    form: Path, reportgen: Run
) -> None:
    fill_line(form, "联系电话：", "0000-1234567")
    text = Path("unit.yaml").read_text(encoding="utf-8")
    Path("unit.yaml").write_text(
        f"{text}\n填报: {{填报人: 经办人员甲}}\n", encoding="utf-8"
    )

    told = reportgen("build", "unit.yaml")

    shown = "\n".join(
        one.text
        for table in Document(str(form)).tables
        for row in table.rows
        for cell in row.cells
        for one in cell.paragraphs
    ) + "\n".join(one.text for one in Document(str(form)).paragraphs)
    assert "RBK004" not in told.out
    assert "经办人员甲" in shown
    assert "0000-1234567" in shown


def test_an_amount_as_a_person_writes_it_is_no_contradiction(
    form: Path, reportgen: Run
) -> None:
    fill_row(form, "政府性基金拨款", 3, "12.5", drop_bookmark=False)

    reportgen("pull", form, "--apply")
    told = reportgen("build", "unit.yaml")

    assert "RBK004" not in told.out
    assert reportgen("diff", form).out.strip().endswith("没有改动")


def test_what_the_file_would_not_take_is_told_and_the_rest_is_written(
    form: Path, reportgen: Run
) -> None:
    fill_row(form, "政府性基金拨款", 3, "暂无", drop_bookmark=False)
    fill_row(form, "核酸检测", -1, "检测点年底撤销", drop_bookmark=False)

    told = reportgen("pull", form, "--apply")

    text = Path("unit.yaml").read_text(encoding="utf-8")
    assert "不是金额" in told.out
    assert "没有写回" in told.out
    assert "检测点年底撤销" in text
    assert "暂无" not in text
    assert reportgen("check", "unit.yaml").code < 3


def test_a_blank_of_one_form_leaves_what_the_unit_says_in_the_others(
    form: Path, reportgen: Run
) -> None:
    text = Path("unit.yaml").read_text(encoding="utf-8")
    Path("unit.yaml").write_text(
        f"{text}\n填报: {{填报人: 经办人员甲}}\n", encoding="utf-8"
    )
    reportgen("build", "unit.yaml")
    project = next(form.parent.glob("3-1 *.docx"))
    fill_line(project, "联系电话：", "0000-1234567")

    reportgen("pull", project, "--apply")
    told = reportgen("build", "unit.yaml")

    assert "RBK" not in told.out
    assert reportgen("diff", project).out.strip().endswith("没有改动")


def test_a_name_that_was_filled_in_comes_home_without_a_second_row(
    reportgen: Run,
) -> None:
    shutil.copy(REPOSITORY / "inputs" / "wue.yaml", "unit.yaml")
    reportgen("build", "unit.yaml")
    form = next(Path("outputs").rglob("附件2 *.docx"))
    document = Document(str(form))
    rows = [
        row
        for table in document.tables
        for row in table.rows
        if "……" in {cell.text for cell in row.cells}
    ]
    for number, row in enumerate(rows[:3]):
        cells = [cell for cell in row.cells if not cell.text]
        for cell in cells[-2:]:
            cell.paragraphs[0].add_run(f"补填的第{number}项")
    document.save(str(form))

    reportgen("pull", form, "--apply")
    told = reportgen("build", "unit.yaml")

    assert "补填的第2项" in Path("unit.yaml").read_text(encoding="utf-8")
    assert "RBK" not in told.out
    assert reportgen("diff", form).out.strip().endswith("没有改动")


def test_the_label_of_a_group_is_that_of_all_its_rows(
    form: Path, reportgen: Run
) -> None:
    document = Document(str(form))
    cells = [
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    run = next(
        run
        for cell in cells
        for one in cell.paragraphs
        for run in one.runs
        if run.text == "数量指标"
    )
    run.text = "产出数量指标"
    document.save(str(form))
    rows = (
        Path("unit.yaml")
        .read_text(encoding="utf-8")
        .partition("\n项目:")[0]
        .count("二级: 数量指标")
    )

    told = reportgen("pull", form, "--apply")
    reportgen("build", "unit.yaml")

    assert rows > 1
    assert "RBK" not in told.out
    assert (
        Path("unit.yaml")
        .read_text(encoding="utf-8")
        .count("二级: 产出数量指标")
        == rows
    )
    assert reportgen("diff", form).out.strip().endswith("没有改动")


def fill_bookmark(path: Path, name: str, text: str) -> None:
    """Types into the paragraph that holds the bookmark of a value which is still blank."""
    document = Document(str(path))
    paragraph = next(
        one
        for table in document.tables
        for cell in table._cells
        for one in cell.paragraphs
        if bookmark_name(name) in one._p.xml
    )
    paragraph.add_run(text)
    document.save(str(path))


def test_paragraphs_that_nobody_wrote_yet_are_typed_into_their_cell(
    unit: Callable[..., Path], reportgen: Run
) -> None:
    file = unit(more="年度目标: {预期目标: 保障运转}\n指标: [{三级: 讲座}]\n")
    reportgen("build", file)
    form = next(Path("outputs").rglob("2 *.docx"))
    fill_bookmark(form, "年度目标.完成情况#0", "全年运转正常")

    told = reportgen("pull", form, "--apply")
    reportgen("build", file)

    assert "RBK" not in told.out
    assert load_unit(file).unit.goals.achieved == ("全年运转正常",)
    assert reportgen("diff", form).out.strip().endswith("没有改动")


def test_who_signs_the_form_of_a_project_is_told_there_alone(
    unit: Callable[..., Path], reportgen: Run
) -> None:
    file = unit(
        more="填报: {填报人: 经办人员甲}\n项目: [{名称: 馆舍维护}, {名称: 讲座}]\n"
    )
    reportgen("build", file)
    form = next(Path("outputs").rglob("3-1 *.docx"))
    fill_line(form, "联系电话：", "0000-1234567")
    document = Document(str(form))
    for run in (run for one in document.paragraphs for run in one.runs):
        run.text = run.text.replace("经办人员甲", "经办人员乙")
    document.save(str(form))

    told = reportgen("pull", form, "--apply")

    own = load_unit(file).unit
    assert "RBK" not in told.out
    assert own.signing.filled_by == "经办人员甲"
    assert [one.signing and one.signing.filled_by for one in own.projects] == [
        "经办人员乙",
        None,
    ]
    assert own.signing.telephone == ""
    assert own.projects[0].signing is not None
    assert own.projects[0].signing.telephone == "0000-1234567"


def test_a_line_of_a_text_with_several_is_left_to_a_person(
    unit: Callable[..., Path], reportgen: Run
) -> None:
    file = unit(
        more="年度目标:\n  预期目标: |\n    保障运转\n    厉行节约\n指标: [{三级: 讲座}]\n"
    )
    before = file.read_text(encoding="utf-8")
    reportgen("build", file)
    form = next(Path("outputs").rglob("2 *.docx"))
    document = Document(str(form))
    for cell in document.tables[0]._cells:
        for run in (run for one in cell.paragraphs for run in one.runs):
            run.text = run.text.replace("厉行节约", "厉行节约办事")
    document.save(str(form))

    told = reportgen("pull", form, "--apply")

    assert "请自行改填报文件" in told.out
    assert file.read_text(encoding="utf-8") == before
