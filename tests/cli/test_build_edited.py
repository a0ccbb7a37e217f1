"""A document that a person edited is brought up to date by the next build and keeps what they wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from command_line import Told
from docx import Document

Run = Callable[..., Told]
Unit = Callable[..., Path]
FOLDER = Path("outputs/2024/示范单位")
REPORT = FOLDER / "1 部门整体支出绩效自评报告.docx"
BEFORE = "资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 5}\n"
AFTER = "资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 4}\n"
OWN = "经党组会议研究，本报告已经公示。"


def texts(path: Path) -> list[str]:
    document = Document(str(path))
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def edited(path: Path) -> None:
    document = Document(str(path))
    document.paragraphs[-1].insert_paragraph_before(OWN)
    document.save(str(path))


def test_what_is_new_is_merged_and_what_was_written_stays(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    before = REPORT.read_bytes()

    told = reportgen("build", unit(more=AFTER))

    assert told.code == 0
    assert f"人工改过，已保留修改并合并 {REPORT.name}" in told.out
    assert OWN in texts(REPORT)
    assert any("80.00%" in text for text in texts(REPORT))
    assert not any(
        "100.00%" in text and "执行率" in text for text in texts(REPORT)
    )
    assert [
        path.read_bytes() for path in (FOLDER / ".reportgen/history").iterdir()
    ] == [before]


def test_a_second_build_finds_it_up_to_date(reportgen: Run, unit: Unit) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    reportgen("build", unit(more=AFTER))
    merged = REPORT.read_bytes()

    told = reportgen("build", "unit.yaml")
    again = reportgen("build", "unit.yaml", "--force")

    assert "没有变化" in told.out
    assert "没有新内容" in again.out
    assert REPORT.read_bytes() == merged


def test_nothing_is_written_on_trial(reportgen: Run, unit: Unit) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    files = {
        path: path.read_bytes()
        for path in Path("outputs").rglob("*")
        if path.is_file()
    }

    told = reportgen("build", unit(more=AFTER), "--dry-run")

    assert "预演" in told.out
    assert "合并" in told.out
    assert {
        path: path.read_bytes()
        for path in Path("outputs").rglob("*")
        if path.is_file()
    } == files


def test_without_what_was_printed_the_file_is_left_alone(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    before = REPORT.read_bytes()
    (FOLDER / ".reportgen/base.zip").write_bytes(b"damaged")

    told = reportgen("build", unit(more=AFTER))

    assert told.code == 1
    assert "底稿找不到" in told.out
    assert REPORT.read_bytes() == before


def test_the_status_of_an_edited_and_of_a_merged_file(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    assert "已修改" in (before := reportgen("status", "unit.yaml").out)
    assert "改动 1 处" in before
    reportgen("build", unit(more=AFTER))
    told = reportgen("status", "unit.yaml")
    assert "已合并" in told.out
    assert told.code == 0


def test_the_bundle_holds_what_a_person_wrote(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)

    reportgen("build", unit(more=AFTER), "--bundle")

    bundle = next(FOLDER.glob("*（合订本）.docx"))
    assert OWN in texts(bundle)
    assert any("80.00%" in text for text in texts(bundle))


def test_a_document_that_was_renamed_is_merged_under_its_new_name(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    final = REPORT.rename(FOLDER / "自评报告（定稿）.docx")
    assert f"{final.name}" in reportgen("status", "unit.yaml").out

    told = reportgen("build", unit(more=AFTER))

    assert f"人工改过，已保留修改并合并 {final.name}" in told.out
    assert not REPORT.exists()
    assert OWN in texts(final)
    assert any("80.00%" in text for text in texts(final))
    assert "没有变化" in reportgen("build", "unit.yaml").out
    assert "已合并" in reportgen("status", "unit.yaml").out
    assert "改动 1 处" in reportgen("diff", final).out


def test_a_renamed_document_that_nobody_edited_is_brought_up_to_date(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    final = REPORT.rename(FOLDER / "自评报告（定稿）.docx")
    reportgen("build", unit(more=AFTER))
    assert not REPORT.exists()
    assert any("80.00%" in text for text in texts(final))
    final.rename(REPORT)
    reportgen("build", unit(more=BEFORE))
    assert any("100.00%" in text for text in texts(REPORT))
    assert not final.exists()


def test_of_two_documents_that_were_renamed_none_is_guessed(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    (FOLDER / "副本.docx").write_bytes(REPORT.read_bytes())
    REPORT.rename(FOLDER / "定稿.docx")
    before = (FOLDER / "定稿.docx").read_bytes()

    told = reportgen("build", unit(more=AFTER))

    assert told.code == 1
    assert "现有 副本.docx、定稿.docx 几份" in told.out
    assert not REPORT.exists()
    assert (
        (FOLDER / "定稿.docx").read_bytes()
        == before
        == (FOLDER / "副本.docx").read_bytes()
    )


def test_a_renamed_document_without_what_was_printed_makes_room_for_a_new_one(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=BEFORE))
    edited(REPORT)
    final = REPORT.rename(FOLDER / "旧稿.docx")
    (FOLDER / ".reportgen/base.zip").unlink()

    told = reportgen("build", unit(more=AFTER))

    assert told.code == 0
    assert any("80.00%" in text for text in texts(REPORT))
    assert OWN in texts(final)
