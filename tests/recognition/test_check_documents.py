"""reportgen check on documents that others made."""

from __future__ import annotations

import json
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


def read_wrongly(folder: Path) -> None:
    """A form in which a total does not fit its rows, and a result falls short without a reason."""
    head = ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因")  # fmt: skip
    doc = docx(
        par("2023年度项目支出绩效自评表"),
        table(
            row("项目名称", ("渡口维护", 7)),
            row(*head),
            row("产出指标", "数量指标", "维护渡口", "12处", "12处", "50", "50", ""),
            row("", "", "更换趸船", "≥5艘", "3艘", "40", "40", ""),
            row(("总分", 5), "90", "95", ""),
        ),
        par("关于渡口维护项目的绩效自评报告"),
        par("一、自评结论"),
        par("项目自评得分98分。"),
    )  # fmt: skip
    (folder / "表.docx").write_bytes(doc)


def test_who_reads_a_document_is_told_places_and_no_names_of_fields(
    reportgen: Run, tmp_path: Path
) -> None:
    read_wrongly(tmp_path)

    told = reportgen("check", "表.docx").out
    found = json.loads(reportgen("check", "表.docx", "--format", "json").out)

    assert "项目[1]" not in told
    assert "表.docx 表1第4行「更换趸船」的「偏差原因」：" in told
    assert "（表1第5行第3格「总分」的「得分」）" in told
    text = json.dumps(found, ensure_ascii=False)
    assert '"path": "项目[1].指标[2].偏差原因"' in text


def test_a_document_that_does_not_say_its_year_is_of_none(
    reportgen: Run, tmp_path: Path
) -> None:
    form = docx(
        par("项目支出绩效自评表"),
        table(row("项目名称", "渡口维护"), row("主管部门", "清河县交通局")),
    )
    (tmp_path / "表.docx").write_bytes(form)

    told = reportgen("check", "表.docx").out

    assert "（清河县交通局）" in told
    assert "1900" not in told
