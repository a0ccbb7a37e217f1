"""The page in the browser as a clerk feels it: from page to page, from a change to its finding, a long list, memory.

    python benchmarks/bench_web.py [ROUNDS]

A folder with 1,000 units (make_units.py) and one of 60 indicators and 8 projects is served by `reportgen web` as a
process of its own. Each figure is the median over ROUNDS of the whole request; `change` is a value written, checked and
answered. Where Playwright and Chromium are there, `browser` measures from the key to the finding beside its field, and
from the click to the page.
"""

from __future__ import annotations

import copy
import http.cookiejar
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
# from the click until the scripts of the new page have run
NAVIGATED = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
BARS = {
    "page": 200.0,
    "change": 500.0,
    "browser page": 200.0,
    "browser finding": 500.0,
    "list": 200.0,
    "memory": 150.0,
}


def write_large(target: Path) -> None:
    """A unit of 60 indicators and 8 projects."""
    example = ROOT / "templates" / "standard" / "example.yaml"
    unit = yaml.safe_load(example.read_text("utf-8"))
    unit["单位"]["名称"] = "很大的一个单位"
    unit["指标"] = _rows(unit["指标"], 60)
    known = unit["项目"]
    unit["项目"] = []
    for number in range(8):
        project = copy.deepcopy(known[number % len(known)])
        project["名称"] = f"{project['名称']}第{number + 1}期"
        project["指标"] = _rows(project["指标"], 10)
        unit["项目"].append(project)
    text = yaml.safe_dump(unit, allow_unicode=True, sort_keys=False)
    target.write_text(text, encoding="utf-8")


def _rows(known: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    rows = []
    for number in range(count):
        row = dict(known[number % len(known)])
        row["三级"] = f"{row['三级']}（{number + 1}）"
        row["分值"] = row["得分"] = 1
        rows.append(row)
    return rows


class Browser:
    """Asks the server as a browser would."""

    def __init__(self, address: str) -> None:
        self.home = address.partition("/start")[0]
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        proxy = urllib.request.ProxyHandler({})
        self.opener = urllib.request.build_opener(jar, proxy)
        self.get(address.removeprefix(self.home))

    def get(self, path: str) -> str:
        with self.opener.open(f"{self.home}{path}") as answer:
            return str(answer.read().decode())

    def post(self, path: str, sent: object) -> Any:
        headers = {"Content-Type": "application/json", "Origin": self.home}
        body = json.dumps(sent).encode()
        asked = urllib.request.Request(f"{self.home}{path}", body, headers)
        with self.opener.open(asked) as answer:
            return json.load(answer)


def milliseconds(call: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken)


def resident(pid: int) -> float:
    """Megabytes that the process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def measure(address: str, pid: int, rounds: int) -> dict[str, float]:
    browser = Browser(address)
    found: dict[str, float] = {}
    browser.get("/")  # what it learns once
    found["list"] = milliseconds(lambda: browser.get("/?page=7"), rounds)
    begun = time.perf_counter()
    shown = browser.get("/?q=%E5%BE%88%E5%A4%A7%E7%9A%84")
    found["first search over 1,000"] = 1000 * (time.perf_counter() - begun)
    found["search"] = milliseconds(lambda: browser.get("/?q=%E5%BE%88"), rounds)
    unit = shown.split('href="/units/')[1].split('"')[0]
    here = f"/units/{unit}"
    browser.get(here)
    sections = ("0", "1", "p1", "p8", "3")
    found["page"] = max(
        milliseconds(partial(browser.get, f"{here}/form/{one}"), rounds)
        for one in sections
    )
    browser.get(f"{here}/chapters")
    for name in ("chapters", "documents"):
        ask = partial(browser.get, f"{here}/{name}")
        found[name] = milliseconds(ask, rounds)
    numbers = iter(range(10_000))

    def change() -> None:
        path = ["资金", "全年执行数"]
        text = f"6{next(numbers) % 100:02}.5"
        wish = {"kind": "put", "path": path, "text": text, "was": ""}
        sent = {"digest": "", "section": "0", "changes": [wish]}
        browser.post(f"{here}/changes", sent)

    change()
    found["change"] = milliseconds(change, rounds)
    found |= in_chromium(address, here, rounds)
    found["memory"] = resident(pid)
    return found


def in_chromium(address: str, here: str, rounds: int) -> dict[str, float]:
    path = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return {}
    if path is None:
        return {}
    home = address.partition("/start")[0]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        page = chromium.new_page()
        page.goto(address)
        page.goto(f"{home}{here}")
        page.wait_for_selector("#paper[data-ready]")
        spent = page.locator('[data-dotted="资金.全年执行数"]')

        told = page.locator('[data-dotted="资金.全年执行数"] ~ .found')
        told = told.filter(has_text="六百多")

        def mistake() -> None:
            spent.fill("六百多")
            told.wait_for()

        taken = []
        for _ in range(rounds):
            taken.append(milliseconds(mistake, 1))
            spent.fill("636.20")
            told.wait_for(state="detached")

        turned = []
        for _ in range(rounds):
            for one in ("1", "p1"):
                page.click(f'.sections a[data-section="{one}"]')
                page.wait_for_selector(
                    f'#paper[data-section="{one}"][data-ready]'
                )
                turned.append(page.evaluate(NAVIGATED))
        chromium.close()
    return {
        "browser finding": statistics.median(taken),
        "browser page": statistics.median(turned),
    }


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        maker = ROOT / "benchmarks" / "make_units.py"
        many = str(folder / "units")
        subprocess.run([sys.executable, maker, "1000", many], check=True)
        write_large(folder / "大单位.yaml")
        command = [sys.executable, "-m", "reportgen", "web", str(folder)]
        server = subprocess.Popen(
            [*command, "--no-open"], stdout=subprocess.PIPE, text=True
        )
        assert server.stdout
        try:
            address = server.stdout.readline().strip()
            found = measure(address, server.pid, rounds)
        finally:
            server.kill()
            server.wait()
    for name, figure in found.items():
        unit = "MB" if name == "memory" else "ms"
        bar = BARS.get(name)
        against = f"  (bar {bar:.0f})" if bar else ""
        print(f"{name:26}{figure:8.0f} {unit}{against}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 11)
