"""A clerk types in the form, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clerk import field, open_form, told, written

pytestmark = pytest.mark.browser


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
    told(page, "已保存")
    assert "全年执行数: 636.20" in written(folder)


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


def test_a_finding_in_the_list_leads_to_its_field_on_another_page(
    page: Any,
) -> None:
    open_form(page, "p1")
    name = field(page, "项目[1].名称")
    name.fill("")
    page.wait_for_selector("#finding-list a")
    page.click('.sections a[data-section="1"]')
    page.wait_for_selector('#paper[data-section="1"]')
    page.click("#finding-list a >> nth=0")
    page.wait_for_selector('#paper[data-section="p1"][data-ready]')
    assert name.evaluate("one => one === document.activeElement")


def test_one_value_changed_here_and_elsewhere_is_chosen(
    page: Any, folder: Path
) -> None:
    open_form(page)
    file = folder / "图书馆.yaml"
    text = written(folder)
    changed = text.replace("全年执行数: 636.20", "全年执行数: 640.00")
    file.write_text(changed, "utf-8")
    field(page, "资金.全年执行数").fill("630.15")
    page.click("#clashes >> text=用我填的")
    told(page, "已保存")
    assert "全年执行数: 630.15" in written(folder)


def test_a_file_written_elsewhere_is_noticed_and_read(
    page: Any, folder: Path
) -> None:
    open_form(page)
    file = folder / "图书馆.yaml"
    file.write_text(written(folder).replace("编制: 28", "编制: 29"), "utf-8")
    page.click("#reload")
    page.wait_for_selector("#paper[data-ready]")
    assert field(page, "单位.人员.编制").input_value() == "29"


def test_undo_takes_back_what_was_typed(page: Any, folder: Path) -> None:
    open_form(page)
    before = written(folder)
    field(page, "单位.简称").fill("图书馆")
    told(page, "已保存")
    page.click("#undo")
    page.wait_for_selector("#paper[data-ready]")
    assert field(page, "单位.简称").input_value() == "县图书馆"
    assert written(folder) == before


def test_a_project_is_added_and_taken_out(page: Any, folder: Path) -> None:
    open_form(page)
    page.once("dialog", lambda one: one.accept("农家书屋更新"))
    page.click("#add-project")
    page.wait_for_selector('#paper[data-section="p4"]')
    assert field(page, "项目[4].名称").input_value() == "农家书屋更新"
    page.once("dialog", lambda one: one.accept())
    page.click("#remove-project")
    page.wait_for_selector('#paper[data-section="0"]')
    assert "农家书屋更新" not in written(folder)
