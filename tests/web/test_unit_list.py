"""The list of units, and units that come to be."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from reportgen.application.web.desk import DeskUnit
from reportgen.application.web.unit_list import PAGE


def write(folder: Path, name: str, text: str = "") -> None:
    text = text or f"年度: 2025\n单位: {{名称: {name}}}\n"
    (folder / f"{name}.yaml").write_text(text, "utf-8")


def test_units_stand_there_by_name_and_year(browser: TestClient) -> None:
    text = browser.get("/").text
    assert "青禾县图书馆" in text
    assert "2024" in text


def test_a_row_says_how_its_unit_stands(
    browser: TestClient, unit: DeskUnit
) -> None:
    state = browser.get(f"/units/{unit.id}/state").text
    assert "还没有生成" in state
    assert '<td class="number">0</td>' in state


def test_the_list_goes_on_over_pages(browser: TestClient, folder: Path) -> None:
    for number in range(PAGE + 5):
        write(folder, f"第{number:03}所")
    first = browser.get("/").text
    second = browser.get("/?page=2").text
    assert "共 56 个单位" in first
    assert first.count("/state") == PAGE
    assert second.count("/state") == 6


def test_units_are_found_by_what_they_are_called(
    browser: TestClient, folder: Path
) -> None:
    write(folder, "甲局")
    assert "青禾县图书馆" not in browser.get("/?q=甲").text
    assert "甲局" in browser.get("/?q=2025").text
    assert "没有名称或年度中含有" in browser.get("/?q=乙").text


def test_a_file_that_is_no_form_is_listed_by_its_name(
    browser: TestClient, folder: Path
) -> None:
    write(folder, "坏了", "年度: [2024\n")
    assert "坏了" in browser.get("/").text


def test_a_broken_file_says_what_to_mend_and_is_mended(
    browser: TestClient, folder: Path, unit: DeskUnit
) -> None:
    text = unit.file.read_text("utf-8")
    broken = text.replace("年度: 2024", "年度：2024")
    unit.file.write_text(broken, "utf-8")
    shown = browser.get(f"/units/{unit.id}")
    assert shown.status_code == 409
    assert "自动改正" in shown.text
    after = browser.post(f"/units/{unit.id}/fix")
    assert after.status_code == 200
    assert unit.file.read_text("utf-8") == text


def test_an_empty_folder_says_how_to_begin(
    browser: TestClient, unit: DeskUnit
) -> None:
    unit.file.unlink()
    assert "还没有单位" in browser.get("/").text


def test_a_new_unit_begins_from_the_empty_form(
    browser: TestClient, folder: Path
) -> None:
    sent = {"name": "某某局", "year": "2025", "pack": "hubei"}
    page = browser.post("/new", data=sent).text
    assert "某某局 2025年度" in page
    text = (folder / "某某局2025.yaml").read_text("utf-8")
    assert "模板: hubei" in text
    assert "名称: 某某局" in text
    browser.post("/new", data=sent)
    assert (folder / "某某局2025 2.yaml").exists()


def test_a_name_that_is_no_file_name_becomes_one(
    browser: TestClient, folder: Path
) -> None:
    browser.post("/new", data={"name": "../../甲/乙局", "year": "2025"})
    assert not (folder.parent.parent / "甲").exists()
    assert len(list(folder.glob("*.yaml"))) == 2


def test_a_new_unit_without_a_name_is_refused(browser: TestClient) -> None:
    answer = browser.post("/new", data={"name": " ", "year": "2025"})
    assert answer.status_code == 409
    assert "没有填单位名称" in answer.text
