"""reportgen publish: copies of printed sets, of single documents and of units, and a list that tells no secret."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from command_line import REPOSITORY, Told, tree
from stub_office import StubOffice, a_pdf

Run = Callable[..., Told]
NAME, OTHER, PHONE = "欧阳雪梅", "巴特尔", "13907334521"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The example with persons in it."""
    example = REPOSITORY / "templates" / "standard" / "example.yaml"
    text = example.read_text(encoding="utf-8")
    head, found, rest = text.partition("  日期: 2025年3月14日")
    assert found
    signing = f"  填报人: {NAME}\n  负责人: {OTHER}\n  联系电话: {PHONE}\n"
    text = head + signing + found + rest
    path = tmp_path / "图书馆.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def said_in(path: Path) -> str:
    with zipfile.ZipFile(path) as held:
        return "".join(
            held.read(name).decode("utf-8", "replace")
            for name in held.namelist()
        )


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in tree(folder)}


def test_the_set_of_a_unit_is_copied_without_its_persons(
    reportgen: Run, unit: Path, tmp_path: Path
) -> None:
    assert reportgen("build", unit).code == 0
    before = contents(tmp_path / "outputs")
    report = next((tmp_path / "outputs").rglob("1 *.docx"))
    document = docx.Document(str(report))
    document.add_paragraph(f"另由{OTHER}和{NAME}走访，电话{PHONE}。")
    document.save(str(report))
    before[str(report.relative_to(tmp_path / "outputs"))] = report.read_bytes()

    told = reportgen("publish", unit, "--no-pdf")

    assert told.code == 0
    assert "复查没有剩下" in told.out
    copies = list((tmp_path / "公开").rglob("*.docx"))
    assert len(copies) == len(list((tmp_path / "outputs").rglob("*/*.docx")))
    for copy in copies:
        said = said_in(copy)
        assert [
            one for one in (NAME, OTHER, PHONE, "_rg_", "rsid") if one in said
        ] == []
        assert not any(
            "embeddings" in name for name in zipfile.ZipFile(copy).namelist()
        )
    assert contents(tmp_path / "outputs") == before


def test_the_folder_of_a_set_knows_its_unit_from_the_receipt(
    reportgen: Run, unit: Path, tmp_path: Path
) -> None:
    reportgen("build", unit)
    folder = next((tmp_path / "outputs").rglob("receipt.json")).parent
    document = docx.Document()
    document.add_paragraph(f"{OTHER}走访三次")
    document.save(str(folder / "补充说明.docx"))

    reportgen("publish", folder, "-o", "网上", "--no-pdf")

    copy = tmp_path / "网上" / folder.name / "补充说明.docx"
    assert docx.Document(str(copy)).paragraphs[0].text == "巴**走访三次"


def test_a_list_tells_what_was_masked_and_nothing_of_it(
    reportgen: Run, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph(f"填报人：{NAME}，{PHONE}")
    document.save(str(tmp_path / "a.docx"))

    told = reportgen("publish", "a.docx", "--no-pdf")

    listed = (tmp_path / "公开" / "遮盖清单（不公开）.txt").read_text(
        "utf-8-sig"
    )
    assert "遮盖 正文第1段：姓名 欧阳**" in listed
    assert "遮盖 正文第1段：电话号码 139****4521" in listed
    assert "a.docx：遮盖 2 处（姓名 1、电话号码 1），复查没有剩下" in told.out
    for secret in (NAME, PHONE):
        assert secret not in listed + told.text


def test_a_name_that_nobody_can_tell_is_given(
    reportgen: Run, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("阿依古丽每月入户")
    document.save(str(tmp_path / "a.docx"))

    reportgen("publish", "a.docx", "--no-pdf", "--name", "阿依古丽")

    copy = docx.Document(str(tmp_path / "公开" / "a.docx"))
    assert copy.paragraphs[0].text == "阿***每月入户"


def test_a_name_in_the_name_of_a_file_is_masked(
    reportgen: Run, tmp_path: Path
) -> None:
    for name in ("自评表（欧阳雪梅）.docx", "自评表（欧阳晓梅）.docx"):
        document = docx.Document()
        document.add_paragraph("填报人：欧阳雪梅，欧阳晓梅")
        document.save(str(tmp_path / name))

    reportgen("publish", *sorted(tmp_path.glob("*.docx")), "--no-pdf")

    assert [one for one in tree(tmp_path / "公开") if one.endswith("docx")] == [
        "自评表（欧阳＊＊）.docx",
        "自评表（欧阳＊＊）（2）.docx",
    ]


def test_nothing_is_written_among_the_printed_documents(
    reportgen: Run, unit: Path, tmp_path: Path
) -> None:
    reportgen("build", unit)
    folder = next((tmp_path / "outputs").rglob("receipt.json")).parent
    before = contents(tmp_path / "outputs")

    told = reportgen("publish", folder, "-o", folder.parent, "--no-pdf")

    assert told.code == 3
    assert "公开稿不能放在里面" in told.out
    assert contents(tmp_path / "outputs").items() >= before.items()


def test_a_damaged_document_does_not_stop_the_others(
    reportgen: Run, tmp_path: Path
) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    (tmp_path / "b.docx").write_bytes(b"PK broken")

    told = reportgen("publish", "a.docx", "b.docx", "--no-pdf")

    assert told.code == 3
    assert "b.docx：没有做成：" in told.out
    assert "公开稿 1 份" in told.out


def test_a_unit_that_was_not_built_is_told(reportgen: Run, unit: Path) -> None:
    told = reportgen("publish", unit)

    assert told.code == 3
    assert "还没有生成文件" in told.err


def test_each_copy_has_its_pdf_and_that_is_looked_at_too(
    reportgen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "program").mkdir()
    stub = StubOffice(tmp_path / "program")
    monkeypatch.setenv("PATH", f"{stub.folder}:/usr/bin:/bin")
    (stub.folder / "a.pdf").write_bytes(
        a_pdf(b"BT /F1 12 Tf 100 700 Td (Zhou Miaomiao) Tj ET")
    )
    document = docx.Document()
    document.add_paragraph("正文")
    document.save(str(tmp_path / "a.docx"))

    clean = reportgen("publish", "a.docx")
    left = reportgen("publish", "a.docx", "--name", "ZhouMiaomiao")

    assert clean.code == 0
    assert "PDF 1 页，复查没有剩下" in clean.out
    assert left.code == 1
    assert "还有：PDF 里还有姓名" in left.out


def test_without_libreoffice_the_word_copies_are_made(
    reportgen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    monkeypatch.setenv("PATH", "")

    told = reportgen("publish", "a.docx")

    assert told.code == 3
    assert "没有转成 PDF" in told.out
    assert (tmp_path / "公开" / "a.docx").exists()
