"""The program ends when nobody looks at it any more; long works are shown."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportgen.application.web.desk import DeskUnit
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError
from reportgen.core.version import program_version
from reportgen.web.pages import form
from reportgen.web.server import ADDRESS, bound_socket, serve
from reportgen.web.session import (
    CLOSED_AFTER,
    SILENT_AFTER,
    OpenPages,
    Session,
)
from reportgen.web.works import Work


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_end_comes_a_while_after_the_last_page_was_closed() -> None:
    clock = Clock()
    pages = OpenPages(clock)
    pages.hear("a")
    pages.hear("b")
    pages.close("a")
    clock.now = CLOSED_AFTER + 1
    assert not pages.are_gone
    pages.close("b")
    assert not pages.are_gone
    clock.now += CLOSED_AFTER + 1
    assert pages.are_gone


def test_a_page_that_sleeps_in_the_background_is_waited_for() -> None:
    clock = Clock()
    pages = OpenPages(clock)
    pages.hear("a")
    clock.now = SILENT_AFTER - 1
    assert not pages.are_gone
    clock.now = SILENT_AFTER + 1
    assert pages.are_gone


def test_the_first_page_is_waited_for_longer_than_the_next() -> None:
    clock = Clock()
    pages = OpenPages(clock)
    clock.now = CLOSED_AFTER + 1
    assert not pages.are_gone
    clock.now = SILENT_AFTER + 1
    assert pages.are_gone


def test_a_long_work_keeps_the_program_up(session: Session) -> None:
    clock = Clock()
    session.pages = OpenPages(clock)
    session.pages.hear("a")
    session.pages.close("a")
    clock.now = CLOSED_AFTER + 1
    work = session.works.start("长", "/", lambda one: one.cancelled.wait(20))
    assert not session.is_over
    work.cancelled.set()
    _wait(work)
    assert session.is_over


def test_the_button_ends_it(browser: TestClient, session: Session) -> None:
    assert "已退出" in browser.post("/end").text
    assert session.is_over


def test_a_page_says_that_it_is_open_and_that_it_goes(
    browser: TestClient, session: Session
) -> None:
    browser.post("/alive?page=abc")
    assert session.pages.pages
    browser.post("/closed?page=abc")
    assert not session.pages.pages


def test_a_work_shows_how_far_it_is_and_goes_on_when_done(
    browser: TestClient, session: Session
) -> None:
    def call(work: Work) -> str:
        work.total = 2
        work.step("甲")
        work.cancelled.wait(20)
        return "done"

    work = session.works.start("生成", "/new", call)
    address = f"/works/{work.id}"
    while not work.done:
        time.sleep(0.01)
    assert "已完成 1 / 2 甲" in _words(browser.get(f"{address}/progress").text)
    assert "停止" in browser.get(address).text
    browser.post(f"{address}/stop")
    _wait(work)
    told = browser.get(f"{address}/progress")
    assert told.headers["HX-Redirect"] == "/new"


def test_a_work_that_fails_says_why(
    browser: TestClient, session: Session
) -> None:
    def call(work: Work) -> None:
        raise OutputError("磁盘满了", hint="请清理")

    work = session.works.start("生成", "/", call)
    _wait(work)
    assert "磁盘满了；请清理" in browser.get(f"/works/{work.id}").text
    assert browser.get("/works/none").status_code == 409


def test_a_fault_of_the_program_says_what_to_send_to_whom(
    browser: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(type(session.desk), "units", fail)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "BUG001" in answer.text
    assert "发给程序维护人员" in answer.text
    assert "Traceback" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fault_on_a_page_of_a_unit_offers_its_file(
    browser: TestClient, unit: DeskUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(form, "show_form", fail)
    shown = browser.get(f"/units/{unit.id}").text
    assert "ZeroDivisionError" in shown
    assert f"reportgen {program_version()}" in shown
    address = f"/units/{unit.id}/source"
    assert f'href="{address}"' in shown
    fetched = browser.get(address)
    assert fetched.content == unit.file.read_bytes()
    assert fetched.headers["content-disposition"].startswith("attachment")


def test_a_fault_of_a_long_work_says_what_to_send(
    browser: TestClient, session: Session, unit: DeskUnit
) -> None:
    def fail(work: Work) -> None:
        raise ZeroDivisionError("x")

    work = session.works.start("生成", f"/units/{unit.id}/documents", fail)
    until = time.monotonic() + 10
    while not work.ended and time.monotonic() < until:
        time.sleep(0.01)
    shown = browser.get(f"/works/{work.id}").text
    assert "发给程序维护人员" in shown
    assert f'href="/units/{unit.id}/source"' in shown


def test_a_port_that_is_taken_is_no_error() -> None:
    with socket.socket() as taken:
        taken.bind((ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with bound_socket(port) as bound:
            assert bound.getsockname()[0] == ADDRESS
            assert bound.getsockname()[1] != port


def test_a_second_start_tells_the_address_of_the_first(
    folder: Path, workplace: Workplace
) -> None:
    from threading import Event, Thread

    told: list[tuple[str, bool]] = []
    started = Event()

    def hear(address: str, is_ours: bool) -> None:
        told.append((address, is_ours))
        started.set()

    first = Thread(target=serve, args=(folder, workplace, 0, hear), daemon=True)
    first.start()
    assert started.wait(20)
    serve(folder, workplace, 0, hear)
    (address, ours), (again, other) = told
    assert ours
    assert not other
    assert again == address
    assert (folder / ".reportgen" / "web.json").stat().st_mode & 0o077 == 0
    _end(address)
    first.join(20)
    assert not first.is_alive()
    assert not (folder / ".reportgen" / "web.json").exists()


def _end(address: str) -> None:
    import httpx2

    home = address.partition("/start")[0]
    with httpx2.Client(base_url=home, trust_env=False) as client:
        client.get(address)
        client.post("/end", headers={"Origin": home})


def _wait(work: Work) -> None:
    until = time.monotonic() + 20
    while not work.ended and time.monotonic() < until:
        time.sleep(0.01)
    assert work.ended


def _words(html: str) -> str:
    return " ".join(html.replace("<p>", " ").split())
