"""A unit whose file is a workbook: one click makes of it what the page fills in, and the workbook stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rounds_of import filled_form
from starlette.testclient import TestClient
from web_desk import EXAMPLE, Page

from reportgen.application.import_unit import convert_unit
from reportgen.application.web.desk import DeskUnit
from reportgen.application.web.documents import build_unit, list_documents
from reportgen.application.workplace import Workplace
from reportgen.web.session import Session

ASIDE = ".reportgen/原来的采集表"


@pytest.fixture
def book(session: Session, folder: Path, workplace: Workplace) -> DeskUnit:
    """The only unit of the folder, a workbook."""
    made = convert_unit(EXAMPLE, "", folder / "采集表.xlsx", workplace)
    assert made
    (folder / "图书馆.yaml").unlink()
    (unit,) = session.desk.units()
    return unit


def converted(
    browser: TestClient, session: Session, book: DeskUnit
) -> tuple[DeskUnit, str]:
    shown = browser.post(f"/units/{book.id}/convert").text
    return next(
        one for one in session.desk.units() if one.file.suffix == ".yaml"
    ), shown


def test_the_page_says_what_becomes_of_the_workbook(
    browser: TestClient, book: DeskUnit
) -> None:
    shown = browser.get(f"/units/{book.id}").text
    assert "转成可以在网页里填的文件" in shown
    assert ASIDE in shown
    assert "采集表不改动" in shown


def test_the_unit_is_there_once_and_the_workbook_is_kept(
    browser: TestClient, session: Session, book: DeskUnit, folder: Path
) -> None:
    data = book.file.read_bytes()
    unit, shown = converted(browser, session, book)
    assert "原来的表留着" in shown
    assert [one.shown for one in session.desk.units()] == ["采集表.yaml"]
    assert (folder / ASIDE / "采集表.xlsx").read_bytes() == data
    page = Page(browser, unit)
    page.put(["资金", "全年执行数"], "630.15", was="636.20")
    assert "630.15" in page.text


def test_its_documents_are_those_of_the_workbook(
    browser: TestClient, session: Session, book: DeskUnit
) -> None:
    desk = session.desk

    def made_of(unit: DeskUnit) -> set[Path]:
        built = build_unit(
            desk, unit, bundled=False, annotated=False, stopped=lambda: False
        )
        assert built.is_made, built.result.reason
        return {one.file for one in list_documents(desk, unit).documents}

    before = made_of(book)
    unit, _ = converted(browser, session, book)
    assert made_of(unit) == before
    assert len(before) == 5


def test_what_is_wrong_in_the_workbook_comes_along(
    browser: TestClient, session: Session, book: DeskUnit
) -> None:
    opened = load_workbook(book.file)
    for sheet in opened:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value) in {"636.2", "636.20"}:
                    cell.value = "六百多"
    opened.save(book.file)
    unit, _ = converted(browser, session, book)
    page = Page(browser, unit)
    assert "六百多" in page.text
    assert any("六百多" in one["message"] for one in page.live()["findings"])


def test_a_second_of_the_same_name_does_not_push_out_the_first(
    browser: TestClient, session: Session, book: DeskUnit, folder: Path
) -> None:
    data = book.file.read_bytes()
    aside = folder / ASIDE
    aside.mkdir(parents=True)
    (aside / "采集表.xlsx").write_bytes(b"first")
    converted(browser, session, book)
    assert (aside / "采集表.xlsx").read_bytes() == b"first"
    assert (aside / "采集表 2.xlsx").read_bytes() == data


def test_what_was_handed_in_stays_in_its_round(
    browser: TestClient,
    session: Session,
    folder: Path,
    tmp_path: Path,
    workplace: Workplace,
) -> None:
    form = filled_form(tmp_path / "填", "临水县农技站", workplace)
    file = folder / "收表" / "一次" / "收到" / "农技站.xlsx"
    file.parent.mkdir(parents=True)
    file.write_bytes(form)
    unit = session.desk.unit_at(file)
    assert "还在收到的文件夹里" in browser.get(f"/units/{unit.id}").text
    browser.post(f"/units/{unit.id}/convert")
    assert file.read_bytes() == form
    assert (folder / "农技站.yaml").exists()


def test_where_it_cannot_be_set_aside_nothing_is_made(
    browser: TestClient, book: DeskUnit, folder: Path, tmp_path: Path
) -> None:
    (folder / ".reportgen").mkdir(exist_ok=True)
    outside = tmp_path / "别处"
    outside.mkdir()
    shutil.rmtree(folder / ASIDE, ignore_errors=True)
    (folder / ASIDE).symlink_to(outside)
    answer = browser.post(f"/units/{book.id}/convert")
    assert answer.status_code == 409
    assert book.file.exists()
    assert not (folder / "采集表.yaml").exists()
    assert not list(outside.iterdir())


def test_a_file_that_is_no_workbook_is_not_turned_into_anything(
    browser: TestClient, unit: DeskUnit
) -> None:
    answer = browser.post(f"/units/{unit.id}/convert")
    assert answer.status_code == 409
    assert unit.file.exists()
