"""The pictures of the manual, taken of the page as it is now.

python tests/browser/screens.py [FOLDER]     default docs/screens
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from chromium import EXAMPLE, ROOT, served
from playwright.sync_api import sync_playwright

SIZE = {"width": 1180, "height": 660}


def units(folder: Path) -> None:
    """Three units of which one is printed and one has mistakes."""
    text = EXAMPLE.read_text("utf-8")
    shutil.copy(EXAMPLE, folder / "图书馆.yaml")
    park = text.replace("名称: 青禾县图书馆", "名称: 青禾县园林所")
    (folder / "园林所.yaml").write_text(park, "utf-8")
    wrong = text.replace("名称: 青禾县图书馆", "名称: 青禾县档案馆")
    wrong = wrong.replace("全年执行数: 636.20", "全年执行数: 663.20")
    (folder / "档案馆.yaml").write_text(wrong, "utf-8")


def take(page: Any, address: str, target: Path) -> None:
    page.goto(address)
    page.click("text=青禾县图书馆")
    page.click("nav.tabs >> text=文件")
    page.click("text=生成文件")
    page.wait_for_selector("text=文件已经生成", timeout=60_000)
    page.click("table.list a >> nth=2")
    page.wait_for_selector("section.docx")
    page.locator("#preview-state").filter(has_text="样子与").wait_for()
    page.screenshot(path=target / "document.png")
    page.click(".top nav a >> nth=0")
    page.locator("td.waiting").first.wait_for(state="detached")
    page.wait_for_selector("td.number")
    page.wait_for_timeout(2000)
    page.screenshot(path=target / "list.png")
    page.click("text=青禾县档案馆")
    page.wait_for_selector("#paper[data-ready]")
    page.locator("#finding-list li").first.wait_for()
    page.locator('[data-dotted="资金.全年执行数"]').focus()
    page.locator('summary:text-is("资金")').scroll_into_view_if_needed()
    page.mouse.wheel(0, 150)
    page.wait_for_timeout(300)
    page.screenshot(path=target / "form.png")
    page.click('.sections a[data-section="1"]')
    page.wait_for_selector('#paper[data-section="1"][data-ready]')
    page.locator('[data-dotted="指标[3].实际值"]').focus()
    page.mouse.wheel(0, 80)
    page.wait_for_timeout(300)
    page.screenshot(path=target / "grid.png")


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "2024年自评"
        folder.mkdir()
        units(folder)
        with served(folder) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            take(chromium.new_page(viewport=SIZE), address, target)
            chromium.close()
    for path in sorted(target.glob("*.png")):
        print(f"{path} {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given else ROOT / "docs" / "screens")
