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

sys.path += [str(ROOT / "tests"), str(ROOT / "tests" / "web")]
from rounds_of import filled_form, roster
from word_edits import edit

from reportgen.application.workplace import Workplace

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


def take_edited(page: Any, folder: Path, target: Path) -> None:
    """An edited form beside its print, with a question in it."""
    form = next(folder.rglob("2 *.docx"))
    texts = {"636.20": "638.20", "0.9%": "0.8%"}

    def change(document: Any) -> None:
        for one in document.element.body.iter("{*}t"):
            if one.text in texts:
                one.text = texts.pop(one.text)

    edit(form, change)
    page.click(".top nav a >> nth=0")
    page.click("text=青禾县图书馆")
    page.click("nav.tabs >> text=Word 里改的")
    page.click("#main li a >> nth=0")
    page.wait_for_selector("ins")
    page.screenshot(path=target / "word.png")


def take_round(page: Any, folder: Path, target: Path) -> None:
    """A round of which some units handed in."""
    workplace = Workplace((ROOT / "templates",))
    names = [f"青禾县第{number}小学" for number in "一二三四五六"]
    page.click(".top >> text=收表")
    page.fill("#name", "2024年自评")
    held = folder / ".reportgen"
    held.mkdir(exist_ok=True)
    (held / "名单.xlsx").write_bytes(roster(names))
    page.set_input_files("#roster", str(held / "名单.xlsx"))
    page.click("text=开始收表")
    page.wait_for_selector("#returned")
    more = "资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 130}\n"
    for number, name in enumerate(names[:4]):
        wrong = more if number == 1 else ""
        form = filled_form(held / "填", name, workplace, more=wrong)
        received = folder / "收表" / "2024年自评" / "收到"
        (received / f"{name}.xlsx").write_bytes(form)
    page.click('button:text-is("收表")')
    page.wait_for_selector("text=三、情况", timeout=60_000)
    page.locator("text=三、情况").scroll_into_view_if_needed()
    page.mouse.wheel(0, 560)
    page.wait_for_timeout(300)
    page.screenshot(path=target / "round.png")


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
            page = chromium.new_page(viewport=SIZE)
            take(page, address, target)
            take_edited(page, folder, target)
            take_round(page, folder, target)
            chromium.close()
    for path in sorted(target.glob("*.png")):
        print(f"{path} {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given else ROOT / "docs" / "screens")
