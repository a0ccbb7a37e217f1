"""Packs on the page: listed, checked, made from another, a template restyled and put back."""

from __future__ import annotations

import html
import io
import re
import time
from pathlib import Path

import pytest
from docx import Document
from rounds_of import zipped
from starlette.testclient import TestClient
from web_desk import ROOT

from reportgen.application.web.desk import Desk
from reportgen.application.workplace import Workplace
from reportgen.web.session import Session

FORM = "项目支出绩效自评表.docx"
TEMPLATE = ROOT / "templates" / "standard" / FORM


@pytest.fixture
def session(folder: Path) -> Session:
    places = (folder / "templates", ROOT / "templates")
    return Session(Desk(folder, Workplace(places)))


def named(page: str, name: str) -> str:
    """The address of the pack or template of that name."""
    (found,) = set(re.findall(rf'href="([^"]+)">{re.escape(name)}<', page))
    return str(found)


def made(browser: TestClient, name: str = "临水县") -> str:
    """The address of a new pack."""
    listed = browser.get("/packs").text
    (source,) = re.findall(r'value="(\w+)" selected', listed)
    answer = browser.post(
        "/packs",
        data={"source": source, "name": name},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def checked(browser: TestClient, session: Session, pack: str) -> str:
    """The page of a pack after it was checked."""
    browser.post(f"{pack}/check")
    (work,) = list(session.works.known.values())[-1:]
    until = time.monotonic() + 60
    while not work.ended and time.monotonic() < until:
        time.sleep(0.02)
    return html.unescape(browser.get(work.back).text)


def restyled(said: str = "", tag: str = "") -> bytes:
    """The form with another title, and perhaps one more tag."""
    document = Document(str(TEMPLATE))
    if said:
        document.paragraphs[0].insert_paragraph_before(said)
    if tag:
        document.add_paragraph(tag)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def put(
    browser: TestClient, pack: str, data: bytes, name: str = "改.docx"
) -> str:
    """The page after a template was dropped in place of the form."""
    template = named(browser.get(pack).text, FORM)
    answer = browser.post(f"{template}/upload", files={"files": (name, data)})
    return html.unescape(answer.text)


def test_packs_are_listed(browser: TestClient) -> None:
    listed = browser.get("/packs").text
    assert named(listed, "standard").startswith("/packs/")
    assert "随程序安装" in listed


def test_one_is_made_from_another(browser: TestClient, folder: Path) -> None:
    pack = made(browser)
    assert (folder / "templates" / "临水县" / FORM).is_file()
    shown = browser.get(pack).text
    assert "换成这一份" in shown


def test_a_sound_pack_is_told_to_be_sound(
    browser: TestClient, session: Session
) -> None:
    assert "没有发现问题" in checked(browser, session, made(browser))


def test_a_restyled_template_takes_the_place_of_the_former(
    browser: TestClient, folder: Path
) -> None:
    pack = made(browser)
    data = restyled("临水县财政局制")
    assert "新模板已经放进去" in put(browser, pack, data)
    own = folder / "templates" / "临水县"
    assert (own / FORM).read_bytes() == data
    kept = [
        one.read_bytes() for one in (own / ".reportgen/history").glob("*.docx")
    ]
    assert kept == [TEMPLATE.read_bytes()]


def test_it_is_put_back(browser: TestClient, folder: Path) -> None:
    pack = made(browser)
    put(browser, pack, restyled("临水县财政局制"))
    template = named(browser.get(pack).text, FORM)
    browser.post(f"{template}/undo")
    own = folder / "templates" / "临水县" / FORM
    assert own.read_bytes() == TEMPLATE.read_bytes()


def test_a_finding_leads_to_its_place(
    browser: TestClient, session: Session
) -> None:
    pack = made(browser)
    put(browser, pack, restyled(tag="{{ 资金.全年预算书 }}"))
    shown = checked(browser, session, pack)
    assert "没有「资金.全年预算书」" in shown
    view = html.unescape(browser.get(named(shown, FORM)).text)
    assert 'data-tag="{{ 资金.全年预算书 }}"' in view
    assert "preview.js" in view


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("改.docx", b"<html>"),
        ("改.docx", zipped({"word/document.xml": b"0" * 600_000_000})),
        ("改.docx", zipped({"../../逃.docx": b"x"})),
        ("改.docx", restyled(tag="{% if %}")),
        ("改.docx", restyled(tag="{{ ''.__class__ }}")),
        ("改.doc", b"\xd0\xcf\x11\xe0"),
        ("改.docx", b""),
    ],
)
def test_what_is_no_sound_template_changes_nothing(
    browser: TestClient, folder: Path, name: str, data: bytes
) -> None:
    pack = made(browser)
    shown = put(browser, pack, data, name)
    assert "没有办成" in shown
    own = folder / "templates" / "临水县"
    assert (own / FORM).read_bytes() == TEMPLATE.read_bytes()
    assert not list(folder.parent.rglob("逃.docx"))


def test_what_came_with_the_program_is_not_changed(
    browser: TestClient,
) -> None:
    pack = named(browser.get("/packs").text, "standard")
    assert "换成这一份" not in browser.get(pack).text
    before = TEMPLATE.read_bytes()
    shown = put(browser, pack, restyled("改"))
    assert "随程序安装，不能在这里改" in shown
    assert TEMPLATE.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["../逃", "/tmp/逃", "a/b", "..", "con", "逃\x00", "", "standard"]
)
def test_a_name_of_a_pack_leads_nowhere(
    browser: TestClient, folder: Path, name: str
) -> None:
    listed = browser.get("/packs").text
    (source,) = re.findall(r'value="(\w+)" selected', listed)
    wish = {"source": source, "name": name}
    browser.post("/packs", data=wish)
    home = folder / "templates"
    assert not list(folder.parent.glob("逃*"))
    inside = list(home.iterdir()) if home.is_dir() else []
    assert all(one.parent == home for one in inside)
    assert not (home / "con").exists()


@pytest.mark.parametrize("mark", ["..%2f..%2f", "0" * 16, "x"])
def test_what_is_no_pack_or_template_is_told(
    browser: TestClient, mark: str
) -> None:
    pack = named(browser.get("/packs").text, "standard")
    for address in (f"/packs/{mark}", f"{pack}/templates/{mark}/file"):
        answer = browser.get(address, follow_redirects=False)
        assert answer.status_code in {404, 409}
