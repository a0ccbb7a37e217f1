"""Script in every text of a unit, in names of files and folders, is text on every page of a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from chromium import EXAMPLE
from clerk import field, told

pytestmark = pytest.mark.browser
SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
KEPT = {"一级", "二级", "等级", "模板"}  # words that a pack knows


def hostile(value: Any, key: str = "") -> Any:
    """The tree with script behind every text that is no number."""
    if isinstance(value, dict):
        return {name: hostile(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, key) for one in value]
    is_text = isinstance(value, str) and any(one >= "\u4e00" for one in value)
    return value + SCRIPT if is_text and key not in KEPT else value


@pytest.fixture
def addresses(page: Any, folder: Path) -> Iterator[list[str]]:
    """The pages of such a unit; a dialog that opens fails the test."""
    tree = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    tree = {**hostile(tree), "年度": "2024"}
    for owner in (tree, *tree["项目"]):
        for row in owner["指标"]:  # numbers with measures are read
            row["三级"] = row["三级"].partition("<")[0] + SCRIPT
            for name in ("指标值", "实际值"):
                row[name] = str(row[name]).partition("<")[0]
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    (folder / "图书馆.yaml").unlink()
    (folder / "单位 <img src=x onerror=alert(3)>.yaml").write_text(
        text, "utf-8"
    )
    opened: list[str] = []
    page.on("dialog", lambda one: (opened.append(one.message), one.dismiss()))
    page.reload()
    page.click("th a")
    page.wait_for_selector("#paper[data-ready]")
    here = "[...document.querySelectorAll('.sections a, .tabs a')].map(one => one.href)"
    yield [page.url, *page.evaluate(f"() => {here}")]
    assert opened == []


def test_no_page_of_the_unit_runs_it(page: Any, addresses: list[str]) -> None:
    for address in addresses:
        page.goto(address)
        assert page.locator("img[src=x]").count() == 0, address
        assert "alert(2)" in page.content(), address  # it is there, as text


def test_what_is_typed_is_shown_as_typed(
    page: Any, addresses: list[str]
) -> None:
    reason = field(page, "资金.偏差原因")
    reason.fill(SCRIPT)
    told(page, "已保存")
    page.goto(addresses[0])
    page.wait_for_selector("#paper[data-ready]")
    assert field(page, "资金.偏差原因").input_value() == SCRIPT
    assert page.locator("img[src=x]").count() == 0
