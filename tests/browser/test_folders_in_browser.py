"""Whole folders, dropped or chosen: units read one by one, a round of many files with progress and stop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from chromium import ROOT
from test_access import violations

sys.path.insert(0, str(ROOT / "tests" / "web"))
from foreign_papers import project_form
from rounds_of import roster

pytestmark = pytest.mark.browser


def drop_folder(page: Any, place: str, folder: Path) -> None:
    """Drops a folder as a person does who drags it from its window."""
    box = page.locator(place).bounding_box()
    at = {"x": box["x"] + 20, "y": box["y"] + 20}
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    client = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        told = {"type": kind, "data": data, **at}
        client.send("Input.dispatchDragEvent", told)


def test_a_folder_of_two_units_becomes_two_drafts(
    page: Any, folder: Path, tmp_path: Path
) -> None:
    last_year = tmp_path / "去年"
    for name in ("农技站", "水文站"):
        (last_year / name).mkdir(parents=True)
        (last_year / name / f"{name}.docx").write_bytes(project_form())
        (last_year / name / "Thumbs.db").write_bytes(b"x")
    page.locator("[data-drop]").scroll_into_view_if_needed()
    drop_folder(page, "[data-drop]", last_year)
    page.wait_for_selector("text=读入这 2 个单位")
    assert violations(page) == []
    page.click("text=读入这 2 个单位")
    page.wait_for_selector("text=2 个已读成草稿", timeout=60_000)
    assert violations(page) == []
    page.click("text=水文站.yaml")
    page.wait_for_selector("#paper[data-ready]")
    assert (folder / "农技站.yaml").exists()


def begin_round(page: Any, tmp_path: Path) -> None:
    file = tmp_path / "名单.xlsx"
    file.write_bytes(roster(["临水县农技站", "临水县水文站"]))
    page.click(".top >> text=收表")
    page.set_input_files("#roster", str(file))
    page.click("text=开始收表")
    page.wait_for_selector("#returned")


def papers(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"第{number}份", "utf-8")
    return folder


def test_many_files_are_sent_some_at_a_time(
    page: Any, folder: Path, tmp_path: Path
) -> None:
    begin_round(page, tmp_path)
    sent: list[str] = []
    page.on(
        "request",
        lambda one: sent.append(one.url) if "/part/" in one.url else None,
    )
    many = papers(tmp_path / "交来", 200)
    page.set_input_files("input[webkitdirectory]", str(many))
    page.wait_for_selector("text=三、情况", timeout=60_000)
    assert len(sent) == 4
    received = folder / "收表" / "名单" / "收到"
    assert len(list(received.iterdir())) == 200


def test_sending_is_stopped_and_what_was_sent_stays(
    page: Any, folder: Path, tmp_path: Path
) -> None:
    begin_round(page, tmp_path)
    page.route(
        "**/part/upload",
        lambda route: (
            page.evaluate(
                "() => document.querySelector('[data-state] button').click()"
            ),
            route.continue_(),
        ),
    )
    many = papers(tmp_path / "交来", 130)
    page.set_input_files("input[webkitdirectory]", str(many))
    page.wait_for_selector("text=放上了 60 个文件，其余 70 个没有放")
    assert violations(page) == []
    received = folder / "收表" / "名单" / "收到"
    assert len(list(received.iterdir())) == 60
