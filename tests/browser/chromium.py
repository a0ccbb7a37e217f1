"""The page in a real Chromium: where it is, and what a test of it shares.

It is looked for on the machine; .ci/run installs it and names it in REPORTGEN_REQUIRE, so that there a missing one is a
failure and not a skipped test. axe, which finds what keeps people with a screen reader out, lies where REPORTGEN_AXE
says. The page forbids scripts that are put into it: wait for selectors, not for functions.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportgen.application.workplace import Workplace
from reportgen.web.server import serve

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "standard" / "example.yaml"
AXE = Path(os.environ.get("REPORTGEN_AXE", ""))
_REQUIRED = "browser" in os.environ.get("REPORTGEN_REQUIRE", "").split(",")


def chromium_path() -> str:
    """Where Chromium is; skips, or fails where it is required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found and importlib.util.find_spec("playwright"):
        return found
    if _REQUIRED:
        pytest.fail("chromium and playwright are required here")
    pytest.skip("chromium or playwright is not installed")


def axe_script() -> str:
    """The text of axe; skips, or fails where the browser is required."""
    script = AXE / "axe.min.js"
    if script.is_file():
        return script.read_text("utf-8")
    if _REQUIRED:
        pytest.fail("axe-core is required here (REPORTGEN_AXE)")
    pytest.skip("axe-core is not installed")


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """The address of a server for `folder` that ends afterwards."""
    import httpx2

    told: list[str] = []
    started = threading.Event()

    def hear(address: str, is_ours: bool) -> None:
        told.append(address)
        started.set()

    packs = Workplace((folder / "templates", ROOT / "templates"))
    thread = threading.Thread(
        target=serve, args=(folder, packs, port, hear), daemon=True
    )
    thread.start()
    assert started.wait(30)
    try:
        yield told[0]
    finally:
        home = told[0].partition("/start")[0]
        with httpx2.Client(base_url=home, trust_env=False) as client:
            client.get(told[0])
            client.post("/end", headers={"Origin": home})
        thread.join(20)
