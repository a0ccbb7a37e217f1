"""A document that was only opened and saved again is no edited one; one far from its folder is still known as ours."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from docx import Document

Run = Callable[..., Told]
Unit = Callable[..., Path]
REPORT = Path("outputs/2024/示范单位/1 部门整体支出绩效自评报告.docx")
BEFORE = "资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 5}\n"
AFTER = "资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 4}\n"


@pytest.fixture
def resaved(reportgen: Run, unit: Unit) -> Path:
    """The report, opened and saved again without a change."""
    reportgen("build", unit(more=BEFORE))
    before = REPORT.read_bytes()
    Document(str(REPORT)).save(str(REPORT))
    assert REPORT.read_bytes() != before
    return REPORT


def test_it_is_told_as_unchanged(resaved: Path, reportgen: Run) -> None:
    status = reportgen("status", "unit.yaml")
    diff = reportgen("diff", resaved)

    assert status.code == 0
    assert f"未改动  {resaved}（只是重新保存过）" in status.out
    assert "已修改" not in status.out
    assert (diff.code, "没有改动，只是重新保存过" in diff.out) == (0, True)


def test_one_that_got_another_name_is_told_as_unchanged_too(
    resaved: Path, reportgen: Run
) -> None:
    other = resaved.rename(resaved.with_name("定稿.docx"))

    status = reportgen("status", "unit.yaml")

    assert f"未改动  {other}" in status.out
    assert "改动 0 处" not in status.out


def test_build_says_so_and_brings_it_up_to_date(
    resaved: Path, reportgen: Run, unit: Unit
) -> None:
    told = reportgen("build", unit(more=AFTER))

    assert f"未改动，只是重新保存过 {resaved.name}" in told.out
    assert "人工改过" not in told.out
    assert any(
        "80.00%" in one.text for one in Document(str(resaved)).paragraphs
    )
    assert "未改动" in reportgen("status", "unit.yaml").out
    assert "没有变化" in reportgen("build", "unit.yaml").out


def test_one_word_or_a_comment_makes_it_an_edited_one(
    resaved: Path, reportgen: Run
) -> None:
    document = Document(str(resaved))
    paragraph = next(one for one in document.paragraphs if one.runs)
    document.add_comment(paragraph.runs, "请核对", author="科员", initials="科")
    document.save(str(resaved))
    assert "已修改" in reportgen("status", "unit.yaml").out

    paragraph.runs[0].text += "（稿）"
    document.save(str(resaved))
    assert "改动 1 处" in reportgen("status", "unit.yaml").out


def test_a_document_far_from_its_record_is_ours(
    resaved: Path, reportgen: Run, tmp_path: Path
) -> None:
    shutil.move("outputs", tmp_path / "别处")
    shutil.copy(
        tmp_path / "别处" / resaved.relative_to("outputs"), "桌面上.docx"
    )

    told = reportgen("diff", "桌面上.docx")
    found = reportgen("diff", "桌面上.docx", "-o", "别处")

    assert told.code == 3
    assert (
        "是本程序生成的（2024年度，示范单位，1 部门整体支出绩效自评报告）"
        in told.out
    )
    assert "在 outputs 下没有找到它的生成记录；请用 -o 写明" in told.out
    assert "--unit" in told.out
    assert "没有改动" in found.out


@pytest.mark.parametrize("command", ["diff", "pull"])
def test_a_stranger_s_document_is_not_ours(
    command: str, reportgen: Run
) -> None:
    Document().save("别人的.docx")

    told = reportgen(command, "别人的.docx")

    assert told.code == 3
    assert "不是本程序生成的文件" in told.out
