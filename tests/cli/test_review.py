"""reportgen review: papers for reviewers, prefilled by the rules; what they type comes home."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from command_line import Told
from openpyxl import load_workbook

Run = Callable[..., Told]
UNIT = """\
模板: hubei
年度: 2024
单位: {名称: 白石县水文站}
资金: {年初预算数: 60, 全年预算数: 60, 全年执行数: 60, 分值: 20, 得分: 20}
年度目标: {预期目标: 测站运行360天，报汛及时, 完成情况: 测站运行362天，报汛480次}
一级分值: {产出指标: 40, 效益指标: 30, 满意度指标: 10}
指标:
  # 运行天数由自记仪得出
  - {一级: 产出指标, 二级: 数量指标, 三级: 测站运行天数, 指标值: ≥360天, 实际值: 362天, 得分: 40,
     核心指标: 是, 佐证材料: 自记记录}
  - {一级: 效益指标, 二级: 社会效益指标, 三级: 项目效益, 指标值: 明显, 实际值: 明显, 得分: 30}
  - {一级: 满意度指标, 二级: 服务对象满意度指标, 三级: 用水单位满意度, 指标值: ≥90%, 实际值: 95%,
     得分: 10, 佐证材料: 问卷60份}
自评结果: {总分: 100}
"""
BOOK = Path("复核", "2024 白石县水文站（复核表）.xlsx")
SHEET = BOOK.with_suffix(".docx")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    path = tmp_path / "水文站.yaml"
    path.write_text(UNIT, encoding="utf-8")
    return path


def said(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", body)


def cell_beside(number: str, head: str) -> tuple[int, int]:
    rows = [*load_workbook(BOOK).worksheets[0].iter_rows(values_only=True)]
    heads = next(list(row) for row in rows if "编号" in row)
    at = next(n for n, row in enumerate(rows, start=1) if number in row)
    return at, heads.index(head) + 1


def type_into(number: str, head: str, value: object) -> None:
    book = load_workbook(BOOK)
    row, column = cell_beside(number, head)
    book.worksheets[0].cell(row, column).value = value
    book.save(BOOK)


def test_papers_are_prefilled_with_what_the_rules_would_deduct(
    reportgen: Run, unit: Path
) -> None:
    told = reportgen("review", unit.name)

    assert told.code == 0
    assert "1 个单位、1 张自评表" in told.out
    sheet = load_workbook(BOOK, data_only=True).worksheets[0]
    row, column = cell_beside("整体-2", "复核得分")
    assert sheet.cell(row, column).value < 30
    assert "REV002" in sheet.cell(row, column + 2).value
    row, column = cell_beside("整体-1", "复核得分")
    assert sheet.cell(row, column).value == 40
    total, _ = cell_beside("整体-合计", "复核得分")
    parts = [sheet.cell(n, column).value for n in range(total - 4, total)]
    assert sheet.cell(total, column).value == sum(parts)
    report = said(Path("复核", "复核报告.docx"))
    assert "「项目效益」扣" in report
    assert "REV002" in report
    assert "项目效益" in said(SHEET)


def test_what_is_typed_comes_home(reportgen: Run, unit: Path) -> None:
    reportgen("review", unit.name)
    type_into("整体-1", "复核完成值", "355天")
    type_into("整体-1", "复核得分", 32.5)
    type_into("整体-合计", "复核得分", 81)
    type_into("整体-2", "佐证材料", "灌溉台账")

    told = reportgen("import", str(BOOK))

    assert told.code == 0, told.err
    text = unit.read_text(encoding="utf-8")
    tree = yaml.safe_load(text)
    assert tree["指标"][0]["复核完成值"] == "355天"
    assert tree["指标"][0]["复核得分"] == 32.5
    assert tree["指标"][1]["佐证材料"] == "灌溉台账"
    assert tree["自评结果"]["复核得分"] == 81
    assert "# 运行天数由自记仪得出" in text
    assert reportgen("undo", unit.name).code == 0
    assert unit.read_text(encoding="utf-8") == UNIT


def test_the_word_paper_comes_home_as_well(reportgen: Run, unit: Path) -> None:
    reportgen("review", unit.name)
    parts = {}
    with zipfile.ZipFile(SHEET) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("自记记录", "整编成果").encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    SHEET.write_bytes(held.getvalue())

    told = reportgen("import", str(SHEET))

    assert told.code == 0, told.err
    tree = yaml.safe_load(unit.read_text(encoding="utf-8"))
    assert tree["指标"][0]["佐证材料"] == "整编成果"


def test_papers_that_are_there_stay_as_they_are(
    reportgen: Run, unit: Path
) -> None:
    reportgen("review", unit.name)
    type_into("整体-1", "复核得分", 11)
    before = BOOK.read_bytes()

    told = reportgen("review", unit.name)

    assert "已经有了，没有改动" in told.out
    assert BOOK.read_bytes() == before


def test_what_reviewers_gave_stands_in_the_next_report(
    reportgen: Run, unit: Path
) -> None:
    given = UNIT.replace("总分: 100", "总分: 100, 复核得分: 77.5")
    unit.write_text(given, encoding="utf-8")

    reportgen("review", unit.name)

    report = said(Path("复核", "复核报告.docx"))
    assert "自评100分，复核77.5分" in report
    assert "还没有填写复核总分" not in report


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("白石县水文站", "乌石县水文站"), "是“乌石县水文站”的"),
        (None, "找不到填报文件"),
    ],
)
def test_a_paper_of_another_unit_is_refused(
    reportgen: Run, unit: Path, change: tuple[str, str] | None, says: str
) -> None:
    reportgen("review", unit.name)
    if change:
        unit.write_text(UNIT.replace(*change), encoding="utf-8")
    else:
        unit.unlink()

    told = reportgen("import", str(BOOK))

    assert told.code == 3
    assert says in told.err


def test_a_row_that_the_file_no_longer_has_is_told(
    reportgen: Run, unit: Path
) -> None:
    reportgen("review", unit.name)
    changed = UNIT.replace("三级: 测站运行天数", "三级: 自记站运行天数")
    unit.write_text(changed, encoding="utf-8")
    type_into("整体-3", "复核得分", 8)

    told = reportgen("import", str(BOOK))

    assert "（整体-1）：填报文件里没有这一项，没有写入" in told.out
    tree = yaml.safe_load(unit.read_text(encoding="utf-8"))
    assert "复核得分" not in tree["指标"][0]
    assert tree["指标"][2]["复核得分"] == 8
