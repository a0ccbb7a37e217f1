"""reportgen check on documents that others made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from layouts import measured_columns, several_forms, values_in_label_cells
from papers import docx, par, row, table

from reportgen.ooxml.names import W
from reportgen.ooxml.package import read_package

Run = Callable[..., Told]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "上报"
    made.mkdir()
    for layout in (measured_columns, several_forms, values_in_label_cells):
        (made / f"{layout.__name__}.docx").write_bytes(layout()[0])
    return made


def test_a_finding_names_table_row_and_column(
    reportgen: Run, tmp_path: Path
) -> None:
    head = (
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "分值",
        "得分",
    )
    line = ("产出指标", "数量指标", "疏浚河道", "12公里", "12公里", "30", "35")
    form = docx(
        par("2023年度项目支出绩效自评表"),
        table(row("项目名称", ("河道清淤", 6)), row(*head), row(*line)),
    )
    (tmp_path / "表.docx").write_bytes(form)

    told = reportgen("check", "表.docx")

    assert told.code == 1
    assert "表.docx 表1第3行第7格「疏浚河道」的「得分」" in told.out


def test_what_the_form_does_not_have_is_not_asked_for(
    reportgen: Run, folder: Path
) -> None:
    told = reportgen("check", folder / "values_in_label_cells.docx").out

    assert "没有填分值" not in told
    assert "资金来源" not in told


def test_a_folder_is_checked_and_one_bad_file_stops_no_other(
    reportgen: Run, folder: Path
) -> None:
    (folder / "坏的.docx").write_bytes(b"PK")

    told = reportgen("check", folder)

    assert told.code == 3
    for name in ("measured_columns", "several_forms", "values_in_label_cells"):
        assert f"{name}.docx：" in told.out
    assert "坏的.docx" in told.text


def test_a_copy_has_a_comment_where_the_finding_is(
    reportgen: Run, tmp_path: Path
) -> None:
    head = (
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "完成值",
        "分值",
        "得分",
    )
    line = ("产出指标", "数量指标", "疏浚河道", "12公里", "12公里", "30", "35")
    form = docx(
        par("2023年度项目支出绩效自评表"),
        table(row("项目名称", ("河道清淤", 6)), row(*head), row(*line)),
    )
    (tmp_path / "表.docx").write_bytes(form)

    reportgen("check", "表.docx", "--annotate")

    copy = read_package(
        (tmp_path / "审阅" / "表（审阅）.docx").read_bytes(), "x"
    )
    said = copy.parts["word/comments.xml"].decode()
    cells = [*copy.tree(copy.main).iter(f"{W}tc")]
    commented = [
        "".join(cell.itertext())
        for cell in cells
        if next(cell.iter(f"{W}commentReference"), None) is not None
    ]
    assert "SCO004" in said
    assert "35" in commented
    assert (tmp_path / "审阅" / "表（问题清单）.xlsx").exists()
    assert (tmp_path / "表.docx").read_bytes() == form
