"""A Word document that was edited, dropped on the page of its unit: seen, taken home, left, put back, undone."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from starlette.testclient import TestClient
from word_edits import edit

from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.web.desk import DeskUnit
from reportgen.application.workplace import Workplace

Form = Callable[[], Path]


def build_set(unit: DeskUnit, workplace: Workplace) -> None:
    request = BuildRequest((unit.file,), unit.file.parent / "outputs")
    build(
        plan_build(request),
        workplace,
        on_unit=lambda _: None,
        stopped=lambda: False,
    )


@pytest.fixture
def form(unit: DeskUnit, workplace: Workplace, folder: Path) -> Path:
    """The form as it was made, 2 部门整体支出绩效自评表.docx."""
    build_set(unit, workplace)
    return next(folder.rglob("2 *.docx"))


def cell(document: object, text: str) -> object:
    """The run of a table whose text that is."""
    for run in document.element.body.iter("{*}t"):  # type: ignore[attr-defined]
        if run.text == text:
            return run
    raise AssertionError(text)


def typed_over(path: Path, old: str, new: str) -> None:
    def change(document: object) -> None:
        cell(document, old).text = new  # type: ignore[attr-defined]

    edit(path, change)


def dropped(browser: TestClient, unit: DeskUnit, file: Path) -> str:
    """The address of the comparison after the file was dropped."""
    answer = browser.post(
        f"/units/{unit.id}/edits/upload",
        files={"files": (file.name, file.read_bytes())},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def chosen(browser: TestClient, address: str, **choices: str) -> str:
    """Sends the page as it is shown, with some of the choices made otherwise."""
    shown = browser.get(address).text
    fields = dict(re.findall(r'name="(state)" value="(\w+)"', shown))
    picked = r'name="(place-\d+)" value="(\w+)" checked'
    fields |= dict(re.findall(picked, shown))
    fields |= {name.replace("_", "-"): one for name, one in choices.items()}
    return html.unescape(browser.post(address, data=fields).text)


def test_what_was_edited_stands_beside_what_was_printed(
    browser: TestClient, unit: DeskUnit, form: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(form, tmp_path / "科里改的.docx"))
    typed_over(copy, "636.20", "638.20")
    text = browser.get(dropped(browser, unit, copy)).text
    assert re.search(r"63<del>6</del>.20", text)
    assert re.search(r"63<ins>8</ins>.20", text)
    assert "带回填报：资金·全年执行数" in text


def test_it_is_taken_home_and_undone(
    browser: TestClient, unit: DeskUnit, form: Path, tmp_path: Path
) -> None:
    before = unit.file.read_text("utf-8")
    copy = Path(shutil.copy(form, tmp_path / "改.docx"))
    typed_over(copy, "636.20", "638.20")
    address = dropped(browser, unit, copy)
    assert "已带回 1 处" in chosen(browser, address)
    assert unit.file.read_text("utf-8") == before.replace(
        "全年执行数: 636.20", "全年执行数: 638.20", 1
    )
    assert "填报里已经是这样" in browser.get(address).text
    assert "已撤销" in browser.post(f"{address}/undo").text
    assert unit.file.read_text("utf-8") == before


def test_what_is_left_is_not_written(
    browser: TestClient, unit: DeskUnit, form: Path, tmp_path: Path
) -> None:
    before = unit.file.read_text("utf-8")
    copy = Path(shutil.copy(form, tmp_path / "改.docx"))
    typed_over(copy, "636.20", "638.20")
    address = dropped(browser, unit, copy)
    assert "什么都没有写" in chosen(browser, address, place_1="leave")
    assert unit.file.read_text("utf-8") == before


def test_what_changed_on_both_sides_is_a_question(
    browser: TestClient, unit: DeskUnit, form: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(form, tmp_path / "改.docx"))
    typed_over(copy, "636.20", "638.20")
    text = unit.file.read_text("utf-8")
    now = text.replace("全年执行数: 636.20", "全年执行数: 637.00", 1)
    unit.file.write_text(now, "utf-8")
    address = dropped(browser, unit, copy)
    shown = browser.get(address).text
    assert "用 Word 里的：638.20" in shown
    assert "用填报里现在的：637.00" in shown
    assert "什么都没有写" in chosen(browser, address)
    assert unit.file.read_text("utf-8") == now
    assert "已带回 1 处" in chosen(browser, address, place_1="home")
    assert "全年执行数: 638.20" in unit.file.read_text("utf-8")


def test_a_choice_made_looking_at_another_state_is_not_taken(
    browser: TestClient, unit: DeskUnit, form: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(form, tmp_path / "改.docx"))
    typed_over(copy, "636.20", "638.20")
    address = dropped(browser, unit, copy)
    seen = {"state": "0" * 16, "place-1": "home"}
    answer = browser.post(address, data=seen)
    assert "刚才又改过，没有写" in answer.text
    assert "636.20" in unit.file.read_text("utf-8")


def test_a_document_edited_where_it_lies_is_put_back_as_printed(
    browser: TestClient, unit: DeskUnit, form: Path
) -> None:
    typed_over(form, "636.20", "638.20")
    listed = browser.get(f"/units/{unit.id}/edits").text
    (address,) = re.findall(rf"/units/{unit.id}/edits/\w{{16}}", listed)
    assert "恢复成生成时印的" in browser.get(address).text
    assert "已在 Word 文件里恢复 1 处" in chosen(
        browser, address, place_1="back"
    )
    assert cell(Document(str(form)), "636.20") is not None


def test_the_list_of_documents_leads_to_what_was_edited(
    browser: TestClient, unit: DeskUnit, form: Path
) -> None:
    typed_over(form, "636.20", "638.20")
    listed = browser.get(f"/units/{unit.id}/documents").text
    (address,) = re.findall(rf'"(/units/{unit.id}/edits/\w+)"', listed)
    assert "带回填报：资金·全年执行数" in browser.get(address).text


def test_a_conflict_of_a_merge_is_a_choice(
    browser: TestClient, unit: DeskUnit, form: Path, workplace: Workplace
) -> None:
    typed_over(form, "636.20", "638.20")
    text = unit.file.read_text("utf-8")
    unit.file.write_text(
        text.replace("全年执行数: 636.20", "全年执行数: 637.00", 1), "utf-8"
    )
    build_set(unit, workplace)
    listed = browser.get(f"/units/{unit.id}/edits").text
    address = re.findall(rf"/units/{unit.id}/edits/\w{{16}}", listed)[0]
    shown = browser.get(address).text
    assert "带回填报：资金·全年执行数" in shown
    assert "恢复成生成时印的" in shown
    chosen(browser, address, place_1="back")
    assert cell(Document(str(form)), "637.00") is not None


def test_a_document_that_was_not_edited_says_so(
    browser: TestClient, unit: DeskUnit, form: Path
) -> None:
    text = browser.get(dropped(browser, unit, form)).text
    assert "没有改动" in text


def test_a_computed_figure_says_what_to_change_instead(
    browser: TestClient, unit: DeskUnit, form: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(form, tmp_path / "改.docx"))
    typed_over(copy, "98.12%", "99.99%")
    text = browser.get(dropped(browser, unit, copy)).text
    assert "是计算得出的" in text
    assert "带回填报：" not in text


def test_a_document_of_another_unit_is_refused(
    browser: TestClient,
    unit: DeskUnit,
    form: Path,
    workplace: Workplace,
) -> None:
    text = unit.file.read_text("utf-8")
    unit.file.write_text(
        text.replace("名称: 青禾县图书馆", "名称: 青禾县文化馆"), "utf-8"
    )
    answer = browser.get(dropped(browser, unit, form))
    assert answer.status_code == 409
    assert "「青禾县图书馆」的，不是这个单位的" in answer.text


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("表.doc", b"\xd0\xcf\x11\xe0", "不是 Word 文档"),
        ("表.docx", b"<html>", "没有办成"),
        ("表.docx", b"PK\x03\x04" + b"\0" * 90, "没有办成"),
        ("../../逃走.docx", b"PK\x03\x04", "没有办成"),
        ("C:\\con.docx", b"PK\x03\x04", "没有办成"),
        (".docx", b"PK\x03\x04", "没有办成"),
    ],
)
def test_what_is_no_document_is_refused_and_stays_in_its_place(
    browser: TestClient,
    unit: DeskUnit,
    folder: Path,
    name: str,
    data: bytes,
    told: str,
) -> None:
    answer = browser.post(
        f"/units/{unit.id}/edits/upload", files={"files": (name, data)}
    )
    assert answer.status_code == 409
    assert told in answer.text
    home = folder / ".reportgen"
    outside = [one for one in folder.parent.rglob("*.docx")]
    assert all(one.is_relative_to(home) for one in outside)


@pytest.mark.parametrize("mark", ["..%2f..%2f", "0" * 16, "x" * 200])
def test_an_address_that_names_no_document_finds_none(
    browser: TestClient, unit: DeskUnit, mark: str
) -> None:
    for end in ("", "/undo"):
        address = f"/units/{unit.id}/edits/{mark}{end}"
        answer = browser.get(address, follow_redirects=False)
        assert answer.status_code in {404, 405, 409}


def test_nothing_is_kept_in_a_folder_that_leads_elsewhere(
    browser: TestClient, unit: DeskUnit, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "别处"
    outside.mkdir()
    (folder / ".reportgen").symlink_to(outside)
    answer = browser.post(
        f"/units/{unit.id}/edits/upload", files={"files": ("a.docx", b"PK")}
    )
    assert answer.status_code == 409
    assert list(outside.iterdir()) == []


def test_texts_of_a_document_are_shown_as_text(
    browser: TestClient, unit: DeskUnit, form: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(form, tmp_path / "改.docx"))
    typed_over(copy, "636.20", "<script>alert(1)</script>")
    text = browser.get(dropped(browser, unit, copy)).text
    assert "<script>alert" not in text
