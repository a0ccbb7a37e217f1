"""reportgen pdf and build --pdf, with a LibreOffice of the tests' own on the path."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from command_line import REPOSITORY, Told, tree
from stub_office import StubOffice, a_pdf

Run = Callable[..., Told]
HELLO = b"BT /F1 12 Tf 100 700 Td (Hello) Tj ET"


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StubOffice:
    home = tmp_path / "program"
    home.mkdir()
    stub = StubOffice(home)
    (home / "a.pdf").write_bytes(a_pdf(HELLO, HELLO))
    fonts = home / "fc-list"
    fonts.write_text("#!/bin/sh\necho 'SimSun,宋体'\n", encoding="utf-8")
    fonts.chmod(0o755)
    monkeypatch.setenv("PATH", f"{home}:/usr/bin:/bin")
    return stub


def a_docx(path: Path, text: str = "正文", font: str = "仿宋_GB2312") -> Path:
    document = docx.Document()
    run = document.add_paragraph().add_run(text)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia",
        font,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    return path


def test_a_pdf_lies_beside_its_document(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    a_docx(tmp_path / "甲" / "1 报告.docx")
    before = (tmp_path / "甲" / "1 报告.docx").read_bytes()

    told = reportgen("pdf", "甲/1 报告.docx")

    assert told.code == 0
    assert "[1/1] 甲/1 报告.docx：2 页" in told.out
    assert "转成 PDF 1 份，共 2 页" in told.out
    assert tree(tmp_path / "甲") == ["1 报告.docx", "1 报告.pdf"]
    assert (tmp_path / "甲" / "1 报告.docx").read_bytes() == before


def test_missing_fonts_are_named_before_with_what_is_taken_instead(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    a_docx(tmp_path / "a.docx")

    told = reportgen("pdf", "a.docx")

    first, second, third = told.out.splitlines()[:3]
    assert first == (
        "缺少字体 仿宋_GB2312：用于手工设的字体（1 份文件），这次用 宋体 代替"
    )
    assert "请把字体文件放到" in second
    assert third.startswith("[1/1]")


def test_a_folder_keeps_its_shape_in_the_output(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    a_docx(tmp_path / "套" / "甲" / "1.docx")
    a_docx(tmp_path / "套" / "乙" / "1.docx")
    a_docx(tmp_path / "套" / ".reportgen" / "2.docx")
    (tmp_path / "套" / "~$1.docx").write_bytes(b"lock")

    told = reportgen("pdf", "套", "-o", "出")

    assert told.code == 0
    assert tree(tmp_path / "出") == ["乙/1.pdf", "甲/1.pdf"]


def test_a_scan_that_was_signed_is_not_written_over(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    a_docx(tmp_path / "a.docx")
    scan = a_pdf(HELLO, maker="Scanner")
    (tmp_path / "a.pdf").write_bytes(scan)

    told = reportgen("pdf", "a.docx")

    assert told.code == 1
    assert "已有同名的 PDF" in told.out
    assert (tmp_path / "a.pdf").read_bytes() == scan


def test_our_own_pdf_is_made_anew(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    a_docx(tmp_path / "a.docx")
    (tmp_path / "a.pdf").write_bytes(a_pdf(HELLO))

    assert reportgen("pdf", "a.docx").code == 0
    assert (tmp_path / "a.pdf").read_bytes() == a_pdf(HELLO, HELLO)


def test_two_documents_of_one_name_do_not_overwrite_each_other(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    a_docx(tmp_path / "a.docx")
    (tmp_path / "a.doc").write_bytes(b"old")

    told = reportgen("pdf", "a.docx", "a.doc")

    assert told.code == 3
    assert "a.doc：没有转成：与 a.docx 的 PDF 同名" in told.out


def test_a_damaged_document_is_told_in_our_words(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    whole = a_docx(tmp_path / "a.docx").read_bytes()
    (tmp_path / "b.docx").write_bytes(whole[:2000] + b"REFUSE")

    told = reportgen("pdf", "a.docx", "b.docx")

    assert told.code == 3
    assert "b.docx：没有转成：文件不完整（缺少结尾）" in told.out
    assert "转成 PDF 1 份，共 2 页；1 份没有转成" in told.out


def test_what_is_to_be_looked_at_is_told(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    a_docx(tmp_path / "a.docx")
    beside = b"BT /F1 12 Tf 700 700 Td (out) Tj ET"
    (stub.folder / "a.pdf").write_bytes(a_pdf(beside, b""))

    told = reportgen("pdf", "a.docx")

    assert told.code == 0
    assert "第1页有文字伸出纸边" in told.out
    assert "第2页是空白页" in told.out


def test_without_libreoffice_it_says_what_to_do(
    reportgen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_docx(tmp_path / "a.docx")
    monkeypatch.setenv("PATH", "")

    told = reportgen("pdf", "a.docx")

    assert told.code == 3
    assert "没有安装 LibreOffice" in told.err
    assert "WPS" in told.err


@pytest.mark.parametrize("given", ["没有.docx", "a.txt", "空"])
def test_what_is_no_document_is_told(
    reportgen: Run, stub: StubOffice, tmp_path: Path, given: str
) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "空").mkdir()

    told = reportgen("pdf", given)

    assert told.code == 3
    assert f"{given}：没有可以转成 PDF 的 Word 文件" in told.err


def test_build_makes_the_pdfs_and_only_those_that_are_missing(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    unit = REPOSITORY / "templates" / "standard" / "example.yaml"

    first = reportgen("build", unit, "--pdf")
    documents = [one for one in tree(tmp_path / "outputs") if "pdf" in one]
    for one in documents[1:]:
        made = (tmp_path / "outputs" / one).stat().st_mtime + 5
        os.utime(tmp_path / "outputs" / one, (made, made))
    (tmp_path / "outputs" / documents[0]).unlink()
    again = reportgen("build", unit, "--pdf")

    assert first.code == 0
    assert f"转成 PDF {len(documents)} 份" in first.err
    assert "转成 PDF 1 份" in again.err
    assert tree(tmp_path / "outputs") != []


def test_a_rehearsal_makes_no_pdf(
    reportgen: Run, stub: StubOffice, tmp_path: Path
) -> None:
    unit = REPOSITORY / "templates" / "standard" / "example.yaml"

    assert reportgen("build", unit, "--pdf", "--dry-run").code == 0
    assert not (tmp_path / "outputs").exists()
