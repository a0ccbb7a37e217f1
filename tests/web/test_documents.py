"""Documents made, listed and fetched from the page."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from reportgen.application.web.desk import DeskUnit
from reportgen.web.session import Session
from reportgen.web.works import Work

sys.path.append(str(Path(__file__).parents[1] / "office"))
from office_programs import need


@pytest.fixture
def made(browser: TestClient, unit: DeskUnit, session: Session) -> str:
    """The page of the documents after a build."""
    return build(browser, unit, session)


def build(
    browser: TestClient, unit: DeskUnit, session: Session, **options: str
) -> str:
    browser.post(f"/units/{unit.id}/build", data=options)
    (*_, work) = session.works.known.values()
    ended(work)
    return browser.get(work.back).text


def ended(work: Work) -> None:
    until = time.monotonic() + 120
    while not work.ended and time.monotonic() < until:
        time.sleep(0.02)
    assert work.ended


def links(html: str) -> list[str]:
    return re.findall(r'href="(/units/\w+/documents/\w+)"', html)


def test_before_the_first_build_there_is_nothing(
    browser: TestClient, unit: DeskUnit
) -> None:
    assert "还没有生成" in browser.get(f"/units/{unit.id}/documents").text
    assert browser.get(f"/units/{unit.id}/documents.zip").status_code == 409


def test_a_build_makes_the_set_and_shows_it(made: str, folder: Path) -> None:
    assert "文件已经生成" in made
    assert "1 部门整体支出绩效自评报告.docx" in made
    assert len(links(made)) == 5
    assert len(list(folder.rglob("outputs/2024/青禾县图书馆/*.docx"))) == 5


def test_a_document_is_fetched_as_it_lies_there(
    made: str, browser: TestClient, folder: Path
) -> None:
    answer = browser.get(f"{links(made)[0]}/file")
    told = unquote(answer.headers["content-disposition"])
    name = told.partition("''")[2]
    (file,) = folder.rglob(name)
    assert answer.content == file.read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_all_are_fetched_as_one_zip(
    made: str, browser: TestClient, unit: DeskUnit
) -> None:
    data = browser.get(f"/units/{unit.id}/documents.zip").content
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        assert "2 部门整体支出绩效自评表.docx" in packed.namelist()


def test_a_document_is_shown_without_loosening_the_policy(
    made: str, browser: TestClient
) -> None:
    answer = browser.get(links(made)[0])
    assert "preview.js" in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_a_document_that_was_edited_says_so_and_is_kept(
    made: str,
    browser: TestClient,
    unit: DeskUnit,
    session: Session,
    folder: Path,
) -> None:
    (report,) = folder.rglob("1 *.docx")
    from docx import Document

    document = Document(str(report))
    document.add_paragraph("科里加的一段。")
    document.save(str(report))
    listed = browser.get(f"/units/{unit.id}/documents").text
    assert "已修改" in listed
    text = unit.file.read_text("utf-8")
    unit.file.write_text(text.replace("编制: 28", "编制: 29"), "utf-8")
    again = build(browser, unit, session)
    assert "有人改过，修改保留" in again
    kept = "\n".join(one.text for one in Document(str(report)).paragraphs)
    assert "科里加的一段。" in kept


def test_a_unit_that_cannot_be_made_says_why(
    browser: TestClient, unit: DeskUnit, session: Session
) -> None:
    text = unit.file.read_text("utf-8")
    unit.file.write_text(text.replace("编制: 28", "编制: 很多"), "utf-8")
    shown = build(browser, unit, session)
    assert "没有生成" in shown
    assert "很多" in shown


def test_a_bound_set_and_review_copies_are_made_when_asked_for(
    browser: TestClient, unit: DeskUnit, session: Session, folder: Path
) -> None:
    build(browser, unit, session, bundled="yes", annotated="yes")
    assert list(folder.rglob("*（合订本）.docx"))
    assert list(folder.rglob("审阅/*.docx"))


@pytest.mark.parametrize(
    "document", ["..%2f..%2f", "0" * 16, "receipt.json", "x"]
)
def test_what_is_no_document_is_not_fetched(
    made: str, browser: TestClient, unit: DeskUnit, document: str
) -> None:
    for end in ("", "/file"):
        address = f"/units/{unit.id}/documents/{document}{end}"
        answer = browser.get(address, follow_redirects=False)
        assert answer.status_code in {404, 409}


def test_a_document_that_is_a_link_out_of_the_folder_is_not_fetched(
    made: str, browser: TestClient, folder: Path, tmp_path: Path
) -> None:
    (report,) = folder.rglob("1 *.docx")
    outside = tmp_path / "secret.docx"
    outside.write_bytes(b"PK secret")
    report.unlink()
    report.symlink_to(outside)
    answer = browser.get(f"{links(made)[0]}/file")
    assert answer.status_code == 409
    assert b"secret" not in answer.content


@pytest.mark.office
def test_pdfs_are_made_beside_the_documents(
    made: str,
    browser: TestClient,
    unit: DeskUnit,
    session: Session,
    folder: Path,
) -> None:
    need("office", shutil.which("soffice"))
    for report in list(folder.rglob("3-*.docx")):
        report.unlink()
    word = links(made)[0]
    assert "转成 PDF，看打印的样子" in browser.get(word).text
    asked = {"document": word.rpartition("/")[2]}
    browser.post(f"/units/{unit.id}/pdf", data=asked)
    (*_, work) = session.works.known.values()
    ended(work)
    assert "<iframe" in browser.get(work.back).text
    assert f'href="{work.back}"' in browser.get(word).text
    (pdf, *_) = folder.rglob("1 *.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    browser.post(f"/units/{unit.id}/pdf")
    (*_, again) = session.works.known.values()
    ended(again)
    assert "没有要转的" in browser.get(again.back).text


@pytest.fixture
def printed(made: str, browser: TestClient, folder: Path) -> str:
    """The page of a PDF that lies beside the first document."""
    (report,) = folder.rglob("1 *.docx")
    report.with_suffix(".pdf").write_bytes(b"%PDF-1.4")
    word = links(made)[0]
    found = re.search(r'href="([^"]+)">看打印的样子', browser.get(word).text)
    assert found
    return found[1]


def test_a_pdf_is_shown_in_the_page_and_nothing_in_it_may_run(
    printed: str, browser: TestClient
) -> None:
    shown = browser.get(printed).text
    assert f'src="{printed}/shown#' in shown
    answer = browser.get(f"{printed}/shown")
    assert answer.content == b"%PDF-1.4"
    assert answer.headers["content-disposition"] == "inline"
    policy = answer.headers["content-security-policy"]
    assert policy == "default-src 'none'; frame-ancestors 'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_only_a_pdf_is_shown_so(made: str, browser: TestClient) -> None:
    assert browser.get(f"{links(made)[0]}/shown").status_code == 404


def test_an_old_pdf_is_not_taken_for_the_document(
    printed: str, made: str, browser: TestClient, folder: Path
) -> None:
    (pdf,) = folder.rglob("1 *.pdf")
    os.utime(pdf, (1, 1))
    assert "看打印的样子（PDF）" not in browser.get(links(made)[0]).text


def test_without_libreoffice_the_page_says_how_a_pdf_is_made(
    made: str,
    browser: TestClient,
    unit: DeskUnit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    shown = browser.get(f"/units/{unit.id}/documents").text
    assert "全部转成 PDF" not in shown
    assert "另存为 PDF" in shown
