"""reportgen pack check: a pack is audited before staff rely on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm

from reportgen.application.pack_audit import audit_pack
from reportgen.core.findings import Finding
from reportgen.pipeline import PackCache, prepare

TEMPLATES = Path(__file__).parents[2] / "templates"
PACKS = sorted(path.parent.name for path in TEMPLATES.glob("*/pack.yaml"))


@pytest.mark.parametrize("pack", PACKS)
def test_the_packs_of_the_box_pass(pack: str) -> None:
    assert [
        finding.message for finding in audit_pack(pack, PackCache((TEMPLATES,)))
    ] == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(TEMPLATES / "standard", tmp_path / "standard")
    return tmp_path


def audited(copied: Path) -> list[Finding]:
    return list(audit_pack("standard", PackCache((copied,))))


def edited(copied: Path, change: Callable[[Document], None]) -> list[Finding]:
    path = copied / "standard" / "项目支出绩效自评表.docx"
    document = Document(str(path))
    change(document)
    document.save(str(path))
    return audited(copied)


def test_an_unknown_name_is_told_with_table_row_and_cell(copied: Path) -> None:
    def change(document: Document) -> None:
        document.tables[0].rows[0].cells[-1].paragraphs[0].runs[
            0
        ].text = "{{ 项目.名子 }}"

    (finding,) = [one for one in edited(copied, change) if one.code == "TPL002"]

    assert "第1个表格第1行" in finding.message
    assert "{{ 项目.名子 }}" in finding.message
    assert "没有「项目.名子」这个名称" in finding.message


def test_an_unknown_name_in_a_branch_that_the_example_never_takes_is_found(
    copied: Path,
) -> None:
    def change(document: Document) -> None:
        document.add_paragraph(
            "{% if 项目.名称 == '没有的项目' %}{{ 项目.没有的名称 }}{% endif %}"
        )

    assert any(
        "项目.没有的名称" in one.message for one in edited(copied, change)
    )


def test_an_unknown_name_of_a_row_in_a_loop_is_found(copied: Path) -> None:
    def change(document: Document) -> None:
        document.add_paragraph(
            "{% for 行 in 项目.指标 %}{{ 行.指标直 }}{% endfor %}"
        )

    assert any(
        "项目.指标.指标直" in one.message for one in edited(copied, change)
    )


def test_a_name_that_must_be_printed_and_is_not_is_found(copied: Path) -> None:
    pack = copied / "standard" / "pack.yaml"
    text = pack.read_text(encoding="utf-8").replace(
        "必须打印:\n", "必须打印:\n  - 填报.没有打印\n"
    )
    pack.write_text(text, encoding="utf-8")

    (finding,) = audited(copied)

    assert finding.code == "TPL004"
    assert "填报.没有打印" in finding.message


def test_a_broken_template_is_named_and_the_others_are_still_audited(
    copied: Path,
) -> None:
    (copied / "standard" / "自评报告.docx").write_bytes(b"PK\x03\x04")

    def change(document: Document) -> None:
        document.add_paragraph("{{ 项目.名子 }}")

    found = edited(copied, change)

    assert any(
        one.code == "TPL001" and "自评报告.docx" in one.place.file
        for one in found
    )
    assert any("项目.名子" in one.message for one in found)


def test_a_faulty_example_is_part_of_the_audit(copied: Path) -> None:
    example = copied / "standard" / "example.yaml"
    example.write_text(
        example.read_text(encoding="utf-8").replace(
            "全年执行数:", "全年执行书:", 1
        ),
        encoding="utf-8",
    )

    assert any(
        one.code == "DAT004" and "全年执行书" in one.message
        for one in audited(copied)
    )


def test_paper_fonts_and_headings_of_an_official_paper_are_looked_at(
    copied: Path,
) -> None:
    path = copied / "standard" / "自评报告.docx"
    document = Document(str(path))
    document.sections[0].page_width = Mm(250)
    for paragraph in document.paragraphs:
        if (
            paragraph.style.name.startswith("Heading")
            or "标题" in paragraph.style.name
        ):
            paragraph.style = document.styles["Normal"]
    document.save(str(path))

    messages = [one.message for one in audited(copied) if one.code == "TPL003"]

    assert any("A4" in message for message in messages)
    assert any("一级标题" in message for message in messages)


def told(findings: list[Finding]) -> list[str]:
    return [one.message for one in findings if one.code == "TPL006"]


def test_a_cell_that_was_deleted_in_the_row_of_a_loop_is_told(
    copied: Path,
) -> None:
    def change(document: Document) -> None:
        table = document.tables[1]
        row = next(
            one
            for one in table.rows
            if "指标值" in "".join(cell.text for cell in one.cells)
        )
        row._tr.remove(row._tr.tc_lst[-1])

    (message,) = told(edited(copied, change))
    assert "请检查是否多了或少了一格" in message


def test_a_name_in_single_braces_is_told(copied: Path) -> None:
    (message,) = told(
        edited(
            copied, lambda document: document.add_paragraph("{ 项目.主管部门 }")
        )
    )
    assert "请写成 {{ 项目.主管部门 }}" in message


def test_word_files_that_nothing_is_printed_from_are_told(copied: Path) -> None:
    (copied / "standard" / "项目支出绩效自评表.doc").write_bytes(b"")
    (copied / "standard" / "~$项目支出绩效自评表.docx").write_bytes(b"")
    (message,) = told(audited(copied))
    assert "「项目支出绩效自评表.doc」没有用到" in message
    assert "另存为 .docx" in message


def test_a_template_that_the_pack_does_not_name_is_told(copied: Path) -> None:
    folder = copied / "standard"
    shutil.copy(folder / "自评报告.docx", folder / "自评报告（旧）.docx")
    (message,) = told(audited(copied))
    assert "「自评报告（旧）.docx」没有用到" in message
    assert "不用的请移走" in message


def test_a_snippet_that_no_example_tells_is_read_too(copied: Path) -> None:
    file = copied / "standard" / "snippets.yaml"
    text = file.read_text(encoding="utf-8")
    assert "当: " in text
    file.write_text(text.replace("当: ", "当: (", 1), encoding="utf-8")
    assert any(one.code == "PCK001" for one in audited(copied))


def test_a_section_that_the_pack_defines_and_no_template_prints_is_told(
    copied: Path,
) -> None:
    snippets = copied / "standard" / "snippets.yaml"
    text = snippets.read_text(encoding="utf-8")
    own = "单位:\n  典型做法: {空: 无}\n"
    snippets.write_text(text.replace("单位:\n", own, 1), encoding="utf-8")

    (finding,) = audited(copied)

    assert finding.code == "TPL007"
    assert "「典型做法」没有出现在任何一个模板中" in finding.message


def test_a_unit_that_writes_such_a_section_is_told(copied: Path) -> None:
    snippets = copied / "standard" / "snippets.yaml"
    text = snippets.read_text(encoding="utf-8")
    own = "单位:\n  典型做法: {空: 无}\n"
    snippets.write_text(text.replace("单位:\n", own, 1), encoding="utf-8")
    unit = copied / "unit.yaml"
    unit.write_text(
        "年度: 2024\n单位: {名称: 青禾县图书馆}\n叙述: {典型做法: 送书下乡。}\n",
        encoding="utf-8",
    )

    found = prepare(unit, PackCache((copied,))).findings

    (told,) = [one for one in found if one.code == "DAT011"]
    assert told.path == "叙述.典型做法"
    assert "不会打印" in told.message
