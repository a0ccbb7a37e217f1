"""reportgen import, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from layouts import measured_columns, report_with_automatic_numbers
from openpyxl import load_workbook

Run = Callable[..., Told]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "去年.docx"
    path.write_bytes(measured_columns()[0])
    return path


def test_a_draft_is_written_and_can_be_checked(
    reportgen: Run, form: Path
) -> None:
    told = reportgen("import", form.name, "-o", "单位.yaml")

    assert told.code == 0
    assert "已写入 单位.yaml" in told.out
    assert "reportgen check 单位.yaml" in told.out
    assert reportgen("check", "单位.yaml").code in {0, 1}


def test_what_is_there_is_not_written_over(reportgen: Run, form: Path) -> None:
    Path("单位.yaml").write_text("年度: 2020\n", encoding="utf-8")

    told = reportgen("import", form.name, "-o", "单位.yaml")

    assert told.code == 3
    assert "文件已经存在" in told.err
    assert Path("单位.yaml").read_text(encoding="utf-8") == "年度: 2020\n"


def test_json_says_where_each_value_stood(reportgen: Run, form: Path) -> None:
    told = reportgen("import", form.name, "-o", "单位.yaml", "--format", "json")

    shape = json.loads(told.out)
    places = {one["path"]: one["place"] for one in shape["values"]}
    assert "表1第" in places["项目[1].指标[1].实际值"]
    assert "「完成值」" in places["项目[1].指标[1].实际值"]


def test_several_documents_are_one_unit(reportgen: Run, form: Path) -> None:
    Path("报告.docx").write_bytes(report_with_automatic_numbers()[0])

    told = reportgen("import", form.name, "报告.docx", "-o", "单位.yaml")

    assert told.code == 0
    text = Path("单位.yaml").read_text(encoding="utf-8")
    assert "生态护林员补助" in text
    assert "存在问题:" in text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"x", "不能读取"),
        ("a.docx", b"", "0 字节"),
        ("a.docx", b"PK\x03\x04", "不完整"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .doc"),
    ],
)
def test_what_cannot_be_read_is_told(
    reportgen: Run, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    Path(name).write_bytes(content)

    told = reportgen("import", name)

    assert told.code == 3
    assert says in told.err
    assert "Traceback" not in told.text


def test_last_year_goes_straight_into_the_collection_form(
    reportgen: Run, form: Path
) -> None:
    told = reportgen("import", form.name, "--year", "2025", "-o", "采集表.xlsx")

    assert told.code == 0, told.err
    book = load_workbook("采集表.xlsx")
    said = {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert "2025" in said
    assert any("生态护林员补助" in one for one in said)
    assert any("872" in one for one in said)  # what came of it last year


def test_a_document_becomes_a_collection_form_of_its_year(
    reportgen: Run, form: Path
) -> None:
    assert reportgen("import", form.name, "-o", "采集表.xlsx").code == 0
    assert reportgen("import", "采集表.xlsx", "-o", "单位.yaml").code == 0

    text = Path("单位.yaml").read_text(encoding="utf-8")
    assert "年度: 2024" in text
    assert "872" in text


def test_a_wps_file_is_read_by_what_it_holds(
    reportgen: Run, form: Path
) -> None:
    form.rename("去年.wps")

    told = reportgen("import", "去年.wps", "-o", "单位.yaml")

    assert told.code == 0
    assert "生态护林员补助" in Path("单位.yaml").read_text(encoding="utf-8")


def test_last_year_is_a_start(reportgen: Run, form: Path) -> None:
    told = reportgen("import", form.name, "--year", "2025", "-o", "今年.yaml")

    assert told.code == 0
    text = Path("今年.yaml").read_text(encoding="utf-8")
    assert "年度: 2025" in text
    assert '历年: {上年: "872"}' in text or "历年: {上年: 872}" in text
    assert "请按本年的目标改" in text
    assert "全年执行数:" not in text.split("# ==== 没有放进来")[0]
    assert "部分护林员年龄偏大" in text.split("# ==== 没有放进来")[1]
    assert reportgen("check", "今年.yaml").code in {0, 1}
