"""汇总表.xlsx, read back with another library."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import openpyxl
import pytest
from summary_units import ROOT, a_run, row, unit

from reportgen.results.summary import Summary, summarise
from reportgen.results.unit_result import BUILT, UnitResult
from reportgen.workbooks.summary_book import summary_workbook

HEADS = [
    "序号",
    "单位",
    "项目",
    "预算数（万元）",
    "执行数（万元）",
    "执行率",
    "分值",
    "自评得分",
    "等级",
    "错误",
    "警告",
    "文件",
]


def book(summary: Summary, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(
        BytesIO(summary_workbook(summary, ROOT)), data_only=values
    )


def cells(sheet: Any, number: int) -> list[Any]:
    return [cell.value for cell in sheet[number]]


def test_one_row_for_each_unit_in_the_order_of_the_files() -> None:
    sheet = book(a_run())["单位"]

    assert cells(sheet, 3)[:12] == HEADS
    assert [sheet.cell(at, 2).value for at in range(4, 8)] == [
        "甲中心",
        "+乙站",
        "丙所",
        "d.yaml",
    ]
    assert cells(sheet, 4)[3:12] == [
        100,
        99,
        0.99,
        100,
        98.5,
        "优",
        1,
        1,
        "2 份",
    ]


def test_a_unit_that_failed_is_a_row_with_its_reason() -> None:
    sheet = book(a_run())["单位"]

    assert cells(sheet, 7)[3:9] == [None] * 6
    assert cells(sheet, 7)[12:] == ["失败", "是", "是", "文件是空的"]


def test_a_file_that_was_kept_is_told() -> None:
    assert (
        book(a_run())["单位"].cell(5, 16).value
        == "1 报告.docx：文件在生成后被修改过"
    )


def test_projects_have_their_own_sheet() -> None:
    sheet = book(a_run())["项目"]

    assert [cells(sheet, at)[1:6] for at in (4, 5)] == [
        ["甲中心", "甲项目", 60, 60, 1],
        ["甲中心", "=SUM(A1:A9)", 40, 39, 0.975],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+乙站",
        "-丙",
        "@SUM(A1)",
        '=HYPERLINK("http://a","b")',
        "{=A1}",
        "http://a.b/c",
    ],
)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    whole = replace(row("1", "1", "90"), grade=text)
    one = unit("a.yaml", text, whole, projects=(row("1", "1", name=text),))

    loaded = book(summarise([one]))

    found = [
        cell
        for sheet in loaded
        for line in sheet.iter_rows(min_row=4)
        for cell in line
        if cell.value == text
    ]
    assert (
        len(found) >= 5
    )  # the unit twice, its grade, its project, and the grade in 统计
    assert {cell.data_type for cell in found} == {"s"}


def test_totals_are_formulas_over_all_rows_with_their_values() -> None:
    formulas, values = book(a_run())["单位"], book(a_run(), values=True)["单位"]

    assert cells(formulas, 2)[3:5] == [
        "=SUBTOTAL(109,$D$4:$D$7)",
        "=SUBTOTAL(109,$E$4:$E$7)",
    ]
    assert cells(values, 2)[3:6] == [200, 169, 0.845]
    assert cells(values, 2)[9:11] == [2, 1]


def test_units_within_a_department_are_not_added_twice() -> None:
    child = unit("b.yaml", "下属站", row("30", "30", "90", "优"))
    parent = unit(
        "a.yaml",
        "某局",
        row("130", "120", "95", "优"),
        includes=(str(Path("b.yaml").resolve()),),
    )

    formulas, values = (
        book(summarise([child, parent]), values=kind)["单位"]
        for kind in (False, True)
    )

    assert formulas.cell(2, 4).value == '=SUMIFS($D$4:$D$5,$N$4:$N$5,"是")'
    assert values.cell(2, 4).value == 130
    assert [values.cell(at, 14).value for at in (4, 5)] == ["是", "否"]


def test_department_beside_its_units_is_in_no_average() -> None:
    below = [
        unit("b.yaml", "东站", row("30", "30", "90", "优")),
        unit("c.yaml", "西站", row("90", "20", "60", "中")),
    ]
    parent = unit(
        "a.yaml",
        "某局",
        row("130", "60", "95", "优"),
        includes=tuple(str(one.file.resolve()) for one in below),
    )
    run = summarise([*below, parent])

    assert (run.mean_score, run.weighted_score) == (75, Decimal("67.5"))
    assert dict(run.grades)["优"] == 1
    formulas = book(run)
    assert (
        formulas["单位"].cell(2, 8).value
        == '=IFERROR(AVERAGEIFS($H$4:$H$6,$O$4:$O$6,"是"),"")'
    )
    assert [formulas["单位"].cell(at, 15).value for at in (4, 5, 6)] == [
        "否",
        "是",
        "是",
    ]


def test_head_and_totals_stay_in_sight_and_the_table_can_be_filtered() -> None:
    sheet = book(a_run())["单位"]

    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:P7"
    assert (sheet["D4"].number_format, sheet["F4"].number_format) == (
        "#,##0.00",
        "0.00%",
    )
    assert len(sheet.conditional_formatting) >= 6


def test_files_are_a_link_to_their_folder() -> None:
    strange = unit(
        "a.yaml",
        "50%#1 站",
        row("1", "1"),
        documents=a_run().units[0].documents,
    )

    assert book(a_run())["单位"]["L4"].hyperlink.target == "2024\\甲中心\\"
    assert (
        book(summarise([strange]))["单位"]["L4"].hyperlink.target
        == "2024\\50%25%231%20站\\"
    )


def test_grades_and_rates_are_counted_beside_native_charts() -> None:
    sheet = book(a_run(), values=True)["统计"]

    counted = {
        line[0].value: line[1].value
        for line in sheet.iter_rows(min_row=2, max_col=2)
        if line[0].value
    }
    assert (
        counted["优"],
        counted["良"],
        counted["中"],
        counted["未评等级"],
    ) == (
        2,
        0,
        1,
        1,
    )
    assert (
        counted["100%"],
        counted["95%—100%"],
        counted["低于60%"],
        counted["无执行率"],
    ) == (1, 1, 1, 1)
    assert counted["得分简单平均"] == pytest.approx(89.5)
    assert counted["得分按预算数加权平均"] == pytest.approx(91.75)
    assert len(book(a_run())["统计"]._charts) == 2


def test_the_same_run_gives_the_same_bytes_whatever_was_finished_first() -> (
    None
):
    one = a_run()

    assert summary_workbook(one, ROOT) == summary_workbook(
        summarise(reversed(one.units)), ROOT
    )


def test_a_run_without_units_is_an_empty_table() -> None:
    assert book(summarise([]))["单位"].cell(4, 2).value is None


@pytest.mark.office
@pytest.mark.skipif(not which("soffice"), reason="needs LibreOffice")
def test_the_formulas_come_to_the_values_that_stand_beside_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "汇总表.xlsx"
    path.write_bytes(summary_workbook(a_run(), ROOT))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "ods",
        "--outdir",
        tmp_path,
        path,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    back = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        tmp_path / "b",
    ]
    subprocess.run(
        [*back, tmp_path / "汇总表.ods"],
        check=True,
        capture_output=True,
        timeout=120,
    )

    computed = openpyxl.load_workbook(
        tmp_path / "b" / "汇总表.xlsx", data_only=True
    )
    written = book(a_run(), values=True)

    for name in written.sheetnames:
        for line in written[name].iter_rows():
            for cell in line:
                if isinstance(cell.value, (int, float, Decimal)):
                    assert computed[name][
                        cell.coordinate
                    ].value == pytest.approx(cell.value), (
                        name,
                        cell.coordinate,
                    )


def test_many_and_long_grades_leave_the_next_table_whole() -> None:
    grades = [f"等级{number:02}" for number in range(30)] + [
        "长" * 300,
        '引"号',
    ]
    units = [
        UnitResult(
            Path(f"{number}.yaml"),
            BUILT,
            name=grade,
            whole=row("1", "1", "90", grade),
        )
        for number, grade in enumerate(grades)
    ]
    sheet = book(summarise(units))["统计"]
    column = [cell.value for cell in sheet["A"]]
    heads = [column.index(head) for head in ("自评等级", "预算执行率")]
    assert set(grades) <= set(column[heads[0] : heads[1]])
    assert len(column) > heads[1] + 5
    formulas = [str(cell.value) for cell in sheet["B"] if cell.value]
    assert max(map(len, formulas)) < 255
    counted = formulas[3 : 3 + 4 + len(grades)]
    assert len(set(counted)) == len(counted)
