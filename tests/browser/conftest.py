"""One Chromium for all tests, a folder and a page for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import EXAMPLE, chromium_path, served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = chromium_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "县里"
    found.mkdir()
    shutil.copy(EXAMPLE, found / "图书馆.yaml")
    return found


@pytest.fixture
def page(chromium: Any, folder: Path) -> Iterator[Any]:
    """A page that has come in; whatever it asked of other machines, or said to the console, fails the test."""
    asked: list[str] = []
    said: list[str] = []
    with served(folder) as address:
        context = chromium.new_context(viewport={"width": 1400, "height": 900})
        context.set_default_timeout(15_000)
        opened = context.new_page()
        opened.on("request", lambda one: asked.append(one.url))
        opened.on("pageerror", lambda one: said.append(str(one)))
        opened.on(
            "console",
            lambda one: said.append(one.text) if one.type == "error" else None,
        )
        opened.goto(address)
        yield opened
        context.close()
    home = address.partition("/start")[0]
    viewer = ("chrome-extension:", "chrome:")  # the browser's own, for PDF
    own = (f"{home}/", "blob:", "data:", *viewer)
    assert [one for one in asked if not one.startswith(own)] == []
    assert said == []
