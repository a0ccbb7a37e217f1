"""Whatever ends in the middle, what was typed is there afterwards."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium_path
from clerk import field, open_form, told, written

pytestmark = pytest.mark.browser


@contextmanager
def program(
    folder: Path, *options: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`reportgen web` as a process of its own, and its address."""
    command = [sys.executable, "-m", "reportgen", "web", ".", "--no-open"]
    command += options
    started = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True
    )
    try:
        assert started.stdout
        yield started, started.stdout.readline().strip()
    finally:
        started.kill()
        started.wait()
        if started.stdout:
            started.stdout.close()


def own_port() -> tuple[str, str]:
    """A port that no test beside this one takes when it is free for a moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return "--port", str(free.getsockname()[1])


def test_a_killed_program_loses_nothing_that_was_typed(
    chromium: Any, folder: Path
) -> None:
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    page = context.new_page()
    with program(folder, *own_port()) as (first, address):
        page.goto(address)
        open_form(page)
        field(page, "单位.简称").fill("县馆")
        told(page, "已保存")
        first.kill()
        first.wait()
        field(page, "单位.预算级次").fill("县一级预算单位")
        page.locator("#lost").wait_for()
    assert "县一级预算单位" not in written(folder)
    with program(folder) as (_, again):
        assert again.partition("/start")[0] == address.partition("/start")[0]
        other = context.new_page()
        other.goto(again)
        told(page, "已保存")
    assert "县一级预算单位" in written(folder)
    assert "简称: 县馆" in written(folder)
    context.close()


def test_what_a_closed_page_had_not_sent_is_sent_by_the_next(
    chromium: Any, folder: Path
) -> None:
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    with program(folder, *own_port()) as (first, address):
        page = context.new_page()
        page.goto(address)
        open_form(page)
        first.kill()
        first.wait()
        field(page, "单位.简称").fill("县馆")
        page.locator("#lost").wait_for()
        page.close()
    with program(folder) as (_, again):
        page = context.new_page()
        page.goto(again)
        open_form(page)
        told(page, "已保存")
    assert "简称: 县馆" in written(folder)
    context.close()


def test_a_browser_killed_while_somebody_types_loses_a_moment_at_most(
    folder: Path, tmp_path: Path
) -> None:
    path = chromium_path()
    script = tmp_path / "typist.py"
    script.write_text(
        f"""
import sys, time
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path={path!r}, args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(sys.argv[1])
    page.click("text=青禾县图书馆")
    page.wait_for_selector("#paper[data-ready]")
    page.click('[data-dotted="资金.偏差原因"]')
    for number in range(1000):
        page.keyboard.type(f"第{{number}}字。", delay=25)
        print(number, flush=True)
""",
        encoding="utf-8",
    )
    with program(folder) as (_, address):
        typist = subprocess.Popen(
            [sys.executable, str(script), address],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert typist.stdout
        typed = [
            (time.monotonic(), typist.stdout.readline()) for _ in range(30)
        ]
        os.killpg(typist.pid, 9)
        ended = time.monotonic()
        typist.wait()
        typist.stdout.close()
        time.sleep(1)
    due = [line for at, line in typed if ended - at > 5]
    assert due
    assert f"第{due[-1].strip()}字。" in written(folder)
