"""Papers of last year, forms and our own documents, dropped on the list: a draft, or the way to their unit."""

from __future__ import annotations

import html
import io
import re
import time
from pathlib import Path

import pytest
from foreign_papers import project_form, report
from starlette.testclient import TestClient
from web_desk import EXAMPLE

from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.import_unit import convert_unit
from reportgen.application.web.desk import DeskUnit
from reportgen.application.workplace import Workplace
from reportgen.web.session import Session


def drop(browser: TestClient, *files: tuple[str, bytes]) -> str:
    """The address to which the drop of those files leads."""
    sent = [("files", (name, io.BytesIO(data))) for name, data in files]
    answer = browser.post(
        "/received/upload", files=sent, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def read(
    browser: TestClient, session: Session, address: str, **fields: str
) -> str:
    """The page after the files were read."""
    answer = browser.post(address, data={"as": "same", **fields})
    if answer.status_code != 200:
        return html.unescape(answer.text)
    (work,) = list(session.works.known.values())[-1:]
    until = time.monotonic() + 60
    while not work.ended and time.monotonic() < until:
        time.sleep(0.02)
    if work.failures:
        return "；".join(one.message for one in work.failures)
    return html.unescape(browser.get(work.back).text)


def test_a_word_form_of_elsewhere_becomes_a_unit(
    browser: TestClient, session: Session, folder: Path
) -> None:
    address = drop(browser, ("去年的自评表.docx", project_form()))
    shown = read(browser, session, address)
    assert "草稿已经写好" in shown
    assert "没有放进去的文字" in shown
    assert str(folder) not in shown.replace(f'title="{folder}"', "")
    written = (folder / "去年的自评表.yaml").read_text("utf-8")
    assert "项目:" in written


def test_several_documents_are_one_unit(
    browser: TestClient, session: Session, folder: Path
) -> None:
    papers = (
        ("表.docx", project_form()),
        ("报告.docx", report()),
    )
    read(browser, session, drop(browser, *papers))
    written = (folder / "报告.yaml").read_text("utf-8")
    assert "水库移民后期扶持" in written


def test_last_years_paper_begins_a_new_year(
    browser: TestClient, session: Session, folder: Path
) -> None:
    address = drop(browser, ("表.docx", project_form()))
    read(browser, session, address, **{"as": "start", "year": "2026"})
    written = (folder / "表2026.yaml").read_text("utf-8")
    assert "年度: 2026" in written.replace("'", "")
    assert "历年" in written


def test_a_start_without_its_year_asks_for_it(
    browser: TestClient, session: Session
) -> None:
    address = drop(browser, ("表.docx", project_form()))
    shown = read(browser, session, address, **{"as": "start"})
    assert "没有填是哪一年的底稿" in shown


@pytest.fixture
def book(tmp_path: Path, workplace: Workplace) -> bytes:
    """The example as it was filled in into a collection form."""
    made = convert_unit(EXAMPLE, "", tmp_path / "采集表.xlsx", workplace)
    assert made
    return made.read_bytes()


def test_a_collection_form_becomes_a_unit(
    browser: TestClient, session: Session, folder: Path, book: bytes
) -> None:
    shown = read(browser, session, drop(browser, ("采集表.xlsx", book)))
    assert "草稿已经写好" in shown
    written = (folder / "青禾县图书馆2024.yaml").read_text("utf-8")
    assert "全年执行数: 636.20" in written


def test_last_years_collection_form_begins_a_new_year(
    browser: TestClient, session: Session, folder: Path, book: bytes
) -> None:
    address = drop(browser, ("采集表.xlsx", book))
    read(browser, session, address, **{"as": "start", "year": "2025"})
    written = (folder / "青禾县图书馆2025.yaml").read_text("utf-8")
    assert "历年" in written
    assert "全年执行数: 636.20" not in written


def test_a_document_that_was_printed_here_leads_to_its_unit(
    browser: TestClient, unit: DeskUnit, folder: Path, workplace: Workplace
) -> None:
    request = BuildRequest((unit.file,), folder / "outputs")
    build(
        plan_build(request),
        workplace,
        on_unit=lambda _: None,
        stopped=lambda: False,
    )
    (form,) = folder.rglob("2 *.docx")
    address = drop(browser, ("领导改过.docx", form.read_bytes()))
    shown = browser.get(address).text
    assert "2024年度「青禾县图书馆」生成的文件" in shown
    answer = browser.post(
        f"{address}/compare",
        data={"file": "领导改过.docx"},
        follow_redirects=False,
    )
    assert re.fullmatch(
        rf"/units/{unit.id}/edits/\w{{16}}", answer.headers["location"]
    )


def test_another_unit_of_the_folder_begins_a_new_year(
    browser: TestClient, unit: DeskUnit, folder: Path
) -> None:
    wish = {"source": unit.id, "year": "2025"}
    browser.post("/received/from", data=wish)
    written = (folder / "青禾县图书馆2025.yaml").read_text("utf-8")
    assert "年度: 2025" in written.replace("'", "")
    assert "历年" in written
    assert "全年执行数: 636.20" not in written.partition("历年")[0]


def test_what_is_there_is_not_written_over(
    browser: TestClient, session: Session, folder: Path
) -> None:
    (folder / "表.yaml").write_text("年度: 2020\n", "utf-8")
    address = drop(browser, ("表.docx", project_form()))
    read(browser, session, address)
    assert (folder / "表.yaml").read_text("utf-8") == "年度: 2020\n"
    assert (folder / "表 2.yaml").is_file()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("图片.png", "这种文件读不了"),
        ("表.docx", "DAT001"),
        ("表.xlsx", "打不开"),
    ],
)
def test_what_cannot_be_read_is_told_and_leaves_no_unit(
    browser: TestClient,
    session: Session,
    folder: Path,
    name: str,
    told: str,
) -> None:
    shown = read(browser, session, drop(browser, (name, b"PK\x03\x04no")))
    assert shown
    assert [one.name for one in folder.glob("*.yaml")] == ["图书馆.yaml"]


def test_a_form_and_documents_together_are_refused(
    browser: TestClient, session: Session
) -> None:
    papers = (("a.xlsx", b"PK\x03\x04"), ("b.docx", project_form()))
    shown = read(browser, session, drop(browser, *papers))
    assert "不能合成一个单位" in shown


def test_an_empty_drop_is_told(browser: TestClient) -> None:
    answer = browser.post("/received/upload", files={"files": ("", b"")})
    assert answer.status_code == 409
    assert "没有收到文件" in answer.text


def test_names_with_folders_in_them_stay_in_their_place(
    browser: TestClient, folder: Path
) -> None:
    drop(browser, ("..\\..\\a/../../b/逃.docx", b"PK"), ("/etc/逃.docx", b"P"))
    found = [one for one in folder.parent.rglob("*逃*")]
    assert len(found) == 2
    assert all(".reportgen" in one.parts for one in found)


@pytest.mark.parametrize("drop_id", ["..%2f..%2f", "0" * 16, "x"])
def test_a_drop_that_is_not_there_is_told(
    browser: TestClient, drop_id: str
) -> None:
    answer = browser.get(f"/received/{drop_id}", follow_redirects=False)
    assert answer.status_code in {404, 409}
