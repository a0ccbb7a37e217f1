"""问题清单.xlsx: rows worst first, filterable, links to documents, and text that stays text."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from reportgen.batch.jobs import Job
from reportgen.batch.stages import build_unit
from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity
from reportgen.pipeline import PackCache
from reportgen.workbooks.findings_book import findings_workbook

ROOT = Path(__file__).resolve().parents[2]
HEAD = (
    "序号",
    "程度",
    "代码",
    "位置",
    "填报文件行号",
    "问题与处理",
    "印在哪份文件",
    "豁免理由",
    "填报文件",
)


def finding(
    message: str = "总分有误", severity: Severity = Severity.ERROR, **more: Any
) -> Finding:
    return Finding(
        "SCO003",
        severity,
        message,
        Place("unit.yaml", 94, 3),
        "自评结果.总分",
        **more,
    )


def sheet(*findings: Finding, file: str = "unit.yaml") -> Any:
    return openpyxl.load_workbook(
        BytesIO(findings_workbook(findings, file))
    ).active


def rows(*findings: Finding) -> list[tuple[Any, ...]]:
    return [
        tuple(cell.value or "" for cell in row)
        for row in sheet(*findings).iter_rows(min_row=3)
    ]


def test_one_row_for_each_finding_under_a_head_that_stays() -> None:
    made = sheet(finding(), finding("缺少偏差原因", Severity.WARNING))

    assert tuple(cell.value for cell in made[2]) == HEAD
    assert tuple(cell.value or "" for cell in made[3]) == (
        *(1, "错误", "SCO003", "自评结果.总分", 94, "总分有误"),
        *("", "", "unit.yaml"),
    )
    assert (made.max_row, made.freeze_panes, made.auto_filter.ref) == (
        4,
        "A3",
        "A2:I4",
    )


def test_the_title_names_the_file_without_the_folders_of_a_disk() -> None:
    made = sheet(finding(), file="/home/某人/2024/农业局.yaml")

    assert made["A1"].value == "问题清单（农业局.yaml）"
    assert made.print_title_rows == "$2:$2"
    assert "某人" not in made.oddFooter.left.text


def test_a_row_is_as_high_as_its_text_and_the_sheet_as_wide_as_a_page() -> None:
    made = sheet(finding("缺少偏差原因；请写明原因和措施。" * 20), finding())

    assert made.row_dimensions[3].height > 5 * made.row_dimensions[4].height
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert made.page_setup.fitToHeight == 0  # and one page wide by default
    assert sum(one.width for one in made.column_dimensions.values()) < 190


def test_the_worst_come_first_and_what_is_waived_last() -> None:
    found = rows(
        finding("甲", Severity.ADVICE),
        finding("乙", Severity.ERROR, waived="按复核数填报（测试甲）"),
        finding("丙", Severity.WARNING),
        finding("丁", Severity.ERROR),
    )

    assert [(row[0], row[1], row[5], row[7]) for row in found] == [
        (1, "错误", "丁", ""),
        (2, "警告", "丙", ""),
        (3, "提示", "甲", ""),
        (4, "已豁免", "乙", "按复核数填报（测试甲）"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        '=HYPERLINK("x")',
        "\t=1",
        "http://a.cn",
        "{=1}",
    ],
)
def test_text_stays_text(text: str) -> None:
    made = sheet(finding(text, waived=text))

    for column in ("F", "H"):
        cell = made[f"{column}3"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_document_of_the_set_is_a_link_to_the_file_beside() -> None:
    name = "附件3-1 项目支出绩效自评表（水电 & 维修费）.docx"

    cell = sheet(finding(document=name))["G3"]

    assert cell.value == name
    assert unquote(cell.hyperlink.target) == name


def test_a_name_that_excel_would_take_for_a_bookmark_is_no_link() -> None:
    cell = sheet(finding(document="3#楼维修.docx"))["G3"]

    assert (cell.value, cell.hyperlink) == ("3#楼维修.docx", None)


def test_without_a_document_the_cell_is_empty() -> None:
    cell = sheet(finding())["G3"]

    assert (cell.value, cell.hyperlink) == ("", None)


def test_a_file_without_a_line_and_a_path_is_named_itself() -> None:
    found = rows(
        Finding("DAT001", Severity.ERROR, "打不开", Place("甲 & 乙.yaml"))
    )

    assert found == [
        (1, "错误", "DAT001", "甲 & 乙.yaml", "", "打不开", "", "", "")
    ]


def test_no_findings_leave_a_head_alone() -> None:
    assert sheet().max_row == 2


def test_the_same_findings_give_the_same_bytes() -> None:
    assert findings_workbook([finding()], "unit.yaml") == findings_workbook(
        [finding()], "unit.yaml"
    )


@pytest.fixture(scope="module")
def lukou(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a unit that was built, with faults."""
    job = Job(
        ROOT / "inputs" / "lukou.yaml",
        tmp_path_factory.mktemp("outputs"),
        "lukou",
    )
    folder = build_unit(job, PackCache((ROOT / "templates",))).folder
    assert folder is not None
    return folder


def test_the_workbook_of_a_unit_links_to_documents_that_lie_beside_it(
    lukou: Path,
) -> None:
    book = lukou / "问题清单.xlsx"
    made = openpyxl.load_workbook(book).active
    linked = {
        row[6].value for row in made.iter_rows(min_row=3) if row[6].hyperlink
    }
    kinds = {
        str(name).partition(" ")[2].partition("（")[0].removesuffix(".docx")
        for name in linked
    }

    assert linked <= {path.name for path in lukou.glob("*.docx")}
    assert kinds == {
        "部门整体支出绩效自评表",
        "部门整体支出绩效自评报告",
        "项目支出绩效自评表",
        "项目支出绩效自评报告",
    }
    with zipfile.ZipFile(book) as archive:
        assert b'TargetMode="External"' in archive.read(
            "xl/worksheets/_rels/sheet1.xml.rels"
        )


def test_a_score_leads_to_the_form_and_a_sentence_to_the_report(
    lukou: Path,
) -> None:
    made = openpyxl.load_workbook(lukou / "问题清单.xlsx").active
    where = {row[3].value: row[6].value for row in made.iter_rows(min_row=3)}

    assert (
        where["项目[1].自评结果.总分"]
        == "附件3-1 项目支出绩效自评表（水电维修费）.docx"
    )
    assert (
        where["项目[4].叙述.改进措施"]
        == "附件4-4 项目支出绩效自评报告（宽带及网络维护费）.docx"
    )
    assert where["自评结果.总分"] == "附件1 部门整体支出绩效自评表.docx"
