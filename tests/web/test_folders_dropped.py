"""A folder dropped on the list: what lies together is of one unit, and each unit becomes a draft."""

from __future__ import annotations

import html
import io
import time
from urllib.parse import urlsplit

from foreign_papers import project_form, report
from starlette.testclient import TestClient
from test_received import drop

from reportgen.web.session import Session


def ended(browser: TestClient, session: Session) -> str:
    (work,) = list(session.works.known.values())[-1:]
    until = time.monotonic() + 60
    while not work.ended and time.monotonic() < until:
        time.sleep(0.02)
    return html.unescape(browser.get(work.back).text)


def test_papers_of_one_folder_are_one_unit(browser: TestClient) -> None:
    address = drop(
        browser,
        ("去年/自评表.docx", project_form()),
        ("去年/自评报告.docx", report()),
        ("去年/Thumbs.db", b"x"),
        ("去年/~$自评表.docx", b"x"),
    )
    assert urlsplit(address).path != "/received/folders"
    shown = browser.get(address).text
    assert "自评表.docx" in shown
    assert "自评报告.docx" in shown
    assert "Thumbs" not in shown


def test_each_folder_is_read_as_a_unit_of_its_own(
    browser: TestClient, session: Session
) -> None:
    address = drop(
        browser,
        ("去年/农技站/表.docx", project_form()),
        ("去年/水文站/表.docx", project_form()),
        ("去年/水文站/坏的.docx", b"no document"),
        ("去年/说明.txt", "说明".encode()),
    )
    shown = browser.get(address).text
    assert "农技站" in shown
    assert "水文站" in shown
    assert "说明.txt" not in shown
    marks = [one.split('"')[0] for one in shown.split('name="drop" value="')]
    sent = {
        "drop": marks[1:],
        "name": ["农技站", "水文站"],
        "as": "same",
    }
    browser.post("/received/folders", data=sent)
    told = ended(browser, session)
    assert "1 个已读成草稿，1 个没有读成" in told
    assert "表.yaml" in told
    assert len(session.desk.units()) == 2


def test_a_folder_without_anything_to_read_says_so(
    browser: TestClient,
) -> None:
    sent = [("files", ("照片/一.jpg", io.BytesIO(b"jpg")))]
    answer = browser.post("/received/upload", files=sent)
    assert answer.status_code == 409
    assert "文件夹里没有能读的文件" in answer.text


def test_more_folders_than_are_kept_are_refused(browser: TestClient) -> None:
    sent = [
        ("files", (f"全县/第{one}局/表.docx", io.BytesIO(b"docx")))
        for one in range(31)
    ]
    answer = browser.post("/received/upload", files=sent)
    assert answer.status_code == 409
    assert "31 个文件夹" in answer.text


def test_the_path_of_a_file_leads_nowhere_else(
    browser: TestClient, session: Session
) -> None:
    drop(browser, ("../../../../tmp/../县外/表.docx", project_form()))
    outside = session.desk.folder.parent
    assert [one.name for one in outside.iterdir()] == ["县里"]
    kept = session.desk.folder / ".reportgen" / "收到的文件"
    assert [one.name for one in kept.rglob("*.docx")] == ["表.docx"]


def test_an_id_that_was_never_given_is_none(browser: TestClient) -> None:
    for mark in ("../..", "0" * 16, ""):
        asked = {"drop": mark, "name": "某局"}
        answer = browser.get("/received/folders", params=asked)
        assert answer.status_code == 409
