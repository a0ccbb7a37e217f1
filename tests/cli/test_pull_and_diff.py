"""reportgen diff and pull: what was changed in Word, and how it comes home."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, write_worded
from docx import Document
from docx.table import _Cell

Run = Callable[..., Told]
INPUTS = sorted((REPOSITORY / "inputs").glob("*.yaml"))
LUKOU = REPOSITORY / "inputs" / "lukou.yaml"


@pytest.fixture
def printed(reportgen: Run, tmp_path: Path) -> Path:
    """The folder of a unit that was just built from unit.yaml."""
    write_worded(LUKOU, "unit.yaml")
    reportgen("build", "unit.yaml")
    return next(Path("outputs/2022").iterdir())


def replaced(path: Path, old: str, new: str) -> None:
    """Types `new` for `old` in the first paragraph that holds it, as in Word: the run keeps its bookmark."""
    document = Document(str(path))
    cells = [
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    for paragraph in (
        *document.paragraphs,
        *(one for cell in cells for one in cell.paragraphs),
    ):
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new)
                document.save(str(path))
                return
    raise AssertionError(old)


@pytest.mark.parametrize("source", INPUTS, ids=lambda path: path.stem)
def test_a_fresh_print_has_no_edits(
    source: Path, reportgen: Run, tmp_path: Path
) -> None:
    shutil.copy(source, tmp_path / "unit.yaml")
    reportgen("build", "unit.yaml")
    files = sorted(Path("outputs").rglob("*.docx"))

    told = reportgen("pull", *files)

    assert told.code == 0
    assert told.out.count("没有改动") == len(files)


def test_what_was_typed_into_a_blank_cell_goes_to_its_field(
    printed: Path, reportgen: Run
) -> None:
    form = next(printed.glob("3-1 *.docx"))
    document = Document(str(form))
    row = next(
        row
        for table in document.tables
        for row in table.rows
        if row.cells[3].text == "维修类别"
    )
    assert row.cells[-1].text == ""
    row.cells[-1].paragraphs[0].add_run("设备老化，已安排更换")
    document.save(str(form))
    before = Path("unit.yaml").read_text(encoding="utf-8").splitlines()

    told = reportgen("pull", form, "--apply")

    assert "已写回" in told.out
    after = Path("unit.yaml").read_text(encoding="utf-8").splitlines()
    changed = [
        (old, new) for old, new in zip(before, after, strict=True) if old != new
    ]
    assert changed == [
        (
            old := changed[0][0],
            old.replace("}", ", 偏差原因: 设备老化，已安排更换}"),
        )
    ]
    assert "没有新内容" in reportgen("build", "unit.yaml").out


def test_a_reported_value_goes_back_to_its_field(
    printed: Path, reportgen: Run
) -> None:
    form = next(printed.glob("2 *.docx"))
    before = Path("unit.yaml").read_text(encoding="utf-8")
    replaced(form, "大于14000次", "大于15000次")

    shown = reportgen("pull", form)
    assert Path("unit.yaml").read_text(encoding="utf-8") == before
    applied = reportgen("pull", form, "--apply")
    after = Path("unit.yaml").read_text(encoding="utf-8")

    assert "可以带回 1 处" in shown.out
    assert "已写回" in applied.out
    changed = [
        pair
        for pair in zip(before.split("\n"), after.split("\n"), strict=True)
        if pair[0] != pair[1]
    ]
    assert len(changed) == 1
    assert changed[0][1] == changed[0][0].replace(
        "大于14000次", "大于15000次", 1
    )
    reportgen("build", "unit.yaml")
    assert "没有新内容" in reportgen("build", "unit.yaml", "--force").out


def test_a_computed_figure_is_refused_with_what_it_comes_from(
    reportgen: Run, unit: Callable[..., Path]
) -> None:
    reportgen(
        "build",
        unit(more="资金: {年初预算数: 8, 全年预算数: 8, 全年执行数: 5}\n"),
    )
    report = next(Path("outputs").rglob("1 *.docx"))
    replaced(report, "62.50%", "63%")
    text = Path("unit.yaml").read_text(encoding="utf-8")

    told = reportgen("pull", report, "--apply")

    assert told.code == 1
    assert "RBK002" in told.out
    assert "全年执行数 5（第4行）" in told.out
    assert Path("unit.yaml").read_text(encoding="utf-8") == text


def test_what_a_refused_figure_comes_from_is_told_in_figures_that_one_can_read(
    reportgen: Run, unit: Callable[..., Path]
) -> None:
    reportgen(
        "build",
        unit(more="资金: {年初预算数: 12, 全年预算数: 12, 全年执行数: 11}\n"),
    )
    form = next(Path("outputs").rglob("2 *.docx"))
    replaced(form, "9.17", "9.5")

    assert "执行率 91.67%" in reportgen("pull", form).out


def test_a_sentence_comes_home_with_names_for_its_figures(
    printed: Path, reportgen: Run
) -> None:
    report = next(printed.glob("1 *.docx"))
    replaced(report, "年末无结转结余", "年末没有结转，也没有结余")

    told = reportgen("pull", report, "--apply")

    text = Path("unit.yaml").read_text(encoding="utf-8")
    assert told.code == 0
    assert "全年执行{{ 资金.全年执行数 }}万元" in text
    assert "年末没有结转，也没有结余" in text
    reportgen("build", "unit.yaml")
    document = Document(str(report))
    said = [
        one.text for one in document.paragraphs if "年末没有结转" in one.text
    ]
    assert len(said) == 1
    assert "{{" not in said[0]


def test_diff_says_what_was_changed_and_where(
    printed: Path, reportgen: Run
) -> None:
    report = next(printed.glob("1 *.docx"))
    replaced(report, "年末无结转结余", "年末没有结转结余")
    document = Document(str(report))
    document.paragraphs[-1].insert_paragraph_before("另附说明一段。")
    document.save(str(report))

    told = reportgen("diff", report)

    assert told.code == 1
    assert "改 （二）预算安排与执行情况" in told.out
    assert "另附说明一段。" in told.out


def test_a_renamed_file_is_known_by_what_it_says_of_itself(
    printed: Path, reportgen: Run
) -> None:
    report = next(printed.glob("1 *.docx"))
    replaced(report, "年末无结转结余", "年末没有结转结余")
    mailed = Path("收到的稿子.docx")
    report.rename(mailed)

    told = reportgen("diff", mailed)

    assert "改动 1 处" in told.out


def test_a_mailed_file_without_any_record_is_compared_with_a_new_print(
    printed: Path, reportgen: Run
) -> None:
    report = next(printed.glob("1 *.docx"))
    replaced(report, "年末无结转结余", "年末没有结转结余")
    mailed = Path("收到的稿子.docx")
    report.rename(mailed)
    shutil.rmtree("outputs")

    assert "--unit" in reportgen("diff", mailed).out
    told = reportgen("pull", mailed, "--unit", "unit.yaml")

    assert "RBK008" in told.out
    assert "年末没有结转结余" in told.out


@pytest.mark.parametrize("command", ["pull", "diff"])
def test_one_bad_file_does_not_stop_the_others(
    command: str, printed: Path, reportgen: Run
) -> None:
    Path("坏.docx").write_bytes(b"no document")
    told = reportgen(
        command, "坏.docx", "没有.docx", next(printed.glob("2 *.docx"))
    )
    assert told.code == 3
    assert "没有改动" in told.out
    assert "坏.docx：" in told.out
    assert "没有.docx：找不到这份文件；请核对文件名和文件夹" in told.out
    assert "这是文件夹，不是文件" in reportgen(command, ".").out


def cell_with(path: Path, text: str) -> tuple[object, _Cell]:
    document = Document(str(path))
    cells = [
        cell
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return document, next(cell for cell in cells if cell.text == text)


def test_a_value_whose_bookmark_is_lost_is_known_by_its_cell(
    printed: Path, reportgen: Run
) -> None:
    form = next(printed.glob("2 *.docx"))
    document, cell = cell_with(form, "大于14000次")
    paragraph = cell.paragraphs[0]._p
    for child in [one for one in paragraph if not one.tag.endswith("}pPr")]:
        paragraph.remove(child)
    cell.paragraphs[0].add_run("大于15000次")
    document.save(str(form))  # type: ignore[attr-defined]

    assert "+" in reportgen("pull", form).out
    assert "大于15000次" in reportgen("pull", form).out


@pytest.fixture
def two_units(reportgen: Run, unit: Callable[..., Path]) -> None:
    """Two units that were built; their documents have the same names."""
    reportgen(
        "build", unit("甲.yaml", called="甲站"), unit("乙.yaml", called="乙站")
    )


@pytest.mark.usefixtures("two_units")
def test_a_mailed_file_is_not_taken_for_that_of_another_unit(
    reportgen: Run,
) -> None:
    mailed = Path("收到的稿子.docx")
    next(Path("outputs/2024/甲站").glob("1 *.docx")).rename(mailed)
    shutil.rmtree("outputs/2024/甲站")

    told = reportgen("pull", mailed, "--apply")

    assert "--unit" in told.out
    assert "乙站" in Path("乙.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("two_units")
@pytest.mark.parametrize("whose", ["甲站", "乙站"])
def test_a_mailed_file_is_known_among_those_of_many_units(
    reportgen: Run, whose: str
) -> None:
    mailed = Path("收到的稿子.docx")
    next(Path(f"outputs/2024/{whose}").glob("1 *.docx")).rename(mailed)

    assert "没有改动" in reportgen("diff", mailed).out


@pytest.mark.usefixtures("two_units")
def test_a_file_put_in_the_place_of_that_of_another_unit_is_known_for_what_it_is(
    reportgen: Run,
) -> None:
    own, other = (
        next(Path(f"outputs/2024/{whose}").glob("1 *.docx"))
        for whose in ("甲站", "乙站")
    )
    shutil.copy(own, other)

    assert "没有改动" in reportgen("diff", other).out


@pytest.mark.parametrize("recorded", [True, False])
def test_what_another_pack_printed_comes_home(
    recorded: bool, reportgen: Run
) -> None:
    shutil.copy(LUKOU, "unit.yaml")  # which names standard
    reportgen("build", "unit.yaml", "--pack", "lukou")
    report = Path("收到的稿子.docx")
    next(Path("outputs").rglob("附件4-5 *.docx")).rename(report)
    replaced(report, "建议单位在平时工作中", "建议本单位在日常工作中")
    if not recorded:
        shutil.rmtree("outputs")

    told = reportgen("pull", report, "--unit", "unit.yaml")

    assert "可以带回 1 处" in told.out
    assert any(
        line.startswith("  +") and "建议本单位在日常工作中" in line
        for line in told.out.splitlines()
    )
    assert "RBK003" not in told.out


def test_what_was_changed_in_a_bundle_stays_there_and_is_said(
    reportgen: Run, unit: Callable[..., Path]
) -> None:
    reportgen("build", unit(), "--bundle")
    bundle = next(Path("outputs").rglob("*（合订本）.docx"))
    replaced(bundle, "示范单位", "示范中心")

    told = reportgen("pull", bundle)

    assert told.code == 1
    assert "合订本里改的内容带不回填报文件；请在单份文件里改" in told.out


PART = """年度: 2024
单位: {{名称: {name}}}
资金: {{年初预算数: 30, 全年预算数: 30, 全年执行数: 29}}
指标: [{{一级: 产出指标, 二级: 数量指标, 三级: 培训, 指标值: ≥12场, 实际值: 11场, 分值: 90}}]
"""


def test_what_a_department_adds_up_is_refused_with_what_it_comes_from(
    reportgen: Run,
) -> None:
    for name in ("甲站", "乙站"):
        Path(f"{name}.yaml").write_text(
            PART.format(name=name), encoding="utf-8"
        )
    whole = """年度: 2024
单位: {名称: 某局}
下属单位: [甲站.yaml, 乙站.yaml]
本级: {资金: {年初预算数: 200, 全年预算数: 200, 全年执行数: 198}}
指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训, 指标值: ≥24场, 分值: 90}]
"""
    Path("局.yaml").write_text(whole, encoding="utf-8")
    reportgen("build", "局.yaml", "--annotate")
    form = next(Path("outputs").glob("2024/某局/2 *.docx"))
    replaced(form, "256.00", "257")
    replaced(form, "22场", "23场")

    told = reportgen("pull", form, "--apply")

    assert Path("局.yaml").read_text(encoding="utf-8") == whole
    assert told.out.count("RBK002") == 2
    assert "本级 198（第4行）、甲站 29（第3行）、乙站 29（第3行）" in told.out
    assert "它由下属单位的完成情况汇总得出，请改下属单位的填报文件" in told.out
