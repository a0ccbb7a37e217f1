"""A PDF is drawn in the page by the browser itself, under the policy of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from test_access import violations
from test_files_dropped import printed

from reportgen.application.workplace import Workplace

pytestmark = pytest.mark.browser


@pytest.fixture
def workplace() -> Workplace:
    root = Path(__file__).resolve().parents[2]
    return Workplace((root / "templates",))


def test_a_pdf_beside_its_document_is_drawn(
    page: Any, folder: Path, workplace: Workplace
) -> None:
    form = printed(folder, workplace)
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(form.with_suffix(".pdf"))
    page.click("text=青禾县图书馆")
    page.click("nav.tabs >> text=文件")
    page.click(f'table.list a:text-is("{form.name}")')
    page.click("text=看打印的样子（PDF）")
    page.wait_for_selector("iframe.pdf")
    for _ in range(50):
        if any("chrome-extension" in one.url for one in page.frames):
            break
        page.wait_for_timeout(100)
    assert any("chrome-extension" in one.url for one in page.frames)
    page.evaluate("() => document.querySelector('iframe').remove()")
    assert violations(page) == []
