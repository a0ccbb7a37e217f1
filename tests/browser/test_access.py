"""Everybody can use it: no violation that axe knows of, nothing cut off when it is large or narrow."""

from __future__ import annotations

from typing import Any

import pytest
from chromium import axe_script
from clerk import field, open_form, told

pytestmark = pytest.mark.browser
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """async levels => {
  const found = await axe.run(document, { runOnly: levels });
  return found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(each => each.html).join(" | ")}`);
}"""


def violations(page: Any) -> list[str]:
    page.evaluate(axe_script())
    return list(page.evaluate(RUN, LEVELS))


def pages_of_unit(page: Any) -> list[str]:
    """The addresses of all pages of the unit."""
    open_form(page)
    here = "[...document.querySelectorAll('.sections a, .tabs a')].map(one => one.href)"
    every = dict.fromkeys(page.evaluate(f"() => {here}"))
    return [one for one in every if not one.endswith(("/p2", "/p3"))]


def test_axe_finds_nothing_on_any_page(page: Any) -> None:
    assert violations(page) == []
    page.goto(page.url.rstrip("/") + "/new")
    assert violations(page) == []
    page.go_back()
    for address in pages_of_unit(page):
        page.goto(address)
        assert violations(page) == [], address


def test_axe_finds_nothing_where_something_is_wrong(page: Any) -> None:
    open_form(page)
    field(page, "资金.全年执行数").fill("六百多")
    page.wait_for_selector(".found.error")
    assert violations(page) == []
    field(page, "资金.全年执行数").fill("640")
    told(page, "已保存")
    page.locator(".auto").first.click()
    page.wait_for_selector("#explained[open]")
    assert violations(page) == []


def test_axe_finds_nothing_on_documents(page: Any) -> None:
    open_form(page)
    page.click("nav.tabs >> text=文件")
    page.click("text=生成文件")
    page.wait_for_selector("text=文件已经生成", timeout=60_000)
    assert violations(page) == []
    page.click("table.list a >> nth=0")
    page.wait_for_selector("section.docx")
    page.locator("#preview-state").filter(has_text="样子与").wait_for()
    page.evaluate("() => document.getElementById('preview').remove()")
    assert violations(page) == []


@pytest.mark.parametrize("width", [700, 360])
def test_nothing_is_cut_off_at_200_percent_or_on_a_narrow_screen(
    page: Any, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in ["/", *pages_of_unit(page)]:
        page.goto(address if address.startswith("http") else page.url)
        over = page.evaluate(
            "() => document.scrollingElement.scrollWidth - innerWidth"
        )
        assert over <= 0, address


def test_every_field_is_reached_with_the_tab_key(page: Any) -> None:
    open_form(page)
    seen = set()
    page.locator("#main").evaluate("one => one.querySelector('a').focus()")
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate("() => document.activeElement.dataset.dotted ?? ''")
        )
    assert {"年度", "单位.名称", "资金.全年执行数"} <= seen
    outline = page.evaluate(
        "() => getComputedStyle(document.activeElement).outlineStyle"
    )
    assert outline != "none"
