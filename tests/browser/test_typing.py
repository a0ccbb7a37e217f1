"""A clerk types in the form, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def open_form(page: Any, section: str = "0") -> None:
    page.click("text=青禾县图书馆")
    page.wait_for_selector("#finding-state")
    if section != "0":
        page.click(f'.sections a[data-section="{section}"]')
        page.wait_for_selector(f'#paper[data-section="{section}"]')


def field(page: Any, dotted: str) -> Any:
    return page.locator(f'[data-dotted="{dotted}"]:is(input, textarea, select)')


def test_a_mistake_and_its_finding_appear_and_go(
    page: Any, folder: Path
) -> None:
    open_form(page)
    spent = field(page, "资金.全年执行数")
    spent.fill("六百多")
    page.wait_for_selector(".found.error")
    assert spent.get_attribute("aria-invalid") == "true"
    assert "六百多" in page.locator(".found.error").first.inner_text()
    spent.fill("636.20")
    page.wait_for_selector(".found.error", state="detached")
    assert "全年执行数: 636.20" in (folder / "图书馆.yaml").read_text("utf-8")


def test_a_computed_value_changes_at_once_and_shows_its_formula(
    page: Any,
) -> None:
    open_form(page)
    field(page, "资金.全年执行数").fill("600")
    rate = page.locator('.auto[data-figure="资金.执行率"]')
    rate.filter(has_text="92.54%").wait_for()
    rate.click()
    page.wait_for_selector("#explained[open]")
    assert "全年执行数" in page.locator("#explained-text").inner_text()
