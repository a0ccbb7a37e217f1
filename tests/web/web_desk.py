"""What tests of the page share: where it is, and what a page of the form does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from reportgen.application.web.desk import DeskUnit
from reportgen.web.guard import Keys

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "standard" / "example.yaml"
KEYS = Keys(8765, "word-that-opens")
HOME = f"http://127.0.0.1:{KEYS.port}"
OWN = {"Origin": HOME}


class Page:
    """What a page of the form does: it changes fields and is told what that brings about."""

    def __init__(self, browser: TestClient, unit: DeskUnit) -> None:
        self.browser = browser
        self.unit = unit
        self.digest = self.live()["digest"]

    def live(self, section: str = "0") -> Any:
        address = f"/units/{self.unit.id}/live?section={section}"
        return self.browser.get(address).json()

    def send(self, *changes: dict[str, Any], section: str = "0") -> Any:
        sent = {
            "digest": self.digest,
            "section": section,
            "changes": list(changes),
        }
        address = f"/units/{self.unit.id}/changes"
        json = {"Accept": "application/json"}
        answer = self.browser.post(address, json=sent, headers=json).json()
        if not answer.get("clashes") and not answer.get("error"):
            self.digest = answer["digest"]
        return answer

    def put(self, path: list[Any], text: str, was: str = "") -> Any:
        return self.send(
            {"kind": "put", "path": path, "text": text, "was": was}
        )

    @property
    def text(self) -> str:
        return self.unit.file.read_text("utf-8")
