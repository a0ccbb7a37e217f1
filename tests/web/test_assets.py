"""What others made and the wheel carries: as it was taken, with its licence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from starlette.testclient import TestClient

import reportgen.web
from reportgen.web.asset_files import asset_address

ASSETS = Path(reportgen.web.__file__).parent / "assets"
VENDOR = ASSETS / "vendor"
TAKEN = json.loads((VENDOR / "taken.json").read_text("utf-8"))


def test_each_file_is_the_one_that_was_taken() -> None:
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "taken.json"
    }
    said = {
        name: digest
        for one in TAKEN.values()
        for name, digest in one["files"].items()
    }
    assert found == said


def test_each_says_version_and_licence_and_carries_its_text() -> None:
    for one in TAKEN.values():
        assert one["version"]
        assert one["licence"] in {"0BSD", "Apache-2.0", "MIT"}
        assert any(name.endswith("LICENSE.txt") for name in one["files"])


def test_assets_are_served_with_their_kind(browser: TestClient) -> None:
    kinds = {
        path.suffix: browser.get(asset_address(path.name)).headers[
            "content-type"
        ]
        for path in ASSETS.iterdir()
        if path.is_file()
    }
    assert kinds[".css"].startswith("text/css")
    assert "javascript" in kinds[".js"]


def test_our_own_scripts_ask_nobody_else() -> None:
    for path in ASSETS.glob("*.js"):
        text = path.read_text("utf-8")
        assert "http://" not in text
        assert "https://" not in text
        assert "eval(" not in text


def test_a_browser_keeps_an_asset_for_good_and_asks_for_a_new_one(
    browser: TestClient,
) -> None:
    address = asset_address("page.css")
    assert address in browser.get("/").text
    assert "immutable" in browser.get(address).headers["cache-control"]
    missing = browser.get(asset_address("none.css"))
    assert missing.status_code == 404
    assert missing.headers["cache-control"] == "no-store"
