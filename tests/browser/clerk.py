"""What a clerk does in the form."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def open_form(page: Any, section: str = "0") -> None:
    page.click("text=青禾县图书馆")
    page.wait_for_selector("#paper[data-ready]")
    if section != "0":
        page.click(f'.sections a[data-section="{section}"]')
        page.wait_for_selector(f'#paper[data-section="{section}"][data-ready]')


def field(page: Any, dotted: str) -> Any:
    return page.locator(f'[data-dotted="{dotted}"]:is(input, textarea, select)')


def paste(page: Any, text: str) -> None:
    """Presses Ctrl+V with that on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def clipboard(page: Any) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return str(page.evaluate("() => navigator.clipboard.readText()"))


def told(page: Any, text: str) -> None:
    """Waits until the page says so above the form."""
    page.locator("#saved").filter(has_text=text).wait_for()


def written(folder: Path, name: str = "图书馆.yaml") -> str:
    return (folder / name).read_text("utf-8")
